//! The stages in order, as the commands call them.
//!
//! A command sees a description, an [`Api`] and trees of files; which rooms make one from the
//! other is said here alone.

use std::path::Path;

use crate::diagnostic::{At, Locate, Place, Problem, Problems};
use crate::ir::{Api, Types};
use crate::output::Tree;

/// What was made of a description.
pub(crate) struct Read {
    /// Finds the places of problems again.
    pub(crate) sources: Box<dyn Locate>,
    /// The API; `None` if the description cannot be worked with.
    pub(crate) api: Option<Api>,
}

/// What a client crate is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClientOptions {
    /// The crate's name.
    pub(crate) name: String,
    /// The crate's version.
    pub(crate) version: String,
    /// The description's name, as generated files tell it: the same on every machine.
    pub(crate) spec_name: String,
}

/// A stage of the pipeline whose result can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Stage {
    /// The description as a plain tree.
    Source,
    /// The API before the passes.
    Ir,
    /// The API after the passes: what clients and docs are made from.
    Passes,
}

/// The names of the formats of docs.
pub(crate) fn formats() -> Vec<String> {
    [
        "rust",
        "js-callback",
        "js-await",
        "ruby",
        "rest",
        "reference",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Reads a description: source, model, resolve, passes.
pub(crate) fn read(spec: &Path, problems: &mut Problems) -> Read {
    let sources = Box::new(Nowhere);
    if let Err(error) = std::fs::read(spec) {
        let name = spec.display();
        problems.report(
            Problem::error("cannot-read", format!("cannot read `{name}`: {error}"))
                .help("give the path of an OpenAPI description"),
        );
        return Read { sources, api: None };
    }
    Read {
        sources,
        api: Some(empty_api()),
    }
}

/// A complete client crate.
pub(crate) fn client(_api: &Api, _options: &ClientOptions) -> Tree {
    Tree::new()
}

/// The docs of a format; `None` if they cannot be made.
pub(crate) fn docs(
    _api: &Api,
    _format: &str,
    _client: &ClientOptions,
    _problems: &mut Problems,
) -> Option<Tree> {
    Some(Tree::new())
}

/// What a stage made of a description, as JSON.
pub(crate) fn inspect(
    spec: &Path,
    _stage: Stage,
    problems: &mut Problems,
) -> (Read, Option<serde_json::Value>) {
    let read = read(spec, problems);
    let value = read
        .api
        .as_ref()
        .and_then(|api| serde_json::to_value(api).ok());
    (read, value)
}

/// No file at all.
pub(crate) struct Nowhere;

impl Locate for Nowhere {
    fn locate(&self, _at: At) -> Option<Place<'_>> {
        None
    }
}

fn empty_api() -> Api {
    Api {
        title: String::new(),
        version: String::new(),
        description: None,
        servers: Vec::new(),
        schemes: Vec::new(),
        resources: Vec::new(),
        types: Types::default(),
        schemas: Vec::new(),
    }
}
