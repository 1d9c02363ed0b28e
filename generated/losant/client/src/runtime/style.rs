//! How the value of a parameter becomes text, in every style of OpenAPI.
//!
//! The rules are the table "Style Examples" of the OpenAPI Specification 3.1.1 and, for what it
//! leaves open, RFC 6570, on which it rests: elements that are null are left out, and so is a
//! parameter that is an empty list or object. A list or object inside another has no standard
//! form; it is written as JSON text, except that [`Style::DeepObject`] nests its brackets.

use serde_json::Value;

use super::escape;
use super::parameter::{Parameter, Style};

/// How text is made fit for its place.
type Encode = fn(&str) -> String;

/// A path parameter's text; `None` if there is nothing to write.
pub fn path(parameter: &Parameter, value: &Value) -> Option<String> {
    let explode = parameter.explodes();
    let shape = shape(value, escape::value)?;
    Some(match parameter.style {
        Style::Label => format!(
            ".{}",
            shape.joined(if explode { "." } else { "," }, explode)
        ),
        Style::Matrix => shape.matrix(&escape::value(parameter.name), explode),
        Style::Json => escape::value(&value.to_string()),
        _ => shape.joined(",", explode),
    })
}

/// A header parameter's text; `None` if there is nothing to write.
pub fn header(parameter: &Parameter, value: &Value) -> Option<String> {
    let shape = shape(value, escape::nothing)?;
    Some(match parameter.style {
        Style::Json => value.to_string(),
        _ => shape.joined(",", parameter.explodes()),
    })
}

/// A query or cookie parameter as `name=value` pairs; none if there is nothing to write.
pub fn pairs(parameter: &Parameter, value: &Value) -> Vec<String> {
    let encode = if parameter.allow_reserved {
        escape::reserved
    } else {
        escape::value
    };
    let name = escape::value(parameter.name);
    let Some(shape) = shape(value, encode) else {
        return Vec::new();
    };
    let joined = |delimiter| vec![format!("{name}={}", shape.joined(delimiter, false))];
    match parameter.style {
        Style::DeepObject if value.is_object() => deep(&name, value, encode),
        Style::Json => vec![format!("{name}={}", encode(&value.to_string()))],
        _ if parameter.explodes() || parameter.style == Style::DeepObject => shape.form(&name),
        Style::SpaceDelimited => joined("%20"),
        Style::PipeDelimited => joined("%7C"),
        _ => joined(","),
    }
}

/// A value with its parts encoded.
enum Shape {
    One(String),
    Many(Vec<String>),
    Pairs(Vec<(String, String)>),
}

/// The shape of a value; `None` if there is nothing in it to write.
fn shape(value: &Value, encode: Encode) -> Option<Shape> {
    let shape = match value {
        Value::Array(items) => Shape::Many(
            items
                .iter()
                .filter_map(|item| scalar(item, encode))
                .collect(),
        ),
        Value::Object(members) => {
            let pair = |(key, value): (&String, _)| Some((encode(key), scalar(value, encode)?));
            Shape::Pairs(members.iter().filter_map(pair).collect())
        }
        value => Shape::One(scalar(value, encode)?),
    };
    (!shape.is_empty()).then_some(shape)
}

/// One part as text; `None` for null.
fn scalar(value: &Value, encode: Encode) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(encode(text)),
        value => Some(encode(&value.to_string())),
    }
}

impl Shape {
    fn is_empty(&self) -> bool {
        match self {
            Self::One(_) => false,
            Self::Many(items) => items.is_empty(),
            Self::Pairs(pairs) => pairs.is_empty(),
        }
    }

    /// All parts in one text. `assign` writes an object as `key=value` instead of by delimiter.
    fn joined(&self, delimiter: &str, assign: bool) -> String {
        let between = if assign { "=" } else { delimiter };
        match self {
            Self::One(text) => text.clone(),
            Self::Many(items) => items.join(delimiter),
            Self::Pairs(pairs) => {
                let pair = |(key, value): &(String, String)| format!("{key}{between}{value}");
                pairs.iter().map(pair).collect::<Vec<_>>().join(delimiter)
            }
        }
    }

    /// Every part as a pair of its own.
    fn form(&self, name: &str) -> Vec<String> {
        match self {
            Self::One(text) => vec![format!("{name}={text}")],
            Self::Many(items) => items.iter().map(|item| format!("{name}={item}")).collect(),
            Self::Pairs(pairs) => pairs
                .iter()
                .map(|(key, value)| format!("{key}={value}"))
                .collect(),
        }
    }

    /// Matrix style, in which an empty value has no equals sign.
    fn matrix(&self, name: &str, explode: bool) -> String {
        let pairs = match self {
            _ if explode => self.form(name),
            _ => vec![format!("{name}={}", self.joined(",", false))],
        };
        let part = |pair: &String| format!(";{}", pair.strip_suffix('=').unwrap_or(pair));
        pairs.iter().map(part).collect()
    }
}

/// `name[key]=value` for every leaf of an object, with the brackets encoded.
fn deep(name: &str, value: &Value, encode: Encode) -> Vec<String> {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| {
                deep(
                    &format!("{name}%5B{}%5D", escape::value(key)),
                    value,
                    encode,
                )
            })
            .collect(),
        Value::Array(items) => items
            .iter()
            .flat_map(|item| deep(name, item, encode))
            .collect(),
        value => scalar(value, encode)
            .map(|text| format!("{name}={text}"))
            .into_iter()
            .collect(),
    }
}
