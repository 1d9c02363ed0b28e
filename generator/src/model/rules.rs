//! What a schema says of values, as JSON Schema 2020-12 that any validator takes.
//!
//! Unlike [`schema_json`](super::schema_json), which shows a schema as it was written, this keeps
//! only what values can be held against, and each keyword only where it is well formed: what the
//! readers of this room warn of and pass over is left out here as well. `nullable`, boolean
//! `exclusiveMinimum`, lists of `items` and the type `file` end here.

use serde_json::{Map, Value as Json, json};

use super::Version;
use crate::source::{Node, Value};

/// The keywords whose value is a schema.
const SCHEMA: [&str; 10] = [
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "items",
];
/// The keywords whose value is an object of schemas.
const SCHEMAS_BY_NAME: [&str; 3] = ["properties", "patternProperties", "dependentSchemas"];
/// The keywords whose value is a list of schemas.
const SCHEMA_LISTS: [&str; 4] = ["allOf", "oneOf", "anyOf", "prefixItems"];
/// The keywords whose value is a whole number that is not negative.
const COUNTS: [&str; 8] = [
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minContains",
    "maxContains",
];
/// The keywords that hold for the same value as the schema around them.
const IN_PLACE: [&str; 4] = ["$ref", "allOf", "oneOf", "anyOf"];

/// What a reference is called instead; `None` if it leads nowhere.
type Refer<'a> = &'a mut dyn FnMut(&Node) -> Option<String>;

/// The rules of a schema; `refer` says what a reference is called.
#[must_use]
pub fn schema_rules(node: &Node, version: Version, refer: Refer<'_>) -> Json {
    let map = match &node.value {
        Value::Map(map) => map,
        Value::Bool(all) => return (*all).into(),
        _ => return true.into(),
    };
    let mut rules = Map::new();
    for (key, value) in map.iter() {
        let key = &*key.text;
        let rule = match key {
            "$ref" | "$dynamicRef" => refer(value).map(Json::from),
            "items" if value.as_list().is_some() => None,
            _ if SCHEMA.contains(&key) => Some(schema_rules(value, version, refer)),
            _ if SCHEMAS_BY_NAME.contains(&key) => by_name(value, version, refer),
            _ if SCHEMA_LISTS.contains(&key) => members(value, version, refer),
            _ => plain(key, value),
        };
        let key = if key == "$dynamicRef" { "$ref" } else { key };
        rules.extend(rule.map(|rule| (key.to_owned(), rule)));
    }
    lift_items(node, &mut rules, version, refer);
    lift_bounds(node, &mut rules);
    let nullable = match version {
        Version::V2_0 => node.get("x-nullable"),
        Version::V3_0 => node.get("nullable"),
        Version::V3_1 => None,
    };
    let has_null = |rules: &Map<String, Json>| {
        let values = rules.get("enum").and_then(Json::as_array);
        values.is_some_and(|values| values.contains(&Json::Null))
    };
    if nullable.and_then(Node::as_bool) == Some(true) || has_null(&rules) {
        return or_null(rules);
    }
    rules.into()
}

/// A keyword that holds no schema, where it is well formed.
fn plain(key: &str, value: &Node) -> Option<Json> {
    match key {
        "type" => types(value),
        "enum" => value
            .as_list()
            .filter(|list| !list.is_empty())
            .map(|_| value.to_json()),
        "const" => Some(value.to_json()),
        "format" | "pattern" => value.as_text().map(Json::from),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
            Some(value.to_json()).filter(Json::is_number)
        }
        "multipleOf" => {
            let step = value.to_json();
            step.as_f64().is_some_and(|step| step > 0.0).then_some(step)
        }
        "uniqueItems" | "readOnly" | "writeOnly" => value.as_bool().map(Json::from),
        "required" => names(value),
        "dependentRequired" => {
            let lists = value.as_map()?.iter();
            let lists =
                lists.filter_map(|(key, value)| Some((key.text.to_string(), names(value)?)));
            Some(lists.collect::<Map<_, _>>().into())
        }
        _ if COUNTS.contains(&key) => count(value),
        _ => None,
    }
}

/// The words of `type` that JSON Schema knows.
fn types(value: &Node) -> Option<Json> {
    let nodes = value.as_list().unwrap_or(std::slice::from_ref(value));
    let words = nodes.iter().map(|node| match &node.value {
        Value::Null => Some("null".to_owned()),
        _ => match &*node.as_text()?.to_ascii_lowercase() {
            "file" => Some("string".to_owned()),
            word @ ("string" | "number" | "integer" | "boolean" | "array" | "object" | "null") => {
                Some(word.to_owned())
            }
            _ => None,
        },
    });
    // A word that nobody knows may mean any value.
    let words: Vec<String> = words.collect::<Option<_>>()?;
    let mut each: Vec<String> = Vec::new();
    for word in words {
        if !each.contains(&word) {
            each.push(word);
        }
    }
    match &each[..] {
        [] => None,
        [word] => Some(word.as_str().into()),
        _ => Some(each.into()),
    }
}

fn names(value: &Node) -> Option<Json> {
    let names = value.as_list()?.iter().filter_map(Node::as_text);
    Some(names.collect::<Vec<_>>().into())
}

fn count(value: &Node) -> Option<Json> {
    let number = value.to_json();
    let whole = number.as_u64().or_else(|| {
        let real = number.as_f64()?;
        (real.fract() == 0.0 && (0.0..1e15).contains(&real)).then_some(real as u64)
    });
    whole.map(Json::from)
}

fn by_name(value: &Node, version: Version, refer: Refer<'_>) -> Option<Json> {
    let entries = value.as_map()?.iter();
    let rules =
        entries.map(|(key, node)| (key.text.to_string(), schema_rules(node, version, refer)));
    Some(rules.collect::<Map<_, _>>().into())
}

fn members(value: &Node, version: Version, refer: Refer<'_>) -> Option<Json> {
    let list = value.as_list().filter(|list| !list.is_empty())?;
    let rules = list.iter().map(|node| schema_rules(node, version, refer));
    Some(rules.collect())
}

/// An `items` that lists schemas, as dialects before 2020-12 had it; a list of one was mostly
/// meant for all items.
fn lift_items(node: &Node, rules: &mut Map<String, Json>, version: Version, refer: Refer<'_>) {
    let Some(listed) = node.get("items").and_then(Node::as_list) else {
        return;
    };
    if let [only] = listed {
        rules.insert("items".to_owned(), schema_rules(only, version, refer));
        return;
    }
    let first = listed.iter().map(|each| schema_rules(each, version, refer));
    let first: Vec<Json> = first.collect();
    if !first.is_empty() {
        rules.insert("prefixItems".to_owned(), first.into());
    }
    if let Some(further) = node.get("additionalItems") {
        rules.insert("items".to_owned(), schema_rules(further, version, refer));
    }
}

/// A bound that is said to be exclusive by a boolean beside it.
fn lift_bounds(node: &Node, rules: &mut Map<String, Json>) {
    for (exclusive, inclusive) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if node.get(exclusive).and_then(Node::as_bool) == Some(true)
            && let Some(bound) = rules.shift_remove(inclusive)
        {
            rules.insert(exclusive.to_owned(), bound);
        }
    }
}

/// The same rules, or `null`.
fn or_null(mut rules: Map<String, Json>) -> Json {
    let in_place = IN_PLACE.iter().any(|key| rules.contains_key(*key));
    if in_place || rules.contains_key("const") {
        let marks = ["readOnly", "writeOnly"];
        let marks = marks.map(|mark| Some((mark.to_owned(), rules.get(mark)?.clone())));
        let mut either = Map::new();
        either.insert("anyOf".to_owned(), json!([rules, { "type": "null" }]));
        either.extend(marks.into_iter().flatten());
        return either.into();
    }
    match rules.get_mut("type") {
        Some(Json::Array(words)) if !words.contains(&"null".into()) => words.push("null".into()),
        Some(word @ Json::String(_)) if word != "null" => *word = json!([word, "null"]),
        _ => {}
    }
    if let Some(Json::Array(values)) = rules.get_mut("enum")
        && !values.contains(&Json::Null)
    {
        values.push(Json::Null);
    }
    rules.into()
}
