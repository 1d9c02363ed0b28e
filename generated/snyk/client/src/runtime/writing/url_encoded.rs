//! An object as `application/x-www-form-urlencoded` (WHATWG URL, section 5): a form, or a query that
//! is one parameter.

use serde_json::Value;

use crate::runtime::tables::parameter::Parameter;
use crate::runtime::writing::escape;
use crate::runtime::writing::style;

/// The fields of an object as `name=value` pairs. `styles` are the fields that are written in a
/// style of their own; of the others, lists repeat the name and objects are JSON.
pub(crate) fn url_encoded(value: &Value, styles: &[Parameter]) -> Result<String, String> {
    let Value::Object(fields) = value else {
        return Err("the body is no object and cannot be written as a form".to_owned());
    };
    let mut pairs = Vec::new();
    for (name, value) in fields {
        if let Some(parameter) = styles.iter().find(|each| each.name() == name) {
            pairs.extend(style::pairs(parameter, value));
            continue;
        }
        let items = match value {
            Value::Array(items) => &items[..],
            value => std::slice::from_ref(value),
        };
        let name = escape::value(name);
        for item in items.iter().filter(|item| !item.is_null()) {
            let text = item
                .as_str()
                .map_or_else(|| style::json(item), str::to_owned);
            pairs.push(format!("{name}={}", escape::value(&text)));
        }
    }
    Ok(pairs.join("&"))
}
