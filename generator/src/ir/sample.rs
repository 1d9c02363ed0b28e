//! What the docs need to know of the Rust client: decided by `rust`, printed by `docs`.
//!
//! It stands here so that neither of the two rooms has to know the other.

use std::collections::BTreeMap;

use super::OperationId;

/// The Rust side of each operation.
pub type RustActions = BTreeMap<OperationId, RustAction>;

/// The Rust side of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustAction {
    /// Statements that call it, in an `async` function that returns a `Result`, with a
    /// `client` in scope; imports first.
    pub sample: String,
    /// Parameter and body names on the wire → the argument or setter of the client; further
    /// media types of the body → the method or setter that sends it so.
    pub names: BTreeMap<String, String>,
}
