//! What `--verbose` tells of each attempt: neither query nor headers, which may hold secrets.

use std::time::Duration;

use super::stop::{printable, tell};
use crate::runtime::delivery::hook::{Attempt, Hook, Outcome};

/// Tells of attempts on standard error.
#[derive(Debug)]
pub(super) struct Verbose;

impl Hook for Verbose {
    fn after_response(&self, attempt: &Attempt<'_>, outcome: Outcome<'_>) {
        let Attempt {
            method,
            origin,
            path,
            number,
            ..
        } = attempt;
        let (how, elapsed) = match outcome {
            Outcome::Answer {
                status, elapsed, ..
            } => (status.to_string(), elapsed),
            Outcome::Failure { error, elapsed } => (error.to_string(), elapsed),
        };
        let how = printable(&how);
        let time = elapsed.as_millis();
        tell(&format!(
            "{method} {origin}{path}: {how} ({time} ms, attempt {number})"
        ));
    }

    fn before_retry(&self, _: &Attempt<'_>, pause: Duration) {
        tell(&format!("sent again in {} ms", pause.as_millis()));
    }
}
