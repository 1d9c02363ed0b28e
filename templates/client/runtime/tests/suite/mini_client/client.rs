//! The client.

use std::time::Duration;

use super::instance_org_invites::InstanceOrgInvites;
#[cfg(feature = "strict")]
use crate::runtime::drift::OnDrift;
use crate::runtime::{
    Api, BuildError, Core, CoreBuilder, HEADER, Parameter, QUERY, Scheme, SchemeKind, SecretString,
    Transport,
};
use crate::runtime::{Clock, Hook, RetryPolicy, TokenProvider};

static API: Api = Api {
    name: "losant-invites",
    version: "1.2.3",
    servers: &[crate::runtime::Server::new("https://api.losant.com")],
    schemes: &[
        Scheme {
            name: "accessToken",
            kind: SchemeKind::Bearer,
        },
        Scheme {
            name: "login",
            kind: SchemeKind::Basic,
        },
        Scheme {
            name: "apiKey",
            kind: SchemeKind::Header {
                name: "x-api-key",
                prefix: "token ",
            },
        },
        Scheme {
            name: "queryKey",
            kind: SchemeKind::Query { name: "api key" },
        },
        Scheme {
            name: "cookieKey",
            kind: SchemeKind::Cookie { name: "session" },
        },
    ],
    parameters: &[
        Parameter("losantdomain", HEADER),
        Parameter("version", QUERY.required().default("2021-06-04")),
    ],
    request_id_headers: &["losant-request-id"],
};

/// The client.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) core: Core,
}

impl Client {
    /// Begins a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            core: CoreBuilder::new(&API),
        }
    }

    /// The invitations of an instance's organization.
    pub fn instance_org_invites(&self) -> InstanceOrgInvites {
        InstanceOrgInvites {
            core: self.core.clone(),
        }
    }
}

/// Settings of a client.
#[derive(Clone, Debug)]
#[must_use]
pub struct ClientBuilder {
    core: CoreBuilder,
}

impl ClientBuilder {
    /// Sets the access token.
    pub fn access_token(mut self, token: impl Into<SecretString>) -> Self {
        self.core.credential(0, token);
        self
    }

    /// Sets user name and password.
    pub fn login(mut self, user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        self.core.credential_pair(1, user, password);
        self
    }

    /// Sets the key for a header.
    pub fn api_key(mut self, key: impl Into<SecretString>) -> Self {
        self.core.credential(2, key);
        self
    }

    /// Sets the key for the query.
    pub fn query_key(mut self, key: impl Into<SecretString>) -> Self {
        self.core.credential(3, key);
        self
    }

    /// Sets the key for a cookie.
    pub fn cookie_key(mut self, key: impl Into<SecretString>) -> Self {
        self.core.credential(4, key);
        self
    }

    /// Sets the domain scope.
    pub fn losantdomain(mut self, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.core.parameter(0, &value);
        self
    }

    /// Sets the version of the API.
    pub fn version(mut self, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.core.parameter(1, &value);
        self
    }

    /// Sets where the API is.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.core.base_url(url);
        self
    }

    /// Limits the time of each call.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.core.timeout(limit);
        self
    }

    /// Limits the time of each attempt.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.core.attempt_timeout(limit);
        self
    }

    /// Says how often calls are sent again.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.core.retries(policy);
        self
    }

    /// Limits the bytes of a body in memory.
    pub fn largest_body(mut self, bytes: u64) -> Self {
        self.core.largest_body(bytes);
        self
    }

    /// Fetches access tokens.
    pub fn access_token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.core.credential_provider(0, provider);
        self
    }

    /// Adds a hook.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.core.hook(hook);
        self
    }

    /// Fails where answers differ from the description.
    #[cfg(feature = "strict")]
    pub fn strict(mut self) -> Self {
        self.core.strict();
        self
    }

    /// Tells of differences from the description.
    #[cfg(feature = "strict")]
    pub fn on_drift(mut self, tell: impl OnDrift) -> Self {
        self.core.on_drift(tell);
        self
    }

    /// Measures time by this.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.core.clock(clock);
        self
    }

    /// Limits the time of connecting.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.core.connect_timeout(limit);
        self
    }

    /// Adds a header to every call.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.core.header(name, value);
        self
    }

    /// Sends requests through this.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.core.transport(transport);
        self
    }

    /// Makes the client.
    pub fn build(self) -> Result<Client, BuildError> {
        Ok(Client {
            core: self.core.build()?,
        })
    }
}
