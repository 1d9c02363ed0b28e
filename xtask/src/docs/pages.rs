//! An API → its pages in a format.

use std::path::Path;

use sdkwright::cli::{MessageFormat, Reporter};
use sdkwright::diagnostic::{Nowhere, Problems};
use sdkwright::ir::Api;
use sdkwright::output::Tree;
use sdkwright::pipeline::{self, ClientOptions, Network};

/// The pages of a description, which the reporter tells the problems of.
///
/// # Errors
///
/// When the description cannot be worked with.
pub(super) fn of(
    description: &Path,
    network: &Network,
    selection: &pipeline::Selection,
    format: &str,
    options: impl Fn(&Api) -> ClientOptions,
) -> Result<Tree, String> {
    let reporter = Reporter::auto(MessageFormat::Human);
    let mut problems = Problems::new();
    let read = pipeline::read_selected(description, network, selection, &mut problems);
    let failed = reporter.problems(&problems, &*read.sources);
    let api = read.api.filter(|_| !failed);
    let mut problems = Problems::new();
    let tree = api
        .as_ref()
        .and_then(|api| pipeline::docs(api, format, &options(api), &mut problems));
    let failed = reporter.problems(&problems, &Nowhere);
    tree.filter(|_| !failed)
        .ok_or_else(|| format!("{} has no pages", description.display()))
}
