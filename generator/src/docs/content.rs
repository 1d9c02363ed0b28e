//! What a body or a response is shown as where there is room for one media type.

use serde_json::Value;

use super::options::Samples;
use super::parameters::Rows;
use super::words::Name;
use crate::ir::{Body, Direction, MediaType, Shape, TypeId, Types};

/// The content that is documented where only one can be: JSON if there is some, of a media type and
/// not of a range of them if it can be (`application/*+json`), else the first.
pub(super) fn preferred(content: &[MediaType]) -> Option<&MediaType> {
    let mut json = content.iter().filter(|each| each.is_json());
    let plain = json.clone().find(|each| !each.is_range());
    plain.or_else(|| json.next()).or_else(|| content.first())
}

/// The example of content that travels so: the media type's own, else its schema's.
pub(super) fn example<'a>(
    rows: &'a Rows<'_>,
    content: &'a MediaType,
    direction: Direction,
) -> Option<&'a Value> {
    let own = content.example.as_ref();
    let of_schema = |ty| rows.schemas.example(ty, direction);
    own.or_else(|| content.ty.and_then(of_schema))
}

/// Whether samples have a body: one that is required, and in formats that want it, JSON of which
/// there is something to show.
pub(super) fn in_samples(rows: &Rows<'_>, body: &Body) -> bool {
    if body.required || rows.options.samples == Samples::Required {
        return body.required;
    }
    let content = preferred(&body.content).filter(|content| content.is_json());
    let example = content.and_then(|content| example(rows, content, Direction::Request));
    match example {
        None | Some(Value::Null) => false,
        Some(Value::Object(fields)) => !fields.is_empty(),
        Some(Value::Array(members)) => !members.is_empty(),
        Some(_) => true,
    }
}

/// What a value of this name is in a sample: what the description says of its type, the first value
/// that is accepted, or a word to replace.
pub(super) fn sample_value(rows: &Rows<'_>, name: &str, ty: TypeId) -> Value {
    let types = &rows.api.types;
    let own = types.get(ty);
    let given = own.example.as_ref().or(own.default.as_ref());
    let given = given.or_else(|| rows.schemas.example(ty, Direction::Request));
    let given = given.cloned().or_else(|| first_accepted(types, ty));
    let word = || format!("YOUR_{}", Name::new(name).screaming);
    given.unwrap_or_else(|| word().into())
}

/// The first value that is accepted, of a list a list of the first that its members may be.
fn first_accepted(types: &Types, ty: TypeId) -> Option<Value> {
    let shape = |ty| &types.get(types.resolve(ty)).shape;
    let first = |shape: &Shape| match shape {
        Shape::Enum(values) => values.first().map(|value| value.value.clone()),
        _ => None,
    };
    match shape(ty) {
        Shape::List(item) => first(shape(*item)).map(|first| Value::Array(vec![first])),
        other => first(other),
    }
}
