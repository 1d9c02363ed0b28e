//! One description through `sdkwright`: a client and docs of every format, each a process.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::Description;
use super::leftovers::Leftovers;
use super::report::{Document, Step};
use super::says;
use crate::measure;

/// From this size in bytes on, a description may take three times the memory.
const LARGE: u64 = 20_000_000;

/// What generates, where to, and how much it may take.
pub(super) struct Generator {
    pub(super) binary: PathBuf,
    /// Each description gets a folder below it, which stays if it is kept.
    pub(super) out: PathBuf,
    /// The folders that do not stay.
    pub(super) leftovers: Leftovers,
    /// The formats of docs.
    pub(super) formats: Vec<String>,
    pub(super) time_limit: Duration,
    pub(super) megabytes: u64,
    /// The folder of the runtime, if the clients share one.
    pub(super) runtime: Option<PathBuf>,
}

/// Where the client of a description lies.
pub(super) fn client_folder(out: &Path, name: &str) -> PathBuf {
    folder(out, name).join("client")
}

fn folder(out: &Path, name: &str) -> PathBuf {
    let plain = |character: char| match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' => character,
        _ => '_',
    };
    // Docs write below a folder of their own, so that no two names can meet in one.
    out.join(name.chars().map(plain).collect::<String>())
}

impl Generator {
    /// Makes everything of one description.
    ///
    /// # Errors
    ///
    /// When a process cannot be started or the disk says no.
    pub(super) fn generate(&self, description: &Description, keep: bool) -> io::Result<Document> {
        let folder = folder(&self.out, &description.name);
        let bytes = fs::metadata(&description.path)?.len();
        let mut document = Document::new(description.name.clone(), bytes);
        document.client = self.step(&folder, bytes, |command| {
            command.arg("client").arg(&description.path);
            command.arg("--out").arg(folder.join("client"));
            if let Some(runtime) = &self.runtime {
                command.arg("--runtime").arg(runtime);
            }
        })?;
        for format in &self.formats {
            let step = self.step(&folder, bytes, |command| {
                command.arg("docs").arg(&description.path);
                command.args(["--format", format]);
                command.arg("--out").arg(folder.join("docs").join(format));
            })?;
            document.docs.insert(format.clone(), step);
        }
        if !keep {
            self.leftovers.add(folder)?;
        }
        Ok(document)
    }

    fn step(
        &self,
        folder: &Path,
        bytes: u64,
        arguments: impl FnOnce(&mut Command),
    ) -> io::Result<Step> {
        let mut command = Command::new(&self.binary);
        arguments(&mut command);
        command.args(["--message-format", "json"]);
        let ran = measure::run(&mut command, self.time_limit, &folder.join("log"))?;
        let said = says::sdkwright(&ran.stderr);
        let megabytes = if bytes > LARGE {
            3 * self.megabytes
        } else {
            self.megabytes
        };
        let error = if ran.status.is_none() {
            Some(format!("not done in {} s", self.time_limit.as_secs()))
        } else if !ran.succeeded() {
            Some(said.error.unwrap_or_else(|| last_word(&ran)))
        } else if ran.cost.megabytes > to_float(megabytes) {
            Some(format!("more than {megabytes} MB of memory"))
        } else {
            None
        };
        Ok(Step {
            cost: ran.cost,
            error,
            warnings: said.warnings,
        })
    }
}

/// How a process ended that did not say why.
fn last_word(ran: &measure::Ran) -> String {
    let status = ran.status.map(|status| status.to_string());
    let last = ran.stderr.lines().last().unwrap_or("nothing was said");
    format!("{}: {}", status.unwrap_or_default(), last.trim())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a limit in megabytes is a small number"
)]
fn to_float(megabytes: u64) -> f64 {
    megabytes as f64
}
