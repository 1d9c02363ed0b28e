//! Samples of JavaScript and Ruby: scripts that find a `client` in scope, and their values.
//!
//! Nothing of a sample is replaced. Node and ruby run it as the body of a function (an `async`
//! one) in whose scope are `client` and the variables that the page invents: `myOrgId`,
//! `my_org_id`. What it prints is kept and told, see `xtask/samples/javascript/run.mjs` and
//! `xtask/samples/ruby/run.rb`.

use std::fs;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::Command;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::attempt::{Runner, Sample, TOKEN, tail};
use super::place::scratch;
use crate::measure::Ran;

/// What a script says of the sample that it ran.
#[derive(Debug, Deserialize)]
struct Said {
    /// What the sample printed.
    logged: Vec<Value>,
    /// The errors that it saw.
    failed: Vec<Failed>,
    /// What the sample was given as a client.
    client: String,
}

/// An error of the API.
#[derive(Debug, Deserialize)]
struct Failed {
    /// Its status.
    status: Option<u16>,
    /// What it says.
    message: String,
}

/// A language whose samples a script runs.
pub(crate) struct Script {
    /// The program that runs the script.
    pub(crate) program: &'static str,
    /// The script.
    pub(crate) path: PathBuf,
    /// What a page calls the value of a parameter.
    pub(crate) variable: fn(&str) -> String,
    /// The APIs that the official client speaks.
    pub(crate) official: &'static [&'static str],
}

impl Runner for Script {
    fn command(&self, sample: Sample<'_>, url: &str) -> Result<Command, String> {
        let action = sample.action;
        let named = action.values.iter();
        let names: Map<String, Value> = named
            .map(|(name, value)| ((self.variable)(name), value.clone()))
            .collect();
        let job = json!({
            "code": sample.block.text,
            "document": sample.document,
            "line": sample.block.line + 1,
            "url": url,
            "token": TOKEN,
            "authorization": sample.subject.authorization(TOKEN),
            "names": names,
            "index": sample.subject.index,
            "action": { "resource": action.resource, "title": action.title },
            "official": self.official.contains(&&*sample.subject.name),
        });
        let file = scratch("json");
        let text = job.to_string();
        let written = file.parent().map_or(Ok(()), fs::create_dir_all);
        written
            .and_then(|()| fs::write(&file, text))
            .map_err(|error| format!("{}: {error}", file.display()))?;
        let mut command = Command::new(self.program);
        command.arg(&self.path).arg(file);
        Ok(command)
    }

    fn saw(&self, sample: Sample<'_>, status: u16, ran: &Ran) -> Result<String, String> {
        let said: Result<Said, _> = serde_json::from_str(&ran.stdout);
        let Ok(said) = said.map_err(drop).and_then(|said| match ran.succeeded() {
            true => Ok(said),
            false => Err(()),
        }) else {
            return Err(tail(&format!("{}\n{}", ran.stdout, ran.stderr)));
        };
        let is_success = status == sample.action.success;
        let wrong = match is_success {
            true => said.failed.first().map(|failed| failed.message.clone()),
            false => (said.failed.iter())
                .find(|failed| failed.status != Some(status))
                .map(|failed| format!("{:?}: {}", failed.status, failed.message)),
        };
        if let Some(wrong) = wrong {
            return Err(format!("it saw the error {wrong}"));
        }
        let (expected, seen) = match is_success {
            true => (calls(sample), said.logged.len()),
            false => (calls(sample), said.failed.len()),
        };
        if seen != expected {
            let what = if is_success { "answers" } else { "errors" };
            return Err(format!("it saw {seen} {what} of {expected}: {said:?}"));
        }
        let is_object = |value: &Value| value.is_object() || value.is_array();
        if is_success && sample.action.answers && !said.logged.iter().all(is_object) {
            return Err(format!("it printed {:?}", said.logged));
        }
        Ok(said.client)
    }

    fn requests(&self, sample: Sample<'_>, _: u16) -> RangeInclusive<usize> {
        calls(sample)..=calls(sample)
    }
}

/// How many calls a sample shows: one, or one with callbacks and one with promises.
fn calls(sample: Sample<'_>) -> usize {
    let text = &sample.block.text;
    text.matches("client.").count() + text.matches("client[").count()
}
