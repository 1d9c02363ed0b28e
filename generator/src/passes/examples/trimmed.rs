//! Examples without what is not needed, or does not travel in a direction.

use serde_json::Value;

use crate::ir::{Direction, Shape, TypeId, Types};

/// An example with no more than what a value must have: fields that may be left out are, at
/// every level.
pub(super) fn needed(types: &Types, ty: TypeId, example: Value) -> Value {
    match (&types.get(types.resolve(ty)).shape, example) {
        (Shape::Record(record), Value::Object(mut fields)) => {
            let needed = record
                .fields
                .iter()
                .filter(|field| field.required && !field.read_only);
            let kept = needed.filter_map(|field| {
                let value = fields.shift_remove(&field.name)?;
                Some((field.name.clone(), self::needed(types, field.ty, value)))
            });
            Value::Object(kept.collect())
        }
        (_, example) => within(types, ty, example, &|ty, each| needed(types, ty, each)),
    }
}

/// An example without the fields that do not travel so, at every level.
pub(super) fn travelling(types: &Types, ty: TypeId, example: Value, direction: Direction) -> Value {
    let inner = |ty, each| travelling(types, ty, each, direction);
    match (&types.get(types.resolve(ty)).shape, example) {
        (Shape::Record(record), Value::Object(fields)) => {
            let kept = fields.into_iter().filter_map(|(name, value)| {
                let known = record.fields.iter().find(|field| field.name == name);
                let value = match known {
                    Some(field) if !direction.has(field) => return None,
                    Some(field) => inner(field.ty, value),
                    None => value,
                };
                Some((name, value))
            });
            Value::Object(kept.collect())
        }
        (_, example) => within(types, ty, example, &inner),
    }
}

/// A list or a map with each of its members as `each` leaves it; anything else as it is.
fn within(
    types: &Types,
    ty: TypeId,
    example: Value,
    each: &dyn Fn(TypeId, Value) -> Value,
) -> Value {
    match (&types.get(types.resolve(ty)).shape, example) {
        (Shape::List(member), Value::Array(members)) => members
            .into_iter()
            .map(|value| each(*member, value))
            .collect(),
        (Shape::Map(member), Value::Object(members)) => members
            .into_iter()
            .map(|(key, value)| (key, each(*member, value)))
            .collect(),
        (_, example) => example,
    }
}
