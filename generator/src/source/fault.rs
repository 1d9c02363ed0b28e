//! Why the reading of a file stops: one fault at a range of bytes.
//!
//! Both readers give up at the first mistake in the syntax, which belongs to no node; a fault
//! is turned into a problem as soon as the file is known.

use std::ops::Range;

use super::limits;
use crate::diagnostic::{FileId, Problem};

/// The first thing that made it impossible to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// What kind of fault it is.
    pub(super) kind: FaultKind,
    /// What is wrong, in one sentence without a full stop.
    pub(super) message: String,
    /// The bytes that are wrong; empty for a single point.
    pub(super) span: Range<usize>,
    /// What to do about it.
    pub(super) help: Option<String>,
}

/// Whether the text is wrong or only too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// The text breaks the rules of its format.
    Syntax,
    /// There is nothing in the file.
    Empty,
    /// Lists and mappings are nested deeper than [`limits::NESTING`].
    Nesting,
    /// Aliases copy more than [`limits::COPIED_NODES`].
    Copies,
}

impl Fault {
    /// A mistake in the syntax at `span`.
    pub(super) fn syntax(message: impl Into<String>, span: Range<usize>) -> Self {
        Self {
            kind: FaultKind::Syntax,
            message: message.into(),
            span,
            help: None,
        }
    }

    /// The same with what to do about it.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The file holds no value.
    pub(super) fn empty() -> Self {
        Self {
            kind: FaultKind::Empty,
            message: "the file is empty".to_owned(),
            span: 0..0,
            help: Some("write an OpenAPI description, in YAML or JSON, into it".to_owned()),
        }
    }

    /// Too many levels at `span`.
    pub(super) fn nesting(span: Range<usize>) -> Self {
        Self {
            kind: FaultKind::Nesting,
            message: format!(
                "lists and mappings stand more than {} levels deep in each other",
                limits::NESTING
            ),
            span,
            help: Some("give inner parts a name of their own and refer to them".to_owned()),
        }
    }

    /// Too many copies at `span`.
    pub(super) fn copies(span: Range<usize>) -> Self {
        Self {
            kind: FaultKind::Copies,
            message: format!(
                "anchors and aliases copy more than {} nodes",
                limits::COPIED_NODES
            ),
            span,
            help: Some("use `$ref` instead of YAML aliases for parts that large".to_owned()),
        }
    }

    /// The problem to report, for this fault in `file`.
    pub(super) fn problem(self, file: FileId) -> Problem {
        let code = match self.kind {
            FaultKind::Syntax => "syntax",
            FaultKind::Empty => "empty-file",
            FaultKind::Nesting => "nesting-limit",
            FaultKind::Copies => "alias-limit",
        };
        let problem = Problem::error(code, self.message).span(file, self.span);
        match self.help {
            Some(help) => problem.help(help),
            None => problem,
        }
    }
}
