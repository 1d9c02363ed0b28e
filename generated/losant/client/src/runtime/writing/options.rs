//! Settings of one call.

use std::fmt;
use std::time::Duration;

use crate::runtime::credentials::credential::Credential;
use crate::runtime::delivery::retry::RetryPolicy;

/// Settings of one call, which go before those of the client.
///
/// ```
/// use std::time::Duration;
///
/// use losant_invites::runtime::{CallOptions, RetryPolicy};
///
/// let options = CallOptions::new()
///     .timeout(Duration::from_secs(5))
///     .retries(RetryPolicy::none())
///     .header("x-trace", "42");
/// println!("{options:?}");
/// ```
///
/// A call takes them with `options`, before it is sent.
#[derive(Clone)]
#[must_use = "options do nothing until they are given to a call"]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retries: Option<RetryPolicy>,
    pub(crate) base_url: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) credentials: Vec<(String, Credential)>,
    pub(crate) anonymous: bool,
}

impl CallOptions {
    pub(crate) const NONE: Self = Self {
        timeout: None,
        attempt_timeout: None,
        retries: None,
        base_url: None,
        headers: Vec::new(),
        credentials: Vec::new(),
        anonymous: false,
    };

    /// No settings: everything as the client has it.
    pub fn new() -> Self {
        Self::NONE
    }

    /// Limits the time of the whole call, from connecting to the last byte of the body, with all
    /// its attempts and the pauses between them. [`Duration::MAX`] means no limit. Each page of a
    /// list is a call of its own. Of an answer that is read as it arrives, the client's limit ends
    /// where the body begins; this one does not.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Limits the time of each attempt, within that of the whole call. An attempt that takes
    /// longer is given up, and followed by another if that is safe.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit);
        self
    }

    /// Says how often and how soon the call is sent again if it fails.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.retries = Some(policy);
        self
    }

    /// Names what the call does, so that the server does it once however often the request
    /// arrives: the header `Idempotency-Key`. A call with one is sent again like one that only
    /// reads. The server must know the header, and the key must be new for each thing to do.
    pub fn idempotency_key(self, key: impl Into<String>) -> Self {
        self.header("idempotency-key", key)
    }

    /// Sends the call with this credential for the security scheme of this name in the
    /// description, in place of the client's.
    pub fn credential(mut self, scheme: impl Into<String>, credential: Credential) -> Self {
        self.credentials.push((scheme.into(), credential));
        self
    }

    /// Sends the call without credentials.
    pub fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// Sends the call elsewhere. Credentials go there, too.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Adds a header, in place of any other of that name. A name or value that HTTP does not
    /// allow makes the call fail before it is sent.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl Default for CallOptions {
    fn default() -> Self {
        Self::NONE
    }
}

/// Shows the names of headers but not their values, which may be secrets.
impl fmt::Debug for CallOptions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        let schemes: Vec<_> = self.credentials.iter().map(|(name, _)| name).collect();
        out.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retries", &self.retries)
            .field("base_url", &self.base_url.is_some())
            .field("headers", &names)
            .field("credentials", &schemes)
            .field("anonymous", &self.anonymous)
            .finish()
    }
}
