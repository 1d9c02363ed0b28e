//! The Schema Object: JSON Schema 2020-12 as OpenAPI 3.1 uses it (4.8.24).
//!
//! The dialects of 2.0 and 3.0 end here: `nullable`, boolean `exclusiveMinimum` and `example` are read
//! as what they are called since 3.1.

use serde_json::Value as Json;

use super::{Fields, Reader, Version};
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
        let fields = reader.fields(node, "schema")?;
        Some(Self::of(fields, reader))
    }

    fn of(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Self {
        let (words, null_word) = type_words(fields, reader);
        let (values, null_value) = values(fields, reader);
        let nullable = match reader.version {
            Version::V2_0 => reader.flag(fields, "x-nullable", false),
            Version::V3_0 => reader.flag(fields, "nullable", false),
            Version::V3_1 => false,
        };
        let format = reader.text(fields, "format").map(str::to_owned);
        let binary = is_file(fields, reader.version).then(|| "binary".to_owned());
        Self {
            at: fields.at,
            reference: fields
                .get("$ref")
                .and_then(|node| Some((node.as_str()?, node.at))),
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
            items: items(fields),
            all_of: reader.list(fields, "allOf"),
            one_of: reader.list(fields, "oneOf"),
            any_of: reader.list(fields, "anyOf"),
            prefix_items: prefix_items(fields, reader),
            patterns: reader.entries(fields, "patternProperties"),
            sometimes: sometimes(fields, reader),
            branches: branches(fields),
            discriminator: discriminator(fields, reader),
            constraints: constraints(fields, reader),
            read_only: reader.flag(fields, "readOnly", false),
            write_only: reader.flag(fields, "writeOnly", false),
        }
    }
}

/// Whether the value is a file: a type of its own in 2.0.
fn is_file(fields: Fields<'_>, version: Version) -> bool {
    version == Version::V2_0 && fields.get("type").and_then(Node::as_str) == Some("file")
}

/// The format that says the same as `contentEncoding` (OpenAPI 3.1, 4.4.2).
fn encoding(fields: Fields<'_>) -> Option<String> {
    match fields.get("contentEncoding")?.as_str()? {
        "base64" => Some("byte".to_owned()),
        "base64url" => Some("base64url".to_owned()),
        _ => None,
    }
}

/// `items`. Before 2020-12 it could list schemas, and `additionalItems` was what follows them; a
/// list of one is mostly meant for the schema of all items.
fn items<'d>(fields: Fields<'d>) -> Option<&'d Node> {
    let items = fields.get("items")?;
    match items.as_list() {
        None => Some(items),
        Some([only]) => Some(only),
        Some(_) => fields.get("additionalItems"),
    }
}

/// `prefixItems`, or an `items` that lists schemas.
fn prefix_items<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> &'d [Node] {
    match fields.get("items").and_then(Node::as_list) {
        Some(listed) if listed.len() > 1 => listed,
        _ => reader.list(fields, "prefixItems"),
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
    let names = reader.list(fields, "required").iter();
    names
        .filter_map(|node| Some((node.as_str()?, node.at)))
        .collect()
}

/// The words of `type` and whether `null` is among them.
fn type_words<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> (Vec<TypeWord>, bool) {
    let Some(node) = fields.get("type") else {
        return (Vec::new(), false);
    };
    if is_file(fields, reader.version) {
        return (vec![TypeWord::String], false);
    }
    let nodes = node.as_list().unwrap_or(std::slice::from_ref(node));
    let mut words = Vec::new();
    let mut null = false;
    for node in nodes {
        match node.as_text().unwrap_or_default() {
            "string" => words.push(TypeWord::String),
            "number" => words.push(TypeWord::Number),
            "integer" => words.push(TypeWord::Integer),
            "boolean" => words.push(TypeWord::Boolean),
            "array" => words.push(TypeWord::Array),
            "object" => words.push(TypeWord::Object),
            "null" => null = true,
            _ if matches!(node.value, Value::Null) => null = true,
            other => reader.problems.report(
                Problem::warning(
                    "unknown-type",
                    format!("`{other}` is no type of JSON Schema"),
                )
                .at(node.at)
                .label("read as any value")
                .help(match meant(other) {
                    Some(word) => format!("write `{word}`"),
                    None => "types are string, number, integer, boolean, array, object and null"
                        .to_owned(),
                }),
            ),
        }
    }
    (words, null)
}

/// The type that somebody means who uses the words of a programming language.
fn meant(word: &str) -> Option<&'static str> {
    Some(match &*word.to_ascii_lowercase() {
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

fn discriminator<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Option<Discriminator<'d>> {
    let node = fields.get("discriminator")?;
    // In 2.0 it is only the name; the values are those of the definitions.
    if let Some(property) = node.as_str() {
        let mapping = Vec::new();
        return Some(Discriminator { property, mapping });
    }
    let fields = reader.fields(node, "discriminator")?;
    Some(Discriminator {
        property: reader.required_text(fields, "propertyName")?,
        mapping: reader.entries(fields, "mapping"),
    })
}

fn constraints<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Constraints {
    let (minimum, exclusive_minimum) = bound(fields, "minimum", "exclusiveMinimum", reader);
    let (maximum, exclusive_maximum) = bound(fields, "maximum", "exclusiveMaximum", reader);
    Constraints {
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of: reader.number(fields, "multipleOf"),
        min_length: reader.count(fields, "minLength"),
        max_length: reader.count(fields, "maxLength"),
        pattern: reader.text(fields, "pattern").map(str::to_owned),
        min_items: reader.count(fields, "minItems"),
        max_items: reader.count(fields, "maxItems"),
        unique_items: reader.flag(fields, "uniqueItems", false),
    }
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
