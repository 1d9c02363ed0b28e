//! Short views of large structures, so that a snapshot shows the idea and little else.

use std::fmt::Write;

use sdkwright::ir::Api;
use serde_json::{Map, Value};

/// A field of [`Api`] as YAML, without places and without what is empty; types by their id.
pub(crate) fn part(api: &Api, part: &str) -> Option<String> {
    let mut whole = serde_json::to_value(api).unwrap();
    let value = whole.get_mut(part)?.take();
    let value = match value.get("list").and_then(Value::as_array) {
        Some(types) => {
            let ids = types.iter().enumerate();
            let by_id: Map<_, _> = ids.map(|(id, ty)| (id.to_string(), ty.clone())).collect();
            by_id.into()
        }
        None => value,
    };
    Some(serde_yaml::to_string(&told(value).unwrap_or_default()).unwrap())
}

/// What says something: `None` for nothing, `false`, the empty text, and all that holds only
/// these.
fn told(value: Value) -> Option<Value> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::String(text) if text.is_empty() => None,
        Value::Array(list) if list.is_empty() => None,
        Value::Array(list) => {
            let members = list.into_iter().map(|each| told(each).unwrap_or_default());
            Some(members.collect())
        }
        Value::Object(map) => {
            let entries = map.into_iter().filter(|(key, _)| key != "at");
            let told: Map<_, _> = entries
                .filter_map(|(key, value)| {
                    // A default of `false` says something.
                    let is_value = key == "default" || key == "example";
                    let kept = is_value && !value.is_null();
                    let value = if kept { Some(value) } else { told(value) };
                    Some((key, value?))
                })
                .collect();
            (!told.is_empty()).then(|| told.into())
        }
        other => Some(other),
    }
}

/// The names of a crate: a line for each action and for each type.
pub(crate) fn names(plan: &Value) -> String {
    let mut view = String::new();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for resource in plan["resources"].as_array().unwrap() {
        let module = text(&resource["module"]);
        writeln!(
            view,
            "{} -> {module}::{}",
            resource["key"],
            text(&resource["handle"])
        )
        .unwrap();
        for action in resource["actions"].as_array().unwrap() {
            writeln!(
                view,
                "  {} {} -> {}.{}: {}, {}, {}",
                text(&action["http_method"]),
                text(&action["path"]),
                module,
                text(&action["method"]),
                text(&action["request"]),
                text(&action["table"]),
                text(&action["errors"]["name"]),
            )
            .unwrap();
        }
        for ty in resource["types"].as_array().unwrap() {
            writeln!(view, "  {module}::{}", text(&ty["name"])).unwrap();
        }
    }
    for group in plan["types"].as_array().unwrap() {
        for ty in group["types"].as_array().unwrap() {
            writeln!(view, "types::{}", text(&ty["name"])).unwrap();
        }
    }
    view
}
