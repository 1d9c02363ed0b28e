//! The documented headers of answers.

use serde::Serialize;

use super::Ty;

/// The view of an action's documented response headers.
#[derive(Clone, Debug, Serialize)]
pub struct HeadersPlan {
    /// The struct: `ListHeaders`.
    pub name: String,
    /// The view that reads the same and was named first, if there is one.
    pub alias_of: Option<String>,
    /// The headers, in source order.
    pub headers: Vec<HeaderPlan>,
}

/// A header that an answer may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeaderPlan {
    /// Its name on the wire.
    pub wire: String,
    /// The function that reads it.
    pub name: String,
    /// What it means.
    pub docs: Option<String>,
    /// The answers that it is documented for, in words: `a success`, `200, 404`.
    pub answers: String,
    /// Whether all of them are said to have it.
    pub required: bool,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// What it holds.
    pub ty: Ty,
    /// How that is written.
    pub form: HeaderForm,
}

/// How a header is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum HeaderForm {
    /// In the style `simple`.
    Simple,
    /// In the style `simple`, the members of an object as `name=value`.
    Exploded,
    /// As JSON.
    Json,
    /// A moment, in one of two forms.
    Timestamp,
}
