//! The files of a run, and the only way they reach the disk.

mod tree;

pub use tree::Tree;
