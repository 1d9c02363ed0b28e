//! `sdkwright generate`: everything that `sdkwright.yaml` names.

use std::path::{Path, PathBuf};

use super::write;
use super::{Reporter, Status, shared};
use crate::config::{
    self, ApiConfig, ApiName, ClientConfig, Config, CrateName, OperationNames, PageUrl,
    RuntimeConfig,
};
use crate::diagnostic::{Both, Nowhere, Problem, Problems};
use crate::docs;
use crate::output::{Destination, Foreign, Plan, Tree};
use crate::pipeline::{self, Chosen, ClientOptions, Network, Package, RuntimeCrate, Selection};
use crate::template::Templates;

const EXAMPLES: &str = "\
Examples:
  sdkwright generate
  sdkwright generate --api losant --check
  sdkwright generate --config apis/sdkwright.yaml

Each API gets a folder of its own below `out`, with client/ and docs/<format>/. Docs in the
format `rust` go into the crate, to client/docs/; js formats also write docs/lib/schemas/.
If its `runtime` names a crate that clients share, that has a folder there, too.
Templates of your own stand in templates/ beside sdkwright.yaml, or where its `templates` says.
A file .sdkwright-manifest names the files that later runs replace and remove; commit it with
them. No other file is ever touched.

Exit status:
  0  written; or, with --check, everything is up to date
  1  the input has problems, or --check found files that are not up to date
  2  wrong usage";

/// Make every client and all docs that sdkwright.yaml names
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The configuration; without it, sdkwright.yaml in this folder or the nearest above
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Only this API; may be given more than once
    #[arg(long = "api", value_name = "NAME")]
    apis: Vec<String>,

    /// Write nothing; list the files that are missing, extra or changed
    #[arg(long)]
    check: bool,

    /// Replace files in the way that are not ours
    #[arg(long)]
    force: bool,
}

/// What to generate, and how.
#[derive(Clone, Debug)]
pub struct GenerateOptions {
    /// The configuration; `None`: the nearest `sdkwright.yaml`.
    pub config: Option<PathBuf>,
    /// The APIs to make; empty: all.
    pub apis: Vec<String>,
    /// Write, or only compare.
    pub mode: Mode,
    /// What to do with files in the way.
    pub foreign: Foreign,
    /// The command that writes what a check found: `sdkwright generate`.
    pub rerun: String,
}

/// Whether a run writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Write what differs.
    Write,
    /// Tell what differs.
    Check,
}

pub(super) fn run(arguments: Arguments, reporter: &Reporter) -> Status {
    let mut rerun = "sdkwright generate".to_owned();
    if let Some(config) = &arguments.config {
        rerun.push_str(&format!(" --config {}", config.display()));
    }
    for api in &arguments.apis {
        rerun.push_str(&format!(" --api {api}"));
    }
    let options = GenerateOptions {
        config: arguments.config,
        apis: arguments.apis,
        mode: if arguments.check {
            Mode::Check
        } else {
            Mode::Write
        },
        foreign: if arguments.force {
            Foreign::Replace
        } else {
            Foreign::Refuse
        },
        rerun,
    };
    generate(&options, reporter)
}

/// Makes what `sdkwright.yaml` names, or compares it with what is there.
///
/// Nothing is written if one of the descriptions cannot be worked with or one file is in the
/// way: the plans of all APIs are made before the first is carried out.
#[must_use]
pub fn generate(options: &GenerateOptions, reporter: &Reporter) -> Status {
    let mut problems = Problems::new();
    let (file, loaded) = config::load(options.config.as_deref(), &mut problems);
    docs::check(file.templates(), &mut problems);
    let failed = reporter.problems(&problems, &file);
    let Some((config, folder)) = loaded.filter(|_| !failed) else {
        return Status::Problems;
    };
    if let Some(problem) = unknown_api(&config, &options.apis) {
        reporter.problem(&problem, &file);
        return Status::Usage;
    }
    let chosen = config.apis.iter().filter(|(name, _)| {
        options.apis.is_empty() || options.apis.iter().any(|api| api == name.as_str())
    });
    let out = folder.join(&config.out);
    let runtime = config.runtime.as_ref().map(RuntimeConfig::called);
    let shared = runtime.as_ref().map(|runtime| {
        let destination = Destination::new(out.join(&runtime.name)).foreign(options.foreign);
        plan_runtime(runtime, file.templates(), &destination, reporter)
    });
    let clients = chosen.map(|(name, api)| {
        let destination = Destination::new(out.join(name.as_str())).foreign(options.foreign);
        let made = Made {
            api,
            runtime: runtime.as_ref(),
            templates: file.templates(),
        };
        made.plan(&folder, &destination, reporter)
    });
    let plans: Vec<Option<Plan>> = shared.into_iter().chain(clients).collect();
    let Some(plans) = plans.into_iter().collect::<Option<Vec<Plan>>>() else {
        return Status::Problems;
    };
    match options.mode {
        Mode::Write => write::apply(&plans, reporter),
        Mode::Check => write::check(&plans, reporter, &options.rerun),
    }
}

/// What has to be done for the runtime that clients share; tells its problems.
fn plan_runtime(
    runtime: &RuntimeCrate,
    templates: &Templates,
    destination: &Destination,
    reporter: &Reporter,
) -> Option<Plan> {
    let mut problems = Problems::new();
    let plan = shared::plan(runtime, templates, destination, &mut problems);
    let failed = reporter.problems(&problems, templates);
    plan.filter(|_| !failed)
}

/// What one API is made from.
struct Made<'a> {
    api: &'a ApiConfig,
    runtime: Option<&'a RuntimeCrate>,
    templates: &'a Templates,
}

impl Made<'_> {
    /// What has to be done for the API; tells its problems.
    fn plan(&self, folder: &Path, destination: &Destination, reporter: &Reporter) -> Option<Plan> {
        let api = self.api;
        let mut problems = Problems::new();
        let selection = Selection {
            only: api.only.clone().into(),
            except: api.except.clone().into(),
        };
        let network = Network::allowing(api.network.iter().cloned());
        let spec = match api.is_fetched() {
            true => api.description.clone(),
            false => folder.join(&api.description),
        };
        let read = pipeline::read_selected(&spec, &network, &selection, &mut problems);
        let tree = read
            .api
            .as_ref()
            .filter(|_| !problems.has_errors())
            .and_then(|ir| self.tree(ir, &mut problems));
        let failed = reporter.problems(&problems, &Both(&*read.sources, self.templates));

        let mut problems = Problems::new();
        let plan = Plan::new(tree.filter(|_| !failed)?, destination, &mut problems);
        let failed = reporter.problems(&problems, &Nowhere);
        plan.filter(|_| !failed)
    }

    /// The files of the API, from its folder.
    fn tree(&self, ir: &crate::ir::Api, problems: &mut Problems) -> Option<Tree> {
        let (api, templates) = (self.api, self.templates);
        let client = self.client(ir);
        let mut tree = Tree::new();
        let crate_ = pipeline::client_with(templates, ir, &client, problems)?;
        tree.graft("client", crate_);
        for format in &api.docs {
            let pages = pipeline::docs_with(templates, ir, format.as_str(), &client, problems)?;
            tree.graft(&format.folder(), pages);
        }
        Some(tree)
    }

    /// What the client is made for.
    fn client(&self, ir: &crate::ir::Api) -> ClientOptions {
        let ApiConfig {
            client,
            description,
            ..
        } = self.api;
        let name = client.name.clone();
        let name = name.unwrap_or_else(|| CrateName::from_title(&ir.title));
        // From `<out>/<api>/client`.
        let beside = |runtime: &RuntimeCrate| runtime.at(format!("../../{}", runtime.name));
        ClientOptions {
            name: name.as_str().to_owned(),
            version: client.version.as_str().to_owned(),
            license: client.license.clone().map(Into::into),
            package: package(client),
            formats: client.formats.clone(),
            description: description.display().to_string().replace('\\', "/"),
            checks: client.checks,
            runtime: self.runtime.map(beside),
        }
    }
}

impl RuntimeConfig {
    /// What the crate is called.
    fn called(&self) -> RuntimeCrate {
        RuntimeCrate {
            name: self.name.as_str().to_owned(),
            version: self.version.as_str().to_owned(),
            license: self.license.clone().map(Into::into),
            package: Package {
                repository: self.repository.clone().map(Into::into),
                ..Package::default()
            },
        }
    }
}

/// What a configuration chooses, for the pass that takes the rest away.
impl From<OperationNames> for Chosen {
    fn from(names: OperationNames) -> Self {
        let OperationNames {
            tags,
            paths,
            operations,
        } = names;
        Self {
            tags,
            paths,
            operations,
        }
    }
}

fn package(client: &ClientConfig) -> Package {
    let url = |url: &Option<PageUrl>| url.clone().map(Into::into);
    Package {
        about: client.about.clone(),
        repository: url(&client.repository),
        homepage: url(&client.homepage),
        documentation: url(&client.documentation),
        keywords: client.keywords.clone().into_texts(),
        categories: client.categories.clone().into_texts(),
    }
}

fn unknown_api(config: &Config, wanted: &[String]) -> Option<Problem> {
    let known: Vec<&str> = config.apis.keys().map(ApiName::as_str).collect();
    let unknown = wanted.iter().find(|name| !known.contains(&name.as_str()))?;
    Some(
        Problem::error("unknown-api", format!("there is no API named `{unknown}`"))
            .help(format!("sdkwright.yaml names {}", known.join(", "))),
    )
}
