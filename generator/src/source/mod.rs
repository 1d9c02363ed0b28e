//! Bytes of one or many files → a tree, each node of which knows where it stands.
//!
//! This is the only room that knows the YAML and JSON readers, the limits on what they accept,
//! how a `$ref` names another file, and the network. In the order of the work:
//!
//! ```text
//! bytes ─bytes→ text ─read→ ┬─json_tree──────────────┬→ Node    sources: the files, `$ref`s
//!                           └─yaml─→ events ─yaml_tree┘
//! text ─json_scan / yaml→ places: spans, lines and pointers, only when a problem is shown
//! ```

mod bytes;
mod fault;
mod identifiers;
mod json_scan;
mod json_tree;
mod limits;
mod merge;
mod network;
mod places;
mod pointer;
mod read;
mod reference;
mod scalar;
mod sources;
mod tree;
mod yaml;
mod yaml_tree;

pub use crate::diagnostic::near;
pub use network::Network;
pub use reference::{Missing, RefError, RefErrorKind};
pub use sources::Sources;
pub use tree::{Key, Map, Node, Number, Value};
