//! `sdkwright client`: one complete client crate.

use std::path::{Path, PathBuf};

use super::described::Described;
use super::shared::RuntimeFolder;
use super::templates::Own;
use super::write;
use super::{Reporter, Status};
use crate::config::{CrateName, CrateVersion, FormatChoice};
use crate::diagnostic::{Both, Nowhere, Problems};
use crate::formats::Formats;
use crate::ir::Api;
use crate::output::{Destination, Foreign, Plan, Tree};
use crate::pipeline::{self, ClientOptions, Package, Selection};
use crate::template::Templates;

const EXAMPLES: &str = "\
Examples:
  sdkwright client openapi.yaml --out client
  sdkwright client openapi.json --out crates/pets --name pets
  sdkwright client openapi.yaml --out client --format-type uuid=uuid --format-type date-time=chrono
  sdkwright client openapi.yaml --out crates/pets --runtime crates/acme-runtime

DIR/.sdkwright-manifest names the files that later runs replace and remove; commit it with
them. No other file is ever touched.

Exit status:
  0  written
  1  the input has problems
  2  wrong usage";

/// Make one Rust client crate
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    described: Described,

    /// The folder of the crate
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// The crate's name; without it, the API's title in kebab case
    #[arg(long, value_name = "CRATE", value_parser = |text: &str| CrateName::parse(text))]
    name: Option<CrateName>,

    /// What the values of a format are held as: `uuid=uuid`, `date-time=chrono`; may be given more than once
    #[arg(long = "format-type", value_name = "FORMAT=TYPE", value_parser = FormatChoice::parse)]
    format_types: Vec<FormatChoice>,
    /// Let calls fail before they are sent if they break bounds, lengths or patterns
    #[arg(long)]
    checks: bool,

    /// Share the runtime with other clients: it is written to this folder as a crate of that name,
    /// and not into the client
    #[arg(long, value_name = "DIR", value_parser = |text: &str| RuntimeFolder::parse(text))]
    runtime: Option<RuntimeFolder>,

    #[command(flatten)]
    own: Own,

    /// Replace files in the way that are not ours
    #[arg(long)]
    force: bool,

    /// Warn of each schema that is read as any JSON although it says more
    #[arg(long)]
    report_untyped: bool,
}

pub(super) fn run(arguments: &Arguments, reporter: &Reporter) -> Status {
    let Some(templates) = arguments.own.load(reporter) else {
        return Status::Problems;
    };
    let foreign = foreign(arguments.force);
    let mut problems = Problems::new();
    let shared = arguments.runtime.as_ref().map(|folder| {
        let plan = folder.plan(&templates, foreign, &mut problems);
        let seen = folder.seen_from(&arguments.out);
        let seen = seen.map_err(|problem| problems.report(problem)).ok();
        (plan, seen)
    });
    if reporter.problems(&problems, &*templates) {
        return Status::Problems;
    }
    let (runtime, seen) = shared.unwrap_or_default();
    let made = Made {
        described: &arguments.described,
        templates: &templates,
        destination: Destination::new(&arguments.out).foreign(foreign),
        first: runtime,
    };
    made.write(reporter, |api, problems| {
        if arguments.report_untyped {
            pipeline::report_untyped(api, problems);
        }
        let options = ClientOptions {
            formats: FormatChoice::all(&arguments.format_types),
            checks: arguments.checks,
            runtime: seen,
            ..options(api, &arguments.described.spec, arguments.name.as_ref())
        };
        pipeline::client_with(&templates, api, &options, problems)
    })
}

/// What is made of one description, and where it goes.
pub(super) struct Made<'a> {
    /// The description.
    pub(super) described: &'a Described,
    /// What they are printed with.
    pub(super) templates: &'a Templates,
    /// Where the files go.
    pub(super) destination: Destination,
    /// What is written before.
    pub(super) first: Option<Plan>,
}

impl Made<'_> {
    /// Reads the description, makes its files, and writes them.
    pub(super) fn write(
        self,
        reporter: &Reporter,
        make: impl FnOnce(&Api, &mut Problems) -> Option<Tree>,
    ) -> Status {
        let mut problems = Problems::new();
        let Described { spec, .. } = self.described;
        let network = self.described.network();
        let read = pipeline::read_selected(spec, &network, &Selection::default(), &mut problems);
        let tree = read
            .api
            .as_ref()
            .filter(|_| !problems.has_errors())
            .and_then(|api| make(api, &mut problems));
        let failed = reporter.problems(&problems, &Both(&*read.sources, self.templates));
        // The process ends soon. To take a large API apart first would take longer than a pass.
        std::mem::forget(read);
        let Some(tree) = tree.filter(|_| !failed) else {
            return Status::Problems;
        };
        let mut problems = Problems::new();
        let plan = Plan::new(tree, &self.destination, &mut problems);
        let failed = reporter.problems(&problems, &Nowhere);
        match plan.filter(|_| !failed) {
            Some(plan) => {
                let plans: Vec<Plan> = self.first.into_iter().chain([plan]).collect();
                write::apply(&plans, reporter)
            }
            None => Status::Problems,
        }
    }
}

/// What the crate is called; the description's file name alone, so that the files are the same
/// wherever they are made.
pub(super) fn options(api: &Api, spec: &Path, name: Option<&CrateName>) -> ClientOptions {
    let name = name
        .cloned()
        .unwrap_or_else(|| CrateName::from_title(&api.title));
    let file_name = spec.file_name().unwrap_or(spec.as_os_str());
    ClientOptions {
        name: name.as_str().to_owned(),
        version: CrateVersion::default().as_str().to_owned(),
        license: None,
        package: Package::default(),
        formats: Formats::default(),
        description: file_name.to_string_lossy().into_owned(),
        checks: false,
        runtime: None,
    }
}

pub(super) fn foreign(force: bool) -> Foreign {
    if force {
        Foreign::Replace
    } else {
        Foreign::Refuse
    }
}
