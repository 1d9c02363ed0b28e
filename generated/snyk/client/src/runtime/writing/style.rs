//! How the value of a parameter becomes text, in every style of OpenAPI.
//!
//! The rules are the table "Style Examples" of the OpenAPI Specification 3.2 and, for what it
//! leaves open, RFC 6570, on which it rests: elements that are null are left out, and so is a
//! parameter that is an empty list or object. A list or object inside another has no standard
//! form; it is written as JSON text, except that [`Style::DeepObject`] nests its brackets and
//! numbers the items of lists, which parsers of brackets take for a list more widely than a name
//! that is repeated. [`Style::Json`] is the JSON text of any value but null. The delimiters that
//! Swagger 2.0 knows for lists hold in every place.

use serde_json::Value;

use crate::runtime::tables::parameter::{Parameter, Place, Style};
use crate::runtime::writing::escape;
use crate::runtime::writing::said::Said;

/// How text is made fit for its place.
type Encode = fn(&str) -> String;

/// A path parameter's text; `None` if there is nothing to write.
pub fn path(parameter: &Parameter, value: &Value) -> Option<String> {
    let explode = parameter.explodes();
    let encode = match parameter.allow_reserved {
        true => escape::reserved_in_path,
        false => escape::value,
    };
    if parameter.style == Style::Json {
        return whole(value, encode);
    }
    let shape = shape(value, encode)?;
    Some(match parameter.style {
        Style::Label => format!(
            ".{}",
            shape.joined(if explode { "." } else { "," }, explode)
        ),
        Style::Matrix => shape.matrix(&escape::value(parameter.name()), explode),
        style => shape.joined(delimiter(style, true), explode),
    })
}

/// Adds the text of a path parameter to a path; nothing if there is nothing to write.
pub(crate) fn push_path(to: &mut String, parameter: &Parameter, value: Said<'_>) {
    let simple = parameter.style == Style::Simple && !parameter.allow_reserved;
    match value.scalar().filter(|_| simple) {
        Some(text) => escape::push_value(to, &text),
        None => to.push_str(&path(parameter, &value.value()).unwrap_or_default()),
    }
}

/// A header parameter's text; `None` if there is nothing to write.
pub fn header(parameter: &Parameter, value: &Value) -> Option<String> {
    if parameter.style == Style::Json {
        return whole(value, escape::nothing);
    }
    let shape = shape(value, escape::nothing)?;
    Some(shape.joined(delimiter(parameter.style, false), parameter.explodes()))
}

/// A query or cookie parameter as `name=value` pairs; none if there is nothing to write.
pub fn pairs(parameter: &Parameter, value: &Value) -> Vec<String> {
    let encode = match (parameter.style, parameter.allow_reserved, parameter.place) {
        (Style::Cookie, ..) => escape::cookie,
        (_, true, Place::Cookie) => escape::reserved_in_cookie,
        (_, true, _) => escape::reserved,
        _ => escape::value,
    };
    let in_url = parameter.style != Style::Cookie;
    let text = Text {
        key: if in_url {
            escape::value
        } else {
            escape::nothing
        },
        encode,
        in_url,
    };
    let assigned = assigned(parameter, value, text);
    let mut pairs = Vec::with_capacity(assigned.len());
    for (name, value) in assigned {
        pairs.push(name + "=" + &value);
    }
    pairs
}

/// Adds the pairs of a query parameter to a query that begins at this position of the text.
pub(crate) fn push_pairs(to: &mut String, from: usize, parameter: &Parameter, value: Said<'_>) {
    let simple = parameter.style == Style::Form && !parameter.allow_reserved;
    match value.scalar().filter(|_| simple) {
        Some(text) => {
            separate(to, from);
            escape::push_value(to, parameter.name());
            to.push('=');
            escape::push_value(to, &text);
        }
        None => {
            for pair in pairs(parameter, &value.value()) {
                push_pair(to, from, &pair);
            }
        }
    }
}

/// Adds a pair to a query that begins at this position of the text.
pub(crate) fn push_pair(to: &mut String, from: usize, pair: &str) {
    separate(to, from);
    to.push_str(pair);
}

fn separate(query: &mut String, from: usize) {
    if query.len() > from {
        query.push('&');
    }
}

/// The pairs of a parameter with nothing encoded.
pub fn plain_pairs(parameter: &Parameter, value: &Value) -> Vec<(String, String)> {
    let text = Text {
        key: escape::nothing,
        encode: escape::nothing,
        in_url: false,
    };
    assigned(parameter, value, text)
}

/// How names and values are made fit for their place.
#[derive(Clone, Copy)]
struct Text {
    key: Encode,
    encode: Encode,
    /// Whether delimiters are encoded.
    in_url: bool,
}

fn assigned(parameter: &Parameter, value: &Value, text: Text) -> Vec<(String, String)> {
    let name = (text.key)(parameter.name());
    if parameter.style == Style::Json {
        let whole = whole(value, text.encode);
        return whole.map(|value| (name, value)).into_iter().collect();
    }
    let Some(shape) = shape(value, text.encode) else {
        return Vec::new();
    };
    match parameter.style {
        Style::DeepObject => {
            let mut pairs = Vec::new();
            deep(name, value, text, &mut pairs);
            pairs
        }
        _ if parameter.explodes() => shape.form(&name),
        style => vec![(name, shape.joined(delimiter(style, text.in_url), false))],
    }
}

/// What stands between the items of a list, encoded for a URL or as it is.
fn delimiter(style: Style, encoded: bool) -> &'static str {
    match (style, encoded) {
        (Style::SpaceDelimited, true) => "%20",
        (Style::SpaceDelimited, false) => " ",
        (Style::PipeDelimited, true) => "%7C",
        (Style::PipeDelimited, false) => "|",
        (Style::TabDelimited, true) => "%09",
        (Style::TabDelimited, false) => "\t",
        _ => ",",
    }
}

/// A value with its parts encoded.
enum Shape {
    One(String),
    Many(Vec<String>),
    Pairs(Vec<(String, String)>),
}

/// The shape of a value; `None` if there is nothing in it to write.
#[inline(never)]
fn shape(value: &Value, encode: Encode) -> Option<Shape> {
    match value {
        Value::Array(items) => {
            let mut texts = Vec::new();
            for item in items {
                texts.extend(scalar(item, encode));
            }
            (!texts.is_empty()).then_some(Shape::Many(texts))
        }
        Value::Object(members) => {
            let mut pairs = Vec::new();
            for (key, value) in members {
                if let Some(value) = scalar(value, encode) {
                    pairs.push((encode(key), value));
                }
            }
            (!pairs.is_empty()).then_some(Shape::Pairs(pairs))
        }
        value => scalar(value, encode).map(Shape::One),
    }
}

/// A value as one JSON text, in which empty lists and objects are something; `None` for null.
fn whole(value: &Value, encode: Encode) -> Option<String> {
    (!value.is_null()).then(|| encode(&json(value)))
}

/// A value as JSON text. Its `Display` could do it, too, but brings along how JSON is laid out.
#[inline(never)]
pub(crate) fn json(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// One part as text; `None` for null.
#[inline(never)]
fn scalar(value: &Value, encode: Encode) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(encode(text)),
        value => Some(encode(&json(value))),
    }
}

/// Texts in one. The library's own way takes twice the code, for speed that these need not have.
pub(crate) fn joined(texts: &[String], delimiter: &str) -> String {
    let mut all = String::new();
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            all.push_str(delimiter);
        }
        all.push_str(text);
    }
    all
}

impl Shape {
    /// All parts in one text. `assign` writes an object as `key=value` instead of by delimiter.
    #[inline(never)]
    fn joined(self, delimiter: &str, assign: bool) -> String {
        match self {
            Self::One(text) => text,
            Self::Many(items) => joined(&items, delimiter),
            Self::Pairs(pairs) => {
                let between = if assign { "=" } else { delimiter };
                let mut text = String::new();
                for (key, value) in &pairs {
                    if !text.is_empty() {
                        text.push_str(delimiter);
                    }
                    text.push_str(key);
                    text.push_str(between);
                    text.push_str(value);
                }
                text
            }
        }
    }

    /// Every part as a pair of its own.
    fn form(self, name: &str) -> Vec<(String, String)> {
        match self {
            Self::One(text) => vec![(name.to_owned(), text)],
            Self::Many(items) => {
                let mut pairs = Vec::with_capacity(items.len());
                for text in items {
                    pairs.push((name.to_owned(), text));
                }
                pairs
            }
            Self::Pairs(pairs) => pairs,
        }
    }

    /// Matrix style, in which an empty value has no equals sign.
    fn matrix(self, name: &str, explode: bool) -> String {
        let pairs = match explode {
            true => self.form(name),
            false => vec![(name.to_owned(), self.joined(",", false))],
        };
        let mut matrix = String::new();
        for (name, text) in &pairs {
            matrix.push(';');
            matrix.push_str(name);
            if !text.is_empty() {
                matrix.push('=');
                matrix.push_str(text);
            }
        }
        matrix
    }
}

/// `name[key]=value` for every leaf of an object and `name[0]=value` for every one of a list.
fn deep(name: String, value: &Value, text: Text, pairs: &mut Vec<(String, String)>) {
    let inner = |key: &str| {
        let (open, close) = ((text.key)("["), (text.key)("]"));
        format!("{name}{open}{}{close}", (text.key)(key))
    };
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                deep(inner(key), value, text, pairs);
            }
        }
        Value::Array(items) => {
            let there = items.iter().filter(|item| !item.is_null());
            for (index, item) in there.enumerate() {
                deep(inner(&index.to_string()), item, text, pairs);
            }
        }
        value => pairs.extend(scalar(value, text.encode).map(|value| (name, value))),
    }
}
