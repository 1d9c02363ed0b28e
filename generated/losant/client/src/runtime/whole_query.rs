//! A parameter that is the whole query (OpenAPI 3.2, 4.12.1: `in: querystring`).

use serde_json::Value;

use super::escape;
use super::form;
use super::parameter::{Parameter, Style};
use super::style;

/// The query; `None` if there is nothing to write.
///
/// # Errors
/// If the value is no object but is to be written as a form.
pub fn whole_query(parameter: &Parameter, value: &Value) -> Result<Option<String>, String> {
    let text = match (parameter.style, value) {
        (_, Value::Null) => return Ok(None),
        (Style::Text, Value::String(text)) => escape::reserved(text),
        (Style::Json | Style::Text, value) => escape::value(&style::json(value)),
        (_, value) => form::url_encoded(value, parameter.fields)?,
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
}
