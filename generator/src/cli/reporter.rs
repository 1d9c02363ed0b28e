//! Tells results and problems: results on standard output, problems on standard error.

use std::fmt::Display;
use std::io::Write;

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;

use crate::diagnostic::{self, Locate, Problem, Problems, Severity};

/// How results and problems are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum MessageFormat {
    /// For people
    Human,
    /// One JSON object a line
    Json,
}

/// Tells results and problems in the format that was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Reporter {
    format: MessageFormat,
    color: ColorChoice,
}

impl Reporter {
    /// In this format, with colour when `color` says so.
    #[must_use]
    pub(crate) fn new(format: MessageFormat, color: ColorChoice) -> Self {
        Self { format, color }
    }

    /// In this format, with colour where the stream is a terminal that shows it.
    #[must_use]
    pub fn auto(format: MessageFormat) -> Self {
        Self::new(format, ColorChoice::Auto)
    }

    /// Tells a result, in the form that fits the format.
    pub fn result(&self, human: &dyn Display, machine: &impl Serialize) {
        let line = match self.format {
            MessageFormat::Human => human.to_string(),
            MessageFormat::Json => match serde_json::to_string(machine) {
                Ok(line) => line,
                Err(error) => serde_json::json!({ "error": error.to_string() }).to_string(),
            },
        };
        let mut stream = AutoStream::new(std::io::stdout().lock(), self.color);
        // A reader that has seen enough closes the pipe, and that is no error of ours.
        let _ = writeln!(stream, "{line}").and_then(|()| stream.flush());
    }

    /// Tells something that only people want to know.
    pub fn note(&self, text: &str) {
        if self.format == MessageFormat::Human {
            let mut stream = AutoStream::new(std::io::stdout().lock(), self.color);
            let _ = writeln!(stream, "{text}").and_then(|()| stream.flush());
        }
    }

    /// Tells something that happened, on standard error.
    pub fn event(&self, human: &dyn Display, machine: &impl Serialize) {
        let line = match self.format {
            MessageFormat::Human => human.to_string(),
            MessageFormat::Json => serde_json::to_string(machine).unwrap_or_default(),
        };
        let mut stream = AutoStream::new(std::io::stderr().lock(), self.color);
        let _ = writeln!(stream, "{line}");
    }

    /// Tells the problems of one description or file; whether one of them is an error.
    #[must_use]
    pub fn problems(&self, problems: &Problems, sources: &dyn Locate) -> bool {
        for problem in problems.sorted() {
            self.problem(problem, sources);
        }
        problems.has_errors()
    }

    /// Tells one problem.
    pub fn problem(&self, problem: &Problem, sources: &dyn Locate) {
        let text = match self.format {
            MessageFormat::Human => diagnostic::human(problem, sources, diagnostic::Style::Colour),
            MessageFormat::Json => diagnostic::json(problem, sources),
        };
        let mut stream = AutoStream::new(std::io::stderr().lock(), self.color);
        let _ = writeln!(stream, "{}", text.trim_end());
    }
}

/// How many errors and how many warnings there are.
pub(super) fn count(problems: &Problems) -> (usize, usize) {
    let all = problems.sorted();
    let errors = all
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    let errors = errors.count();
    (errors, all.len() - errors)
}

/// A number with its noun: `1 file`, `2 files`.
pub(super) fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
