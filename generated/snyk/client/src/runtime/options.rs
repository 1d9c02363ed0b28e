//! Settings of one call.

use std::fmt;
use std::time::Duration;

/// Settings of one call, which go before those of the client.
///
/// ```text
/// let options = CallOptions::new().timeout(Duration::from_secs(5)).header("x-trace", "42");
/// client.invites().get("org").options(options).send().await?;
/// ```
#[derive(Clone, Default)]
#[must_use = "options do nothing until they are given to a call"]
pub struct CallOptions {
    pub(super) timeout: Option<Duration>,
    pub(super) base_url: Option<String>,
    pub(super) headers: Vec<(String, String)>,
}

impl CallOptions {
    /// No settings: everything as the client has it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Limits the time of the whole call, from connecting to the last byte of the body.
    /// [`Duration::MAX`] means no limit. Each page of a list is a call of its own.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
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

/// Shows the names of headers but not their values, which may be secrets.
impl fmt::Debug for CallOptions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        out.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("base_url", &self.base_url.is_some())
            .field("headers", &names)
            .finish()
    }
}
