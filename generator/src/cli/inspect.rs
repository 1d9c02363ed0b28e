//! `sdkwright inspect`: what a stage of the pipeline made of a description.

use super::client::options;
use super::described::Described;
use super::{Reporter, Status};
use crate::diagnostic::Problems;
use crate::pipeline::{self, Stage};

const EXAMPLES: &str = "\
Examples:
  sdkwright inspect openapi.yaml | less
  sdkwright inspect openapi.yaml --stage ir > before.json
  sdkwright inspect openapi.yaml --stage passes > after.json
  sdkwright inspect openapi.yaml --stage plan

The result is JSON. Its shape follows the generator's own types and may change with any version.

Exit status:
  0  shown
  1  the input has problems
  2  wrong usage";

/// Show what a stage of the pipeline made of a description
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    described: Described,

    /// The stage after which to look
    #[arg(long, value_name = "STAGE", default_value = "passes")]
    stage: Stage,
}

pub(super) fn run(arguments: &Arguments, reporter: &Reporter) -> Status {
    let mut problems = Problems::new();
    let Described { spec, .. } = &arguments.described;
    let (sources, value) = pipeline::inspect(
        spec,
        &arguments.described.network(),
        arguments.stage,
        |api| options(api, spec, None),
        &mut problems,
    );
    let failed = reporter.problems(&problems, &*sources);
    if let Some(value) = value {
        reporter.result(&format_args!("{value:#}"), &value);
    }
    if failed {
        Status::Problems
    } else {
        Status::Good
    }
}
