//! What is wrong with a request, in words that somebody can act on.

use serde::Serialize;
use serde_json::json;

use super::Reply;

/// Something that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestProblem {
    /// Where: `path`, `query`, `header`, `cookie` or `body`.
    #[serde(rename = "in")]
    pub place: &'static str,
    /// The name of a parameter, a header or a credential.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The place within the value, as a JSON pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The keyword of the rule: `required`, `type`, `maxLength`.
    pub rule: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// Whether it is only worth a word: nothing is refused because of it, unless the server is
    /// strict.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub warning: bool,
}

impl RequestProblem {
    /// With a parameter, a header or a credential.
    pub(super) fn named(place: &'static str, name: &str, rule: &str, message: String) -> Self {
        Self {
            place,
            name: Some(name.to_owned()),
            pointer: None,
            rule: rule.to_owned(),
            message,
            warning: false,
        }
    }

    /// With the body as a whole.
    pub(super) fn of_body(rule: &str, message: String) -> Self {
        Self {
            place: "body",
            name: None,
            pointer: Some(String::new()),
            rule: rule.to_owned(),
            message,
            warning: false,
        }
    }

    /// The same as a warning.
    pub(super) fn warned(mut self) -> Self {
        self.warning = true;
        self
    }
}

/// An answer that says what is wrong (RFC 9457).
pub(super) fn reply(status: u16, title: &str, detail: &str, problems: &[RequestProblem]) -> Reply {
    let mut body = json!({ "title": title, "status": status, "detail": detail });
    if !problems.is_empty()
        && let Some(body) = body.as_object_mut()
    {
        body.insert("problems".to_owned(), json!(problems));
    }
    Reply::new(status).content("application/problem+json", body.to_string())
}
