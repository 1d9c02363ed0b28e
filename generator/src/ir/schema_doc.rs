//! A schema as its page of docs shows it.

use serde::Serialize;
use serde_json::Value;

use super::TypeId;

/// A component schema, as written (references kept, 2.0 and 3.0 lifted to 3.1).
#[derive(Clone, Debug, Serialize)]
pub struct SchemaDoc {
    /// Its key among the components: `orgInvite`.
    pub key: String,
    /// `title`, else the key in words.
    pub title: Option<String>,
    /// `description`, as CommonMark.
    pub description: Option<String>,
    /// The JSON Schema without its own title, description and example.
    pub definition: Value,
    /// Its example: as written, else put together from its parts (see `passes`).
    pub example: Option<Value>,
    /// What was put together for requests, where that is something else.
    pub example_sent: Option<Value>,
    /// What was put together for answers, where that is something else.
    pub example_answered: Option<Value>,
    /// The type.
    pub ty: TypeId,
}
