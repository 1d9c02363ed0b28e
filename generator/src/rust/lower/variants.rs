//! What the variants of a union are called.
//!
//! A component has its key, and a schema with a title its title. Any other is called by what it
//! is: the only value of its constant, the kind of its values, and where two would have the same
//! name, by what only one of them has.

use crate::ir::{Record, Shape, Type, TypeId, Types, Union};
use crate::naming::pascal;

/// A word for each variant of the union `id`, in order.
pub(super) fn words(types: &Types, id: TypeId, union: &Union) -> Vec<String> {
    let owner = types.get(id).key.as_deref();
    let plain: Vec<String> = union
        .variants
        .iter()
        .map(|variant| word(types, *variant, owner))
        .collect();
    let names: Vec<String> = plain.iter().map(|word| pascal(word)).collect();
    let repeated = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    let with_index = plain.iter().zip(&names).enumerate();
    with_index
        .map(|(index, (plain, name))| {
            let longer = repeated(name).then(|| longer(types, union, index, plain));
            longer.flatten().unwrap_or_else(|| plain.clone())
        })
        .collect()
}

fn word(types: &Types, id: TypeId, owner: Option<&str>) -> String {
    let ty = types.get(id);
    if ty.form_of.is_some() && ty.form_of.as_deref() == owner {
        return "base".to_owned();
    }
    if let Some(key) = ty.key.as_ref().or(ty.form_of.as_ref()) {
        return key.clone();
    }
    if let Some(title) = &ty.title {
        return title.clone();
    }
    match &ty.shape {
        Shape::Record(record) => constant(types, record).unwrap_or_else(|| "object".to_owned()),
        Shape::Enum(values) => match &values[..] {
            [only] => text(&only.value),
            _ => "choice".to_owned(),
        },
        _ => kind(ty).to_owned(),
    }
}

/// The word for values of a kind.
fn kind(ty: &Type) -> &'static str {
    match &ty.shape {
        Shape::Any => "any",
        Shape::Boolean => "boolean",
        Shape::Integer => "integer",
        Shape::Number => "number",
        Shape::String => match ty.format.as_deref() {
            Some("date") => "date",
            Some("date-time") => "timestamp",
            _ => "text",
        },
        Shape::Enum(_) => "choice",
        Shape::List(_) => "list",
        Shape::Tuple(_) => "tuple",
        Shape::Map(_) | Shape::Record(_) => "object",
        Shape::Union(_) => "either",
        Shape::Alias(_) => "other",
    }
}

/// The value of the first field that can have only one.
fn constant(types: &Types, record: &Record) -> Option<String> {
    record
        .fields
        .iter()
        .find_map(|field| match &types.get(types.resolve(field.ty)).shape {
            Shape::Enum(values) if values.len() == 1 => Some(match values[0].value.as_str() {
                Some(text) => text.to_owned(),
                None => format!("{} {}", field.name, values[0].value),
            }),
            _ => None,
        })
}

/// A longer word for a variant whose plain word is another's too.
fn longer(types: &Types, union: &Union, index: usize, plain: &str) -> Option<String> {
    let ty = types.get(types.resolve(union.variants[index]));
    match &ty.shape {
        Shape::List(item) | Shape::Map(item) => {
            let item = word(types, types.resolve(*item), None);
            Some(format!("{item} {plain}"))
        }
        Shape::Record(record) => {
            let others = union.variants.iter().enumerate();
            let others: Vec<&Record> = others
                .filter(|(other, _)| *other != index)
                .filter_map(|(_, id)| match &types.get(types.resolve(*id)).shape {
                    Shape::Record(record) => Some(record),
                    _ => None,
                })
                .collect();
            let own = |name: &str| {
                let has = |other: &&Record| other.fields.iter().any(|field| field.name == name);
                !others.iter().any(has)
            };
            let required = record.fields.iter().filter(|field| field.required);
            let field = required
                .chain(&record.fields)
                .find(|field| own(&field.name))?;
            Some(format!("with {}", field.name))
        }
        _ => None,
    }
}

fn text(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
