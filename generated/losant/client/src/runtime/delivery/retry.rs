//! When a failed request is sent again, and after which pause.
//!
//! A request is sent again only if that is safe: its method is idempotent (RFC 9110, section
//! 9.2.2) or it has an `Idempotency-Key`, and its body can be sent from the beginning. And only if
//! that may help: no connection, no answer in time, a broken connection, or one of the statuses
//! 408, 429 and 5xx.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::{Method, StatusCode};

use crate::runtime::reading::failure::{Failure, FailureKind};
use crate::runtime::transport::TransportErrorKind;

/// How often and how soon a failed request is sent again.
///
/// The pause before attempt *n* + 1 is a random part of `base · 2ⁿ⁻¹`, of at most `cap` ("full
/// jitter"), so that many clients that failed together do not come back together. A server's
/// `Retry-After` is kept to. What would not fit before the end of the call is not tried.
///
/// ```
/// use std::time::Duration;
///
/// use losant_invites::runtime::RetryPolicy;
///
/// let patient = RetryPolicy::new()
///     .attempts(6)
///     .base(Duration::from_millis(100))
///     .cap(Duration::from_secs(5))
///     .longest_wait(Duration::from_secs(60));
/// assert_ne!(patient, RetryPolicy::default());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    pub(crate) attempts: u32,
    pub(crate) base: Duration,
    pub(crate) cap: Duration,
    pub(crate) longest_wait: Duration,
}

impl Default for RetryPolicy {
    /// Three attempts; pauses of up to 0.5 s, then 1 s; a `Retry-After` of at most 30 s.
    fn default() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(20),
            longest_wait: Duration::from_secs(30),
        }
    }
}

impl RetryPolicy {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Every request is sent once.
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// How often a request is sent at most, the first time included.
    #[must_use]
    pub fn attempts(mut self, most: u32) -> Self {
        self.attempts = most.max(1);
        self
    }

    /// Up to how long the first pause is. Each further one may be twice as long.
    #[must_use]
    pub fn base(mut self, pause: Duration) -> Self {
        self.base = pause;
        self
    }

    /// How long a pause may be at most.
    #[must_use]
    pub fn cap(mut self, pause: Duration) -> Self {
        self.cap = pause;
        self
    }

    /// How long a `Retry-After` is waited for at most; a longer one makes the call fail at once.
    #[must_use]
    pub fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// The pause after this many attempts: `random`, from 0 to 1, of the longest.
    fn backoff(&self, attempts: u32, random: f64) -> Duration {
        if self.base.is_zero() {
            return Duration::ZERO;
        }
        let doubled = 1_u32.checked_shl(attempts.saturating_sub(1));
        let longest = doubled.and_then(|times| self.base.checked_mul(times));
        let longest = longest.unwrap_or(self.cap).min(self.cap);
        Duration::try_from_secs_f64(longest.as_secs_f64() * random).unwrap_or(longest)
    }

    /// How long to wait before the request is sent again, if the server asks for this wait;
    /// `None` if it asks for more patience than there is.
    pub(crate) fn pause(
        &self,
        attempts: u32,
        random: f64,
        asked: Option<Duration>,
    ) -> Option<Duration> {
        let backoff = self.backoff(attempts, random);
        match asked {
            Some(wait) if wait > self.longest_wait => None,
            Some(wait) => Some(wait.max(backoff)),
            None => Some(backoff),
        }
    }
}

/// The header that names what a request does, in lower case.
pub(crate) const KEY: &str = "idempotency-key";

/// Whether sending a request with this method twice does no harm.
pub(crate) fn is_safe(method: &Method) -> bool {
    // `QUERY` reads; OpenAPI 3.2 knows it, but the crate `http` does not yet.
    method.is_idempotent() || method.as_str() == "QUERY"
}

/// Whether an answer says that it may be different next time.
pub(crate) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500..=599)
}

/// Whether a failure may be over next time.
pub(crate) fn may_help(failure: &Failure) -> bool {
    match &failure.kind {
        FailureKind::Transport(_, error) => !matches!(
            error.kind(),
            TransportErrorKind::TooLarge | TransportErrorKind::Upload | TransportErrorKind::Runtime
        ),
        FailureKind::Credential(error) => error.is_transient(),
        _ => false,
    }
}

/// How many tokens there are at the most.
const CAPACITY: u32 = 500;

/// What sending again costs; a call that goes well gives one token back.
const COST: u32 = 5;

/// What all calls of a client may spend on sending again, so that a server that is down is not
/// hit several times as hard.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub(crate) fn new() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }

    /// Pays for sending again, if there is enough left.
    pub(crate) fn spend(&self) -> bool {
        let less = |tokens: u32| tokens.checked_sub(COST);
        let spent = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        spent.is_ok()
    }

    /// Gives a token back.
    pub(crate) fn earn(&self) {
        if self.0.load(Ordering::Relaxed) < CAPACITY {
            let more = |tokens: u32| (tokens < CAPACITY).then_some(tokens + 1);
            let _ = self
                .0
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        }
    }
}
