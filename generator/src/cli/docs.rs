//! `sdkwright docs`: one folder of Markdown.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, ValueParser};

use super::client::{Made, foreign, options};
use super::described::Described;
use super::templates::{self, Own};
use super::{Reporter, Status};
use crate::diagnostic::{Both, Problems};
use crate::output::{Companions, Destination};
use crate::pipeline::{self, Selection};
use crate::template::Templates;

/// The format whose context is shown if none is named.
const SHOWN: &str = "reference";

const USAGE: &str = "sdkwright docs [OPTIONS] --format <FORMAT> --out <DIR> <SPEC>
       sdkwright docs [OPTIONS] --print-context <ACTION> <SPEC>";

const EXAMPLES: &str = "\
Examples:
  sdkwright docs openapi.yaml --format reference --out docs
  sdkwright docs openapi.yaml --format js-await --out docs/await
  sdkwright docs openapi.yaml --templates templates --format python --out docs/python
  sdkwright docs openapi.yaml --print-context pets.list --format ruby

--print-context takes an action (pets.list, or its operationId), a resource, or the path of a page.

js formats also write ../lib/schemas/ (beside DIR), which their pages link to.
DIR/.sdkwright-manifest names the files that later runs replace and remove; commit it with
them. No other file is ever touched.

Exit status:
  0  written
  1  the input has problems
  2  wrong usage";

/// Make one folder of Markdown docs
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, override_usage = USAGE)]
pub(super) struct Arguments {
    #[command(flatten)]
    described: Described,

    /// How the pages are written
    #[arg(long, value_name = "FORMAT", value_parser = formats(), required_unless_present = "print_context")]
    format: Option<String>,

    /// The folder of the pages
    #[arg(long, value_name = "DIR", required_unless_present = "print_context")]
    out: Option<PathBuf>,

    #[command(flatten)]
    own: Own,

    /// Write nothing; show as JSON what the template of an action's page is handed
    #[arg(long, value_name = "ACTION", conflicts_with_all = ["out", "force"])]
    print_context: Option<String>,

    /// Replace files in the way that are not ours
    #[arg(long)]
    force: bool,
}

fn formats() -> ValueParser {
    let Some(formats) = templates::formats() else {
        return ValueParser::string();
    };
    let values = formats
        .into_iter()
        .map(|(name, about)| PossibleValue::new(name).help(about));
    PossibleValuesParser::new(values).into()
}

pub(super) fn run(arguments: &Arguments, reporter: &Reporter) -> Status {
    let Some(templates) = arguments.own.load(reporter) else {
        return Status::Problems;
    };
    let format = arguments.format.as_deref().unwrap_or(SHOWN);
    match (&arguments.print_context, &arguments.out) {
        (Some(wanted), _) => show(arguments, &templates, format, wanted, reporter),
        (None, Some(out)) => write(arguments, &templates, format, out, reporter),
        // The parser asks for one of them.
        (None, None) => Status::Usage,
    }
}

fn write(
    arguments: &Arguments,
    templates: &Templates,
    format: &str,
    out: &Path,
    reporter: &Reporter,
) -> Status {
    let made = Made {
        described: &arguments.described,
        templates,
        destination: Destination::new(out)
            .companions(Companions::Schemas)
            .foreign(foreign(arguments.force)),
        first: None,
    };
    made.write(reporter, |api, problems| {
        let client = options(api, &arguments.described.spec, None);
        pipeline::docs_with(templates, api, format, &client, problems)
    })
}

fn show(
    arguments: &Arguments,
    templates: &Templates,
    format: &str,
    wanted: &str,
    reporter: &Reporter,
) -> Status {
    let mut problems = Problems::new();
    let Described { spec, .. } = &arguments.described;
    let network = arguments.described.network();
    let read = pipeline::read_selected(spec, &network, &Selection::default(), &mut problems);
    let api = read.api.as_ref().filter(|_| !problems.has_errors());
    let context = api.and_then(|api| {
        let client = options(api, spec, None);
        pipeline::docs_context(templates, api, format, &client, wanted, &mut problems)
    });
    let failed = reporter.problems(&problems, &Both(&*read.sources, templates));
    match context.filter(|_| !failed) {
        Some(context) => {
            reporter.result(&format_args!("{context:#}"), &context);
            Status::Good
        }
        None => Status::Problems,
    }
}
