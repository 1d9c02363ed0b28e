//! The API → a Rust client crate.
//!
//! `lower` decides everything first: every name, path, type and direction, in a [`CratePlan`].
//! `emit` turns the plan into syntax and `print` the syntax into text; neither decides
//! anything. The text of a description appears in the crate only as literals and doc lines.

mod answer_examples;
mod emit;
mod first_command;
mod layout;
mod literal;
mod lower;
mod plan;
mod print;
mod runtime_crate;
mod sample;
mod unused;

pub use lower::{SAY_MORE, Untyped};
pub use plan::CratePlan;
pub use runtime_crate::{RuntimeCrate, SharedRuntime};

use serde::Serialize;

use crate::diagnostic::{Problem, Problems};
use crate::formats::Formats;
use crate::ir::{Api, RustActions};
use crate::output::Tree;
use crate::template::Templates;

/// What `Cargo.toml` says for crates.io; what is not known is not said.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Package {
    /// What the crate is, in a sentence; else the first of the API's description.
    pub about: Option<String>,
    /// Where its source is.
    pub repository: Option<String>,
    /// Where it is introduced.
    pub homepage: Option<String>,
    /// Where its docs are.
    pub documentation: Option<String>,
    /// Words under which it is found.
    pub keywords: Vec<String>,
    /// The shelves that it stands on.
    pub categories: Vec<String>,
}

/// What a crate is made for.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// The crate's name.
    pub name: String,
    /// The crate's version.
    pub version: String,
    /// The crate's licence, an SPDX expression, if it is known.
    pub license: Option<String>,
    /// What else its `Cargo.toml` says for crates.io.
    pub package: Package,
    /// What the values of formats are held as.
    pub formats: Formats,
    /// The description as the reader of the crate knows it, for the first line of each file.
    pub description: String,
    /// Whether calls are held against what the description says of bounds, lengths and patterns.
    pub checks: bool,
    /// The runtime that it shares with other clients; `None`: it has a copy of its own.
    pub runtime: Option<SharedRuntime>,
}

/// What is wrong if a client and its runtime have one name: Cargo takes no crate that depends on its
/// own name, and Rust no two that differ in `-` and `_` alone.
#[must_use]
pub fn clash(options: &ClientOptions) -> Option<Problem> {
    let in_code = |name: &str| name.replace('-', "_");
    let runtime = options.runtime.as_ref()?;
    (in_code(&runtime.name) == in_code(&options.name)).then(|| {
        let message = format!(
            "`{}` is the name of the client and of its runtime",
            options.name
        );
        Problem::error("bad-runtime", message).help("call one of them something else")
    })
}

/// Decides what the crate holds.
#[must_use]
pub fn plan(api: &Api, options: &ClientOptions) -> CratePlan {
    let mut plan = lower::lower(api, options);
    sample::add(api, &mut plan);
    plan.first_call = sample::first_call(api, &plan);
    plan.first_command = first_command::first_command(api, &plan);
    plan
}

/// The types that the crate has as any JSON, in order of their making.
#[must_use]
pub fn untyped(api: &Api) -> Vec<Untyped> {
    lower::untyped(api)
}

/// The files of the crate; `None` if they cannot be put together.
pub fn emit(
    api: &Api,
    plan: &CratePlan,
    templates: &Templates,
    problems: &mut Problems,
) -> Option<Tree> {
    emit::emit(api, plan, templates, problems)
}

/// The files of a runtime that clients share; `None` if they cannot be put together.
pub fn runtime_crate(
    runtime: &RuntimeCrate,
    templates: &Templates,
    problems: &mut Problems,
) -> Option<Tree> {
    emit::runtime_crate(runtime, templates, problems)
}

/// Reports what was chosen for formats that the API does not have.
pub fn report_unused_formats(api: &Api, options: &ClientOptions, problems: &mut Problems) {
    unused::report(api, &options.formats, problems);
}

/// What the docs need to know of the crate.
#[must_use]
pub fn actions(plan: &CratePlan) -> RustActions {
    sample::actions(plan)
}
