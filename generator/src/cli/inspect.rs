//! `sdkwright inspect`: what a stage of the pipeline made of a description.

use std::path::PathBuf;

use super::client::options;
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
    /// The OpenAPI description, YAML or JSON
    #[arg(value_name = "SPEC")]
    spec: PathBuf,

    /// The stage after which to look
    #[arg(long, value_name = "STAGE", default_value = "passes")]
    stage: Stage,
}

pub(super) fn run(arguments: &Arguments, reporter: &Reporter) -> Status {
    let mut problems = Problems::new();
    let (sources, value) = pipeline::inspect(
        &arguments.spec,
        arguments.stage,
        |api| options(api, &arguments.spec, None),
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
