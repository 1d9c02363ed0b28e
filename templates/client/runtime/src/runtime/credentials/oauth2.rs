//! Tokens of OAuth 2 (RFC 6749): by client credentials and by refresh token.

use std::fmt;
use std::pin::{Pin, pin};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::sync::Mutex;
use url::Url;

use crate::runtime::codec::base64;
use crate::runtime::credentials::granted::{Granted, Held};
use crate::runtime::credentials::token::{TokenContext, TokenError, TokenProvider};
use crate::runtime::delivery::clock::Alarm;
use crate::runtime::delivery::retry::is_passing;
use crate::runtime::delivery::retry_after;
use crate::runtime::reading::collect::collect;
use crate::runtime::reading::json_text::unmarked;
use crate::runtime::reading::summary;
use crate::runtime::transport::TransportError;
use crate::runtime::transport::body::Body;
use crate::runtime::transport::boxed::BoxFuture;
use crate::runtime::writing::escape;

/// The most bytes that an answer with a token may have.
const LARGEST: u64 = 1 << 20;

/// How long one request for a token may take.
const LONGEST: Duration = Duration::from_secs(30);

/// How long it may take to read what has come already.
const MOMENT: Duration = Duration::from_millis(500);

/// How long a call waits for a new token while the old one is still good, and how long the next
/// try is put off if that was in vain.
const PATIENCE: Duration = Duration::from_secs(5);

/// Tokens of OAuth 2. One is fetched when the first call needs it, and the next one shortly before
/// it ends or after the server refused it; calls that need it meanwhile wait for the same one. If
/// no other can be had, one that is still good is used until it ends.
///
/// A call that is dropped or out of time while it waits leaves the request for a token to the next
/// call that needs one, so that a new refresh token is not lost.
///
/// ```
/// use sdkwright_runtime::OAuth2;
///
/// let tokens = OAuth2::client_credentials("https://example.com/token", "id", "the secret")
///     .scope("invites:read")
///     .parameter("audience", "https://api.example.com");
/// // Secrets are never shown.
/// assert!(!format!("{tokens:?}").contains("the secret"));
/// ```
///
/// A client takes it with the setter of its security scheme whose name ends in `_provider`, and a
/// call with [`CallOptions::credential`](crate::runtime::CallOptions::credential). Several clients share one
/// if it is in an [`Arc`].
pub struct OAuth2 {
    token_url: String,
    client_id: String,
    client_secret: Option<SecretString>,
    scopes: Vec<String>,
    parameters: Vec<(String, String)>,
    in_body: bool,
    held: std::sync::Mutex<Option<Held>>,
    turn: Mutex<Turn>,
}

/// What only one call at a time has to do with.
#[derive(Default)]
struct Turn {
    refresh_token: Option<SecretString>,
    /// A request for a token that nobody waits for any more. In a browser there is none: what is
    /// under way there is bound to the page.
    #[cfg(not(target_arch = "wasm32"))]
    underway: Option<Underway>,
}

/// A request for a token on its way.
struct Underway {
    exchange: BoxFuture<'static, Result<Answered, TransportError>>,
    began: Duration,
    /// Whether it panicked, unless it is just running.
    broken: bool,
    /// The tokio runtime that it is bound to.
    #[cfg(not(target_arch = "wasm32"))]
    runtime: Option<tokio::runtime::Id>,
}

/// What the token server answered.
struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
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
        this.turn.get_mut().refresh_token = Some(refresh_token.into());
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
            held: std::sync::Mutex::default(),
            turn: Mutex::default(),
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
        if let Some(token) = self.usable(context.clock.now()) {
            return Ok(token);
        }
        let mut turn = self.turn.lock().await;
        // Whoever had the turn before may have fetched one.
        if let Some(token) = self.usable(context.clock.now()) {
            return Ok(token);
        }
        let Some(spare) = self.still_good(context.clock.now()) else {
            return self.fetch(&mut turn, context).await;
        };
        let now = context.clock.now();
        let patience = context
            .timeout
            .map_or(PATIENCE, |left| PATIENCE.min(left / 2));
        let mut alarm = Alarm::at(context.clock, now, Some(now.saturating_add(patience)));
        let fetched = pin!(self.fetch(&mut turn, context));
        let fetched = alarm.guard(fetched).await;
        let now = context.clock.now();
        match fetched {
            Ok(Ok(token)) => Ok(token),
            // It ended meanwhile, so there is none.
            Ok(Err(error)) if self.still_good(now).is_none() => Err(error),
            // Better than none, whatever stands in the way of a new one.
            Ok(Err(_)) | Err(_) => {
                self.put_off(now.saturating_add(PATIENCE));
                Ok(spare)
            }
        }
    }

    fn held(&self) -> MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token that is kept, if there is no reason yet to get another.
    fn usable(&self, now: Duration) -> Option<SecretString> {
        let held = self.held();
        let held = held.as_ref()?;
        let fresh = held.until.is_none_or(|until| now < until);
        fresh.then(|| held.token.clone())
    }

    /// The token that is kept, if the server would still take it.
    fn still_good(&self, now: Duration) -> Option<SecretString> {
        let held = self.held();
        let held = held.as_ref()?;
        let valid = held.ends.is_none_or(|ends| now < ends);
        valid.then(|| held.token.clone())
    }

    /// Keeps to the token until then, if it is good for that long.
    fn put_off(&self, until: Duration) {
        if let Some(held) = self.held().as_mut() {
            held.until = held.ends.map(|ends| ends.min(until));
        }
    }

    /// Fetches a token, or waits on for the one that another call left. If that one is in vain,
    /// another is asked for.
    async fn fetch(
        &self,
        turn: &mut Turn,
        context: TokenContext<'_>,
    ) -> Result<SecretString, TokenError> {
        let Turn { refresh_token, .. } = turn;
        #[cfg(not(target_arch = "wasm32"))]
        let underway = &mut turn.underway;
        #[cfg(target_arch = "wasm32")]
        let underway = &mut None;
        if underway.as_ref().is_some_and(Underway::is_stranded) {
            *underway = None;
        }
        if underway.is_some() {
            let outcome = self.finish(refresh_token, underway, context).await;
            if let (Ok(_), Some(token)) = (outcome, self.usable(context.clock.now())) {
                return Ok(token);
            }
        }
        *underway = Some(self.begin(refresh_token.as_ref(), context)?);
        self.finish(refresh_token, underway, context).await
    }

    /// Asks for a token.
    fn begin(
        &self,
        refresh_token: Option<&SecretString>,
        context: TokenContext<'_>,
    ) -> Result<Underway, TokenError> {
        let request = self.request(refresh_token, context.base_url)?;
        let transport = Arc::clone(context.transport);
        Ok(Underway {
            exchange: Box::pin(async move {
                let answer = transport.send(request, Some(LONGEST)).await?;
                let (head, mut body) = answer.into_parts();
                // Whoever waits for it keeps the time.
                let (body, broken) =
                    collect(&mut body, &mut Alarm::never(), LARGEST, || None).await;
                broken.map_or(Ok(()), Err)?;
                Ok(Answered {
                    status: head.status,
                    headers: head.headers,
                    body,
                })
            }),
            began: context.clock.now(),
            broken: false,
            #[cfg(not(target_arch = "wasm32"))]
            runtime: runtime(),
        })
    }

    /// Waits for the token that was asked for, and keeps it.
    async fn finish(
        &self,
        refresh_token: &mut Option<SecretString>,
        slot: &mut Option<Underway>,
        context: TokenContext<'_>,
    ) -> Result<SecretString, TokenError> {
        let Some(underway) = slot else {
            return Err(TokenError::new("no token was asked for"));
        };
        let began = underway.began;
        let now = context.clock.now();
        let ends = began.saturating_add(LONGEST);
        // What came while nobody waited has yet to be read.
        let ends = ends.max(now.saturating_add(MOMENT));
        let mut alarm = Alarm::at(context.clock, now, Some(ends));
        let answer = alarm.guard(underway).await;
        *slot = None;
        let answer = answer.unwrap_or_else(|_| Err(too_late()));
        let answer = answer.map_err(|error| {
            TokenError::new("the token server could not be reached")
                .transient()
                .caused_by(error)
        })?;
        if !answer.status.is_success() {
            let asked = retry_after::of(&answer.headers, context.clock.unix_time());
            return Err(self.refusal(&answer, asked, refresh_token.as_ref()));
        }
        let granted =
            Granted::read(&answer.body).map_err(|error| match says(&answer, "error") {
                // Some servers refuse with a success.
                Some(_) => self.refusal(&answer, None, refresh_token.as_ref()),
                None => error,
            })?;
        // Whoever began without a refresh token can always begin so again.
        if refresh_token.is_some() && granted.refresh_token.is_some() {
            refresh_token.clone_from(&granted.refresh_token);
        }
        let token = granted.token.clone();
        *self.held() = Some(granted.held(began));
        Ok(token)
    }

    /// Why there is no token, in the words of the server (RFC 6749, section 5.2) as far as they
    /// hold no secret.
    fn refusal(
        &self,
        answer: &Answered,
        asked: Option<Duration>,
        refresh_token: Option<&SecretString>,
    ) -> TokenError {
        let status = answer.status;
        let said = ["error", "error_description"].map(|name| says(answer, name));
        let client_secret = self.client_secret.as_ref();
        let sent = client_secret.map(|secret| pair(&self.client_id, secret));
        let mut secrets: Vec<&str> = sent.as_deref().into_iter().collect();
        let others = [refresh_token, client_secret].into_iter().flatten();
        secrets.extend(others.map(|secret| secret.expose_secret()));
        // A parameter of one's own may well be a password.
        secrets.extend(self.parameters.iter().map(|(_, value)| &**value));
        let mut message = format!("the token server answered {status}");
        for said in said.into_iter().flatten() {
            let said = secrets.iter().fold(said, without);
            message.push_str(": ");
            message.push_str(&summary::one_line(&said));
        }
        let error = TokenError::new(message);
        match (is_passing(status), asked) {
            (false, _) => error,
            (true, None) => error.transient(),
            (true, Some(wait)) => error.after(wait),
        }
    }

    fn request(
        &self,
        refresh_token: Option<&SecretString>,
        base_url: &str,
    ) -> Result<Request<Body>, TokenError> {
        let url = url_of_tokens(&self.token_url, base_url).map_err(TokenError::new)?;
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
        let request = request.extension(crate::runtime::fake::cassette::Secrets {
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

/// What the token server says under this name.
fn says(answer: &Answered, name: &str) -> Option<String> {
    let value: Value = serde_json::from_slice(unmarked(&answer.body)).ok()?;
    value.get(name)?.as_str().map(str::to_owned)
}

fn too_late() -> TransportError {
    TransportError::timeout("the token server did not answer in time")
}

fn push(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    form.push_str(&escape::value(name));
    form.push('=');
    form.push_str(&escape::value(value));
}

/// A client's id and secret as HTTP Basic has them. Both halves are encoded as in a form before they
/// are joined (RFC 6749, section 2.3.1).
fn pair(id: &str, secret: &SecretString) -> String {
    let secret = escape::value(secret.expose_secret());
    base64::encode(format!("{}:{secret}", escape::value(id)).as_bytes())
}

fn basic(id: &str, secret: &SecretString) -> Result<HeaderValue, TokenError> {
    let text = format!("Basic {}", pair(id, secret));
    let mut value = HeaderValue::from_str(&text)
        .map_err(|_| TokenError::new("the client's id and secret cannot be sent"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// A text without a secret, encoded or not. What is shorter than any secret is left, lest nothing
/// of the text remain.
fn without(text: String, secret: &&str) -> String {
    if secret.len() < 4 {
        return text;
    }
    let text = text.replace(secret, "[redacted]");
    text.replace(&escape::value(secret), "[redacted]")
}

/// The tokio runtime that is at hand.
#[cfg(not(target_arch = "wasm32"))]
fn runtime() -> Option<tokio::runtime::Id> {
    let handle = tokio::runtime::Handle::try_current();
    handle.ok().map(|handle| handle.id())
}

impl Underway {
    /// Whether nothing comes of it: it panicked, or is bound to another runtime, which may be gone.
    #[cfg(not(target_arch = "wasm32"))]
    fn is_stranded(&self) -> bool {
        self.broken || self.runtime != runtime()
    }

    /// Whether nothing comes of it.
    #[cfg(target_arch = "wasm32")]
    fn is_stranded(&self) -> bool {
        self.broken
    }
}

impl Future for Underway {
    type Output = Result<Answered, TransportError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.broken = true;
        let answer = self.exchange.as_mut().poll(context);
        self.broken = false;
        answer
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
        let mut held = self.held();
        let same = |held: &mut Held| held.token.expose_secret() == token.expose_secret();
        // Another call may have got a new one since.
        let _ = held.take_if(same);
        true
    }
}

/// Shows where tokens come from, and no secret: a query may well be one.
impl fmt::Debug for OAuth2 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.token_url.split(['?', '#']).next();
        let url = url.map(|url| url.rsplit_once('@').map_or(url, |(_, url)| url));
        out.debug_struct("OAuth2")
            .field("token_url", &url.unwrap_or_default())
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// The URL that tokens come from, seen from the base URL. The message does not repeat it.
fn url_of_tokens(text: &str, base: &str) -> Result<Url, String> {
    let base = Url::parse(base).ok();
    let url = Url::options().base_url(base.as_ref()).parse(text);
    let url = url.map_err(|error| format!("the token URL is not valid: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("the token URL must begin with https:// or http://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the token URL must not hold a user name or a password".to_owned());
    }
    Ok(url)
}
