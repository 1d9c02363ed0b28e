//! What came of the calls.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Counts; shared by all tasks.
#[derive(Debug, Default)]
pub(crate) struct Tally(Mutex<Counts>);

/// What was counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) calls: u64,
    pub(crate) successes: u64,
    /// Answers that were those of another call, or not what was sent.
    pub(crate) wrong: u64,
    /// Errors by kind.
    pub(crate) errors: BTreeMap<&'static str, u64>,
    pub(crate) retries: u64,
    pub(crate) longest: Duration,
    /// Walks that came to the end of their list.
    pub(crate) walks: u64,
}

/// What [`kind_of`] says of an error that fits no kind, or several.
pub(crate) const NOT_ONE_KIND: &str = "not one kind";

impl Tally {
    fn count(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub(crate) fn call(&self, took: Duration) {
        self.count(|counts| {
            counts.calls += 1;
            counts.longest = counts.longest.max(took);
        });
    }

    pub(crate) fn success(&self, right: bool) {
        self.count(|counts| {
            counts.successes += u64::from(right);
            counts.wrong += u64::from(!right);
        });
    }

    pub(crate) fn error(&self, kind: &'static str) {
        self.count(|counts| *counts.errors.entry(kind).or_default() += 1);
    }

    /// A walk that came to its end: with all items, or too few.
    pub(crate) fn walk(&self, right: bool) {
        self.count(|counts| {
            counts.walks += u64::from(right);
            counts.wrong += u64::from(!right);
        });
    }

    pub(crate) fn taken(&self) -> Counts {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Counts how often something is sent again.
#[derive(Debug)]
pub(crate) struct Counter(pub(crate) Arc<Tally>);

impl losant_invites::runtime::Hook for Counter {
    fn before_retry(&self, _: &losant_invites::runtime::Attempt<'_>, _: Duration) {
        self.0.count(|counts| counts.retries += 1);
    }
}

impl snyk_invites::runtime::Hook for Counter {
    fn before_retry(&self, _: &snyk_invites::runtime::Attempt<'_>, _: Duration) {
        self.0.count(|counts| counts.retries += 1);
    }
}

/// The kind of an error, one of those that every client has or one of `further`. Exactly one predicate
/// holds, but for a connection not made in time.
macro_rules! kind_of {
    ($error:expr $(, $further:ident: $kind:literal)*) => {{
        let error = $error;
        let kinds = [
            (error.is_api(), "documented error"),
            (error.is_undocumented_status(), "undocumented status"),
            (error.is_connect(), "no connection"),
            (error.is_timeout() && !error.is_connect(), "timeout"),
            (error.is_interrupted(), "interrupted"),
            (error.is_body(), "body broke off"),
            (error.is_decode(), "body does not fit"),
            (error.is_too_large(), "too large"),
            (error.is_request(), "not sent"),
            (error.is_credential(), "no credential"),
            (error.is_upload(), "upload"),
            $((error.$further(), $kind),)*
        ];
        let mut holding = kinds.iter().filter(|(holds, _)| *holds);
        match (holding.next(), holding.next()) {
            (Some((_, kind)), None) => *kind,
            _ => crate::tally::NOT_ONE_KIND,
        }
    }};
}
pub(crate) use kind_of;
