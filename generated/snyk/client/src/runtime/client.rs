//! What a client and all its resources share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use serde_json::Value;
use url::Url;

use super::api::Api;
use super::call::Call;
use super::clock::Clock;
use super::credential::Source;
use super::hook::Hook;
use super::operation::Operation;
use super::retry::{Budget, RetryPolicy};
use super::transport::Transport;

/// The settings and connections of a client. A clone shares them and costs next to nothing.
#[derive(Clone)]
pub struct Core {
    pub(super) shared: Arc<Shared>,
}

/// What the clones of a [`Core`] share.
pub(super) struct Shared {
    pub(super) api: &'static Api,
    pub(super) base_url: Url,
    /// What the user said of the variables of servers.
    pub(super) variables: Vec<(&'static str, String)>,
    /// Whether the user said where to send calls.
    pub(super) redirected: bool,
    pub(super) user_agent: HeaderValue,
    pub(super) headers: HeaderMap,
    /// Values of [`Api::parameters`], by position.
    pub(super) parameters: Vec<Option<Value>>,
    /// Credentials of [`Api::schemes`], by position.
    pub(super) credentials: Vec<Option<Source>>,
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) retries: RetryPolicy,
    pub(super) budget: Budget,
    /// The most bytes of a body that is held in memory.
    pub(super) largest_body: u64,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) hooks: Vec<Arc<dyn Hook>>,
    #[cfg(feature = "strict")]
    pub(super) strictness: Option<super::drift::Strictness>,
    pub(super) transport: Arc<dyn Transport>,
}

impl Shared {
    /// Whether anybody looks at the attempts.
    pub(super) fn watched(&self) -> bool {
        cfg!(feature = "tracing") || !self.hooks.is_empty()
    }
}

impl Core {
    /// Begins a call.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self.clone(), operation)
    }

    /// Where the client sends its calls.
    pub fn base_url(&self) -> &str {
        self.shared.base_url.as_str()
    }
}

/// Names the credentials and headers that are set, without their values.
impl fmt::Debug for Core {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = &self.shared;
        let set = shared.api.schemes.iter().zip(&shared.credentials);
        let set = set.filter_map(|(scheme, credential)| credential.as_ref().map(|_| scheme.name));
        out.debug_struct("Core")
            .field("api", &shared.api.name)
            .field("base_url", &shared.base_url.as_str())
            .field("credentials", &set.collect::<Vec<_>>())
            .field("headers", &shared.headers.keys().collect::<Vec<_>>())
            .field("timeout", &shared.timeout)
            .field("attempt_timeout", &shared.attempt_timeout)
            .field("retries", &shared.retries)
            .field("hooks", &shared.hooks)
            .field("transport", &shared.transport)
            .finish()
    }
}
