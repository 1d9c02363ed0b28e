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
pub(super) struct Compiler {
    target: PathBuf,
    lock: PathBuf,
}

impl Compiler {
    /// One whose target folder lies beside the generated crates.
    ///
    /// # Errors
    ///
    /// When the lock file of the workspace is not there.
    pub(super) fn new(out: &Path) -> Result<Self, String> {
        let lock = std::path::absolute("Cargo.lock").map_err(|error| error.to_string())?;
        if !lock.is_file() {
            return Err(format!("{} is missing", lock.display()));
        }
        Ok(Self {
            target: out.with_file_name("target"),
            lock,
        })
    }

    /// `cargo check`; a warning is a failure.
    ///
    /// # Errors
    ///
    /// When cargo cannot be started or the disk says no.
    pub(super) fn check(&self, folder: &Path) -> io::Result<Step> {
        self.make(folder, &["check"], "")
    }

    /// `cargo clippy`; a warning is a failure.
    ///
    /// # Errors
    ///
    /// When cargo cannot be started or the disk says no.
    pub(super) fn clippy(&self, folder: &Path) -> io::Result<Step> {
        self.make(folder, &["clippy"], "")
    }

    /// `cargo doc` with warnings denied.
    ///
    /// # Errors
    ///
    /// When cargo cannot be started or the disk says no.
    pub(super) fn rustdoc(&self, folder: &Path) -> io::Result<Step> {
        self.make(folder, &["doc", "--no-deps"], "-D warnings")
    }

    fn make(&self, folder: &Path, arguments: &[&str], rustdoc: &str) -> io::Result<Step> {
        self.settle(folder)?;
        // What was made of the crate before does not count: it is compiled again.
        touch(&folder.join("src/lib.rs"))?;
        let mut command = self.cargo(folder);
        command
            .args(arguments)
            .args(["--offline", "--message-format", "json"])
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
        command
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS");
        command
    }

    /// Makes a crate a workspace of its own, with the versions of ours.
    fn settle(&self, folder: &Path) -> io::Result<()> {
        let lock = folder.join("Cargo.lock");
        if lock.exists() {
            return Ok(());
        }
        let manifest = folder.join("Cargo.toml");
        let mut file = fs::File::options().append(true).open(manifest)?;
        file.write_all(b"\n[workspace]\n")?;
        fs::copy(&self.lock, lock).map(|_| ())
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

/// Makes a file newer than what was made of it.
fn touch(path: &Path) -> io::Result<()> {
    let file = fs::File::options().append(true).open(path)?;
    file.set_modified(std::time::SystemTime::now())
}
