//! Which types a request can hold, and which a response.
//!
//! Only those are generated, and each only with the half of the codec that it needs.

use rustc_hash::FxHashSet;

use crate::ir::{Api, Operation, Rest, Shape, Type, TypeId, Types};

/// The directions in which each type travels.
pub(super) struct Reach {
    encode: Vec<bool>,
    decode: Vec<bool>,
}

impl Reach {
    /// Walks from every operation.
    pub(super) fn of(api: &Api) -> Self {
        let count = api.types.iter().len();
        let mut reach = Self {
            encode: vec![false; count],
            decode: vec![false; count],
        };
        for (_, _, operation) in api.operations() {
            for parameter in &operation.parameters {
                spread(&api.types, parameter.ty, &mut reach.encode);
            }
            for media in operation.body.iter().flat_map(|body| &body.content) {
                let Some(ty) = media.ty else { continue };
                if media.is_json() || media.is_json_lines() || media.is_form() {
                    spread(&api.types, ty, &mut reach.encode);
                } else if media.is_multipart_form() {
                    // A form is no type of its own: its parts are.
                    let form = api.types.get(api.types.resolve(ty));
                    for part in parts(form) {
                        spread(&api.types, part, &mut reach.encode);
                    }
                }
            }
            for media in operation
                .responses
                .iter()
                .flat_map(|response| &response.content)
            {
                for data in media.events.iter().filter_map(|kind| kind.data) {
                    spread(&api.types, data, &mut reach.decode);
                }
                if let Some(ty) = media
                    .ty
                    .filter(|_| media.is_json() || media.is_json_lines())
                {
                    spread(&api.types, ty, &mut reach.decode);
                }
            }
            let responses = operation.responses.iter();
            for header in responses.flat_map(|response| &response.headers) {
                spread(&api.types, header.ty, &mut reach.decode);
            }
        }
        reach
    }

    /// Whether a request can hold it.
    pub(super) fn encode(&self, id: TypeId) -> bool {
        self.encode[id.0 as usize]
    }

    /// Whether a response can hold it.
    pub(super) fn decode(&self, id: TypeId) -> bool {
        self.decode[id.0 as usize]
    }

    /// Whether anything can hold it.
    pub(super) fn reached(&self, id: TypeId) -> bool {
        self.encode(id) || self.decode(id)
    }
}

fn spread(types: &Types, from: TypeId, reached: &mut [bool]) {
    let mut waiting = vec![from];
    while let Some(id) = waiting.pop() {
        if std::mem::replace(&mut reached[id.0 as usize], true) {
            continue;
        }
        waiting.extend(parts(types.get(id)));
    }
}

/// The types that can be come to from some, themselves included.
pub(super) fn from(types: &Types, roots: impl IntoIterator<Item = TypeId>) -> FxHashSet<TypeId> {
    let mut waiting: Vec<TypeId> = roots.into_iter().collect();
    let mut reached = FxHashSet::default();
    while let Some(id) = waiting.pop() {
        if reached.insert(id) {
            waiting.extend(parts(types.get(id)));
        }
    }
    reached
}

/// The types that a type refers to.
pub(super) fn parts(ty: &Type) -> Vec<TypeId> {
    match &ty.shape {
        Shape::Any
        | Shape::Boolean
        | Shape::Integer
        | Shape::Number
        | Shape::String
        | Shape::Enum(_) => Vec::new(),
        Shape::List(part) | Shape::Map(part) | Shape::Alias(part) => vec![*part],
        Shape::Tuple(tuple) => tuple.parts().collect(),
        Shape::Record(record) => {
            let mut parts: Vec<TypeId> = record.fields.iter().map(|field| field.ty).collect();
            if let Rest::Typed(rest) = record.rest {
                parts.push(rest);
            }
            parts
        }
        Shape::Union(union) => union.variants.clone(),
    }
}

/// Every type that an operation mentions.
pub(super) fn roots(operation: &Operation) -> Vec<TypeId> {
    let parameters = operation.parameters.iter().map(|parameter| parameter.ty);
    let bodies = operation.body.iter().flat_map(|body| &body.content);
    let answers = operation
        .responses
        .iter()
        .flat_map(|response| &response.content);
    let headers = operation
        .responses
        .iter()
        .flat_map(|response| &response.headers);
    let events = answers.clone().flat_map(|media| &media.events);
    let events = events.filter_map(|kind| kind.data);
    let content = bodies.chain(answers).filter_map(|media| media.ty);
    parameters
        .chain(content)
        .chain(events)
        .chain(headers.map(|header| header.ty))
        .collect()
}
