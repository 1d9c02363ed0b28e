//! `cargo xtask ci`: everything that must hold before a change is merged. `.ci/run` calls it.

use std::process::{Command, ExitCode};

use crate::{browser, corpus, docs, generate, links, parts, peers, samples, storm, wasm};

/// Run every check that a change has to pass
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Stop at the first check that fails
    #[arg(long)]
    fail_fast: bool,
}

/// A check: what it is called, and how it is made.
struct Step {
    name: &'static str,
    check: Check,
}

enum Check {
    /// Cargo with these arguments and environment variables.
    Cargo(
        &'static [&'static str],
        &'static [(&'static str, &'static str)],
    ),
    /// The runtime without each of its parts.
    Parts,
    /// Cargo for the target of browsers, which is installed if need be.
    Wasm,
    /// `cargo xtask gen --check`, in this process.
    Generated,
    /// `cargo xtask corpus` on descriptions that need no network, in this process.
    Corpus(&'static [&'static str]),
    /// `cargo xtask docs` and `cargo xtask links`, in this process.
    Site,
    /// `cargo xtask browser`, in this process.
    Browser,
    /// `cargo xtask samples`, in this process.
    Samples,
    /// `cargo xtask peers`, in this process; passed over where the official client cannot be had.
    Peers,
    /// Whether the program of `cargo xtask storm` builds.
    Storm,
}

const STEPS: [Step; 17] = [
    Step {
        name: "tests",
        check: Check::Cargo(&["test", "--workspace", "--locked"], &[]),
    },
    Step {
        name: "tests of the command line",
        check: Check::Cargo(
            &[
                "test",
                "--package",
                "sdkwright-runtime",
                "--features",
                "cli",
                "--test",
                "suite",
                "--locked",
                "commands",
            ],
            &[],
        ),
    },
    Step {
        name: "generated files",
        check: Check::Generated,
    },
    Step {
        name: "samples",
        check: Check::Samples,
    },
    Step {
        name: "small corpus",
        check: Check::Corpus(&corpus::SMALL),
    },
    Step {
        name: "small corpus with a shared runtime",
        check: Check::Corpus(&corpus::SHARED),
    },
    Step {
        name: "invented descriptions",
        check: Check::Corpus(&corpus::INVENTED),
    },
    Step {
        name: "official client",
        check: Check::Peers,
    },
    Step {
        name: "storm",
        check: Check::Storm,
    },
    Step {
        name: "clippy",
        check: Check::Cargo(
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--locked",
                "--",
                "-D",
                "warnings",
            ],
            &[],
        ),
    },
    Step {
        name: "clippy over all features of the clients",
        check: Check::Cargo(
            &[
                "clippy",
                "-p",
                "losant-invites",
                "-p",
                "snyk-invites",
                "--all-targets",
                "--all-features",
                "--locked",
                "--",
                "-D",
                "warnings",
            ],
            &[],
        ),
    },
    Step {
        name: "runtime without each of its parts",
        check: Check::Parts,
    },
    Step {
        name: "clients in a browser",
        check: Check::Wasm,
    },
    Step {
        name: "documentation",
        check: Check::Cargo(
            &["doc", "--workspace", "--no-deps", "--locked"],
            &[("RUSTDOCFLAGS", "-D warnings")],
        ),
    },
    Step {
        name: "formatting",
        check: Check::Cargo(&["fmt", "--all", "--check"], &[]),
    },
    Step {
        name: "docs site",
        check: Check::Site,
    },
    Step {
        name: "docs site in a browser",
        check: Check::Browser,
    },
];

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let mut failed = Vec::new();
    for step in &STEPS {
        eprintln!("==> {}: {}", step.name, step.check.command());
        if !step.check.holds() {
            failed.push(step);
            if arguments.fail_fast {
                break;
            }
        }
    }
    if failed.is_empty() {
        eprintln!("==> all checks hold");
        return ExitCode::SUCCESS;
    }
    for step in failed {
        eprintln!("==> failed: {}: {}", step.name, step.check.command());
    }
    ExitCode::FAILURE
}

impl Check {
    /// The check as a person would type it.
    fn command(&self) -> String {
        match self {
            Self::Cargo(arguments, variables) => {
                let mut words: Vec<String> = variables
                    .iter()
                    .map(|(name, value)| format!("{name}='{value}'"))
                    .collect();
                words.push("cargo".to_owned());
                words.extend(arguments.iter().map(|&argument| argument.to_owned()));
                words.join(" ")
            }
            Self::Parts => parts::command(),
            Self::Wasm => wasm::command(),
            Self::Generated => "cargo xtask gen --check".to_owned(),
            Self::Site => "cargo xtask docs && cargo xtask links".to_owned(),
            Self::Browser => "cargo xtask browser".to_owned(),
            Self::Samples => "cargo xtask samples".to_owned(),
            Self::Peers => "cargo xtask peers".to_owned(),
            Self::Storm => "cargo xtask storm --only-build".to_owned(),
            Self::Corpus(line) => format!("cargo xtask {}", line.join(" ")),
        }
    }

    fn holds(&self) -> bool {
        match self {
            Self::Cargo(arguments, variables) => {
                let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
                let status = Command::new(cargo)
                    .args(*arguments)
                    .envs(variables.iter().copied())
                    .status();
                match status {
                    Ok(status) => status.success(),
                    Err(error) => {
                        eprintln!("cannot start cargo: {error}");
                        false
                    }
                }
            }
            Self::Parts => parts::holds(),
            Self::Wasm => wasm::holds(),
            Self::Generated => generate::check() == ExitCode::SUCCESS,
            Self::Corpus(line) => corpus::holds(line),
            Self::Site => docs::holds() && links::holds(),
            Self::Browser => browser::holds(),
            Self::Samples => samples::holds(),
            Self::Storm => storm::builds(),
            Self::Peers => match peers::compare() {
                peers::Outcome::Same => true,
                peers::Outcome::Different => false,
                peers::Outcome::Missing(why) => {
                    eprintln!("==> skipped: official client: {why}");
                    true
                }
            },
        }
    }
}
