//! Holds values against their schemas.
//!
//! Schemas are compiled when a value first needs them, with all that they refer to. What only the
//! server writes is not required of a caller, and the other way round. A `format` is a hint (JSON
//! Schema 2020-12, Validation, 7.2.1): what breaks one alone is worth a warning.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{PatternOptions, Validator};
use serde_json::{Map, Value, json};

use super::wording;
use crate::diagnostic::At;
use crate::ir::Rules;
use crate::passes::examples::Direction;

/// Something that is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// Where in the value, as a JSON pointer.
    pub(super) pointer: String,
    /// The keyword.
    pub(super) rule: String,
    /// What is wrong, as the end of a sentence that names the value: "must be an integer".
    pub(super) phrase: String,
    /// Whether only a hint is broken.
    pub(super) warning: bool,
}

/// All schemas, those that were needed so far compiled.
#[derive(Debug)]
pub(super) struct Judge {
    rules: Rules,
    compiled: Mutex<HashMap<(String, Direction), Arc<Compiled>>>,
}

/// A schema: as it decides, and with its formats. `None` if no validator takes it.
#[derive(Debug)]
struct Compiled {
    deciding: Option<Validator>,
    hinting: Option<Validator>,
}

impl Judge {
    pub(super) fn new(rules: Rules) -> Self {
        Self {
            rules,
            compiled: Mutex::default(),
        }
    }

    /// What is wrong with a value of the schema at a place.
    pub(super) fn findings(&self, at: At, direction: Direction, value: &Value) -> Vec<Finding> {
        let Some(compiled) = self.compiled(at, direction) else {
            return Vec::new();
        };
        let findings = |validator: &Option<Validator>| -> Vec<Finding> {
            let errors = validator.iter().flat_map(|each| each.iter_errors(value));
            let mut findings: Vec<Finding> = Vec::new();
            for finding in errors.flat_map(|error| wording::findings(&error)) {
                if !findings.contains(&finding) {
                    findings.push(finding);
                }
            }
            findings
        };
        let decided = findings(&compiled.deciding);
        if !decided.is_empty() {
            return decided;
        }
        let mut hints = findings(&compiled.hinting);
        hints.iter_mut().for_each(|hint| hint.warning = true);
        hints
    }

    /// Whether a value is good.
    pub(super) fn accepts(&self, at: At, direction: Direction, value: &Value) -> bool {
        let compiled = self.compiled(at, direction);
        let deciding = compiled.as_ref().and_then(|each| each.deciding.as_ref());
        deciding.is_none_or(|validator| validator.is_valid(value))
    }

    fn compiled(&self, at: At, direction: Direction) -> Option<Arc<Compiled>> {
        let name = Rules::name(at);
        self.rules.schemas.get(&name)?;
        let key = (name, direction);
        let known = |map: &HashMap<_, Arc<Compiled>>| map.get(&key).cloned();
        let lock = || self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(compiled) = known(&lock()) {
            return Some(compiled);
        }
        let document = self.document(&key.0, direction);
        let compiled = Arc::new(Compiled {
            deciding: compile(&document, false),
            hinting: compile(&document, true),
        });
        lock().insert(key, Arc::clone(&compiled));
        Some(compiled)
    }

    /// A schema with all that it refers to.
    fn document(&self, name: &str, direction: Direction) -> Value {
        let mut schemas = Map::new();
        let mut waiting = vec![name.to_owned()];
        while let Some(name) = waiting.pop() {
            if schemas.contains_key(&name) {
                continue;
            }
            let Some(schema) = self.rules.schemas.get(&name) else {
                schemas.insert(name, true.into());
                continue;
            };
            let mut schema = schema.clone();
            self.adapt(&mut schema, direction, &[]);
            references(&schema, &mut waiting);
            schemas.insert(name, schema);
        }
        json!({ "$ref": format!("{}{name}", Rules::BELOW), "$defs": schemas })
    }

    /// Requires nothing that does not travel in this direction, and drops patterns that are no
    /// regular expressions. `around` are the names that a schema around this one leaves out.
    fn adapt(&self, schema: &mut Value, direction: Direction, around: &[String]) {
        let mut apart = around.to_vec();
        self.left_out(schema, direction, 0, &mut apart);
        let Value::Object(keywords) = schema else {
            return;
        };
        if let Some(Value::Array(required)) = keywords.get_mut("required") {
            required.retain(|name| !apart.iter().any(|apart| name == apart));
        }
        if let Some(Value::String(pattern)) = keywords.get("pattern")
            && !is_pattern(pattern)
        {
            keywords.remove("pattern");
        }
        if let Some(Value::Object(patterns)) = keywords.get_mut("patternProperties") {
            patterns.retain(|pattern, _| is_pattern(pattern));
        }
        for (key, value) in keywords {
            let around: &[String] = match &**key {
                "allOf" | "anyOf" | "oneOf" | "then" | "else" => &apart,
                _ => &[],
            };
            match (&**key, value) {
                ("enum" | "const" | "required" | "dependentRequired" | "type", _) => {}
                ("properties" | "patternProperties" | "dependentSchemas", Value::Object(map)) => {
                    let inner = map.values_mut();
                    inner.for_each(|inner| self.adapt(inner, direction, &[]));
                }
                (_, Value::Array(list)) => {
                    let inner = list.iter_mut();
                    inner.for_each(|inner| self.adapt(inner, direction, around));
                }
                (_, inner) => self.adapt(inner, direction, around),
            }
        }
    }

    /// Adds the names of the properties of an object, those of its `allOf` included, that do not
    /// travel in this direction.
    fn left_out(&self, schema: &Value, direction: Direction, depth: u8, names: &mut Vec<String>) {
        if depth > 16 {
            return;
        }
        let mark = match direction {
            Direction::Request => "readOnly",
            Direction::Answer => "writeOnly",
        };
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let marked = |schema: &Value| schema.get(mark) == Some(&true.into());
            if marked(property) || self.target(property).is_some_and(marked) {
                names.push(name.clone());
            }
        }
        let members = schema.get("allOf").and_then(Value::as_array);
        for member in members.into_iter().flatten().chain(self.target(schema)) {
            self.left_out(member, direction, depth + 1, names);
        }
    }

    fn target(&self, schema: &Value) -> Option<&Value> {
        let name = schema.get("$ref")?.as_str()?.strip_prefix(Rules::BELOW)?;
        self.rules.schemas.get(name)
    }
}

/// Adds the names of the schemas that a schema refers to.
fn references(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(keywords) => {
            for (key, value) in keywords {
                match (&**key, value) {
                    ("enum" | "const", _) => {}
                    ("$ref", Value::String(target)) => {
                        names.extend(target.strip_prefix(Rules::BELOW).map(str::to_owned));
                    }
                    _ => references(value, names),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|each| references(each, names)),
        _ => {}
    }
}

fn is_pattern(pattern: &str) -> bool {
    compile(&json!({ "pattern": pattern }), false).is_some()
}

fn compile(schema: &Value, formats: bool) -> Option<Validator> {
    let options = jsonschema::draft202012::options()
        .offline()
        .should_validate_formats(formats)
        .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(100_000));
    options.build(schema).ok()
}
