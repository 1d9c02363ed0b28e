//! Values that came as text → JSON, by what the description says they are.
//!
//! A query has no numbers: `5` is one if an integer is described, and a text if a string is. What
//! is not what it should be stays text, so that the schema says what is wrong with it.

use serde_json::{Map, Number, Value};

use crate::ir::{EnumValue, Rest, Shape, TypeId, TypeWord, Types};

/// Unions within unions are looked into this far.
const DEPTH: usize = 32;

/// A value whose parts are all text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Raw {
    /// A text, decoded.
    Text(String),
    /// A list.
    List(Vec<Raw>),
    /// An object.
    Object(Vec<(String, Raw)>),
}

/// What values of a type are written like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One text.
    Scalar,
    /// A list.
    List,
    /// An object.
    Object,
}

/// What values of a type are written like; of a union, what most parts are.
pub(super) fn kind(types: &Types, ty: TypeId) -> Kind {
    kind_within(types, ty, DEPTH)
}

fn kind_within(types: &Types, ty: TypeId, depth: usize) -> Kind {
    let node = types.get(types.resolve(ty));
    match &node.shape {
        Shape::List(_) | Shape::Tuple(_) => Kind::List,
        Shape::Record(_) | Shape::Map(_) => Kind::Object,
        Shape::Union(union) if depth > 0 => {
            let kinds = union.variants.iter();
            let kinds = kinds.map(|each| kind_within(types, *each, depth - 1));
            kinds.max_by_key(|kind| *kind as u8).unwrap_or(Kind::Scalar)
        }
        Shape::Any if node.words == [TypeWord::Object] => Kind::Object,
        Shape::Any if node.words == [TypeWord::Array] => Kind::List,
        _ => Kind::Scalar,
    }
}

/// The names of the fields of a type, where they are known.
pub(super) fn field_names(types: &Types, ty: TypeId) -> Option<Vec<&str>> {
    match &types.get(types.resolve(ty)).shape {
        Shape::Record(record) if !matches!(record.rest, Rest::Typed(_)) => {
            Some(record.fields.iter().map(|field| &*field.name).collect())
        }
        _ => None,
    }
}

/// The type of a field of a type.
pub(super) fn field(types: &Types, ty: TypeId, name: &str) -> Option<TypeId> {
    match &types.get(types.resolve(ty)).shape {
        Shape::Record(record) => {
            let known = record.fields.iter().find(|field| field.name == name);
            known.map(|field| field.ty).or(match record.rest {
                Rest::Typed(ty) => Some(ty),
                Rest::Ignored | Rest::Closed => None,
            })
        }
        Shape::Map(ty) => Some(*ty),
        Shape::Union(union) => {
            let mut variants = union.variants.iter();
            variants.find_map(|each| match &types.get(types.resolve(*each)).shape {
                Shape::Record(_) | Shape::Map(_) => field(types, *each, name),
                _ => None,
            })
        }
        _ => None,
    }
}

/// The JSON that is meant.
pub(super) fn value(types: &Types, ty: Option<TypeId>, raw: &Raw) -> Value {
    read(types, ty, raw, DEPTH).0
}

/// The JSON that is meant, and how well it fits.
fn read(types: &Types, ty: Option<TypeId>, raw: &Raw, depth: usize) -> (Value, u8) {
    let Some(ty) = ty else {
        return (plain(raw), 1);
    };
    let node = types.get(types.resolve(ty));
    if let Raw::Text(text) = raw
        && (text.is_empty() || text == "null")
        && (node.nullable || types.get(ty).nullable)
        && !matches!(node.shape, Shape::String | Shape::Any)
    {
        return (Value::Null, 3);
    }
    match (&node.shape, raw) {
        (Shape::Integer, Raw::Text(text)) => scalar(text, integer(text)),
        (Shape::Number, Raw::Text(text)) => scalar(text, number(text)),
        (Shape::Boolean, Raw::Text(text)) => scalar(text, boolean(text)),
        (Shape::Enum(values), Raw::Text(text)) => enum_value(values, text),
        (Shape::String, Raw::Text(text)) => (text.clone().into(), 2),
        (Shape::List(member), raw) => {
            let items = read_all(types, Some(*member), members(raw), depth);
            (items, if matches!(raw, Raw::List(_)) { 3 } else { 1 })
        }
        (Shape::Tuple(tuple), raw) => {
            let items = members(raw).iter().enumerate();
            let items = items.map(|(index, raw)| {
                let ty = tuple.items.get(index).copied().or(tuple.rest);
                value(types, ty, raw)
            });
            (items.collect(), 3)
        }
        (Shape::Record(_) | Shape::Map(_), Raw::Object(fields)) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, raw)| {
                let ty = field(types, ty, name);
                (name.clone(), value(types, ty, raw))
            });
            (fields.collect::<Map<_, _>>().into(), 3)
        }
        (Shape::Union(union), raw) if depth > 0 => {
            let variants = union.variants.iter();
            let read = variants.map(|each| self::read(types, Some(*each), raw, depth - 1));
            // Of several that fit alike the first one.
            let best = read.reduce(|best, next| if next.1 > best.1 { next } else { best });
            best.unwrap_or_else(|| (plain(raw), 1))
        }
        (Shape::Any, Raw::Text(text)) => match node.words[..] {
            [TypeWord::Integer] => scalar(text, integer(text)),
            [TypeWord::Number] => scalar(text, number(text)),
            [TypeWord::Boolean] => scalar(text, boolean(text)),
            _ => (plain(raw), 1),
        },
        _ => (plain(raw), 0),
    }
}

fn read_all(types: &Types, ty: Option<TypeId>, items: &[Raw], depth: usize) -> Value {
    let items = items.iter();
    items
        .map(|raw| read(types, ty, raw, depth.saturating_sub(1)).0)
        .collect()
}

/// The members of a list; a single text is a list of one.
fn members(raw: &Raw) -> &[Raw] {
    match raw {
        Raw::List(items) => items,
        other => std::slice::from_ref(other),
    }
}

fn scalar(text: &str, read: Option<Value>) -> (Value, u8) {
    match read {
        Some(value) => (value, 3),
        None => (text.into(), 0),
    }
}

fn integer(text: &str) -> Option<Value> {
    let whole = text.parse::<i64>().map(Value::from);
    let whole = whole.or_else(|_| text.parse::<u64>().map(Value::from));
    // What is no integer is told apart from what is no number.
    whole.ok().or_else(|| number(text))
}

fn number(text: &str) -> Option<Value> {
    // A reader of JSON passes over blanks, such as the plus before a number in a query.
    if text.contains(char::is_whitespace) {
        return None;
    }
    let number: Option<Number> = serde_json::from_str(text).ok();
    number.map(Value::Number)
}

fn boolean(text: &str) -> Option<Value> {
    text.parse::<bool>().ok().map(Value::Bool)
}

/// The value that is written so, else what looks like the others.
fn enum_value(values: &[EnumValue], text: &str) -> (Value, u8) {
    let written = |value: &Value| match value {
        Value::String(known) => known == text,
        other => text == format!("{other}"),
    };
    if let Some(known) = values.iter().find(|each| written(&each.value)) {
        return (known.value.clone(), 4);
    }
    let numbers = values.iter().all(|each| each.value.is_number());
    let read = number(text).filter(|_| numbers);
    (read.unwrap_or_else(|| text.into()), 1)
}

fn plain(raw: &Raw) -> Value {
    match raw {
        Raw::Text(text) => text.clone().into(),
        Raw::List(items) => items.iter().map(plain).collect(),
        Raw::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, raw)| (name.clone(), plain(raw)));
            fields.collect::<Map<_, _>>().into()
        }
    }
}
