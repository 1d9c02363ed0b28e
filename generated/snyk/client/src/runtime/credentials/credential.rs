//! Credentials: kept as secrets, turned into headers, query parameters or cookies.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use crate::runtime::codec::base64;
use crate::runtime::credentials::token::TokenProvider;
use crate::runtime::tables::api::SchemeKind;
use crate::runtime::writing::escape;

/// A credential of a client or of one call. Its secret is never printed.
///
/// ```
/// use snyk_invites::runtime::{CallOptions, Credential};
///
/// // By the name that the security scheme has in the description.
/// let options = CallOptions::new()
///     .credential("login", Credential::basic("Aladdin", "open sesame"));
/// assert!(!format!("{options:?}").contains("sesame"));
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub enum Credential {
    /// A token or key.
    Token(SecretString),
    /// A user name and a password.
    Pair(String, SecretString),
    /// A token that is fetched when it is needed.
    Provider(Arc<dyn TokenProvider>),
}

impl Credential {
    /// A token or key.
    pub fn token(token: impl Into<SecretString>) -> Self {
        Self::Token(token.into())
    }

    /// A user name and a password.
    pub fn basic(user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self::Pair(user.into(), password.into())
    }

    /// A token that is fetched when it is needed.
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self::Provider(Arc::new(provider))
    }
}

/// A credential as a client keeps it: ready, or what fetches it.
#[derive(Clone)]
pub(crate) enum Source {
    /// Ready for its place.
    Ready(Placed),
    /// Fetched for each attempt.
    Provider(Arc<dyn TokenProvider>),
}

impl Source {
    /// Makes a credential ready as far as that is possible without asking anybody.
    pub(crate) fn of(credential: &Credential, kind: SchemeKind) -> Result<Self, &'static str> {
        match (credential, kind) {
            (Credential::Provider(_), SchemeKind::Basic) => Err("needs a user name and a password"),
            (Credential::Provider(provider), _) => Ok(Self::Provider(Arc::clone(provider))),
            (ready, kind) => ready.placed(kind).map(Self::Ready),
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("[redacted]")
    }
}

/// Where an encoded credential goes in a request.
#[derive(Clone)]
pub enum Placed {
    /// A header. The value is marked as sensitive.
    Header(http::HeaderName, HeaderValue),
    /// A query parameter: its encoded name and value.
    Query(String, SecretString),
    /// A cookie, as `name=value`.
    Cookie(SecretString),
}

impl fmt::Debug for Placed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("[redacted]")
    }
}

impl Credential {
    /// Makes the credential ready for its place.
    ///
    /// # Errors
    /// What is wrong with it, in words that do not contain it.
    pub fn placed(&self, kind: SchemeKind) -> Result<Placed, &'static str> {
        match (kind, self) {
            (SchemeKind::Basic, Self::Pair(user, password)) => basic(user, password),
            (SchemeKind::Basic, Self::Token(_)) => Err("needs a user name and a password"),
            (_, Self::Pair(..)) => Err("takes one token, not a user name and a password"),
            (kind, Self::Token(token)) => token_for(kind, token),
            (_, Self::Provider(_)) => Err("is not fetched yet"),
        }
    }
}

/// Puts a token in its place.
pub(crate) fn token_for(kind: SchemeKind, token: &SecretString) -> Result<Placed, &'static str> {
    let text = token.expose_secret();
    if text.is_empty() {
        return Err("is empty");
    }
    match kind {
        SchemeKind::Header { name, prefix } => in_header(name, &format!("{prefix}{text}")),
        SchemeKind::Query { name } => Ok(Placed::Query(
            escape::value(name),
            escape::value(text).into(),
        )),
        SchemeKind::Cookie { name } => in_cookie(name, text),
        SchemeKind::Bearer | SchemeKind::Basic => {
            in_header("authorization", &format!("Bearer {text}"))
        }
    }
}

/// RFC 7617, section 2: the user name must not contain a colon.
fn basic(user: &str, password: &SecretString) -> Result<Placed, &'static str> {
    if user.contains(':') {
        return Err("has a colon in its user name");
    }
    let pair = format!("{user}:{}", password.expose_secret());
    in_header(
        "authorization",
        &format!("Basic {}", base64::encode(pair.as_bytes())),
    )
}

/// RFC 6265, section 4.1.1: a value is cookie octets, and there is no encoding of others.
fn in_cookie(name: &str, text: &str) -> Result<Placed, &'static str> {
    let octet = |byte: &u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
    if !text.as_bytes().iter().all(octet) {
        return Err("has characters that a cookie cannot carry, such as a semicolon");
    }
    Ok(Placed::Cookie(
        format!("{}={text}", escape::value(name)).into(),
    ))
}

fn in_header(name: &str, text: &str) -> Result<Placed, &'static str> {
    let name =
        http::HeaderName::try_from(name).map_err(|_| "goes into a header with a bad name")?;
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| "has characters that a header cannot carry, such as a line break")?;
    value.set_sensitive(true);
    Ok(Placed::Header(name, value))
}
