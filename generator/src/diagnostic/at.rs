//! Where in the descriptions something stands: a file, and the ordinal of a node in it.
//!
//! Eight bytes, `Copy`, and independent of what later stages do to the tree: a node that is
//! lifted, merged or moved keeps its `At`, so a problem found at the end of the pipeline still
//! points at the line that a person wrote.

use serde::Serialize;

/// A description file, in order of loading; 0 is the one named on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FileId(pub u32);

/// The place of a node: its file and its number there, counted in document order from 0.
///
/// Every scalar (mapping keys too), sequence, mapping and alias counts as one node, opened
/// before its children; both readers count alike, so the place can be found again in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct At {
    /// The file.
    pub file: FileId,
    /// The node's ordinal in the file, in document order.
    pub node: u32,
}
