//! `cargo xtask release`: publishes the client crates that `sdkwright.yaml` names.
//!
//! The generator itself is not published: its package would not hold the templates, which stand
//! outside of it.

use std::process::ExitCode;

use sdkwright::config;
use sdkwright::diagnostic::Problems;

use crate::measure;

/// Publish the client crates that sdkwright.yaml names
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Do all but upload them
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let (_, loaded) = config::load(None, &mut Problems::new());
    let Some((config, folder)) = loaded else {
        eprintln!("cargo xtask release: sdkwright.yaml cannot be read; `cargo xtask gen` says why");
        return ExitCode::FAILURE;
    };
    for name in config.apis.keys() {
        let manifest = folder
            .join(&config.out)
            .join(name.as_str())
            .join("client/Cargo.toml");
        let mut command = measure::cargo();
        command
            .args(["publish", "--locked", "--manifest-path"])
            .arg(&manifest);
        if arguments.dry_run {
            command.arg("--dry-run");
        }
        eprintln!("==> {}", manifest.display());
        match command.status() {
            Ok(status) if status.success() => {}
            Ok(_) => return ExitCode::FAILURE,
            Err(error) => {
                eprintln!("cannot start cargo: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
