//! What can be wrong, and the list that gathers it.

use std::ops::Range;

use serde::Serialize;

use super::{At, FileId};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It can be worked with: the rest is generated.
    Warning,
    /// Nothing is written.
    Error,
}

/// The stable name of a kind of problem, in kebab case: `unresolved-ref`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Code(pub &'static str);

/// One thing that is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of problem it is.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The place that is wrong, if it has one.
    pub at: Option<At>,
    /// The bytes that are wrong, where there is no node: a mistake in the syntax.
    pub span: Option<(FileId, Range<usize>)>,
    /// A few words to print under the marked place.
    pub label: Option<String>,
    /// Other places that explain it, each with a few words.
    pub related: Vec<(At, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// An error: it cannot be worked with.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A warning: the rest is generated.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: &'static str, message: String) -> Self {
        Self {
            severity,
            code: Code(code),
            message,
            at: None,
            span: None,
            label: None,
            related: Vec::new(),
            help: None,
        }
    }

    /// At the place `at`.
    #[must_use]
    pub fn at(mut self, at: At) -> Self {
        self.at = Some(at);
        self
    }

    /// At these bytes of a file, where there is no node.
    #[must_use]
    pub fn span(mut self, file: FileId, bytes: Range<usize>) -> Self {
        self.span = Some((file, bytes));
        self
    }

    /// With a few words under the marked place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// With another place that explains it.
    #[must_use]
    pub fn related(mut self, at: At, label: impl Into<String>) -> Self {
        self.related.push((at, label.into()));
        self
    }

    /// With what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What makes two problems the same one.
type Identity = (Code, Option<At>, Option<(FileId, Range<usize>)>, String);

/// The problems of a run, in the order in which they were found, each once.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
    seen: std::collections::HashSet<Identity>,
}

impl Problems {
    /// No problem yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem, unless the same one was reported for the same place before.
    pub fn report(&mut self, problem: Problem) {
        let identity = (
            problem.code,
            problem.at,
            problem.span.clone(),
            problem.message.clone(),
        );
        if self.seen.insert(identity) {
            self.list.push(problem);
        }
    }

    /// Adds the problems of `others` behind these.
    pub fn append(&mut self, others: Self) {
        for problem in others.list {
            self.report(problem);
        }
    }

    /// How many problems are this bad.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let alike = |problem: &&Problem| problem.severity == severity;
        self.list.iter().filter(alike).count()
    }

    /// Whether something cannot be worked with.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    }

    /// Whether there is nothing to report.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The problems, in order of place: file by file, those without a place first, those at
    /// bytes behind those at nodes.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Problem> {
        let mut sorted: Vec<&Problem> = self.list.iter().collect();
        sorted.sort_by_key(|problem| {
            let bytes = problem.span.as_ref();
            let file = problem
                .at
                .map(|at| at.file)
                .or(bytes.map(|(file, _)| *file));
            let start = bytes.map(|(_, span)| span.start);
            (file, start, problem.at)
        });
        sorted
    }
}
