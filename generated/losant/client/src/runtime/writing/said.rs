//! The value of a parameter, from whoever said it.

use std::borrow::Cow;

use serde_json::Value;

/// A value that is to be sent. A default is text of the description; it is not made a value for
/// each call that it is sent with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Said<'a> {
    /// What a user set.
    Value(&'a Value),
    /// What the description says.
    Text(&'static str),
}

impl<'a> Said<'a> {
    /// As any value.
    pub(crate) fn value(self) -> Cow<'a, Value> {
        match self {
            Self::Value(value) => Cow::Borrowed(value),
            Self::Text(text) => Cow::Owned(Value::from(text)),
        }
    }

    /// As text, if it is a text, a number or a boolean.
    pub(crate) fn scalar(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Value(Value::String(text)) => Some(Cow::Borrowed(text)),
            Self::Value(Value::Bool(true)) => Some(Cow::Borrowed("true")),
            Self::Value(Value::Bool(false)) => Some(Cow::Borrowed("false")),
            Self::Value(Value::Number(number)) => Some(Cow::Owned(number.to_string())),
            Self::Value(Value::Null | Value::Array(_) | Value::Object(_)) => None,
        }
    }
}
