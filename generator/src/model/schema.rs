//! The Schema Object: JSON Schema 2020-12 as OpenAPI 3.1 uses it (4.8.24).
//!
//! The dialects of 2.0 and 3.0 end here: `nullable`, boolean `exclusiveMinimum` and `example` are read
//! as what they are called since 3.1.

use serde_json::Value as Json;

use super::{Fields, Reader, Version, fitting};
use crate::diagnostic::{At, Problem};
use crate::ir::{Constraints, TypeWord};
use crate::source::{Key, Node, Value, near};

/// The words of `type` (JSON Schema 2020-12, Validation, 6.1.1).
const WORDS: [&str; 7] = [
    "string", "number", "integer", "boolean", "array", "object", "null",
];

/// A schema, its subschemas still unread.
pub struct Schema<'d> {
    /// Where it stands.
    pub at: At,
    /// `$ref`, with its place.
    pub reference: Option<(&'d str, At)>,
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// `type`, `null` apart.
    pub words: Vec<TypeWord>,
    /// Whether `null` is allowed: by `type`, `nullable` or a `null` in `enum`.
    pub nullable: bool,
    /// `format`
    pub format: Option<String>,
    /// `enum`, else `const` alone; `null` apart.
    pub values: Option<Vec<&'d Node>>,
    /// `x-sdkwright-name`: what code calls the type.
    pub code_name: Option<&'d str>,
    /// `x-enum-varnames`
    pub value_names: &'d [Node],
    /// `x-enum-descriptions`
    pub value_descriptions: &'d [Node],
    /// `default`
    pub default: Option<Json>,
    /// `example`, else the first of `examples`
    pub example: Option<Json>,
    /// `properties`
    pub properties: Vec<(&'d Key, &'d Node)>,
    /// `required`
    pub required: Vec<(&'d str, At)>,
    /// `additionalProperties`
    pub additional: Additional<'d>,
    /// `items`
    pub items: Option<&'d Node>,
    /// `allOf`
    pub all_of: &'d [Node],
    /// `oneOf`
    pub one_of: &'d [Node],
    /// `anyOf`
    pub any_of: &'d [Node],
    /// `prefixItems`
    pub prefix_items: &'d [Node],
    /// The schemas of `patternProperties`.
    pub patterns: Vec<(&'d Key, &'d Node)>,
    /// What holds only sometimes: `then`, `else`, and the schemas of `dependentSchemas`.
    pub sometimes: Vec<&'d Node>,
    /// `then` and `else`, where there are both.
    pub branches: Option<[&'d Node; 2]>,
    /// `discriminator`
    pub discriminator: Option<Discriminator<'d>>,
    /// `contentSchema`, where `contentMediaType` is JSON.
    pub content: Option<&'d Node>,
    /// `contentMediaType`
    pub media_type: Option<&'d str>,
    /// Bounds, lengths and pattern.
    pub constraints: Constraints,
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
}

/// `additionalProperties`
#[derive(Clone, Copy, Default)]
pub enum Additional<'d> {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// `true` or `false`
    Allowed(bool),
    /// A schema.
    Schema(&'d Node),
}

/// The Discriminator Object.
pub struct Discriminator<'d> {
    /// `propertyName`
    pub property: &'d str,
    /// `mapping`: values and references.
    pub mapping: Vec<(&'d Key, &'d Node)>,
    /// `defaultMapping`: what is meant by any other value, or by none.
    pub default: Option<&'d Node>,
}

impl<'d> Schema<'d> {
    /// Reads a schema. A boolean schema is one without keywords.
    pub fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        static EMPTY: std::sync::LazyLock<crate::source::Map> =
            std::sync::LazyLock::new(crate::source::Map::default);
        if let Value::Bool(_) = node.value {
            let at = node.at;
            return Some(Self::of(Fields::empty(at, &EMPTY), reader));
        }
        match reader.schema_fields(node) {
            Some(fields) => Some(Self::of(fields, reader)),
            None => Some(Self::of(Fields::empty(node.at, &EMPTY), reader)),
        }
    }

    fn of(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Self {
        let (words, null_word) = type_words(fields, reader);
        let (values, null_value) = values(fields, reader);
        let (items, listed) = items(fields, &words, reader);
        fitting::check(fields, &words, reader);
        let nullable = match reader.version {
            Version::V2_0 => reader.flag(fields, "x-nullable", false),
            Version::V3_0 => reader.flag(fields, "nullable", false),
            Version::V3_1 => false,
        };
        let format = reader.text(fields, "format").map(str::to_owned);
        let media_type = reader.text(fields, "contentMediaType");
        let binary = is_file(fields, media_type, reader.version).then(|| "binary".to_owned());
        Self {
            at: fields.at,
            reference: reader.reference(fields),
            title: reader.prose(fields, "title"),
            description: reader.prose(fields, "description"),
            deprecated: reader.flag(fields, "deprecated", false),
            words,
            nullable: null_word || null_value || nullable,
            format: binary.or(format).or_else(|| encoding(fields)),
            values,
            code_name: reader.text(fields, "x-sdkwright-name"),
            value_names: reader.list(fields, "x-enum-varnames"),
            value_descriptions: reader.list(fields, "x-enum-descriptions"),
            default: fields.get("default").map(Node::to_json),
            example: example(fields),
            properties: reader.entries(fields, "properties"),
            required: required(fields, reader),
            additional: additional(fields),
            items,
            all_of: reader.list(fields, "allOf"),
            one_of: reader.list(fields, "oneOf"),
            any_of: reader.list(fields, "anyOf"),
            prefix_items: match listed {
                [] => reader.list(fields, "prefixItems"),
                listed => listed,
            },
            patterns: reader.entries(fields, "patternProperties"),
            sometimes: sometimes(fields, reader),
            branches: branches(fields),
            discriminator: discriminator(fields, reader),
            content: content(fields, media_type),
            media_type,
            constraints: constraints(fields, reader),
            read_only: reader.flag(fields, "readOnly", false),
            write_only: reader.flag(fields, "writeOnly", false),
        }
    }
}

/// Whether the value is a file: a type of its own in 2.0, a format in 3.0, and since 3.1 what has
/// a media type beyond text and is not encoded (OpenAPI 3.1, 4.4.2: Working with Binary Data).
fn is_file(fields: Fields<'_>, media_type: Option<&str>, version: Version) -> bool {
    is_file_type(fields)
        || version == Version::V3_1
            && fields.get("contentEncoding").is_none()
            && media_type.is_some_and(|media_type| !is_written(media_type))
}

/// Whether the type is `file`, which only 2.0 has; elsewhere it is meant so all the same.
fn is_file_type(fields: Fields<'_>) -> bool {
    fields.get("type").and_then(Node::as_str) == Some("file")
}

/// The format that says the same as `contentEncoding` (OpenAPI 3.1, 4.4.2).
fn encoding(fields: Fields<'_>) -> Option<String> {
    match fields.get("contentEncoding")?.as_str()? {
        "base64" => Some("byte".to_owned()),
        "base64url" => Some("base64url".to_owned()),
        _ => None,
    }
}

/// The names in `required`. A boolean stands there in parameters of 2.0, which are schemas of
/// their values as well.
fn required<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<(&'d str, At)> {
    let is_flag = fields
        .get("required")
        .is_some_and(|node| node.as_bool().is_some());
    if is_flag && reader.version == Version::V2_0 {
        return Vec::new();
    }
    if is_flag {
        reader.problems.report(
            Problem::warning("wrong-type", "`required` must be a list of names")
                .at(fields.at("required"))
                .label("a boolean, passed over")
                .help("list the property in the `required` of the object that has it"),
        );
        return Vec::new();
    }
    let mut names = Vec::new();
    for node in reader.list(fields, "required") {
        match node.as_text() {
            Some(name) => names.push((name, node.at)),
            None => reader.wrong_field_type(node, "required", "a list of names"),
        }
    }
    names
}

/// The schema of all items or of the rest, and the schemas of a list that stands at `items`:
/// before 2020-12 that was a tuple, which is `prefixItems` now, and `additionalItems` its rest. A
/// list of one schema was mostly meant for all items.
fn items<'d>(
    fields: Fields<'d>,
    words: &[TypeWord],
    reader: &mut Reader<'d, '_>,
) -> (Option<&'d Node>, &'d [Node]) {
    let node = fields.get("items");
    let problem = match node {
        None if words == [TypeWord::Array] && reader.version != Version::V3_1 => {
            Problem::warning("missing-field", "this array has no `items`")
                .at(fields.at)
                .label("its items are read as any values")
                .help("add `items`; the specification requires it")
        }
        Some(node) if node.as_list().is_some() => {
            Problem::warning("wrong-type", "`items` must be a schema")
                .at(node.at)
                .label("a list")
                .help("give one schema for all items, or write a tuple as `prefixItems`")
        }
        _ => return (node, &[]),
    };
    reader.problems.report(problem);
    match node.and_then(Node::as_list) {
        Some([only]) => (Some(only), &[]),
        Some(tuple) => (fields.get("additionalItems"), tuple),
        None => (None, &[]),
    }
}

/// The words of `type` and whether `null` is among them.
fn type_words<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> (Vec<TypeWord>, bool) {
    let Some(node) = fields.get("type") else {
        return (Vec::new(), false);
    };
    if reader.version == Version::V2_0 && is_file_type(fields) {
        return (vec![TypeWord::String], false);
    }
    let nodes = node.as_list().unwrap_or(std::slice::from_ref(node));
    let mut words = Vec::new();
    let mut null = false;
    for node in nodes {
        let Some(word) = node.as_text() else {
            match node.value {
                Value::Null => null = true,
                _ => reader.wrong_field_type(node, "type", "a word or a list of words"),
            }
            continue;
        };
        let meant = meant(word);
        if meant != Some(word) {
            let label = meant.map_or_else(|| "any value".to_owned(), |word| format!("`{word}`"));
            let message = format!("`{word}` is no type of JSON Schema");
            reader.problems.report(
                Problem::warning("unknown-type", message)
                    .at(node.at)
                    .label(format!("read as {label}"))
                    .help(match meant {
                        Some(word) => format!("write `{word}`"),
                        None => {
                            "types are string, number, integer, boolean, array, object and null"
                                .to_owned()
                        }
                    }),
            );
        }
        match meant {
            Some("string") => words.push(TypeWord::String),
            Some("number") => words.push(TypeWord::Number),
            Some("integer") => words.push(TypeWord::Integer),
            Some("boolean") => words.push(TypeWord::Boolean),
            Some("array") => words.push(TypeWord::Array),
            Some("object") => words.push(TypeWord::Object),
            Some("null") => null = true,
            _ => {}
        }
    }
    words.dedup();
    (words, null)
}

/// The type that somebody means who writes capitals, uses the words of a programming language, or
/// misspells one.
fn meant(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    if let Some(known) = WORDS.into_iter().find(|known| *known == lower) {
        return Some(known);
    }
    Some(match &*lower {
        "int" | "long" | "int32" | "int64" => "integer",
        "float" | "double" | "decimal" => "number",
        "bool" => "boolean",
        "str" | "text" | "uuid" | "date" | "date-time" | "datetime" | "file" => "string",
        "list" => "array",
        "map" | "dict" | "hash" => "object",
        lower => return near(lower, WORDS.into_iter()).first().copied(),
    })
}

/// The values of `enum` or `const` without `null`, and whether `null` was among them.
fn values<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> (Option<Vec<&'d Node>>, bool) {
    if let Some(constant) = fields.get("const") {
        let null = matches!(constant.value, Value::Null);
        return ((!null).then(|| vec![constant]), null);
    }
    if fields.get("enum").is_none() {
        return (None, false);
    }
    let all = reader.list(fields, "enum");
    if let Some(node) = fields
        .get("enum")
        .filter(|node| node.as_list().is_some() && all.is_empty())
    {
        reader.problems.report(
            Problem::warning("wrong-type", "`enum` has no values")
                .at(node.at)
                .label("passed over")
                .help("list the values, or leave `enum` out"),
        );
    }
    let values: Vec<_> = all
        .iter()
        .filter(|node| !matches!(node.value, Value::Null))
        .collect();
    let null = values.len() < all.len();
    ((!values.is_empty()).then_some(values), null)
}

fn example(fields: Fields<'_>) -> Option<Json> {
    let first = || fields.get("examples")?.as_list()?.first();
    fields.get("example").or_else(first).map(Node::to_json)
}

fn branches<'d>(fields: Fields<'d>) -> Option<[&'d Node; 2]> {
    fields.get("if")?;
    Some([fields.get("then")?, fields.get("else")?])
}

fn sometimes<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<&'d Node> {
    let branches = ["then", "else"]
        .into_iter()
        .filter(|_| fields.get("if").is_some());
    let mut sometimes: Vec<&Node> = branches.filter_map(|key| fields.get(key)).collect();
    let dependent = reader.entries(fields, "dependentSchemas");
    sometimes.extend(dependent.into_iter().map(|(_, node)| node));
    sometimes.retain(|node| node.as_map().is_some());
    sometimes
}

/// `additionalProperties`, else `unevaluatedProperties`, which says the same of a whole `allOf`.
fn additional<'d>(fields: Fields<'d>) -> Additional<'d> {
    let said = fields.get("additionalProperties");
    match said.or_else(|| fields.get("unevaluatedProperties")) {
        None => Additional::Unsaid,
        Some(node) => node
            .as_bool()
            .map_or(Additional::Schema(node), Additional::Allowed),
    }
}

/// What a text is when it is read as JSON. Without a media type the schema says nothing (JSON
/// Schema 2020-12, Validation, 8.5).
fn content<'d>(fields: Fields<'d>, media_type: Option<&str>) -> Option<&'d Node> {
    let json = media_type.is_some_and(|media_type| is_json(essence(media_type)));
    fields.get("contentSchema").filter(|_| json)
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

fn is_json(essence: &str) -> bool {
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether what has this media type is text.
fn is_written(media_type: &str) -> bool {
    let essence = essence(media_type);
    let xml = essence.ends_with("/xml") || essence.ends_with("+xml");
    essence.starts_with("text/") || is_json(essence) || xml
}

fn discriminator<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Option<Discriminator<'d>> {
    let node = fields.get("discriminator")?;
    // In 2.0 it is only the name; the values are those of the definitions.
    if let Some(property) = node.as_str() {
        return Some(Discriminator {
            property,
            mapping: Vec::new(),
            default: None,
        });
    }
    let Some(map) = node.as_map() else {
        reader.wrong_field_type(node, "discriminator", "an object");
        return None;
    };
    let Some(named) = map.get("propertyName") else {
        reader.problems.report(
            Problem::warning("missing-field", "this discriminator has no `propertyName`")
                .at(node.at)
                .label("passed over")
                .help("add `propertyName`; the specification requires it"),
        );
        return None;
    };
    let Some(property) = named.as_text() else {
        reader.wrong_field_type(named, "propertyName", "a string");
        return None;
    };
    let fields = reader.fields(node, "discriminator")?;
    Some(Discriminator {
        property,
        mapping: mapping(fields, reader),
        default: fields.get("defaultMapping"),
    })
}

fn mapping<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<(&'d Key, &'d Node)> {
    let mut mapping = reader.entries(fields, "mapping");
    mapping.retain(|(_, node)| {
        if node.as_str().is_none() {
            reader.wrong_field_type(node, "mapping", "an object of strings");
        }
        node.as_str().is_some()
    });
    mapping
}

fn constraints<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Constraints {
    let (minimum, exclusive_minimum) = bound(fields, "minimum", "exclusiveMinimum", reader);
    let (maximum, exclusive_maximum) = bound(fields, "maximum", "exclusiveMaximum", reader);
    Constraints {
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of: multiple_of(fields, reader),
        min_length: reader.count(fields, "minLength"),
        max_length: reader.count(fields, "maxLength"),
        pattern: pattern(fields, reader),
        min_items: reader.count(fields, "minItems"),
        max_items: reader.count(fields, "maxItems"),
        unique_items: reader.flag(fields, "uniqueItems", false),
        min_properties: reader.count(fields, "minProperties"),
        max_properties: reader.count(fields, "maxProperties"),
    }
}

/// `multipleOf`, which is more than zero.
fn multiple_of<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Bound {
    let number = reader.number(fields, "multipleOf")?;
    if number.as_f64().is_some_and(|number| number > 0.0) {
        return Some(number);
    }
    reader.problems.report(
        Problem::warning("wrong-type", "`multipleOf` must be more than 0")
            .at(fields.at("multipleOf"))
            .label("passed over"),
    );
    None
}

/// `pattern`; one that is no regular expression of ECMA-262 is shown, and never checked.
fn pattern<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Option<String> {
    let pattern = reader.text(fields, "pattern")?;
    let compiled =
        regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern));
    if let Err(error) = compiled {
        reader.problems.report(
            Problem::warning("invalid-pattern", format!("this is no regular expression of ECMA-262: {error}"))
                .at(fields.at("pattern"))
                .label("shown, but never checked")
                .help("other languages have more syntax than JSON Schema allows, such as `(?i)` and `\\A`"),
        );
    }
    Some(pattern.to_owned())
}

type Bound = Option<serde_json::Number>;

/// A bound and its exclusive form; in 3.0 the latter is a flag that turns the former into it.
fn bound<'d>(
    fields: Fields<'d>,
    inclusive: &str,
    exclusive: &str,
    reader: &mut Reader<'d, '_>,
) -> (Bound, Bound) {
    let bound = reader.number(fields, inclusive);
    match fields.get(exclusive).and_then(Node::as_bool) {
        Some(true) => (None, bound),
        Some(false) => (bound, None),
        None => (bound, reader.number(fields, exclusive)),
    }
}
