//! Samples of curl, run by `sh` and by curl itself.
//!
//! Two things are replaced that the page says are the reader's to fill in: the address of the API,
//! by that of the mock server, and path components in `SCREAMING_SNAKE`, by their documented
//! values. curl is told by its configuration file to print the status, which changes no request.

use std::fs;
use std::ops::RangeInclusive;
use std::process::Command;

use sdkwright::ir::Place;
use serde_json::Value;

use super::attempt::{Runner, Sample, tail};
use super::names::screaming;
use super::place::folder;
use crate::measure::Ran;

/// What a user of this machine could have in `.curlrc`.
const SETTINGS: &str = "silent\nshow-error\nmax-time = 30\nwrite-out = \"%{stderr}%{http_code}\"\n";

/// curl.
pub(crate) struct Curl;

impl Curl {
    /// Writes what curl is told.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn prepare() -> Result<Self, String> {
        let home = folder().join("curl");
        let written =
            fs::create_dir_all(&home).and_then(|()| fs::write(home.join(".curlrc"), SETTINGS));
        written.map_err(|error| format!("{}: {error}", home.display()))?;
        Ok(Self)
    }
}

impl Runner for Curl {
    fn command(&self, sample: Sample<'_>, url: &str) -> Result<Command, String> {
        let address = sample.subject.address();
        if !sample.block.text.contains(address) {
            return Err(format!("it does not call {address}"));
        }
        let mut text = sample.block.text.replace(address, url);
        for name in components(sample) {
            let value = &sample.action.values[&name];
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            text = filled(&text, &screaming(&name), &value);
        }
        let mut command = Command::new("sh");
        command
            .args(["-e", "-c", &text])
            .env("CURL_HOME", folder().join("curl"));
        Ok(command)
    }

    fn saw(&self, sample: Sample<'_>, status: u16, ran: &Ran) -> Result<String, String> {
        let said = tail(&ran.stderr);
        if !ran.succeeded() || said != status.to_string() {
            return Err(format!("curl has seen: {said}\n{}", tail(&ran.stdout)));
        }
        let is_success = status == sample.action.success;
        let is_json = serde_json::from_str::<Value>(&ran.stdout).is_ok();
        if is_success && sample.action.answers && !is_json {
            return Err(format!("curl has printed no JSON: {}", tail(&ran.stdout)));
        }
        Ok("curl".to_owned())
    }

    fn requests(&self, _: Sample<'_>, _: u16) -> RangeInclusive<usize> {
        1..=1
    }
}

/// The parameters in the path of the action.
fn components(sample: Sample<'_>) -> Vec<String> {
    let mut operations = sample.subject.api.operations();
    let found = operations.find(|(_, resource, operation)| {
        let made = || format!("{}.{}", resource.key, operation.action);
        operation.id.clone().unwrap_or_else(made) == sample.action.name
    });
    let parameters = found.map(|(_, _, operation)| operation.parameters.iter());
    let parameters = parameters.into_iter().flatten();
    let in_path = parameters.filter(|parameter| parameter.place == Place::Path);
    in_path.map(|parameter| parameter.name.clone()).collect()
}

/// A text with a value for a placeholder that is a whole segment of a URL.
fn filled(text: &str, placeholder: &str, value: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(placeholder) {
        let end = at + placeholder.len();
        let next = rest[end..].chars().next();
        let is_whole = rest[..at].ends_with('/')
            && next.is_none_or(|next| !next.is_alphanumeric() && next != '_');
        filled.push_str(&rest[..at]);
        filled.push_str(if is_whole { value } else { placeholder });
        rest = &rest[end..];
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_segments_are_filled_in() {
        let text = "ID https://a/ID/b/ID?x=ID/ORG_ID /ID_2";
        let expected = "ID https://a/7/b/7?x=ID/ORG_ID /ID_2";
        assert_eq!(filled(text, "ID", "7"), expected);
    }
}
