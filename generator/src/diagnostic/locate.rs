//! Places found again: from the number of a node to file, line, column and pointer.

use std::ops::Range;

use super::{At, FileId, Problem};

/// A place, found again in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file's path as it was given.
    pub path: &'a str,
    /// The file's text.
    pub text: &'a str,
    /// The bytes of the node.
    pub span: Range<usize>,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// JSON Pointer (RFC 6901) of the node; of its value for a key. Empty for the root, and for
    /// bytes that are no node.
    pub pointer: String,
}

/// Who can find places again: the loaded sources.
pub trait Locate {
    /// The place of `at`, or `None` if it is in no file.
    fn locate(&self, at: At) -> Option<Place<'_>>;

    /// The place of these bytes of a file, which need not be a node's; without a pointer.
    fn locate_span(&self, file: FileId, span: Range<usize>) -> Option<Place<'_>> {
        let _ = (file, span);
        None
    }
}

/// No sources: when not even the first file could be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nowhere;

impl Locate for Nowhere {
    fn locate(&self, _at: At) -> Option<Place<'_>> {
        None
    }
}

/// Two kinds of files, each with numbers of its own: what the first does not know, the second may.
#[derive(Clone, Copy)]
pub struct Both<'a>(pub &'a dyn Locate, pub &'a dyn Locate);

impl Locate for Both<'_> {
    fn locate(&self, at: At) -> Option<Place<'_>> {
        self.0.locate(at).or_else(|| self.1.locate(at))
    }

    fn locate_span(&self, file: FileId, span: Range<usize>) -> Option<Place<'_>> {
        let first = self.0.locate_span(file, span.clone());
        first.or_else(|| self.1.locate_span(file, span))
    }
}

/// The place of a problem, by its node or by its bytes.
pub(super) fn place_of<'a>(problem: &Problem, sources: &'a dyn Locate) -> Option<Place<'a>> {
    if let Some(at) = problem.at {
        return sources.locate(at);
    }
    let (file, span) = problem.span.clone()?;
    sources.locate_span(file, span)
}
