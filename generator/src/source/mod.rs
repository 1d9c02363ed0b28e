//! Bytes of one or many files → a tree, each node of which knows where it stands.
//!
//! This is the only room that knows the YAML and JSON readers, the limits on what they accept,
//! and how a `$ref` names another file.

mod tree;

pub use tree::{Key, Map, Node, Number, Value};
