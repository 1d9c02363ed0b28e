//! `sdkwright lint`: problems with file, line and pointer.

use super::described::Described;
use super::reporter::{count, counted};
use super::{Reporter, Status};
use crate::diagnostic::Problems;
use crate::pipeline::{self, Selection};

const EXAMPLES: &str = "\
Examples:
  sdkwright lint openapi.yaml
  sdkwright lint openapi.yaml --message-format json
  sdkwright lint openapi.yaml --deny-warnings    # what CI asks of a description of one's own

Exit status:
  0  no errors (there may be warnings: what they name can be worked with)
  1  errors, or with `--deny-warnings` warnings
  2  wrong usage";

/// Say what is wrong with a description
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    described: Described,

    /// Warn of each schema that is read as any JSON although it says more
    #[arg(long)]
    report_untyped: bool,

    /// Fail if there are warnings: what they name is left out or guessed at
    #[arg(long)]
    deny_warnings: bool,
}

pub(super) fn run(arguments: &Arguments, reporter: &Reporter) -> Status {
    let mut problems = Problems::new();
    let Described { spec, .. } = &arguments.described;
    let network = arguments.described.network();
    let read = pipeline::read_selected(spec, &network, &Selection::default(), &mut problems);
    if let Some(api) = read.api.as_ref().filter(|_| arguments.report_untyped) {
        pipeline::report_untyped(api, &mut problems);
    }
    let failed = reporter.problems(&problems, &*read.sources);
    let (errors, warnings) = count(&problems);
    let name = spec.display().to_string();
    let human = match (errors, warnings) {
        (0, 0) => format!("{name}: no problems"),
        _ => {
            let (errors, warnings) = (counted(errors, "error"), counted(warnings, "warning"));
            format!("{name}: {errors}, {warnings}")
        }
    };
    let machine = serde_json::json!({ "spec": name, "errors": errors, "warnings": warnings });
    reporter.result(&human, &machine);
    if failed || (arguments.deny_warnings && warnings > 0) {
        Status::Problems
    } else {
        Status::Good
    }
}
