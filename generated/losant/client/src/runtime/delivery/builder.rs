//! Settings of a client, checked once when it is built.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use secrecy::SecretString;
use serde::Serialize;
use serde_json::Value;
use url::Url;

use crate::runtime::credentials::credential::{Credential, Source};
use crate::runtime::credentials::token::TokenProvider;
use crate::runtime::delivery::build_error::BuildError;
use crate::runtime::delivery::client::{Core, Shared};
use crate::runtime::delivery::clock::Clock;
use crate::runtime::delivery::hook::Hook;
use crate::runtime::delivery::retry::{Budget, RetryPolicy};
use crate::runtime::delivery::system_clock::SystemClock;
use crate::runtime::tables::api::Api;
use crate::runtime::tables::parameter::Parameter;
use crate::runtime::tables::server::Server;
use crate::runtime::transport::Transport;
#[cfg(feature = "reqwest")]
use crate::runtime::transport::reqwest_transport::ReqwestTransport;
use crate::runtime::writing::request_headers;
use crate::runtime::writing::request_url;

/// How long a call may take unless the client or the call says otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

/// How long connecting may take unless the client says otherwise.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The most bytes of a body that is held in memory, unless the client says otherwise: 256 MiB.
pub const DEFAULT_LARGEST_BODY: u64 = 256 << 20;

/// Gathers the settings of a client.
#[derive(Clone)]
pub struct CoreBuilder {
    api: &'static Api,
    base_url: Option<String>,
    server: usize,
    variables: Vec<(&'static str, String)>,
    headers: Vec<(String, String)>,
    parameters: Vec<Option<Value>>,
    credentials: Vec<Option<Credential>>,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    connect_timeout: Duration,
    retries: RetryPolicy,
    largest_body: u64,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    hooks: Vec<Arc<dyn Hook>>,
    #[cfg(feature = "strict")]
    strictness: Option<crate::runtime::drift::Strictness>,
    problem: Option<String>,
}

/// Settings that were checked.
struct Checked {
    user_agent: HeaderValue,
    headers: HeaderMap,
    credentials: Vec<Option<Source>>,
    base_url: Url,
    transport: Arc<dyn Transport>,
}

impl CoreBuilder {
    /// The settings of the description, and no credentials.
    pub fn new(api: &'static Api) -> Self {
        let (mut parameters, mut credentials) = (Vec::new(), Vec::new());
        parameters.resize_with(api.parameters.len(), || None);
        credentials.resize_with(api.schemes.len(), || None);
        Self {
            api,
            base_url: None,
            server: 0,
            variables: Vec::new(),
            headers: Vec::new(),
            parameters,
            credentials,
            timeout: DEFAULT_TIMEOUT,
            attempt_timeout: None,
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            retries: RetryPolicy::default(),
            largest_body: DEFAULT_LARGEST_BODY,
            transport: None,
            clock: None,
            hooks: Vec::new(),
            #[cfg(feature = "strict")]
            strictness: None,
            problem: None,
        }
    }

    /// Sets the token of the scheme at this position of [`Api::schemes`].
    pub fn credential(&mut self, scheme: usize, token: impl Into<SecretString>) {
        self.set_credential(scheme, Credential::Token(token.into()));
    }

    /// Sets user name and password of the scheme at this position of [`Api::schemes`].
    pub fn credential_pair(
        &mut self,
        scheme: usize,
        user: impl Into<String>,
        password: impl Into<SecretString>,
    ) {
        self.set_credential(scheme, Credential::Pair(user.into(), password.into()));
    }

    /// Sets the source of tokens of the scheme at this position of [`Api::schemes`].
    pub fn credential_provider(&mut self, scheme: usize, provider: impl TokenProvider) {
        self.set_credential(scheme, Credential::provider(provider));
    }

    fn set_credential(&mut self, scheme: usize, credential: Credential) {
        match self.credentials.get_mut(scheme) {
            Some(slot) => *slot = Some(credential),
            None => self.problem(format!("the API has no security scheme number {scheme}")),
        }
    }

    /// Sets the parameter at this position of [`Api::parameters`].
    pub fn parameter<T: Serialize + ?Sized>(&mut self, parameter: usize, value: &T) {
        self.set_parameter(parameter, serde_json::to_value(value));
    }

    fn set_parameter(&mut self, parameter: usize, value: Result<Value, serde_json::Error>) {
        match (self.parameters.get_mut(parameter), value) {
            (Some(slot), Ok(value)) => *slot = Some(value),
            (_, Err(error)) => {
                let name = self
                    .api
                    .parameters
                    .get(parameter)
                    .map_or("?", |it| it.name());
                self.problem(format!("parameter `{name}` cannot be written: {error}"));
            }
            (None, _) => self.problem(format!(
                "the API has no client parameter number {parameter}"
            )),
        }
    }

    /// Chooses the server at this position of [`Api::servers`].
    pub fn server(&mut self, server: usize) {
        self.server = server;
    }

    /// Sets a variable in the URLs of servers.
    pub fn variable(&mut self, name: &'static str, value: impl Into<String>) {
        self.variables.push((name, value.into()));
    }

    /// Sets where the API is, whatever server is chosen.
    pub fn base_url(&mut self, url: impl Into<String>) {
        self.base_url = Some(url.into());
    }

    /// Limits the time of each call, from connecting to the last byte of the body, with all its
    /// attempts and the pauses between them. [`Duration::MAX`] means no limit.
    pub fn timeout(&mut self, limit: Duration) {
        self.timeout = limit;
    }

    /// Limits the time of each attempt, within that of the whole call. Of an answer that is read as
    /// it arrives, the limit ends where the body begins.
    pub fn attempt_timeout(&mut self, limit: Duration) {
        self.attempt_timeout = Some(limit);
    }

    /// Says how often and how soon calls are sent again if they fail.
    pub fn retries(&mut self, policy: RetryPolicy) {
        self.retries = policy;
    }

    /// Limits the bytes of a body that is held in memory. Of what is read as it arrives, that is the
    /// limit of each event, of each value, and of a download that is asked for as a whole.
    pub fn largest_body(&mut self, bytes: u64) {
        self.largest_body = bytes;
    }

    /// Adds a hook, after those that were added before.
    pub fn hook(&mut self, hook: impl Hook) {
        self.hooks.push(Arc::new(hook));
    }

    /// Lets calls fail whose answers differ from the description.
    #[cfg(feature = "strict")]
    pub fn strict(&mut self) {
        self.strictness = Some(crate::runtime::drift::Strictness::Fail);
    }

    /// Tells this function of the differences between each answer and the description.
    #[cfg(feature = "strict")]
    pub fn on_drift(&mut self, tell: impl crate::runtime::drift::OnDrift) {
        self.strictness = Some(crate::runtime::drift::Strictness::Tell(Arc::new(tell)));
    }

    /// Measures time by this clock.
    pub fn clock(&mut self, clock: impl Clock) {
        self.clock = Some(Arc::new(clock));
    }

    /// Limits the time that connecting may take. It has no effect on a transport of one's own.
    pub fn connect_timeout(&mut self, limit: Duration) {
        self.connect_timeout = limit;
    }

    /// Adds a header to every call, in place of a default of that name.
    pub fn header(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.headers.push((name.into(), value.into()));
    }

    /// Sends requests through this instead of reqwest.
    pub fn transport(&mut self, transport: impl Transport) {
        self.transport = Some(Arc::new(transport));
    }

    fn problem(&mut self, message: String) {
        self.problem.get_or_insert(message);
    }

    /// Checks the settings and makes the client's core.
    ///
    /// # Errors
    /// If the base URL is not an `http` or `https` URL, a required parameter has no value, a
    /// credential or header cannot be sent, or TLS cannot be set up.
    pub fn build(self) -> Result<Core, BuildError> {
        let Checked {
            user_agent,
            headers,
            credentials,
            base_url,
            transport,
        } = self.checked()?;
        let shared = Shared {
            api: self.api,
            base_url,
            redirected: self.base_url.is_some(),
            variables: self.variables,
            user_agent,
            headers,
            parameters: self.parameters,
            credentials,
            timeout: Some(self.timeout),
            attempt_timeout: self.attempt_timeout,
            retries: self.retries,
            budget: Budget::new(),
            largest_body: self.largest_body,
            transport,
            clock: self.clock.unwrap_or_else(|| Arc::new(SystemClock::new())),
            hooks: self.hooks,
            #[cfg(feature = "strict")]
            strictness: self.strictness,
        };
        Ok(Core {
            shared: Arc::new(shared),
        })
    }

    /// What of the settings can be wrong. It borrows them, so that there is nothing to clean up at
    /// each place where it may end.
    #[inline(never)]
    fn checked(&self) -> Result<Checked, BuildError> {
        if let Some(message) = &self.problem {
            return Err(BuildError::new(message.clone()));
        }
        self.required_parameters()?;
        Ok(Checked {
            user_agent: request_headers::user_agent(self.api).map_err(BuildError::new)?,
            headers: self.checked_headers()?,
            credentials: self.placed_credentials()?,
            base_url: self.checked_base_url()?,
            transport: match &self.transport {
                Some(transport) => Arc::clone(transport),
                None => default_transport(self.connect_timeout)?,
            },
        })
    }

    fn required_parameters(&self) -> Result<(), BuildError> {
        let unset = |(parameter, value): &(&Parameter, &Option<Value>)| {
            let missing = value.as_ref().is_none_or(Value::is_null);
            parameter.required && parameter.default.is_none() && missing
        };
        match self.api.parameters.iter().zip(&self.parameters).find(unset) {
            Some((Parameter(name, _), _)) => Err(BuildError::new(format!(
                "parameter `{name}` is required: set it on the client"
            ))),
            None => Ok(()),
        }
    }

    fn checked_headers(&self) -> Result<HeaderMap, BuildError> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let (name, value) = request_headers::line(name, value).map_err(BuildError::new)?;
            request_headers::put(&mut headers, name, value);
        }
        Ok(headers)
    }

    fn placed_credentials(&self) -> Result<Vec<Option<Source>>, BuildError> {
        let mut placed = Vec::with_capacity(self.credentials.len());
        for (scheme, credential) in self.api.schemes.iter().zip(&self.credentials) {
            let source = credential.as_ref().map(|it| Source::of(it, scheme.kind));
            placed.push(
                source.transpose().map_err(|why| {
                    BuildError::new(format!("credential `{}` {why}", scheme.name))
                })?,
            );
        }
        Ok(placed)
    }

    fn checked_base_url(&self) -> Result<Url, BuildError> {
        if let Some(text) = &self.base_url {
            return request_url::base(text).map_err(BuildError::new);
        }
        let server = self.api.servers.get(self.server);
        if let Some(server) = server {
            self.variables_of(server)?;
        }
        let described = server.map(|server| server.url(&self.variables));
        let described = described.unwrap_or_default();
        if !described.is_empty() && !described.contains("://") {
            return Err(BuildError::new(format!(
                "the description says only `{described}` of the server, not the host: \
                 set the base URL, such as `https://host{described}`"
            )));
        }
        request_url::base(&described).map_err(BuildError::new)
    }

    /// Refuses variables that only other servers have: they would be set for nothing.
    fn variables_of(&self, server: &Server) -> Result<(), BuildError> {
        let others = |name| self.api.servers.iter().any(|other| other.has(name));
        let mut unused = self.variables.iter();
        match unused.find(|(name, _)| !server.has(name) && others(name)) {
            Some((name, _)) => Err(BuildError::new(format!(
                "the server `{}` has no `{name}`: choose another server, or do not set it",
                server.url
            ))),
            None => Ok(()),
        }
    }
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: Duration) -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::new(
        "there is nothing to send requests with: set a transport, or turn the feature `reqwest` on",
    ))
}

#[cfg(feature = "reqwest")]
fn default_transport(connect_timeout: Duration) -> Result<Arc<dyn Transport>, BuildError> {
    match ReqwestTransport::new(Some(connect_timeout)) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(BuildError::caused(
            "the HTTP client cannot be set up",
            error,
        )),
    }
}

/// Names the credentials and headers that are set, without their values.
impl fmt::Debug for CoreBuilder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = self.api.schemes.iter().zip(&self.credentials);
        let set = set.filter_map(|(scheme, credential)| credential.as_ref().map(|_| scheme.name));
        let headers = self.headers.iter().map(|(name, _)| name);
        out.debug_struct("CoreBuilder")
            .field("api", &self.api.name)
            .field("credentials", &set.collect::<Vec<_>>())
            .field("headers", &headers.collect::<Vec<_>>())
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("retries", &self.retries)
            .field("largest_body", &self.largest_body)
            .field("hooks", &self.hooks)
            .field("transport", &self.transport)
            .finish()
    }
}
