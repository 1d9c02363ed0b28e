//! References that nothing followed, tried all the same.
//!
//! Components that no operation uses are never read, so a reference in them that leads nowhere
//! would come to light only on the day somebody uses one. What is in use has been reported as
//! an error by then; the rest is worth a warning.

use crate::diagnostic::{Problem, Problems, Severity};
use crate::source::{Map, Node, Sources, Value};

/// Below these keys stand values of an API, in which a `$ref` is only text.
const VALUES: [&str; 6] = ["example", "examples", "default", "const", "enum", "value"];

/// Tries every reference in the document.
pub(super) fn check(sources: &Sources) -> Problems {
    let mut problems = Problems::new();
    let mut waiting = vec![sources.root()];
    while let Some(node) = waiting.pop() {
        match &node.value {
            Value::List(list) => waiting.extend(list),
            Value::Map(map) => {
                if let Some(problem) = check_one(map, sources) {
                    problems.report(problem);
                }
                waiting.extend(inner(map));
            }
            _ => {}
        }
    }
    problems
}

/// The values below a mapping that may hold references. `properties` may well have one that is
/// called `default`.
fn inner(map: &Map) -> impl Iterator<Item = &Node> {
    let entries = map.iter();
    entries.filter_map(|(key, node)| {
        let key = &*key.text;
        let is_value = VALUES.contains(&key) && !is_schema(node);
        (!is_value && !key.starts_with("x-")).then_some(node)
    })
}

/// Whether a node can only be a schema or something that holds one.
fn is_schema(node: &Node) -> bool {
    let keywords = ["type", "$ref", "properties", "allOf", "oneOf", "anyOf"];
    keywords.iter().any(|keyword| node.get(keyword).is_some())
}

fn check_one(map: &Map, sources: &Sources) -> Option<Problem> {
    let reference = map.get("$ref").or_else(|| map.get("$dynamicRef"));
    let (node, text) = reference.and_then(|node| Some((node, node.as_str()?)))?;
    let error = sources.resolve(node.at, text).err()?;
    let mut problem = error.problem(node.at);
    problem.severity = Severity::Warning;
    Some(problem.label("nothing is found under this reference"))
}
