//! Generated crates through the compiler: one target folder for all, the workspace's lock file,
//! no network.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::report::Step;
use super::says::{self, Said};
use crate::measure::{self, PATIENCE};

/// Compiles crates one after another; cargo would not let two into one target folder anyway.
pub(crate) struct Compiler {
    target: PathBuf,
    /// The lock file whose versions the crates take; `None`: whatever is newest.
    lock: Option<PathBuf>,
}

/// Which versions of their dependencies crates are compiled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Versions {
    /// Those of our lock file, offline.
    OfTheWorkspace,
    /// Whatever cargo finds for crates of others.
    Newest,
}

impl Compiler {
    /// One whose target folder lies beside the generated crates.
    ///
    /// # Errors
    ///
    /// When the lock file of the workspace is not there.
    pub(crate) fn new(out: &Path, versions: Versions) -> Result<Self, String> {
        let target = out.with_file_name("target");
        if versions == Versions::Newest {
            return Ok(Self { target, lock: None });
        }
        let lock = std::path::absolute("Cargo.lock").map_err(|error| error.to_string())?;
        if !lock.is_file() {
            return Err(format!("{} is missing", lock.display()));
        }
        Ok(Self {
            target,
            lock: Some(lock),
        })
    }

    /// `cargo check`; a warning is a failure.
    ///
    /// # Errors
    ///
    /// When cargo cannot be started or the disk says no.
    pub(crate) fn check(&self, folder: &Path) -> io::Result<Step> {
        self.make(folder, &["check"], "")
    }

    /// `cargo check` with one feature and no default ones; a warning is a failure.
    ///
    /// # Errors
    ///
    /// When cargo cannot be started or the disk says no.
    pub(crate) fn check_feature(&self, folder: &Path, feature: &str) -> io::Result<Step> {
        let arguments = ["check", "--no-default-features", "--features", feature];
        self.make(folder, &arguments, "")
    }

    /// `cargo clippy`; a warning is a failure.
    ///
    /// # Errors
    ///
    /// When cargo cannot be started or the disk says no.
    pub(crate) fn clippy(&self, folder: &Path) -> io::Result<Step> {
        self.make(folder, &["clippy"], "")
    }

    /// `cargo doc` with warnings denied.
    ///
    /// # Errors
    ///
    /// When cargo cannot be started or the disk says no.
    pub(crate) fn rustdoc(&self, folder: &Path) -> io::Result<Step> {
        self.make(folder, &["doc", "--no-deps"], "-D warnings")
    }

    /// `cargo fmt --check`: rustfmt must find nothing to change.
    ///
    /// # Errors
    ///
    /// When cargo cannot be started or the disk says no.
    pub(crate) fn rustfmt(&self, folder: &Path) -> io::Result<Step> {
        self.settle(folder)?;
        let mut command = self.cargo(folder);
        command.args(["fmt", "--", "--check", "--files-with-diff"]);
        let ran = measure::run(&mut command, PATIENCE, &folder.with_file_name("cargo"))?;
        let changed = ran.stdout.lines().next().unwrap_or("rustfmt failed");
        let changed = changed.strip_prefix(&format!("{}/", folder.display()));
        let error = || format!("rustfmt changes {}", changed.unwrap_or("a file"));
        Ok(Step {
            cost: ran.cost,
            error: (!ran.succeeded()).then(error),
            warnings: says::Kinds::new(),
        })
    }

    fn make(&self, folder: &Path, arguments: &[&str], rustdoc: &str) -> io::Result<Step> {
        self.settle(folder)?;
        // What was made of the crate before does not count: it is compiled again.
        measure::touch(&folder.join("src/lib.rs"))?;
        let mut command = self.cargo(folder);
        command
            .args(arguments)
            .args(["--message-format", "json"])
            .env("RUSTDOCFLAGS", rustdoc);
        let ran = measure::run(&mut command, PATIENCE, &folder.with_file_name("cargo"))?;
        let said = says::cargo(&ran.stdout);
        Ok(Step {
            cost: ran.cost,
            error: failure(&ran, &said),
            warnings: said.warnings,
        })
    }

    fn cargo(&self, folder: &Path) -> Command {
        let mut command = measure::cargo();
        if self.lock.is_some() {
            command.env("CARGO_NET_OFFLINE", "true");
        }
        command
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS");
        command
    }

    /// Makes a crate a workspace of its own, with the versions that were asked for.
    fn settle(&self, folder: &Path) -> io::Result<()> {
        let manifest = folder.join("Cargo.toml");
        if !fs::read_to_string(&manifest)?.contains("[workspace]") {
            let mut file = fs::File::options().append(true).open(manifest)?;
            file.write_all(b"\n[workspace]\n")?;
            if let Some(lock) = &self.lock {
                fs::copy(lock, folder.join("Cargo.lock"))?;
            }
        }
        Ok(())
    }
}

/// The first thing that is wrong, if anything is.
fn failure(ran: &measure::Ran, said: &Said) -> Option<String> {
    if ran.status.is_none() {
        return Some(format!("not done in {} s", PATIENCE.as_secs()));
    }
    let silent = || {
        let last = ran.stderr.lines().rfind(|line| line.starts_with("error"));
        last.unwrap_or("cargo failed").to_owned()
    };
    match (&said.error, &said.warning) {
        (Some(error), _) => Some(error.clone()),
        (None, Some(warning)) => Some(format!("warning: {warning}")),
        (None, None) => (!ran.succeeded()).then(silent),
    }
}
