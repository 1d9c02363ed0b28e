//! What the description says of values, whole: the JSON Schemas behind the types.
//!
//! A type is what code needs to know of a schema. Whether a value is good is asked of the schema
//! itself: `not`, `if`, `contains` and exclusive choices have no place in a type.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::At;

/// The schemas of parameters, bodies, answers and headers, and all that they refer to, in the
/// words of JSON Schema 2020-12. They refer to each other as `#/$defs/` and a name.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Rules {
    /// The schemas by their names.
    pub schemas: BTreeMap<String, Value>,
}

impl Rules {
    /// Where a reference from one of the schemas to another begins.
    pub const BELOW: &'static str = "#/$defs/";

    /// The name of the schema at a place.
    #[must_use]
    pub fn name(at: At) -> String {
        format!("{}-{}", at.file.0, at.node)
    }
}
