//! Objects that are closed, and put together from others all the same.
//!
//! `additionalProperties: false` knows only the properties beside it (JSON Schema 2020-12, Core,
//! 10.3.2.3). So no object fits two members of an `allOf` that are both closed, though many
//! descriptions of inheritance are written that way. What they mean is what types make of them
//! too: the whole is closed, which is `unevaluatedProperties: false` around its parts.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::ir::Rules;

/// What is added to the name of a schema that is not closed.
const OPEN: &str = "-open";
const WITHIN: &str = "additionalProperties";
const AROUND: &str = "unevaluatedProperties";

/// Closes what is put together around its parts instead of within each.
pub(super) fn close_around(rules: &mut Rules) {
    let mut closed: HashSet<String> = HashSet::new();
    // A schema of closed parts is closed itself, so this is done until nothing more is found.
    loop {
        let before = closed.len();
        for (name, schema) in &rules.schemas {
            if is_closed(schema, &closed) {
                closed.insert(name.clone());
            }
        }
        if closed.len() == before {
            break;
        }
    }
    let mut opened = HashSet::new();
    for schema in rules.schemas.values_mut() {
        visit(schema, &closed, &mut opened);
    }
    for name in opened {
        if let Some(schema) = rules.schemas.get(&name) {
            let mut schema = schema.clone();
            open(&mut schema);
            rules.schemas.insert(format!("{name}{OPEN}"), schema);
        }
    }
}

/// Whether a schema allows no further properties, by itself or by one of its parts.
fn is_closed(schema: &Value, closed: &HashSet<String>) -> bool {
    let own = [WITHIN, AROUND];
    let own = own.iter().any(|key| schema.get(key) == Some(&false.into()));
    own || target(schema).is_some_and(|name| closed.contains(name))
        || members(schema).any(|member| is_closed(member, closed))
}

fn members(schema: &Value) -> impl Iterator<Item = &Value> {
    let members = schema.get("allOf").and_then(Value::as_array);
    members.into_iter().flatten()
}

fn target(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(Rules::BELOW)
}

/// Looks for what is put together, at any depth.
fn visit(schema: &mut Value, closed: &HashSet<String>, opened: &mut HashSet<String>) {
    match schema {
        Value::Array(list) => list.iter_mut().for_each(|each| visit(each, closed, opened)),
        Value::Object(_) => {
            let shut = is_closed(schema, closed);
            let Value::Object(keywords) = schema else {
                return;
            };
            for (key, value) in keywords.iter_mut() {
                if !["enum", "const", "required"].contains(&&**key) {
                    visit(value, closed, opened);
                }
            }
            let refers = keywords.contains_key("$ref") && keywords.contains_key("properties");
            let put_together = keywords.get("allOf").is_some_and(Value::is_array) || refers;
            if shut && put_together {
                close(keywords, closed, opened);
            }
        }
        _ => {}
    }
}

/// Closes a schema around its parts.
fn close(
    keywords: &mut Map<String, Value>,
    closed: &HashSet<String>,
    opened: &mut HashSet<String>,
) {
    if keywords.get(WITHIN) == Some(&false.into()) {
        keywords.shift_remove(WITHIN);
    }
    if !keywords.contains_key(WITHIN) {
        keywords.insert(AROUND.to_owned(), false.into());
    }
    let mut refer = |reference: &mut Value| {
        let name = reference
            .as_str()
            .and_then(|text| text.strip_prefix(Rules::BELOW));
        if let Some(name) = name.filter(|name| closed.contains(*name)) {
            opened.insert(name.to_owned());
            *reference = format!("{}{name}{OPEN}", Rules::BELOW).into();
        }
    };
    keywords.get_mut("$ref").into_iter().for_each(&mut refer);
    let members = keywords.get_mut("allOf").and_then(Value::as_array_mut);
    for member in members.into_iter().flatten() {
        open(member);
        member.get_mut("$ref").into_iter().for_each(&mut refer);
    }
}

/// Lets a schema have further properties.
fn open(schema: &mut Value) {
    if let Some(keywords) = schema.as_object_mut() {
        keywords.retain(|key, value| ![WITHIN, AROUND].contains(&&**key) || *value != false);
    }
}
