//! What a caller hands over: the rows of the tables.

use std::collections::BTreeMap;

use serde_json::Value;

use super::assignments::{assignments, each_field, fields};
use super::book::{Link, Parameter};
use super::js;
use super::options::{InlineTypes, Options};
use super::schemas::Schemas;
use super::text::{Flavour, cell, code_span, handlebars};
use super::words::Name;
use crate::ir::{self, Api, Direction, Field, MediaType, Place, Shape, Style, Type, TypeId};

/// How many lists, maps and choices within each other are told.
const DEPTH: usize = 4;

/// What the rows of one action need to know.
pub(super) struct Rows<'a> {
    /// The API.
    pub(super) api: &'a Api,
    /// The format's options.
    pub(super) options: &'a Options,
    /// Where schemas are documented.
    pub(super) schemas: &'a Schemas<'a>,
    /// Names on the wire → names in the language of the format, where they differ.
    pub(super) names: Option<&'a BTreeMap<String, String>>,
}

/// Whether a part of a form is a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Files {
    /// It is a value.
    None,
    /// It is one.
    One,
    /// It is any number of them.
    Many,
}

/// What a row is made from, wherever it is declared.
struct Source<'a> {
    name: &'a str,
    required: bool,
    description: Option<&'a str>,
    deprecated: bool,
    ty: Option<TypeId>,
    default: Option<&'a Value>,
    example: Option<&'a Value>,
    style: (Style, bool),
    /// How the fields of a whole query are written, if it is one.
    fields: Option<&'a [ir::Encoding]>,
}

impl Rows<'_> {
    /// The row of a parameter.
    pub(super) fn parameter(&self, parameter: &ir::Parameter) -> Parameter {
        self.row(&Source {
            name: &parameter.name,
            required: parameter.required,
            description: parameter.description.as_deref(),
            deprecated: parameter.deprecated,
            ty: Some(parameter.ty),
            default: parameter.default.as_ref(),
            example: parameter.example.as_ref(),
            style: (parameter.style, parameter.explode),
            fields: fields(parameter),
        })
    }

    /// The row of a body that is one value.
    pub(super) fn body(&self, body: &ir::Body, content: &MediaType) -> Parameter {
        let row = self.row(&Source {
            name: &body.name,
            required: body.required,
            description: body.description.as_deref(),
            deprecated: false,
            ty: content.ty,
            default: None,
            example: content.example.as_ref(),
            style: (Style::Form, true),
            fields: None,
        });
        match self.options.inline_types {
            InlineTypes::Told => Parameter {
                ty: self.content(content).unwrap_or_default(),
                ..row
            },
            InlineTypes::Undefined => row,
        }
    }

    /// What content is: a link to the schema; where none is named, what a file or a text is called,
    /// or what the values are. `None` if nobody knows.
    pub(super) fn content(&self, content: &MediaType) -> Option<String> {
        let link = content.ty.and_then(|ty| self.schemas.cell(ty));
        if let Some(link) = link {
            return Some(link.to_owned());
        }
        let told = self.options.inline_types == InlineTypes::Told;
        if content.is_json() || content.is_event_stream() {
            return told.then(|| {
                content
                    .ty
                    .map_or_else(|| "any".to_owned(), |ty| self.word(ty))
            });
        }
        if content.is_file() {
            return Some("file".to_owned());
        }
        if content.is_text() {
            return Some("string".to_owned());
        }
        content.ty.filter(|_| told).map(|ty| self.word(ty))
    }

    /// What stands where there is nothing to say.
    pub(super) fn nothing(&self) -> &'static str {
        match self.options.inline_types {
            InlineTypes::Told => "",
            InlineTypes::Undefined => "undefined",
        }
    }

    /// The rows of a form or an object: its properties, in order.
    pub(super) fn form(&self, content: &MediaType) -> Vec<Parameter> {
        let fields = self.fields(content).into_iter();
        fields.map(|field| self.field(field, content)).collect()
    }

    /// The properties that a caller writes.
    pub(super) fn fields(&self, content: &MediaType) -> Vec<&Field> {
        let types = &self.api.types;
        let ty = content.ty.map(|ty| types.get(types.resolve(ty)));
        let Some(Shape::Record(record)) = ty.map(|ty| &ty.shape) else {
            return Vec::new();
        };
        let fields = record.fields.iter();
        fields.filter(|field| !field.read_only).collect()
    }

    /// The row of a header of a response.
    pub(super) fn header(&self, header: &ir::Header) -> Parameter {
        let row = self.row(&Source {
            name: &header.name,
            required: header.required,
            description: header.description.as_deref(),
            deprecated: header.deprecated,
            ty: Some(header.ty),
            default: None,
            example: header.example.as_ref(),
            style: (Style::Simple, header.explode),
            fields: None,
        });
        // A parameter of the same name is called something else in the language of the format.
        let label = cell(&handlebars(&header.name));
        Parameter { label, ..row }
    }

    /// What a type without a name is: `string · binary`, `array of string · min items: 1`; code.
    pub(super) fn facts(&self, ty: TypeId) -> String {
        let types = &self.api.types;
        let node = types.get(types.resolve(ty));
        let said = facts(node, node.nullable);
        code_span(&match &node.shape {
            // Code is no place for a link.
            Shape::List(item) if self.schemas.link(*item).is_none() => {
                let item = types.get(types.resolve(*item));
                let word = type_word(item).unwrap_or_else(|| shape_word(&item.shape));
                said.replacen("array", &format!("array of {word}"), 1)
            }
            _ => said,
        })
    }

    /// The schema of the members of a list without a name.
    pub(super) fn items(&self, ty: TypeId) -> Option<&Link> {
        let types = &self.api.types;
        match types.get(types.resolve(ty)).shape {
            Shape::List(item) if self.schemas.link(ty).is_none() => self.schemas.link(item),
            _ => None,
        }
    }

    /// A link to the schema, or what the values of a type without a name are called.
    pub(super) fn linked(&self, ty: TypeId) -> String {
        let link = self.schemas.cell(ty);
        link.map_or_else(|| self.word(ty), str::to_owned)
    }

    /// What the values of a type without a name are called: `string`, `file`, `array of string`.
    fn word(&self, ty: TypeId) -> String {
        match self.options.inline_types {
            InlineTypes::Told => self.told(ty, 0),
            InlineTypes::Undefined => {
                let types = &self.api.types;
                let word = type_word(types.get(types.resolve(ty)));
                word.unwrap_or_else(|| self.nothing().to_owned())
            }
        }
    }

    fn told(&self, ty: TypeId, depth: usize) -> String {
        if let Some(link) = self.schemas.cell(ty) {
            return link.to_owned();
        }
        let types = &self.api.types;
        let node = types.get(types.resolve(ty));
        let plain = || type_word(node).unwrap_or_else(|| shape_word(&node.shape));
        if depth == DEPTH {
            return plain();
        }
        let inner = |ty: TypeId| self.told(ty, depth + 1);
        match &node.shape {
            Shape::List(item) => format!("array of {}", inner(*item)),
            Shape::Map(value) => format!("map of {}", inner(*value)),
            Shape::Union(union) => {
                let variants = union.variants.iter().map(|&each| inner(each));
                different(variants).join(" or ")
            }
            _ => plain(),
        }
    }

    fn field(&self, field: &Field, content: &MediaType) -> Parameter {
        let ty = self.api.types.get(field.ty);
        let row = self.row(&Source {
            name: &field.name,
            required: field.required,
            description: field.description.as_deref().or(ty.description.as_deref()),
            deprecated: field.deprecated,
            ty: Some(field.ty),
            default: ty.default.as_ref(),
            example: ty.example.as_ref(),
            style: (Style::Form, true),
            fields: None,
        });
        match self.files(field, content) {
            Files::None => row,
            Files::One => Parameter {
                ty: "file".to_owned(),
                ..row
            },
            Files::Many => Parameter {
                ty: "array of files".to_owned(),
                facts: code_span("array of files"),
                ..row
            },
        }
    }

    /// Whether a part of a form is a file: binary, or of a media type that is no text.
    pub(super) fn files(&self, field: &Field, content: &MediaType) -> Files {
        let types = &self.api.types;
        let encoding = content
            .encoding
            .iter()
            .find(|each| each.field == field.name);
        let media = encoding.and_then(|encoding| encoding.content_type.as_deref());
        match types.get(types.resolve(field.ty)).shape {
            _ if !content.is_multipart_form() => Files::None,
            Shape::List(item) if types.is_file(item, media) => Files::Many,
            _ if types.is_file(field.ty, media) => Files::One,
            _ => Files::None,
        }
    }

    /// The example of a parameter as `name=value` pairs: the schema's for a reference.
    pub(super) fn pairs(&self, parameter: &ir::Parameter) -> Vec<(String, String)> {
        let name = &parameter.name;
        let of_schema = self.schemas.example(parameter.ty, Direction::Request);
        match (of_schema.or(parameter.example.as_ref()), fields(parameter)) {
            (Some(example), Some(fields)) => each_field(name, example, fields),
            (Some(example), None) => match of_schema {
                Some(example) => assignments(name, example, Style::DeepObject, true),
                None => assignments(name, example, parameter.style, parameter.explode),
            },
            (None, _) => Vec::new(),
        }
    }

    fn row(&self, source: &Source<'_>) -> Parameter {
        let flavour = self.options.text;
        let schema = source.ty.and_then(|ty| self.schemas.link(ty));
        let node = source
            .ty
            .map(|ty| self.api.types.get(self.api.types.resolve(ty)));
        let accepted = match node {
            // The page of a schema says what it accepts.
            Some(node) if schema.is_none() => accepted(node),
            _ => Vec::new(),
        };
        let text = source.description.unwrap_or_default().trim();
        let name = Name::new(source.name);
        let label = self.names.and_then(|names| names.get(source.name));
        let documented = schema.and(source.ty);
        let assignment = self.assignment(source, documented);
        Parameter {
            label: cell(&handlebars(label.map_or(source.name, String::as_str))),
            required: source.required,
            ty: match source.ty {
                Some(ty) => self.linked(ty),
                None => self.nothing().to_owned(),
            },
            description: flavour.cell(&with_accepted(text, &accepted)),
            sentence: flavour.cell(&sentence(text)),
            default: source
                .default
                .map(|value| flavour.value(&js::display(value)))
                .unwrap_or_default(),
            example: match (schema, source.example) {
                (Some(link), _) => cell(&format!("[{} Example]({})", link.title, link.example)),
                (None, Some(value)) => flavour.value(&js::display(value)),
                (None, None) => self.nothing().to_owned(),
            },
            assignment: cell(&handlebars(&assignment)),
            text: indented(&Flavour::Markdown.block(text)),
            facts: source.ty.map(|ty| self.facts(ty)).unwrap_or_default(),
            accepted: accepted.iter().map(|value| code_span(value)).collect(),
            default_code: code_span(&source.default.map(js::display).unwrap_or_default()),
            example_code: code_span(&source.example.map(js::display).unwrap_or_default()),
            pattern: code_span(
                node.and_then(|node| node.constraints.pattern.as_deref())
                    .unwrap_or_default(),
            ),
            deprecated: source.deprecated,
            schema: schema.cloned(),
            items: source.ty.and_then(|ty| self.items(ty)).cloned(),
            name,
        }
    }

    /// `name=value`, or the schema's example in brackets, joined by `&`.
    fn assignment(&self, source: &Source<'_>, documented: Option<TypeId>) -> String {
        let of_schema = documented.and_then(|ty| self.schemas.example(ty, Direction::Request));
        let pairs = match (of_schema, source.example) {
            (Some(example), _) | (None, Some(example)) if source.fields.is_some() => {
                each_field(source.name, example, source.fields.unwrap_or_default())
            }
            (Some(example), _) => assignments(source.name, example, Style::DeepObject, true),
            (None, Some(example)) => {
                assignments(source.name, example, source.style.0, source.style.1)
            }
            (None, None) => Vec::new(),
        };
        let pairs: Vec<String> = pairs
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("&")
    }
}

/// The visible parameters of a place, in declared order.
pub(super) fn visible<'a>(
    operation: &'a ir::Operation,
    format: &'a str,
    place: Place,
) -> impl Iterator<Item = &'a ir::Parameter> {
    operation
        .parameters
        .iter()
        .filter(move |each| each.place == place && each.visibility.shown_in(format))
}

/// A block whose lines after the first are indented as a list's member needs.
pub(super) fn indented(block: &str) -> String {
    block.replace('\n', "\n  ").replace("\n  \n", "\n\n")
}

/// The word of `type`, `file` for binary; several are joined by "or".
fn type_word(node: &Type) -> Option<String> {
    if node.format.as_deref() == Some("binary") {
        return Some("file".to_owned());
    }
    let words: Vec<&str> = node.words.iter().map(|word| word.as_str()).collect();
    (!words.is_empty()).then(|| words.join(" or "))
}

/// What the values of a type are that does not say so itself.
fn shape_word(shape: &Shape) -> String {
    match shape {
        Shape::Record(_) | Shape::Map(_) => "object".to_owned(),
        Shape::List(_) | Shape::Tuple(_) => "array".to_owned(),
        Shape::Enum(values) => {
            let words = values.iter().map(|each| value_word(&each.value));
            different(words.map(str::to_owned)).join(" or ")
        }
        _ => "any".to_owned(),
    }
}

fn value_word(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Each of these once, in the order in which they come.
fn different(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut different: Vec<String> = Vec::new();
    for word in words {
        if !different.contains(&word) {
            different.push(word);
        }
    }
    different
}

fn accepted(node: &Type) -> Vec<String> {
    match &node.shape {
        Shape::Enum(values) => values.iter().map(|each| js::display(&each.value)).collect(),
        _ => Vec::new(),
    }
}

/// Text, a full stop if it has none, then the accepted values without one; the text alone if it
/// names them already.
fn with_accepted(text: &str, accepted: &[String]) -> String {
    if accepted.is_empty() || text.contains("Accepted values are:") {
        return text.to_owned();
    }
    let values = accepted.join(", ");
    let sentence = sentence(text);
    let space = if sentence.is_empty() { "" } else { " " };
    format!("{sentence}{space}Accepted values are: {values}")
}

/// Text, with a full stop if it has none.
fn sentence(text: &str) -> String {
    if text.is_empty() || text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// `integer · int32 · min: 10 · max: 100`
pub(super) fn facts(node: &Type, nullable: bool) -> String {
    let words: Vec<&str> = node.words.iter().map(|word| word.as_str()).collect();
    let mut facts = Vec::new();
    facts.extend((!words.is_empty()).then(|| words.join(" or ")));
    facts.extend(node.format.clone());
    facts.extend(nullable.then(|| "nullable".to_owned()));
    let bounds = &node.constraints;
    let mut bound = |name: &str, value: Option<String>| {
        facts.extend(value.map(|value| format!("{name}: {value}")));
    };
    let number = |value: &Option<serde_json::Number>| {
        value
            .clone()
            .map(|value| js::display(&Value::Number(value)))
    };
    let count = |value: Option<u64>| value.map(|value| value.to_string());
    bound("min", number(&bounds.minimum));
    bound("above", number(&bounds.exclusive_minimum));
    bound("max", number(&bounds.maximum));
    bound("below", number(&bounds.exclusive_maximum));
    bound("multiple of", number(&bounds.multiple_of));
    bound("min length", count(bounds.min_length));
    bound("max length", count(bounds.max_length));
    bound("min items", count(bounds.min_items));
    bound("max items", count(bounds.max_items));
    facts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_values_are_named_once() {
        let values = ["a".to_owned(), "b".to_owned()];
        for text in ["Field", "Field."] {
            assert_eq!(
                with_accepted(text, &values),
                "Field. Accepted values are: a, b"
            );
        }
        let said = "Field. Accepted values are: a, b";
        assert_eq!(with_accepted(said, &values), said);
        assert_eq!(with_accepted("", &values), "Accepted values are: a, b");
    }
}
