//! `cargo xtask gen`: `sdkwright generate` on this repository's `sdkwright.yaml`.

use std::process::ExitCode;

use sdkwright::cli::{GenerateOptions, MessageFormat, Mode, Reporter, generate};
use sdkwright::output::Foreign;

/// Make everything that sdkwright.yaml names, below generated/
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
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

pub(crate) fn run(arguments: Arguments) -> ExitCode {
    let mode = if arguments.check {
        Mode::Check
    } else {
        Mode::Write
    };
    let foreign = if arguments.force {
        Foreign::Replace
    } else {
        Foreign::Refuse
    };
    generate_all(arguments.apis, mode, foreign)
}

/// Whether `generated/` is what the descriptions make; tells what is not.
pub(crate) fn check() -> ExitCode {
    generate_all(Vec::new(), Mode::Check, Foreign::Refuse)
}

fn generate_all(apis: Vec<String>, mode: Mode, foreign: Foreign) -> ExitCode {
    let chosen: String = apis.iter().map(|api| format!(" --api {api}")).collect();
    let options = GenerateOptions {
        config: None,
        apis,
        mode,
        foreign,
        rerun: format!("cargo xtask gen{chosen}"),
    };
    generate(&options, &Reporter::auto(MessageFormat::Human)).into()
}
