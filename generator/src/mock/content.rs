//! Writes the content of an answer in its media type.

use serde_json::Value;

use super::media;
use crate::ir::{Api, EventKind, MediaType, Shape, TypeId};

/// How many items of a stream are made up.
const ITEMS: usize = 2;
/// Values within values are written as XML this far.
const DEPTH: usize = 64;

/// Content as it is sent.
pub(super) struct Written {
    pub(super) media: String,
    pub(super) body: Vec<u8>,
}

/// A text that stands for itself.
pub(super) fn as_text(content: &MediaType, text: String) -> Written {
    Written {
        media: sent_name(content, "application/octet-stream"),
        body: text.into_bytes(),
    }
}

/// Writes content; `value` makes a value of a type.
pub(super) struct Writer<'a> {
    pub(super) api: &'a Api,
    pub(super) value: &'a dyn Fn(TypeId) -> Value,
}

impl Writer<'_> {
    /// Content with this value, or with one that is made up.
    pub(super) fn write(&self, content: &MediaType, given: Option<Value>) -> Written {
        let body = if content.is_event_stream() {
            self.events(content, given)
        } else if content.is_json_lines() {
            self.lines(content, given)
        } else {
            return self.whole(content, given);
        };
        Written {
            media: content.name.clone(),
            body: body.into_bytes(),
        }
    }

    fn made(&self, content: &MediaType) -> Option<Value> {
        content.ty.map(|ty| (self.value)(ty))
    }

    fn whole(&self, content: &MediaType, given: Option<Value>) -> Written {
        let value = given.or_else(|| self.made(content));
        let wildcard = content.is_range();
        let json = content.is_json() || (wildcard && !matches!(value, Some(Value::String(_))));
        let value = match value {
            Some(value) => value,
            None if json => Value::Object(serde_json::Map::new()),
            None => "string".into(),
        };
        let (media, body) = match &value {
            _ if json => (sent_name(content, "application/json"), value.to_string()),
            Value::String(text) => (sent_name(content, "text/plain"), text.clone()),
            _ if is_xml(content) => (content.name.clone(), self.xml(content, &value)),
            _ if content.is_form() => (content.name.clone(), form(&value)),
            _ => (content.name.clone(), value.to_string()),
        };
        Written {
            media,
            body: body.into_bytes(),
        }
    }

    /// A JSON value a line; a record begins with a sign of its own (RFC 7464, 2.2).
    fn lines(&self, content: &MediaType, given: Option<Value>) -> String {
        let start = match &*content.essence() {
            "application/json-seq" => "\u{1e}",
            _ => "",
        };
        if let Some(Value::String(text)) = given {
            return text;
        }
        let items = self.items(content, given);
        let lines = items.iter().map(|item| format!("{start}{item}\n"));
        lines.collect()
    }

    /// The items of a sequence: those of an example, else a few that are made up.
    fn items(&self, content: &MediaType, given: Option<Value>) -> Vec<Value> {
        match given.or_else(|| self.made(content)) {
            Some(Value::Array(items)) if !content.of_items && self.is_list(content) => items,
            Some(Value::Array(items)) if !items.is_empty() && !self.is_list(content) => items,
            Some(item) => vec![item; ITEMS],
            None => vec![Value::Object(serde_json::Map::new()); ITEMS],
        }
    }

    fn is_list(&self, content: &MediaType) -> bool {
        let types = &self.api.types;
        let shape = content.ty.map(|ty| &types.get(types.resolve(ty)).shape);
        matches!(shape, Some(Shape::List(_) | Shape::Tuple(_)))
    }

    fn events(&self, content: &MediaType, given: Option<Value>) -> String {
        match given {
            Some(Value::String(text)) => text,
            Some(Value::Array(items)) => items.iter().map(event).collect(),
            Some(item) => event(&item),
            None if content.events.is_empty() => "data: string\n\n".repeat(ITEMS),
            None => {
                let mut kinds: Vec<&EventKind> = content.events.iter().collect();
                if let [only] = kinds[..] {
                    kinds = vec![only; ITEMS];
                }
                kinds.iter().map(|kind| self.event_of(kind)).collect()
            }
        }
    }

    fn event_of(&self, kind: &EventKind) -> String {
        let data = match kind.data.map(|ty| (self.value)(ty)) {
            Some(Value::String(text)) if !kind.json => text,
            Some(value) => value.to_string(),
            None => "string".to_owned(),
        };
        written_event(kind.names.first().map(|name| &**name), &data)
    }

    /// An element for each value, called as its schema or its field.
    fn xml(&self, content: &MediaType, value: &Value) -> String {
        let types = &self.api.types;
        let key = content.ty.and_then(|ty| {
            let end = types.get(types.resolve(ty));
            types.get(ty).key.clone().or_else(|| end.key.clone())
        });
        let name = key.unwrap_or_else(|| "root".to_owned());
        let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        match value {
            Value::Array(items) => {
                let inner: String = items
                    .iter()
                    .map(|each| element("item", each, DEPTH))
                    .collect();
                text.push_str(&format!("<{0}>{inner}</{0}>", element_name(&name)));
            }
            value => text.push_str(&element(&name, value, DEPTH)),
        }
        text
    }
}

/// The media type as it is sent: one without stars.
fn sent_name(content: &MediaType, instead: &str) -> String {
    match content.sent_name() {
        range if range.contains('*') => instead.to_owned(),
        name => name.to_owned(),
    }
}

fn is_xml(content: &MediaType) -> bool {
    let essence = media::essence(&content.name);
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

/// An event that an example describes: its fields, or its data alone.
fn event(value: &Value) -> String {
    let text = |name: &str| {
        value.get(name).map(|field| match field {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    };
    match text("data") {
        Some(data) => {
            let id = text("id").map(|id| format!("id: {id}\n"));
            let rest = written_event(text("event").as_deref(), &data);
            id.unwrap_or_default() + &rest
        }
        None => written_event(None, &value.to_string()),
    }
}

/// An event (HTML, 9.2.6), each line of its data behind a `data` of its own.
fn written_event(name: Option<&str>, data: &str) -> String {
    let mut text = name
        .map(|name| format!("event: {name}\n"))
        .unwrap_or_default();
    for line in data.split('\n') {
        text.push_str(&format!("data: {line}\n"));
    }
    text.push('\n');
    text
}

fn form(value: &Value) -> String {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in value.as_object().into_iter().flatten() {
        let values = match value {
            Value::Array(list) => list.as_slice(),
            other => std::slice::from_ref(other),
        };
        for value in values {
            pairs.append_pair(name, &plain(value));
        }
    }
    pairs.finish()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn element(name: &str, value: &Value, depth: usize) -> String {
    let name = element_name(name);
    let inner = match value {
        Value::Array(items) if depth > 0 => {
            return items
                .iter()
                .map(|each| element(&name, each, depth - 1))
                .collect();
        }
        Value::Object(fields) if depth > 0 => {
            let fields = fields.iter();
            fields
                .map(|(key, value)| element(key, value, depth - 1))
                .collect()
        }
        other => plain(other)
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;"),
    };
    format!("<{name}>{inner}</{name}>")
}

/// A name that an element can have.
fn element_name(name: &str) -> String {
    let fits = |letter: char| letter.is_alphanumeric() || "_-.".contains(letter);
    let name: String = name
        .chars()
        .map(|letter| if fits(letter) { letter } else { '_' })
        .collect();
    match name.chars().next() {
        Some(first) if first.is_alphabetic() || first == '_' => name,
        _ => format!("_{name}"),
    }
}

/// A value as the text of a header (style `simple`).
pub(super) fn header_text(value: &Value, explode: bool) -> String {
    match value {
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        Value::Object(fields) => {
            let sign = if explode { "=" } else { "," };
            let fields = fields.iter();
            let fields = fields.map(|(key, value)| format!("{key}{sign}{}", plain(value)));
            fields.collect::<Vec<_>>().join(",")
        }
        other => plain(other),
    }
}
