//! The error of a call: opaque, with predicates for what a program may want to tell apart.

use std::borrow::Cow;
use std::fmt;

use http::header::CONTENT_ENCODING;
use http::{HeaderMap, StatusCode};

use crate::runtime::reading::decode_error::DecodeError;
use crate::runtime::reading::failure::{Failure, FailureKind};
use crate::runtime::reading::response::RawResponse;
use crate::runtime::reading::summary;
use crate::runtime::transport::TransportErrorKind;

/// The documented errors of an operation.
///
/// ```
/// use snyk_invites::runtime::{ApiError, Error};
///
/// /// The documented error, if it was one; all others are passed on.
/// fn documented<T, E: ApiError>(outcome: Result<T, Error<E>>) -> Result<Result<T, E>, Error<E>> {
///     match outcome {
///         Ok(value) => Ok(Ok(value)),
///         Err(error) => error.into_api().map(Err),
///     }
/// }
/// ```
pub trait ApiError: fmt::Debug + Send + Sync + Sized + 'static {
    /// Decodes an answer that is not a success; `None` if the description does not list its
    /// status.
    ///
    /// # Errors
    /// If the status is documented and the body does not fit.
    fn decode(response: &RawResponse) -> Result<Option<Self>, DecodeError>;
}

/// Why a call failed. `E` lists the errors that the operation documents.
///
/// Exactly one predicate holds, except that a connection not made in time is both
/// [`is_connect`](Error::is_connect) and [`is_timeout`](Error::is_timeout).
///
/// Neither `Display` nor `Debug` contains credentials, URLs with queries, or header values.
/// Both may contain what the server wrote.
///
/// ```
/// use snyk_invites::runtime::Error;
///
/// fn advice<E>(error: &Error<E>) -> &'static str {
///     if error.is_connect() || error.is_timeout() {
///         "try again later"
///     } else if error.status().is_some_and(|status| status == 401) {
///         "look at the credential"
///     } else if error.is_decode() {
///         "look for a newer version of this crate"
///     } else {
///         "look at the message"
///     }
/// }
/// ```
pub struct Error<E>(Box<Inner<E>>);

struct Inner<E> {
    operation: &'static str,
    failure: Failure,
    api: Option<E>,
}

impl<E> Error<E> {
    pub(crate) fn new(operation: &'static str, failure: Failure, api: Option<E>) -> Self {
        Self(Box::new(Inner {
            operation,
            failure,
            api,
        }))
    }

    /// Whether no connection to the server could be made, so that nothing was sent.
    ///
    /// # Troubleshooting
    /// The reason is in the error's source: a host name that does not resolve, a refused
    /// connection, a certificate that is not trusted. Look at the base URL first, then at proxies
    /// and firewalls. Trying again is safe.
    pub fn is_connect(&self) -> bool {
        use TransportErrorKind::{Connect, ConnectTimeout};
        matches!(self.transport(), Some(Connect | ConnectTimeout))
    }

    /// Whether the time was up before the answer was complete.
    ///
    /// # Troubleshooting
    /// The server may have done what was asked: before trying again, consider whether doing it
    /// twice matters. If the operation is known to be slow, raise the limit for that one call
    /// with [`CallOptions::timeout`](crate::runtime::CallOptions::timeout), or for all on the client.
    pub fn is_timeout(&self) -> bool {
        use TransportErrorKind::{ConnectTimeout, Timeout};
        matches!(self.transport(), Some(ConnectTimeout | Timeout))
    }

    /// Whether the connection broke after it was made and before the head of an answer came.
    ///
    /// # Troubleshooting
    /// Servers and proxies close connections when they restart or when a request is too large.
    /// As with [`is_timeout`](Error::is_timeout), the server may have done what was asked.
    pub fn is_interrupted(&self) -> bool {
        matches!(self.transport(), Some(TransportErrorKind::Interrupted))
    }

    /// Whether the connection broke while the body was read.
    ///
    /// # Troubleshooting
    /// The server answered with [`status`](Error::status) and has most likely done what was
    /// asked; only its answer is incomplete. What came of it is in
    /// [`body_text`](Error::body_text). Read the state back before trying again.
    pub fn is_body(&self) -> bool {
        matches!(self.transport(), Some(TransportErrorKind::Body))
    }

    /// Whether the body was given up because it is larger than the client takes.
    ///
    /// # Troubleshooting
    /// The limit keeps a broken or hostile server from filling the memory. If the answer is right
    /// to be that large, raise the limit on the client, or ask for less at a time.
    pub fn is_too_large(&self) -> bool {
        matches!(self.transport(), Some(TransportErrorKind::TooLarge))
    }

    /// Whether the stream that was to be sent broke off, or was not as long as it said.
    ///
    /// # Troubleshooting
    /// What the stream itself said is in the error's source. A length that was set with
    /// [`Upload::length`](crate::runtime::Upload::length) must be that of all its bytes. The server may
    /// have seen a part of them.
    pub fn is_upload(&self) -> bool {
        matches!(self.transport(), Some(TransportErrorKind::Upload))
    }

    /// Whether there is no runtime around the call that could carry it, or one that lacks
    /// something, so that nothing was sent.
    ///
    /// # Troubleshooting
    /// The error's source says what is missing. Calls through reqwest need a tokio runtime with
    /// everything turned on, as `#[tokio::main]` and `Builder::enable_all` make it; a program
    /// without one turns the feature `blocking` on and waits with `wait`.
    ///
    /// One case is no error: a runtime with a timer but without I/O (`enable_time` and no
    /// `enable_io`) cannot be asked for it, and reqwest panics there as soon as it connects.
    pub fn is_runtime(&self) -> bool {
        matches!(self.transport(), Some(TransportErrorKind::Runtime))
    }

    /// Whether no token for the call could be had, so that nothing was sent.
    ///
    /// # Troubleshooting
    /// The message says what the source of tokens said. For OAuth 2 look at the token URL, the
    /// client's id and secret, and whether a refresh token has ended: then the user must agree
    /// again.
    pub fn is_credential(&self) -> bool {
        matches!(self.0.failure.kind, FailureKind::Credential(_))
    }

    /// Whether the body does not fit the description, be it of a success or of a documented
    /// error; [`status`](Error::status) tells which.
    ///
    /// # Troubleshooting
    /// [`json_path`](Error::json_path) says where decoding stopped and
    /// [`body_text`](Error::body_text) what was there. HTML usually comes from a proxy or a login
    /// page: look at the base URL. Otherwise the API and its description have drifted apart:
    /// look for a newer version of this crate.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.failure.kind, FailureKind::Decode(_))
    }

    /// Whether the answer has a status that the description does not list for the operation.
    ///
    /// # Troubleshooting
    /// Statuses such as 429, 502 and 503 come from what stands in front of an API and mean: try
    /// again later; [`attempts`](Error::attempts) says how often that was done already. 401 and
    /// 403 mean that the credential is missing, wrong or not enough. 3xx is a redirect that was
    /// not followed, because the method is neither GET nor HEAD or because it leaves TLS: set the
    /// base URL to where it points.
    pub fn is_undocumented_status(&self) -> bool {
        matches!(self.0.failure.kind, FailureKind::Undocumented)
    }

    /// Whether the call was refused before anything was sent.
    ///
    /// # Troubleshooting
    /// The message names the parameter, header or setting: a path parameter that is empty or
    /// would change the path, a value that no header can carry, a required parameter that has no
    /// value, a body that cannot be written as JSON. A client that checks what the description
    /// says of lengths, bounds and patterns names the place and the rule, never the value. It
    /// fails the same way each time.
    pub fn is_request(&self) -> bool {
        matches!(self.0.failure.kind, FailureKind::Request(_))
    }

    /// Whether there is no way from a page of a list to the next one, though it is not the last.
    ///
    /// # Troubleshooting
    /// A link must be a URL of the same origin as the base URL, because credentials go with it.
    /// If the API is behind a proxy, it may write its own host into links: use the URL that it
    /// knows itself by. Neither a link nor a cursor may lead to a page that was there before, and
    /// a page that is found by its number must not be the one before it once more: the server
    /// may not know the parameter, or a proxy may leave it out.
    pub fn is_next_link(&self) -> bool {
        matches!(self.0.failure.kind, FailureKind::NextLink(_))
    }

    /// Whether the server answered with an error that the description lists; it is in
    /// [`api`](Error::api).
    ///
    /// # Troubleshooting
    /// The server understood the call and declined. The documented error says why; when
    /// reporting it to those who run the API, add [`request_id`](Error::request_id).
    pub fn is_api(&self) -> bool {
        self.0.api.is_some()
    }

    /// The documented error.
    pub fn api(&self) -> Option<&E> {
        self.0.api.as_ref()
    }

    /// The documented error, or this error back if it is of another kind.
    ///
    /// # Errors
    /// This error, unchanged.
    pub fn into_api(self) -> Result<E, Self> {
        let Inner {
            operation,
            failure,
            api,
        } = *self.0;
        api.ok_or_else(|| Self::new(operation, failure, None))
    }

    /// The operation that was called, as `resource.action`.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// How often the request was sent; 0 if nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.0.failure.attempts
    }

    /// The status, if an answer came.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status_code)
    }

    /// The headers, if an answer came.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(RawResponse::headers)
    }

    /// The id that the server gave the request, if it did.
    pub fn request_id(&self) -> Option<&str> {
        self.response().and_then(RawResponse::request_id)
    }

    /// The body as it came, if an answer came. Bytes that are not UTF-8 are replaced.
    pub fn body_text(&self) -> Option<Cow<'_, str>> {
        self.response().map(RawResponse::body_text)
    }

    /// Where in a JSON body decoding stopped, such as `items[0].role`.
    pub fn json_path(&self) -> Option<&str> {
        match &self.0.failure.kind {
            FailureKind::Decode(error) => error.path(),
            _ => None,
        }
    }

    /// All differences between the answer and the description that a strict client found.
    #[cfg(feature = "strict")]
    pub fn drifts(&self) -> &[crate::runtime::drift::Drift] {
        match &self.0.failure.kind {
            FailureKind::Decode(error) => error.drifts(),
            _ => &[],
        }
    }

    fn response(&self) -> Option<&RawResponse> {
        self.0.failure.response.as_deref()
    }

    fn transport(&self) -> Option<TransportErrorKind> {
        match &self.0.failure.kind {
            FailureKind::Transport(_, error) => Some(error.kind()),
            _ => None,
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.0.operation, self.0.failure)
    }
}

/// `404 Not Found: Application was not found`, and the like for the other kinds.
impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(response) = &self.response {
            write!(out, "{}", response.status_code())?;
        }
        let said = |response: &RawResponse| summary::of(response.json());
        match &self.kind {
            FailureKind::Request(message) => write!(out, "not sent: {message}"),
            FailureKind::Credential(error) => write!(out, "not sent: {error}"),
            FailureKind::NextLink(message) => write!(out, "no next page: {message}"),
            FailureKind::Decode(error) => {
                write!(out, ": the body does not fit: {error}")?;
                let response = self.response.as_deref();
                match response.is_some_and(|it| it.headers().contains_key(CONTENT_ENCODING)) {
                    true => out.write_str(" (it came encoded, which was not asked for)"),
                    false => Ok(()),
                }
            }
            FailureKind::Transport(origin, error) => {
                let separator = if self.response.is_some() { ": " } else { "" };
                write!(out, "{separator}{error} ({origin})")
            }
            FailureKind::Api | FailureKind::Undocumented => {
                match self.response.as_deref().and_then(said) {
                    Some(sentence) => write!(out, ": {sentence}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Error")
            .field("operation", &self.0.operation)
            .field("kind", &self.0.failure.kind)
            .field("api", &self.0.api)
            .field("response", &self.response())
            .finish()
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.failure.kind {
            FailureKind::Transport(_, error) => std::error::Error::source(error),
            FailureKind::Decode(error) => std::error::Error::source(error),
            FailureKind::Credential(error) => std::error::Error::source(error),
            _ => None,
        }
    }
}
