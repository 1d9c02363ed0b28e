//! Hooks: code of one's own around every attempt of every call.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use crate::runtime::transport::TransportError;

/// Sees each attempt of each call of a client, for logs, metrics and headers of one's own.
///
/// Hooks run in the order in which they were added, on the task that makes the call: they must
/// not block.
///
/// ```
/// use snyk_invites::runtime::{Attempt, HeaderMap, Hook, Outcome};
///
/// /// Says how long each request took.
/// #[derive(Debug)]
/// struct Log;
///
/// impl Hook for Log {
///     fn before_request(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
///         headers.insert("x-attempt", attempt.number.into());
///     }
///
///     fn after_response(&self, attempt: &Attempt<'_>, outcome: Outcome<'_>) {
///         match outcome {
///             Outcome::Answer { status, elapsed, .. } => {
///                 println!("{}: {status} after {elapsed:?}", attempt.operation);
///             }
///             Outcome::Failure { error, elapsed } => {
///                 println!("{}: {error} after {elapsed:?}", attempt.operation);
///             }
///             _ => {}
///         }
///     }
/// }
/// ```
pub trait Hook: fmt::Debug + Send + Sync + 'static {
    /// Called before a request is sent, each time, redirects included. The headers are complete,
    /// with credentials, and may be changed; those with secrets are marked as sensitive. A redirect
    /// to another origin takes none along but `accept`, `accept-language`, `range` and
    /// `user-agent`, whatever is done to them here.
    fn before_request(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        let _ = (attempt, headers);
    }

    /// Called when the head of an answer has come, or none will.
    fn after_response(&self, attempt: &Attempt<'_>, outcome: Outcome<'_>) {
        let _ = (attempt, outcome);
    }

    /// Called when a request will be sent again after this pause.
    fn before_retry(&self, attempt: &Attempt<'_>, pause: Duration) {
        let _ = (attempt, pause);
    }
}

/// A hook that is shared.
impl<T: Hook + ?Sized> Hook for Arc<T> {
    fn before_request(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        (**self).before_request(attempt, headers);
    }

    fn after_response(&self, attempt: &Attempt<'_>, outcome: Outcome<'_>) {
        (**self).after_response(attempt, outcome);
    }

    fn before_retry(&self, attempt: &Attempt<'_>, pause: Duration) {
        (**self).before_retry(attempt, pause);
    }
}

/// One attempt of a call.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The operation, as `resource.action`.
    pub operation: &'static str,
    /// The method.
    pub method: &'a Method,
    /// The scheme and the host, such as `https://api.example.com`.
    pub origin: &'a str,
    /// The path, without the query, which may hold secrets.
    pub path: &'a str,
    /// 1 for the first attempt. Before a retry, how often the request was sent so far, which is 0
    /// if there was no token for it.
    pub number: u32,
}

/// How an attempt went.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Outcome<'a> {
    /// An answer of any status.
    Answer {
        /// The status.
        status: StatusCode,
        /// The headers. They may hold secrets, such as cookies.
        headers: &'a HeaderMap,
        /// The time since the request was sent.
        elapsed: Duration,
    },
    /// No answer.
    Failure {
        /// Why.
        error: &'a TransportError,
        /// The time since the request was sent.
        elapsed: Duration,
    },
}
