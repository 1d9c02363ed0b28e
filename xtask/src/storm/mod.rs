//! `cargo xtask storm`: the generated clients in a storm of faults. The program is compiled with
//! optimization against them, and says at its end what does not hold.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::measure;
use crate::program::Program;

/// Call through a storm of faults: nothing hangs, nothing leaks, no answer is mistaken
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How long the storm lasts
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    /// Where randomness begins; the order of things is the machine's own all the same
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many calls are in flight at once
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u64).range(1..))]
    in_flight: u64,
    /// Build its program and go no further
    #[arg(long)]
    only_build: bool,
}

const STORM: Program = Program {
    name: "storm",
    files: &[
        ("src/main.rs", include_str!("program/src/main.rs")),
        ("src/calls.rs", include_str!("program/src/calls.rs")),
        ("src/faults.rs", include_str!("program/src/faults.rs")),
        ("src/process.rs", include_str!("program/src/process.rs")),
        ("src/report.rs", include_str!("program/src/report.rs")),
        ("src/server.rs", include_str!("program/src/server.rs")),
        ("src/tally.rs", include_str!("program/src/tally.rs")),
    ],
    clients: &[
        ("losant-invites", "generated/losant/client", &["reqwest"]),
        ("snyk-invites", "generated/snyk/client", &["reqwest"]),
    ],
    dependencies: "fastrand = \"2\"\n\
                   tokio = { version = \"1\", features = [\"io-std\", \"io-util\", \"macros\", \"net\", \"rt-multi-thread\", \"time\"] }\n",
    release: true,
};

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match storm(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo xtask storm: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether the program builds. A storm itself is no check of a change: what it finds depends on what
/// else the machine does.
pub(crate) fn builds() -> bool {
    let built = build();
    if let Err(error) = &built {
        eprintln!("cargo xtask storm: {error}");
    }
    built.is_ok()
}

fn build() -> Result<PathBuf, String> {
    let folder = measure::target().join("storm");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    STORM.build(&folder)
}

/// Whether everything holds; the program has told the rest.
fn storm(arguments: &Arguments) -> Result<bool, String> {
    let program = build()?;
    let Arguments {
        seconds,
        seed,
        in_flight,
        only_build,
    } = arguments;
    if *only_build {
        return Ok(true);
    }
    let numbers = [seconds, seed, in_flight].map(u64::to_string);
    let status = Command::new(program)
        .args(numbers)
        // The server is on this machine, whatever proxy there is for others.
        .env("NO_PROXY", "127.0.0.1")
        .status()
        .map_err(|error| format!("the program does not start: {error}"))?;
    Ok(status.success())
}
