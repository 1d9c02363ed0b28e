//! Finds what the server-sent events of a stream are.
//!
//! Since 3.2 the `itemSchema` of `text/event-stream` is that of an event: an object of `event`,
//! `data`, `id` and `retry` (3.2, 4.14: Sequential Media Types). Before, descriptions wrote the
//! same object, or one for each kind of event, as the `schema`; others wrote the schema of the
//! data alone. Each is read as what it must mean.

use std::collections::HashSet;

use crate::ir::{Api, EnumValue, EventKind, MediaType, Record, Shape, TypeId, Types};

/// The fields of an event (HTML, 9.2.6).
const FIELDS: [&str; 4] = ["event", "data", "id", "retry"];

/// Says of each stream which kinds of event it has.
pub fn find_events(api: &mut Api) {
    let types = &api.types;
    let operations = api.resources.iter_mut();
    let operations = operations.flat_map(|resource| &mut resource.operations);
    let responses = operations.flat_map(|operation| &mut operation.responses);
    for media in responses.flat_map(|response| &mut response.content) {
        if media.is_event_stream() {
            media.events = kinds(types, media);
        }
    }
}

fn kinds(types: &Types, media: &MediaType) -> Vec<EventKind> {
    let Some(ty) = media.ty else {
        return Vec::new();
    };
    let members = members(types, ty);
    let events: Option<Vec<EventKind>> = members
        .iter()
        .map(|member| event(types, *member, media.of_items))
        .collect();
    match events {
        Some(events) if !events.is_empty() => events,
        _ => said(types, ty)
            .then(|| of_data(types, ty))
            .into_iter()
            .collect(),
    }
}

/// A type, or the members of the union that it is, those of unions within it included.
fn members(types: &Types, ty: TypeId) -> Vec<TypeId> {
    let mut members = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![ty];
    while let Some(next) = waiting.pop() {
        let next = types.resolve(next);
        if !seen.insert(next) {
            continue;
        }
        match &types.get(next).shape {
            Shape::Union(union) => waiting.extend(union.variants.iter().rev()),
            _ => members.push(next),
        }
    }
    members
}

/// The event that an object of its fields describes. In a `schema`, `data` alone may as well be
/// a field of the data itself.
fn event(types: &Types, ty: TypeId, of_items: bool) -> Option<EventKind> {
    let node = types.get(ty);
    let Shape::Record(record) = &node.shape else {
        return None;
    };
    let all_known = record
        .fields
        .iter()
        .all(|field| FIELDS.contains(&&*field.name));
    let field = |name: &str| field(record, name);
    let enough = match of_items {
        true => field("data").or(field("event")).is_some(),
        false => all_known && field("event").is_some(),
    };
    if !enough {
        return None;
    }
    let names = field("event").map(|ty| words(types, ty));
    let data = field("data").map(|ty| of_data(types, ty));
    Some(EventKind {
        names: names.unwrap_or_default(),
        description: node.description.clone(),
        data: data.as_ref().and_then(|kind| kind.data),
        json: data.is_some_and(|kind| kind.json),
    })
}

fn field(record: &Record, name: &str) -> Option<TypeId> {
    let found = record.fields.iter().find(|field| field.name == name);
    found.map(|field| field.ty)
}

/// The words that a type allows; none if it allows any.
fn words(types: &Types, ty: TypeId) -> Vec<String> {
    let text = |value: &EnumValue| value.value.as_str().map(str::to_owned);
    match &types.get(types.resolve(ty)).shape {
        Shape::Enum(values) => values.iter().filter_map(text).collect(),
        _ => Vec::new(),
    }
}

/// An event of any name whose data is of this type.
fn of_data(types: &Types, ty: TypeId) -> EventKind {
    let node = types.get(types.resolve(ty));
    let content = types.get(ty).content.or(node.content);
    let json = match &node.shape {
        Shape::String => content.is_some(),
        Shape::Enum(values) => !values.iter().all(|value| value.value.is_string()),
        _ => true,
    };
    EventKind {
        names: Vec::new(),
        description: node.description.clone(),
        data: content.or(said(types, ty).then_some(ty)),
        json: json && said(types, content.unwrap_or(ty)),
    }
}

/// Whether a type says more than that it is text or anything at all.
fn said(types: &Types, ty: TypeId) -> bool {
    let node = types.get(types.resolve(ty));
    match node.shape {
        Shape::Any => false,
        Shape::String => {
            let written = matches!(node.format.as_deref(), Some("date" | "date-time"));
            written || node.content.is_some()
        }
        _ => true,
    }
}
