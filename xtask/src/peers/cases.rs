//! The calls that are made, and whether they are all that the description has.

use std::collections::BTreeSet;
use std::path::Path;

use sdkwright::diagnostic::Problems;
use sdkwright::ir::{Api, Operation};
use sdkwright::pipeline;
use serde::Deserialize;
use serde_json::{Map, Value};

/// What the official clients let nobody choose, and why.
const FIXED: [(&str, &str); 2] = [
    (
        "Accept-Version",
        "a client sends the version that it was made for; the generated one does so by default",
    ),
    (
        "body",
        "the JavaScript client sends an empty object with each DELETE",
    ),
];

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

/// The calls that a text lists, as all programs read them.
///
/// # Errors
///
/// When an operation of the API is not called both with what it requires and with all that it takes.
pub(super) fn of(api: &Api, text: &str) -> Result<Vec<Case>, String> {
    let cases: Vec<Case> =
        serde_json::from_str(text).map_err(|error| format!("the list of calls: {error}"))?;
    for (_, resource, operation) in api.operations() {
        let name = format!("{}.{}", resource.key, operation.action);
        covered(&name, operation, &cases)?;
    }
    Ok(cases)
}

/// What a description says.
///
/// # Errors
///
/// When it cannot be read.
pub(super) fn api(description: &str) -> Result<Api, String> {
    let read = pipeline::read(Path::new(description), &mut Problems::new());
    read.api.ok_or_else(|| format!("{description} has errors"))
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
                 add it to the lists in xtask/src/peers"
            ));
        }
    }
    Ok(())
}

fn names(operation: &Operation, required: bool) -> BTreeSet<&str> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.map(|parameter| (&*parameter.name, parameter.required));
    let body = operation.body.iter();
    let body = body.map(|body| (&*body.name, body.required));
    let asked = parameters.chain(body).filter(|(name, is_required)| {
        let fixed = FIXED.iter().any(|(known, _)| known == name);
        !fixed && (*is_required || !required)
    });
    asked.map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peers::{INVITES, MEMBERS};

    #[test]
    fn every_action_is_called_with_little_and_with_all() {
        for part in [INVITES, MEMBERS] {
            let description = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
            let api = api(&format!("{description}/{}", part.description)).unwrap();
            let cases = of(&api, part.cases).unwrap();
            assert_eq!(cases.len(), 2 * api.operations().count());
        }
    }

    #[test]
    fn an_action_that_is_not_called_is_told() {
        let description = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/losant/openapi.yaml");
        let error = of(&api(description).unwrap(), "[]").unwrap_err();
        assert!(
            error.contains("is not called with required arguments"),
            "{error}"
        );
    }
}
