//! Tokens that are fetched when they are needed: an interface for any source of them.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use crate::runtime::delivery::clock::Clock;
use crate::runtime::transport::Transport;
use crate::runtime::transport::boxed::BoxFuture;

/// A source of tokens: OAuth 2, a vault, a file that something else keeps fresh.
///
/// It is asked before each attempt, so it keeps a token for as long as it is good.
///
/// ```
/// use std::path::PathBuf;
///
/// use losant_invites::runtime::transport::boxed::BoxFuture;
/// use losant_invites::runtime::{SecretString, TokenContext, TokenError, TokenProvider};
///
/// /// A file that something else keeps fresh.
/// #[derive(Debug)]
/// struct TokenFile(PathBuf);
///
/// impl TokenProvider for TokenFile {
///     fn token<'a>(
///         &'a self,
///         _: TokenContext<'a>,
///     ) -> BoxFuture<'a, Result<SecretString, TokenError>> {
///         Box::pin(async move {
///             let text = std::fs::read_to_string(&self.0).map_err(|error| {
///                 TokenError::new("the file with the token cannot be read").caused_by(error)
///             })?;
///             Ok(text.trim().into())
///         })
///     }
///
///     /// By the next time the file may hold another.
///     fn refused(&self, _: &SecretString) -> bool {
///         true
///     }
/// }
/// ```
pub trait TokenProvider: fmt::Debug + Send + Sync + 'static {
    /// The token to send.
    fn token<'a>(
        &'a self,
        context: TokenContext<'a>,
    ) -> BoxFuture<'a, Result<SecretString, TokenError>>;

    /// Told that the server refused this token with status 401. Whoever can get another one
    /// forgets it and returns true: then the request is sent once more, whatever its method and
    /// its policy for retries, since a server that answers 401 has not done what was asked.
    fn refused(&self, token: &SecretString) -> bool {
        let _ = token;
        false
    }
}

/// A source that is shared, by several clients say.
impl<T: TokenProvider + ?Sized> TokenProvider for Arc<T> {
    fn token<'a>(
        &'a self,
        context: TokenContext<'a>,
    ) -> BoxFuture<'a, Result<SecretString, TokenError>> {
        (**self).token(context)
    }

    fn refused(&self, token: &SecretString) -> bool {
        (**self).refused(token)
    }
}

/// What a [`TokenProvider`] may need of the client.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TokenContext<'a> {
    /// Carries requests, as for calls.
    pub transport: &'a Arc<dyn Transport>,
    /// The client's clock.
    pub clock: &'a dyn Clock,
    /// The base URL of the client.
    pub base_url: &'a str,
    /// What is left of the time for the attempt. The client keeps it.
    pub timeout: Option<Duration>,
}

/// Why there is no token. The message must not hold secrets.
///
/// ```
/// use std::time::Duration;
///
/// use losant_invites::runtime::TokenError;
///
/// let busy = TokenError::new("the vault is busy").after(Duration::from_secs(2));
/// println!("{busy}");
/// assert!(TokenError::new("the vault restarts").transient().is_transient());
/// ```
#[derive(Debug)]
pub struct TokenError {
    message: String,
    transient: bool,
    asked: Option<Duration>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl TokenError {
    /// An error with this message, which will be the same next time.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            transient: false,
            asked: None,
            source: None,
        }
    }

    /// The same, but it may be over next time: the call may be tried again.
    #[must_use]
    pub fn transient(mut self) -> Self {
        self.transient = true;
        self
    }

    /// The same, over after this time at the soonest.
    #[must_use]
    pub fn after(mut self, wait: Duration) -> Self {
        self.asked = Some(wait);
        self.transient()
    }

    /// The same with what caused it.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Whether it may be over next time.
    pub fn is_transient(&self) -> bool {
        self.transient
    }

    /// How long its source asked to be left alone.
    pub(crate) fn asked(&self) -> Option<Duration> {
        self.asked
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl Error for TokenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn Error + 'static))
    }
}
