//! Every documented schema gets an example.
//!
//! Pages link to examples and print them, and a description need not have any. What is missing
//! is put together from what there is: examples and defaults further in, the first value of an
//! enum, formats, bounds, patterns that are simple. What it gives is valid as far as these say.
//! The same description always gives the same examples.
//!
//! A schema within itself is left out: an optional field is missing, a list empty.
//!
//! What is put together for a body has nothing that only the server writes, for an answer nothing
//! that only the caller writes. The example of a schema itself has both, and so has whatever
//! somebody wrote as the example of the whole.

mod builder;
mod pattern;
mod scalars;
mod trimmed;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use self::builder::Builder;
use self::trimmed::needed;
use crate::ir::{Api, MediaType, SchemaDoc, TypeId, Types};
use crate::parallel;

pub use crate::ir::Direction;

/// Fills in the example of each documented schema that has none, and of each JSON body and
/// response whose schema is not itself documented.
pub fn complete(api: &mut Api) {
    let (types, schemas) = (&api.types, &api.schemas);
    let written = written(schemas);
    let documented: HashSet<TypeId> = schemas.iter().map(|doc| doc.ty).collect();
    let fill = |content: &mut MediaType, direction: Direction| {
        if content.example.is_some() || !content.is_json() {
            return;
        }
        if let Some(ty) = content.ty.filter(|ty| !documented.contains(ty)) {
            let builder = Builder::new(types, &written);
            content.example = Some(builder.travelling(direction).example(ty));
        }
    };
    for operation in api
        .resources
        .iter_mut()
        .flat_map(|each| &mut each.operations)
    {
        let body = operation.body.iter_mut().flat_map(|body| &mut body.content);
        let responses = operation.responses.iter_mut();
        let answers = responses.flat_map(|response| &mut response.content);
        body.for_each(|content| fill(content, Direction::Request));
        answers.for_each(|content| fill(content, Direction::Answer));
    }
    let made = parallel::map(schemas, |doc| match doc.example {
        Some(_) => None,
        None => Some(Made::new(types, &written, doc.ty)),
    });
    for (doc, made) in api.schemas.iter_mut().zip(made) {
        if let Some(made) = made {
            doc.example = Some(made.whole);
            doc.example_sent = made.sent;
            doc.example_answered = made.answered;
        }
    }
}

/// The examples of a schema that has none.
struct Made {
    /// With what travels in either direction.
    whole: Value,
    /// With what is sent, where that is something else.
    sent: Option<Value>,
    /// With what comes back, where that is something else.
    answered: Option<Value>,
}

impl Made {
    fn new(types: &Types, written: &HashMap<TypeId, &Value>, ty: TypeId) -> Self {
        let mut builder = Builder::new(types, written);
        let whole = builder.value(ty).unwrap_or_default();
        let of = |direction| {
            let builder = Builder::new(types, written).travelling(direction);
            Some(builder.example(ty)).filter(|made| *made != whole)
        };
        let (sent, answered) = match builder.differs {
            true => (of(Direction::Request), of(Direction::Answer)),
            false => (None, None),
        };
        Self {
            whole,
            sent,
            answered,
        }
    }
}

/// The examples of schemas that have one.
fn written(schemas: &[SchemaDoc]) -> HashMap<TypeId, &Value> {
    let written = schemas.iter();
    let written = written.filter_map(|doc| Some((doc.ty, doc.example.as_ref()?)));
    written.collect()
}

/// Makes examples of the types of an API that is [`complete`].
pub struct Examples<'a> {
    types: &'a Types,
    written: HashMap<TypeId, &'a Value>,
}

impl<'a> Examples<'a> {
    /// Over the types of this API.
    #[must_use]
    pub fn new(api: &'a Api) -> Self {
        Self {
            types: &api.types,
            written: written(&api.schemas),
        }
    }

    /// An example that travels in this direction, with all fields that do.
    #[must_use]
    pub fn whole(&self, ty: TypeId, direction: Direction) -> Value {
        // What was made for documented schemas has the fields of both directions.
        let written = HashMap::new();
        let builder = Builder::new(self.types, &written);
        builder.travelling(direction).example(ty)
    }

    /// The same without the examples that the description gives: they need not fit their schemas.
    #[must_use]
    pub fn from_scratch(&self, ty: TypeId, direction: Direction) -> Value {
        let written = HashMap::new();
        let mut builder = Builder::new(self.types, &written).travelling(direction);
        builder.trusts = false;
        builder.example(ty)
    }

    /// One with what a value must have, without the examples that the description gives.
    #[must_use]
    pub fn plain(&self, ty: TypeId) -> Value {
        needed(self.types, ty, self.from_scratch(ty, Direction::Request))
    }

    /// The example that the description gives, whole; else one with what a value must have.
    #[must_use]
    pub fn brief(&self, ty: TypeId) -> Value {
        let node = self.types.get(ty);
        let end = self.types.get(self.types.resolve(ty));
        let given = node.example.as_ref().or(end.example.as_ref());
        given.cloned().unwrap_or_else(|| {
            let made = Builder::new(self.types, &self.written).example(ty);
            needed(self.types, ty, made)
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ir::{EnumValue, Record, SchemaDoc};
    use crate::ir::{Field, Rest, Shape, Type, Union};

    fn node(shape: Shape) -> Type {
        Type {
            shape,
            ..Type::blank(crate::diagnostic::At::default())
        }
    }

    fn field(name: &str, ty: TypeId, required: bool) -> Field {
        Field {
            at: crate::diagnostic::At::default(),
            name: name.to_owned(),
            ty,
            required,
            description: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            conditional: false,
        }
    }

    fn record(fields: Vec<Field>) -> Shape {
        Shape::Record(Record {
            fields,
            rest: Rest::Ignored,
        })
    }

    fn made(types: &Types, ty: TypeId) -> Value {
        Builder::new(types, &HashMap::new()).example(ty)
    }

    #[test]
    fn scalars_follow_formats_and_bounds() {
        let mut types = Types::default();
        let mut date = node(Shape::String);
        date.format = Some("date".to_owned());
        let date = types.push(date);
        let mut short = node(Shape::String);
        short.constraints.max_length = Some(3);
        let short = types.push(short);
        let mut limit = node(Shape::Integer);
        limit.constraints.minimum = Some(10.into());
        let limit = types.push(limit);
        let mut below = node(Shape::Number);
        below.constraints.exclusive_maximum = Some(0.into());
        let below = types.push(below);
        let role = types.push(node(Shape::Enum(vec![EnumValue {
            value: json!("admin"),
            name: None,
            description: None,
        }])));

        let all = [date, short, limit, below, role].map(|ty| made(&types, ty));
        assert_eq!(json!(all), json!(["2024-05-13", "str", 10, -1, "admin"]));
    }

    #[test]
    fn a_text_of_a_pattern_may_be_long() {
        let mut types = Types::default();
        let mut word = node(Shape::String);
        word.constraints.pattern = Some("^x{70}:[a-z]+$".to_owned());
        let open = types.push(word.clone());
        word.constraints.min_length = Some(80);
        let least = types.push(word);

        let lengths = [open, least].map(|ty| made(&types, ty).as_str().map(str::len));
        assert_eq!(lengths, [Some(72), Some(80)]);
    }

    #[test]
    fn what_is_written_further_in_is_taken() {
        let mut types = Types::default();
        let mut email = node(Shape::String);
        email.example = Some(json!("a@b.example"));
        let email = types.push(email);
        let mut count = node(Shape::Integer);
        count.default = Some(json!(8));
        let count = types.push(count);
        let list = types.push(node(Shape::List(email)));
        let fields = vec![field("to", list, true), field("count", count, false)];
        let whole = types.push(node(record(fields)));
        assert_eq!(
            made(&types, whole),
            json!({"to": ["a@b.example"], "count": 8})
        );
    }

    #[test]
    fn a_type_within_itself_is_left_out() {
        let mut types = Types::default();
        let tree = types.push(node(Shape::Any));
        let leaves = types.push(node(Shape::List(tree)));
        let name = types.push(node(Shape::String));
        types.get_mut(tree).shape = record(vec![
            field("name", name, true),
            field("parent", tree, false),
            field("children", leaves, true),
        ]);
        assert_eq!(
            made(&types, tree),
            json!({"name": "string", "children": []})
        );

        let union = types.push(node(Shape::Any));
        types.get_mut(union).shape = Shape::Union(Union {
            variants: vec![union, name],
            discriminator: None,
            default: None,
        });
        assert_eq!(made(&types, union), json!("string"));
    }

    #[test]
    fn wide_and_deep_types_stay_small() {
        let mut types = Types::default();
        let mut inner = types.push(node(Shape::String));
        for _ in 0..40 {
            let fields = ["a", "b", "c"].map(|name| field(name, inner, false));
            inner = types.push(node(record(fields.into())));
        }
        let text = made(&types, inner).to_string();
        assert!(text.len() < 40_000, "{}", text.len());
    }

    #[test]
    fn every_schema_has_an_example_and_written_ones_stay() {
        let mut types = Types::default();
        let inner = types.push(node(Shape::String));
        let outer = types.push(node(Shape::List(inner)));
        let doc = |key: &str, ty, example| SchemaDoc {
            key: key.to_owned(),
            title: None,
            description: None,
            definition: json!({}),
            example,
            example_sent: None,
            example_answered: None,
            ty,
        };
        let mut api = Api {
            title: String::new(),
            version: String::new(),
            description: None,
            servers: Vec::new(),
            schemes: Vec::new(),
            resources: Vec::new(),
            types,
            schemas: vec![
                doc("outer", outer, None),
                doc("inner", inner, Some(json!("written"))),
            ],
            webhooks: Vec::new(),
        };
        complete(&mut api);
        let examples: Vec<_> = api.schemas.iter().map(|doc| doc.example.clone()).collect();
        assert_eq!(examples, [Some(json!(["written"])), Some(json!("written"))]);
    }
}
