//! `sdkwright docs`: one folder of Markdown.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};

use super::client::{Made, foreign, options};
use super::described::Described;
use super::{Reporter, Status};
use crate::docs::formats;
use crate::output::{Companions, Destination};
use crate::pipeline;

const EXAMPLES: &str = "\
Examples:
  sdkwright docs openapi.yaml --format reference --out docs
  sdkwright docs openapi.yaml --format js-await --out docs/await

js formats also write ../lib/schemas/ (beside DIR), which their pages link to.
DIR/.sdkwright-manifest names the files that later runs replace and remove; commit it with
them. No other file is ever touched.

Exit status:
  0  written
  1  the input has problems
  2  wrong usage";

/// Make one folder of Markdown docs
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    described: Described,

    /// How the pages are written
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(formats().into_iter().map(|(name, about)| PossibleValue::new(name).help(about))))]
    format: String,

    /// The folder of the pages
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Replace files in the way that are not ours
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Arguments, reporter: &Reporter) -> Status {
    let made = Made {
        described: &arguments.described,
        destination: Destination::new(&arguments.out)
            .companions(Companions::Schemas)
            .foreign(foreign(arguments.force)),
    };
    made.write(reporter, |api, problems| {
        let client = options(api, &arguments.described.spec, None);
        pipeline::docs(api, &arguments.format, &client, problems)
    })
}
