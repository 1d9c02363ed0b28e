//! The calls that are made, and whether they are all that the description has.

use std::collections::BTreeSet;
use std::path::Path;

use sdkwright::diagnostic::Problems;
use sdkwright::ir::Operation;
use sdkwright::pipeline;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The calls, as both programs read them.
pub(super) const TEXT: &str = include_str!("cases.json");

/// Parameters that the official client lets nobody choose, and why.
const FIXED: [(&str, &str); 1] = [(
    "Accept-Version",
    "the client sends the version that it was made for; the generated one does so by default",
)];

/// A call.
#[derive(Debug, Deserialize)]
pub(super) struct Case {
    /// What is called: `resource.action`.
    pub(super) operation: String,
    /// By the names of the description; the body by its own.
    pub(super) arguments: Map<String, Value>,
}

impl std::fmt::Display for Case {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            out,
            "{} with {} arguments",
            self.operation,
            self.arguments.len()
        )
    }
}

/// The calls.
///
/// # Errors
///
/// When the description cannot be read, or an operation is not called both with what it requires
/// and with all that it takes.
pub(super) fn of(description: &Path) -> Result<Vec<Case>, String> {
    let cases: Vec<Case> =
        serde_json::from_str(TEXT).map_err(|error| format!("cases.json: {error}"))?;
    let mut problems = Problems::new();
    let read = pipeline::read(description, &mut problems);
    let Some(api) = read.api else {
        return Err(format!("{} has errors", description.display()));
    };
    for resource in &api.resources {
        for operation in &resource.operations {
            let name = format!("{}.{}", resource.key, operation.action);
            covered(&name, operation, &cases)?;
        }
    }
    Ok(cases)
}

fn covered(name: &str, operation: &Operation, cases: &[Case]) -> Result<(), String> {
    for (what, names) in [
        ("required", names(operation, true)),
        ("all", names(operation, false)),
    ] {
        let fits = |case: &Case| {
            let own: BTreeSet<&str> = case.arguments.keys().map(String::as_str).collect();
            case.operation == name && own == names
        };
        if !cases.iter().any(fits) {
            return Err(format!(
                "`{name}` is not called with {what} arguments: {names:?}; \
                 add it to xtask/src/peers/cases.json"
            ));
        }
    }
    Ok(())
}

fn names(operation: &Operation, required: bool) -> BTreeSet<&str> {
    let parameters = operation.parameters.iter().filter(|parameter| {
        let fixed = FIXED.iter().any(|(name, _)| *name == parameter.name);
        !fixed && (parameter.required || !required)
    });
    let body = operation.body.iter();
    let body = body.filter(|body| body.required || !required);
    parameters
        .map(|parameter| parameter.name.as_str())
        .chain(body.map(|body| body.name.as_str()))
        .collect()
}
