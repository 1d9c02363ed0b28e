//! Choices for formats that an API does not have: mostly slips of the pen.

use std::collections::BTreeSet;

use crate::diagnostic::{Problem, Problems};
use crate::formats::Formats;
use crate::ir::Api;

/// Reports each choice that changes nothing.
pub(super) fn report(api: &Api, formats: &Formats, problems: &mut Problems) {
    let said: BTreeSet<&str> = api
        .types
        .iter()
        .filter_map(|(_, ty)| ty.format.as_deref())
        .collect();
    for format in formats.names() {
        if said.contains(format) || formats.is_named(format) {
            continue;
        }
        let problem = Problem::warning(
            "unused-format",
            format!("a type is chosen for the format `{format}`, but no schema has it"),
        );
        problems.report(if said.is_empty() {
            problem.help("leave the choice out: no schema has a format")
        } else {
            let said: Vec<&str> = said.iter().copied().collect();
            problem.help(format!("there are {}", said.join(", ")))
        });
    }
}
