//! The stages in order: the whole of the generator in one page.
//!
//! ```text
//! text ─source→ tree ─model, resolve→ Api ─passes→ Api ┬─rust→ CratePlan ─→ Tree
//!                                                      ├─docs→ book ─→ Tree
//!                                                      └─mock→ a server
//! ```
//!
//! Each stage reports what is wrong and goes on as well as it can; between the stages somebody
//! looks whether there is an error, and only then is the next one started.

use std::path::Path;

use crate::diagnostic::{self, Locate, Nowhere, Problem, Problems, Severity};
use crate::docs;
use crate::ir::{Api, RustActions};
use crate::mock::Mock;
use crate::output::Tree;
use crate::passes;
use crate::resolve;
use crate::rust;
use crate::source::Sources;
use crate::template::Templates;

pub use crate::passes::{Chosen, Selection};
pub use crate::rust::{ClientOptions, Package, RuntimeCrate, SharedRuntime};
pub use crate::source::Network;

/// What was made of a description.
pub struct Read {
    /// Finds the places of problems again.
    pub sources: Box<dyn Locate>,
    /// The API; `None` if the description cannot be worked with.
    pub api: Option<Api>,
}

/// A stage of the pipeline whose result can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Stage {
    /// The description as a plain tree
    Source,
    /// The API before the passes
    Ir,
    /// The API after the passes: what clients and docs are made from
    Passes,
    /// The client crate with every name and type decided
    Plan,
}

/// Reads a description and makes an API of it.
pub fn read(spec: &Path, problems: &mut Problems) -> Read {
    read_selected(spec, &Network::default(), &Selection::default(), problems)
}

/// The same with the chosen operations alone; references lead to the network as far as it is
/// allowed.
pub fn read_selected(
    spec: &Path,
    network: &Network,
    selection: &Selection,
    problems: &mut Problems,
) -> Read {
    let Some(sources) = Sources::load_allowing(spec, network, problems) else {
        return Read {
            sources: Box::new(Nowhere),
            api: None,
        };
    };
    let api = resolved(&sources, problems);
    let sources = sources.into_places();
    let mut api = api.map(|api| passed(api, problems));
    if let Some(api) = &mut api {
        passes::select(api, selection, problems);
    }
    Read { sources, api }
}

/// The API that loaded files describe; `None` if there was an error on the way.
pub fn api(sources: &Sources, problems: &mut Problems) -> Option<Api> {
    let api = resolved(sources, problems)?;
    Some(passed(api, problems))
}

/// The API before the passes; `None` if there was an error on the way.
fn resolved(sources: &Sources, problems: &mut Problems) -> Option<Api> {
    if problems.has_errors() {
        return None;
    }
    let api = resolve::resolve(sources, problems)?;
    (!problems.has_errors()).then_some(api)
}

/// The API after all passes, in order.
fn passed(mut api: Api, problems: &mut Problems) -> Api {
    passes::simplify_unions(&mut api);
    passes::name_self_holding(&mut api);
    passes::give_own_shapes(&mut api);
    passes::settle_ranges(&mut api);
    passes::examples::complete(&mut api);
    passes::find_pagination(&mut api, problems);
    passes::find_events(&mut api);
    api
}

/// A complete client crate; `None` if there was an error on the way.
pub fn client(api: &Api, options: &ClientOptions, problems: &mut Problems) -> Option<Tree> {
    client_with(Templates::built_in(), api, options, problems)
}

/// The same with the templates of a user.
pub fn client_with(
    templates: &Templates,
    api: &Api,
    options: &ClientOptions,
    problems: &mut Problems,
) -> Option<Tree> {
    rust::report_unused_formats(api, options, problems);
    if let Some(problem) = rust::clash(options) {
        problems.report(problem);
        return None;
    }
    let plan = rust::plan(api, options);
    rust::emit(api, &plan, templates, problems)
}

/// A runtime for clients that share it; `None` if its templates have errors.
pub fn runtime(
    templates: &Templates,
    runtime: &RuntimeCrate,
    problems: &mut Problems,
) -> Option<Tree> {
    rust::runtime_crate(runtime, templates, problems)
}

/// The docs of a format; `None` if there was an error on the way. Samples in Rust are
/// written for the crate of `options`.
pub fn docs(
    api: &Api,
    format: &str,
    options: &ClientOptions,
    problems: &mut Problems,
) -> Option<Tree> {
    docs_with(Templates::built_in(), api, format, options, problems)
}

/// The same with the templates of a user.
pub fn docs_with(
    templates: &Templates,
    api: &Api,
    format: &str,
    options: &ClientOptions,
    problems: &mut Problems,
) -> Option<Tree> {
    let actions = rust_actions(templates, api, format, options);
    docs::render_with(templates, api, format, &actions, problems)
}

/// What the template of a page is handed, for an action, a resource or a page; `None` if there is
/// nothing of that name, which is reported.
pub fn docs_context(
    templates: &Templates,
    api: &Api,
    format: &str,
    options: &ClientOptions,
    wanted: &str,
    problems: &mut Problems,
) -> Option<serde_json::Value> {
    let actions = rust_actions(templates, api, format, options);
    let context = docs::context(templates, api, format, &actions, wanted);
    context.map_err(|problem| problems.report(*problem)).ok()
}

fn rust_actions(
    templates: &Templates,
    api: &Api,
    format: &str,
    options: &ClientOptions,
) -> RustActions {
    match docs::shows_rust(templates, format) {
        true => rust::actions(&rust::plan(api, options)),
        false => RustActions::new(),
    }
}

/// A server to try a client on, not yet started; `None` if there was an error on the way.
pub fn mock(
    spec: &Path,
    network: &Network,
    problems: &mut Problems,
) -> (Box<dyn Locate>, Option<Mock>) {
    let Some(sources) = Sources::load_allowing(spec, network, problems) else {
        return (Box::new(Nowhere), None);
    };
    let mock = mock_of(&sources, problems);
    (Box::new(sources), mock)
}

fn mock_of(sources: &Sources, problems: &mut Problems) -> Option<Mock> {
    if problems.has_errors() {
        return None;
    }
    let (api, rules) = resolve::resolve_with_rules(sources, problems)?;
    if problems.has_errors() {
        return None;
    }
    Some(Mock::new(passed(api, problems), rules))
}

/// The same for a test, which wants to know in one text what is wrong with a description.
///
/// # Errors
/// If the description has errors; with all of them, each with its place.
pub fn mocked(spec: &Path) -> Result<Mock, String> {
    let mut problems = Problems::new();
    let (sources, mock) = mock(spec, &Network::default(), &mut problems);
    mock.ok_or_else(|| {
        let all = problems.sorted().into_iter();
        let all = all.filter(|problem| problem.severity == Severity::Error);
        let texts =
            all.map(|problem| diagnostic::human(problem, &*sources, diagnostic::Style::Plain));
        texts.collect::<Vec<_>>().join("\n")
    })
}

/// Reports what is any JSON in an API, or in its client, although its description says more.
pub fn report_untyped(api: &Api, problems: &mut Problems) {
    // What no operation reaches is in no client, and untyped all the same.
    let of_schemas = api
        .types
        .iter()
        .filter_map(|(_, ty)| Some((ty.at, ty.untyped?, rust::SAY_MORE)));
    let of_client = rust::untyped(api).into_iter();
    let of_client = of_client.filter_map(|untyped| {
        let at = api.types.get(untyped.id).at;
        Some((at, untyped.reason?, untyped.help))
    });
    for (at, reason, help) in of_schemas.chain(of_client) {
        problems.report(
            Problem::warning("untyped", "this schema is read as any JSON")
                .at(at)
                .label(reason)
                .help(help),
        );
    }
}

/// What a stage made of a description, as JSON; the crate of [`Stage::Plan`] is made for
/// `options`.
pub fn inspect(
    spec: &Path,
    network: &Network,
    stage: Stage,
    options: impl Fn(&Api) -> ClientOptions,
    problems: &mut Problems,
) -> (Box<dyn Locate>, Option<serde_json::Value>) {
    let Some(sources) = Sources::load_allowing(spec, network, problems) else {
        return (Box::new(Nowhere), None);
    };
    let value = stage_of(&sources, stage, options, problems);
    (Box::new(sources), value)
}

fn stage_of(
    sources: &Sources,
    stage: Stage,
    options: impl Fn(&Api) -> ClientOptions,
    problems: &mut Problems,
) -> Option<serde_json::Value> {
    if stage == Stage::Source || problems.has_errors() {
        return Some(sources.root().to_json());
    }
    let api = resolve::resolve(sources, problems)?;
    if stage == Stage::Ir {
        return serde_json::to_value(api).ok();
    }
    let api = passed(api, problems);
    if stage == Stage::Passes {
        return serde_json::to_value(api).ok();
    }
    serde_json::to_value(rust::plan(&api, &options(&api))).ok()
}
