//! One run of a sample: a server of its own that is told what to answer, the sample, and then
//! what the server has seen and what the sample has.

use std::ops::RangeInclusive;
use std::process::Command;
use std::time::Duration;

use sdkwright::mock::Record;

use super::extract::Block;
use super::place::scratch;
use super::subject::{Action, Subject};
use crate::measure::{self, Ran};

/// How long a sample may take.
const LIMIT: Duration = Duration::from_secs(60);

/// What callers show to the server.
pub(crate) const TOKEN: &str = "a-token-of-nobody";

/// A sample of a page.
#[derive(Clone, Copy)]
pub(crate) struct Sample<'a> {
    /// The API that it calls.
    pub(crate) subject: &'a Subject,
    /// The action that it calls.
    pub(crate) action: &'a Action,
    /// Its document.
    pub(crate) document: &'a str,
    /// Its text and place.
    pub(crate) block: &'a Block,
}

/// How the samples of a language are run.
pub(crate) trait Runner: Sync {
    /// What runs a sample against a server at this address.
    ///
    /// # Errors
    ///
    /// When there is nothing to run.
    fn command(&self, sample: Sample<'_>, url: &str) -> Result<Command, String>;

    /// Whether the sample has seen an answer of this status as its documentation says; what it
    /// ran with.
    ///
    /// # Errors
    ///
    /// With what it has seen instead.
    fn saw(&self, sample: Sample<'_>, status: u16, ran: &Ran) -> Result<String, String>;

    /// How many requests the sample makes.
    fn requests(&self, sample: Sample<'_>, status: u16) -> RangeInclusive<usize>;
}

/// Runs a sample for its success and for each documented error; what it ran with, and how often.
///
/// # Errors
///
/// With what went wrong first.
pub(crate) fn all(runner: &dyn Runner, sample: Sample<'_>) -> Result<(String, usize), String> {
    let mut with = String::new();
    let statuses = sample.action.statuses();
    for &status in &statuses {
        with = once(runner, sample, status)
            .map_err(|why| format!("when the server answers {status}: {why}"))?;
    }
    Ok((with, statuses.len()))
}

fn once(runner: &dyn Runner, sample: Sample<'_>, status: u16) -> Result<String, String> {
    let server = sample.subject.server()?;
    sample.action.order(&server, status)?;
    let mut command = runner.command(sample, &server.base_url())?;
    let ran = run(&mut command)?;
    let records = server.recorded();
    if let Some(wrong) = records.iter().find(|record| !record.problems.is_empty()) {
        return Err(format!("the server found fault with it: {wrong}"));
    }
    let with = runner.saw(sample, status, &ran)?;
    let base_path = server.base_url();
    let base_path = base_path.trim_start_matches(&format!("http://{}", server.address()));
    seen(
        sample,
        status,
        base_path,
        &records,
        &runner.requests(sample, status),
    )?;
    Ok(with)
}

/// Runs a command whose requests stay on this machine.
///
/// # Errors
///
/// When it does not start, or does not end in time.
pub(crate) fn run(command: &mut Command) -> Result<Ran, String> {
    command.env("NO_PROXY", "*").env("no_proxy", "*");
    let ran = measure::run(command, LIMIT, &scratch("log")).map_err(|error| {
        let program = command.get_program().to_string_lossy().into_owned();
        format!("`{program}` does not start: {error}")
    })?;
    match ran.status {
        Some(_) => Ok(ran),
        None => Err(format!("it was still running after {LIMIT:?}")),
    }
}

/// Whether the server has seen the documented request, as often as it should, and answered so.
fn seen(
    sample: Sample<'_>,
    status: u16,
    base_path: &str,
    records: &[Record],
    expected: &RangeInclusive<usize>,
) -> Result<(), String> {
    let Sample { action, .. } = sample;
    if !expected.contains(&records.len()) {
        let count = records.len();
        let (least, most) = (expected.start(), expected.end());
        return Err(format!(
            "the server has seen {count} requests, not {least} to {most}"
        ));
    }
    for record in records {
        if record.operation.as_deref() != Some(&*action.name) {
            return Err(format!("it called something else: {record}"));
        }
        if record.status != status {
            return Err(format!("it was answered otherwise: {record}"));
        }
        action.is_documented(base_path, record)?;
    }
    Ok(())
}

/// The end of what a program wrote, for people.
pub(crate) fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}
