//! Tokens of OAuth 2 (RFC 6749): by client credentials and by refresh token.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::sync::Mutex;

use super::base64;
use super::body::Body;
use super::boxed::BoxFuture;
use super::clock::Alarm;
use super::collect::collect;
use super::escape;
use super::request_url;
use super::summary;
use super::token::{TokenContext, TokenError, TokenProvider};
use super::transport::TransportError;

/// The most bytes that an answer with a token may have.
const LARGEST: u64 = 1 << 20;

/// How long before its end a token is given up, unless its whole life is short.
const MARGIN: Duration = Duration::from_secs(30);

/// Tokens of OAuth 2. One is fetched when the first call needs it, and the next one shortly before
/// it ends or after the server refused it; calls that need it meanwhile wait for the same one.
///
/// ```text
/// let tokens = OAuth2::client_credentials("https://example.com/token", "id", secret)
///     .scope("invites:read");
/// let client = Client::builder().access_token_provider(tokens).build()?;
/// ```
pub struct OAuth2 {
    token_url: String,
    client_id: String,
    client_secret: Option<SecretString>,
    scopes: Vec<String>,
    parameters: Vec<(String, String)>,
    in_body: bool,
    state: Mutex<State>,
    /// The token that a server refused last.
    refused: std::sync::Mutex<Option<SecretString>>,
}

/// What is kept between calls.
#[derive(Default)]
struct State {
    token: Option<Held>,
    refresh_token: Option<SecretString>,
}

/// A token, and from when on it is no longer used.
struct Held {
    token: SecretString,
    until: Option<Duration>,
    ends: Option<Duration>,
}

impl OAuth2 {
    /// Tokens for the program itself (RFC 6749, section 4.4). A URL without a host is relative to
    /// that of the API.
    pub fn client_credentials(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> Self {
        let mut this = Self::new(token_url, client_id);
        this.client_secret = Some(client_secret.into());
        this
    }

    /// Tokens for a user who agreed earlier (RFC 6749, section 6). If the server hands out a new
    /// refresh token, it is used from then on.
    pub fn refresh_token(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        refresh_token: impl Into<SecretString>,
    ) -> Self {
        let mut this = Self::new(token_url, client_id);
        this.state.get_mut().refresh_token = Some(refresh_token.into());
        this
    }

    fn new(token_url: impl Into<String>, client_id: impl Into<String>) -> Self {
        Self {
            token_url: token_url.into(),
            client_id: client_id.into(),
            client_secret: None,
            scopes: Vec::new(),
            parameters: Vec::new(),
            in_body: false,
            state: Mutex::default(),
            refused: std::sync::Mutex::default(),
        }
    }

    /// Sets the secret of a client that has one, beside a refresh token.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<SecretString>) -> Self {
        self.client_secret = Some(secret.into());
        self
    }

    /// Asks for this scope, besides those asked for before.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Sends this parameter with each request for a token, such as `audience`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends the client's id and secret in the body rather than as HTTP Basic, for servers that
    /// insist on it (RFC 6749, section 2.3.1).
    #[must_use]
    pub fn credentials_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    async fn current(&self, context: TokenContext<'_>) -> Result<SecretString, TokenError> {
        let mut state = self.state.lock().await;
        let now = context.clock.now();
        if let Some(token) = self.usable(&state, now) {
            return Ok(token);
        }
        match self.fetch(&state, context).await {
            Ok(granted) => Ok(state.keep(granted, now)),
            Err(error) if error.is_transient() => self.still_good(&state, now).ok_or(error),
            Err(error) => Err(error),
        }
    }

    /// The token that is kept, if there is no reason yet to get another.
    fn usable(&self, state: &State, now: Duration) -> Option<SecretString> {
        let held = state.token.as_ref()?;
        let fresh = held.until.is_none_or(|until| now < until);
        (fresh && !self.is_refused(&held.token)).then(|| held.token.clone())
    }

    /// The token that is kept, if the server would still take it: better than none when a new one
    /// cannot be had just now.
    fn still_good(&self, state: &State, now: Duration) -> Option<SecretString> {
        let held = state.token.as_ref()?;
        let valid = held.ends.is_none_or(|ends| now < ends);
        (valid && !self.is_refused(&held.token)).then(|| held.token.clone())
    }

    fn is_refused(&self, token: &SecretString) -> bool {
        let refused = self.refused.lock();
        let refused = refused.unwrap_or_else(std::sync::PoisonError::into_inner);
        let same = |refused: &SecretString| refused.expose_secret() == token.expose_secret();
        refused.as_ref().is_some_and(same)
    }

    async fn fetch(&self, state: &State, context: TokenContext<'_>) -> Result<Granted, TokenError> {
        let request = self.request(state.refresh_token.as_ref(), context.base_url)?;
        let mut alarm = Alarm::new(context.clock, context.timeout);
        let outcome = async {
            let answer = alarm.guard(context.transport.send(request, context.timeout));
            let (head, body) = answer
                .await
                .unwrap_or_else(|_| Err(too_late()))?
                .into_parts();
            let (body, broken) = collect(body, &mut alarm, LARGEST).await;
            match broken {
                Some(error) => Err(error),
                None => Ok((head.status, body)),
            }
        };
        let (status, body) = outcome.await.map_err(|error| {
            TokenError::new("the token server could not be reached")
                .transient()
                .caused_by(error)
        })?;
        if status.is_success() {
            return Granted::read(&body);
        }
        Err(refusal(status, &body))
    }

    fn request(
        &self,
        refresh_token: Option<&SecretString>,
        base_url: &str,
    ) -> Result<Request<Body>, TokenError> {
        let url = request_url::token(&self.token_url, base_url).map_err(TokenError::new)?;
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(url.as_str())
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let (Some(secret), false) = (&self.client_secret, self.in_body) {
            request = request.header(AUTHORIZATION, basic(&self.client_id, secret)?);
        }
        let body = Bytes::from(self.form(refresh_token));
        #[cfg(feature = "test-util")]
        let request = request.extension(super::cassette::Secrets {
            query: Vec::new(),
            bodies: true,
        });
        let request = request.body(Body::from(body));
        request.map_err(|error| TokenError::new("the token URL cannot be sent").caused_by(error))
    }

    fn form(&self, refresh_token: Option<&SecretString>) -> String {
        let mut form = String::new();
        match refresh_token {
            Some(token) => {
                push(&mut form, "grant_type", "refresh_token");
                push(&mut form, "refresh_token", token.expose_secret());
            }
            None => push(&mut form, "grant_type", "client_credentials"),
        }
        if !self.scopes.is_empty() {
            push(&mut form, "scope", &self.scopes.join(" "));
        }
        match &self.client_secret {
            Some(secret) if self.in_body => {
                push(&mut form, "client_id", &self.client_id);
                push(&mut form, "client_secret", secret.expose_secret());
            }
            Some(_) => {}
            None => push(&mut form, "client_id", &self.client_id),
        }
        for (name, value) in &self.parameters {
            push(&mut form, name, value);
        }
        form
    }
}

fn too_late() -> TransportError {
    TransportError::timeout("the time for the attempt was up")
}

fn push(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    form.push_str(&escape::value(name));
    form.push('=');
    form.push_str(&escape::value(value));
}

/// Both halves are encoded as in a form before they are joined (RFC 6749, section 2.3.1).
fn basic(id: &str, secret: &SecretString) -> Result<HeaderValue, TokenError> {
    let secret = escape::value(secret.expose_secret());
    let pair = format!("{}:{secret}", escape::value(id));
    let text = format!("Basic {}", base64::encode(pair.as_bytes()));
    let mut value = HeaderValue::from_str(&text)
        .map_err(|_| TokenError::new("the client's id and secret cannot be sent"))?;
    value.set_sensitive(true);
    Ok(value)
}

fn refusal(status: StatusCode, body: &[u8]) -> TokenError {
    let said = summary::of(body).map_or_else(String::new, |said| format!(": {said}"));
    let error = TokenError::new(format!("the token server answered {status}{said}"));
    let passing = status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error();
    if passing { error.transient() } else { error }
}

/// What the token server granted (RFC 6749, section 5.1).
struct Granted {
    token: SecretString,
    life: Option<Duration>,
    refresh_token: Option<SecretString>,
}

impl Granted {
    fn read(body: &[u8]) -> Result<Self, TokenError> {
        let value: Value = serde_json::from_slice(body).map_err(|_| {
            TokenError::new("the token server answered with something else than JSON")
        })?;
        let text = |name: &str| {
            value
                .get(name)
                .and_then(Value::as_str)
                .map(SecretString::from)
        };
        let token = text("access_token")
            .ok_or_else(|| TokenError::new("the token server's answer has no `access_token`"))?;
        let life = value.get("expires_in").and_then(seconds);
        Ok(Self {
            token,
            life: life.map(Duration::from_secs),
            refresh_token: text("refresh_token"),
        })
    }
}

/// A number of seconds; some servers write it as text.
fn seconds(value: &Value) -> Option<u64> {
    let whole = value.as_u64();
    whole.or_else(|| value.as_str()?.trim().parse().ok())
}

impl State {
    fn keep(&mut self, granted: Granted, now: Duration) -> SecretString {
        if granted.refresh_token.is_some() {
            self.refresh_token = granted.refresh_token;
        }
        let ends = granted.life.and_then(|life| now.checked_add(life));
        let margin = granted.life.map(|life| MARGIN.min(life / 4));
        let until = ends
            .zip(margin)
            .map(|(ends, margin)| ends.saturating_sub(margin));
        let token = granted.token.clone();
        self.token = Some(Held {
            token: granted.token,
            until,
            ends,
        });
        token
    }
}

impl TokenProvider for OAuth2 {
    fn token<'a>(
        &'a self,
        context: TokenContext<'a>,
    ) -> BoxFuture<'a, Result<SecretString, TokenError>> {
        Box::pin(self.current(context))
    }

    fn refused(&self, token: &SecretString) -> bool {
        let refused = self.refused.lock();
        *refused.unwrap_or_else(std::sync::PoisonError::into_inner) = Some(token.clone());
        true
    }
}

/// Shows where tokens come from, and no secret.
impl fmt::Debug for OAuth2 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("OAuth2")
            .field("token_url", &self.token_url)
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
