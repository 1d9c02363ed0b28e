//! Values as a query has them: one or several `name=value`.

use serde_json::Value;

use super::js;
use crate::ir::{self, Place, Style};

/// How the fields of a parameter are written that is a whole query and a form.
pub(super) fn fields(parameter: &ir::Parameter) -> Option<&[ir::Encoding]> {
    let content = parameter.content.as_deref();
    let is_form = content.is_some_and(|said| said.contains("form"));
    (parameter.place == Place::Querystring && is_form).then_some(&*parameter.encoding)
}

/// The fields of an object, each as its encoding says: lists repeat the name unless it says
/// otherwise.
pub(super) fn each_field(
    name: &str,
    value: &Value,
    fields: &[ir::Encoding],
) -> Vec<(String, String)> {
    let Value::Object(members) = value else {
        return assignments(name, value, Style::Form, true);
    };
    let members = members.iter();
    members
        .flat_map(|(key, member)| {
            let said = fields.iter().find(|each| each.field == *key);
            let style = said.and_then(|said| said.style).unwrap_or(Style::Form);
            let explode = said.and_then(|said| said.explode);
            match (said, member) {
                // An object without a style is JSON.
                (None, Value::Object(_)) => vec![(key.clone(), member.to_string())],
                _ => assignments(key, member, style, explode.unwrap_or(style.explodes())),
            }
        })
        .collect()
}

/// A value as a query has it, not encoded (OpenAPI 3.1, 4.8.12.3: Style Values).
pub(super) fn assignments(
    name: &str,
    value: &Value,
    style: Style,
    explode: bool,
) -> Vec<(String, String)> {
    match (value, style) {
        (Value::Array(_) | Value::Object(_), Style::DeepObject) => {
            let mut pairs = Vec::new();
            bracketed(name, value, &mut pairs);
            pairs
        }
        (Value::Array(members), _) if explode => members
            .iter()
            .map(|member| (name.to_owned(), flat(member)))
            .collect(),
        (Value::Array(members), style) => {
            let separator = match style {
                Style::SpaceDelimited => " ",
                Style::PipeDelimited => "|",
                _ => ",",
            };
            let members: Vec<String> = members.iter().map(flat).collect();
            vec![(name.to_owned(), members.join(separator))]
        }
        (Value::Object(members), _) if explode => members
            .iter()
            .map(|(key, member)| (key.clone(), flat(member)))
            .collect(),
        (Value::Object(members), _) => {
            let members: Vec<String> = members
                .iter()
                .flat_map(|(key, member)| [key.clone(), flat(member)])
                .collect();
            vec![(name.to_owned(), members.join(","))]
        }
        (value, _) => vec![(name.to_owned(), js::display(value))],
    }
}

/// `name[0][key]=value` for each leaf.
fn bracketed(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Array(members) => {
            for (place, member) in members.iter().enumerate() {
                bracketed(&format!("{name}[{place}]"), member, pairs);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                bracketed(&format!("{name}[{key}]"), member, pairs);
            }
        }
        value => pairs.push((name.to_owned(), js::display(value))),
    }
}

fn flat(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Object(_) => js::json(value),
        value => js::display(value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_in_a_query() {
        let pairs = |value: &Value, style, explode| -> String {
            let pairs = assignments("f", value, style, explode);
            let pairs: Vec<String> = pairs.iter().map(|(n, v)| format!("{n}={v}")).collect();
            pairs.join("&")
        };
        let list = json!(["a", "b"]);
        assert_eq!(pairs(&list, Style::Form, true), "f=a&f=b");
        assert_eq!(pairs(&list, Style::Form, false), "f=a,b");
        assert_eq!(pairs(&list, Style::PipeDelimited, false), "f=a|b");
        let tags = json!([{"key": "Floor", "value": 2}]);
        assert_eq!(
            pairs(&tags, Style::DeepObject, true),
            "f[0][key]=Floor&f[0][value]=2"
        );
        assert_eq!(pairs(&json!("x y"), Style::Form, true), "f=x y");
    }
}
