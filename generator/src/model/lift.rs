//! A schema as JSON Schema 2020-12, to show it as it was written.

use serde_json::{Map, Value as Json};

use super::Version;
use crate::source::{Node, Value};

/// The keywords whose value is a schema.
const SCHEMA: [&str; 11] = [
    "items",
    "additionalItems",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// The keywords whose value is an object of schemas.
const SCHEMAS_BY_NAME: [&str; 4] = [
    "properties",
    "patternProperties",
    "$defs",
    "dependentSchemas",
];
/// The keywords whose value is a list of schemas.
const SCHEMA_LISTS: [&str; 4] = ["allOf", "oneOf", "anyOf", "prefixItems"];

/// Extensions that are meant for the generator alone begin with this.
const OURS: &str = "x-sdkwright-";

/// What a reference is called instead: `None` if it may stay as it is.
type Rename<'a> = &'a dyn Fn(&Node) -> Option<String>;

/// The schema in the words of 3.1, in the order in which it was written; `rename` says what a
/// reference is called.
#[must_use]
pub fn schema_json(node: &Node, version: Version, rename: Rename<'_>) -> Json {
    let Value::Map(map) = &node.value else {
        return node.to_json();
    };
    let mut lifted = Map::new();
    for (key, value) in map.iter() {
        let key = &*key.text;
        if key.starts_with(OURS) {
            continue;
        }
        let value = if SCHEMA.contains(&key) && value.as_list().is_some() {
            each_member(value, version, rename)
        } else if SCHEMA.contains(&key) {
            schema_json(value, version, rename)
        } else if SCHEMAS_BY_NAME.contains(&key) {
            each_entry(value, version, rename)
        } else if SCHEMA_LISTS.contains(&key) {
            each_member(value, version, rename)
        } else if key == "$ref" {
            rename(value).map_or_else(|| value.to_json(), Json::from)
        } else {
            value.to_json()
        };
        lifted.insert(key.to_owned(), value);
    }
    if version == Version::V2_0 {
        lift_swagger(&mut lifted);
    }
    if version <= Version::V3_0 {
        lift_dialect(&mut lifted);
    }
    lift_items(&mut lifted);
    lifted.into()
}

fn each_entry(node: &Node, version: Version, rename: Rename<'_>) -> Json {
    let Value::Map(map) = &node.value else {
        return node.to_json();
    };
    let lifted = map
        .iter()
        .map(|(key, value)| (key.text.to_string(), schema_json(value, version, rename)));
    lifted.collect::<Map<_, _>>().into()
}

fn each_member(node: &Node, version: Version, rename: Rename<'_>) -> Json {
    let Value::List(list) = &node.value else {
        return node.to_json();
    };
    list.iter()
        .map(|member| schema_json(member, version, rename))
        .collect()
}

/// An `items` that lists schemas, as dialects before 2020-12 had it; the same as the schema of a
/// value reads it.
fn lift_items(schema: &mut Map<String, Json>) {
    let Some(Json::Array(listed)) = schema.get("items").cloned() else {
        return;
    };
    let further = schema.shift_remove("additionalItems");
    if let [only] = &listed[..] {
        schema.insert("items".to_owned(), only.clone());
        return;
    }
    schema.shift_remove("items");
    if !listed.is_empty() {
        schema.insert("prefixItems".to_owned(), listed.into());
    }
    if let Some(further) = further {
        schema.insert("items".to_owned(), further);
    }
}

/// What 2.0 says in other words than 3.0.
fn lift_swagger(schema: &mut Map<String, Json>) {
    if let Some(Json::String(reference)) = schema.get_mut("$ref")
        && let Some(name) = reference.strip_prefix("#/definitions/")
    {
        *reference = format!("#/components/schemas/{name}");
    }
    if let Some(nullable) = schema.shift_remove("x-nullable") {
        schema.insert("nullable".to_owned(), nullable);
    }
    if let Some(property @ Json::String(_)) = schema.get("discriminator").cloned() {
        let lifted = Map::from_iter([("propertyName".to_owned(), property)]);
        schema.insert("discriminator".to_owned(), lifted.into());
    }
}

/// What 3.0 says in other words (the specification's own notes on moving to 3.1).
fn lift_dialect(schema: &mut Map<String, Json>) {
    if schema.shift_remove("nullable") == Some(Json::Bool(true))
        && let Some(word @ Json::String(_)) = schema.get("type").cloned()
    {
        schema.insert("type".to_owned(), Json::Array(vec![word, "null".into()]));
    }
    for (exclusive, inclusive) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match schema.get(exclusive) {
            Some(Json::Bool(true)) => {
                let bound = schema.shift_remove(inclusive).unwrap_or_default();
                schema.insert(exclusive.to_owned(), bound);
            }
            Some(Json::Bool(false)) => {
                schema.shift_remove(exclusive);
            }
            _ => {}
        }
    }
    if let Some(example) = schema.shift_remove("example") {
        schema.insert("examples".to_owned(), Json::Array(vec![example]));
    }
}
