//! A parameter that is the whole query (OpenAPI 3.2, 4.12.1: `in: querystring`).

use serde_json::Value;

use crate::runtime::tables::parameter::{Manner, Parameter, Place, Style};
use crate::runtime::writing::escape;
use crate::runtime::writing::style;
use crate::runtime::writing::url_encoded::url_encoded;

/// A parameter that is the whole query. Its fields are written one by one, unless its style
/// is [`Style::Json`] or [`Style::Text`].
pub const QUERYSTRING: Manner = Manner::of(Place::Querystring).written_by(whole_query);

/// The query; `None` if there is nothing to write.
///
/// # Errors
/// If the value is no object but is to be written as a form.
pub fn whole_query(parameter: &Parameter, value: &Value) -> Result<Option<String>, String> {
    let text = match (parameter.style, value) {
        (_, Value::Null) => return Ok(None),
        (Style::Text, Value::String(text)) => escape::reserved(text),
        (Style::Json | Style::Text, value) => escape::value(&style::json(value)),
        (_, value) => url_encoded(value, parameter.fields)?,
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
}
