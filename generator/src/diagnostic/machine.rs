//! Problems for machines: one JSON object a line.

use serde::Serialize;

use super::locate::place_of;
use super::{Code, Locate, Place, Problem, Severity};

#[derive(Serialize)]
struct Line<'a> {
    severity: Severity,
    code: Code,
    message: &'a str,
    #[serde(flatten)]
    place: Spot<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

#[derive(Default, Serialize)]
struct Spot<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Spot<'a>,
    label: &'a str,
}

impl<'a> Spot<'a> {
    fn of(place: Option<Place<'a>>, is_node: bool) -> Self {
        let Some(place) = place else {
            return Self::default();
        };
        Self {
            file: Some(place.path),
            line: Some(place.line),
            column: Some(place.column),
            pointer: is_node.then_some(place.pointer),
        }
    }
}

/// The problem as one line of JSON, without a line break at its end: `severity`, `code`,
/// `message`, `file`, `line`, `column`, `pointer`, `label`, `related` (each with a place and a
/// `label`) and `help`. What is not known is left out.
#[must_use]
pub fn json(problem: &Problem, sources: &dyn Locate) -> String {
    let related = problem.related.iter().map(|(at, label)| Related {
        place: Spot::of(sources.locate(*at), true),
        label,
    });
    let line = Line {
        severity: problem.severity,
        code: problem.code,
        message: &problem.message,
        place: Spot::of(place_of(problem, sources), problem.at.is_some()),
        label: problem.label.as_deref(),
        related: related.collect(),
        help: problem.help.as_deref(),
    };
    // A struct of texts and numbers can always be written.
    serde_json::to_string(&line).unwrap_or_default()
}
