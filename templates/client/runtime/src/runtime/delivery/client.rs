//! What a client and all its resources share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use serde_json::Value;
use url::Url;

use crate::runtime::credentials::credential::Source;
use crate::runtime::delivery::clock::Clock;
use crate::runtime::delivery::hook::Hook;
use crate::runtime::delivery::retry::{Budget, RetryPolicy};
use crate::runtime::tables::api::Api;
use crate::runtime::tables::operation::Operation;
use crate::runtime::transport::Transport;
use crate::runtime::writing::call::Call;

/// The settings and connections of a client. A clone shares them and costs next to nothing.
#[derive(Clone)]
pub struct Core {
    pub(crate) shared: Arc<Shared>,
}

/// What the clones of a [`Core`] share.
pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    pub(crate) base_url: Url,
    /// What the user said of the variables of servers.
    pub(crate) variables: Vec<(&'static str, String)>,
    /// Whether the user said where to send calls.
    pub(crate) redirected: bool,
    pub(crate) user_agent: HeaderValue,
    pub(crate) headers: HeaderMap,
    /// Values of [`Api::parameters`], by position.
    pub(crate) parameters: Vec<Option<Value>>,
    /// Credentials of [`Api::schemes`], by position.
    pub(crate) credentials: Vec<Option<Source>>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retries: RetryPolicy,
    pub(crate) budget: Budget,
    /// The most bytes of a body that is held in memory.
    pub(crate) largest_body: u64,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
    #[cfg(feature = "strict")]
    pub(crate) strictness: Option<crate::runtime::drift::Strictness>,
    pub(crate) transport: Arc<dyn Transport>,
    #[cfg(feature = "check-values")]
    /// Whether calls are sent without a look at their limits.
    pub(crate) unchecked: bool,
}

impl Shared {
    /// Whether anybody looks at the attempts.
    pub(crate) fn watched(&self) -> bool {
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
