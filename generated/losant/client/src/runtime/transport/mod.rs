//! What carries a request to the server and the answer back: an interface for any HTTP stack.

pub mod body;
pub mod boxed;
#[cfg(any(
    feature = "tower",
    all(feature = "reqwest", not(target_arch = "wasm32"))
))]
mod frames;
pub(crate) mod measured;
pub mod request_parts;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
mod reqwest_native;
#[cfg(feature = "reqwest")]
pub mod reqwest_transport;
#[cfg(all(feature = "reqwest", target_arch = "wasm32"))]
mod reqwest_wasm;
#[cfg(feature = "tower")]
pub mod service_transport;

use std::error::Error;
use std::fmt;
use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::runtime::transport::body::Body;
use crate::runtime::transport::boxed::{BoxFuture, BoxStream};

pub use self::request_parts::RequestParts;

/// The body of a response as it arrives.
pub type ByteStream = BoxStream<Result<Bytes, TransportError>>;

/// The future that [`Transport::send`] returns.
pub type Answer<'a> = BoxFuture<'a, Result<Response<ByteStream>, TransportError>>;

/// Carries requests to the server.
///
/// An implementation sends the request as it is, once: it adds no credentials, follows no
/// redirects and does not retry; the runtime decides on all that. An answer with any status is
/// an answer, not an error.
///
/// ```
/// use std::time::Duration;
///
/// use http::Request;
/// use losant_invites::runtime::transport::Answer;
/// use losant_invites::runtime::{Body, Transport, TransportError};
///
/// /// Notes each request, and hands it on.
/// #[derive(Debug)]
/// struct Noted<T>(T);
///
/// impl<T: Transport> Transport for Noted<T> {
///     fn send(&self, request: Request<Body>, timeout: Option<Duration>) -> Answer<'_> {
///         println!("{} {}", request.method(), request.uri().path());
///         self.0.send(request, timeout)
///     }
/// }
///
/// /// For tests of what a program does without a network.
/// #[derive(Debug)]
/// struct Offline;
///
/// impl Transport for Offline {
///     fn send(&self, _: Request<Body>, _: Option<Duration>) -> Answer<'_> {
///         Box::pin(async { Err(TransportError::connect("there is no network")) })
///     }
/// }
///
/// let transport = Noted(Offline);
/// # let _ = transport;
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends one request.
    ///
    /// `timeout` is what is left of the time for the attempt, from now until the last byte of
    /// the body. The client keeps it by dropping what takes longer; it is here for those who
    /// would not even begin what cannot be done in time. `None` is no limit.
    fn send(&self, request: Request<Body>, timeout: Option<Duration>) -> Answer<'_>;

    /// Sends one request. It is what the client calls. Unless a transport has use for the parts, and
    /// would have to parse the URL again, there is nothing to implement: they are put together and
    /// sent.
    fn send_parts(&self, parts: RequestParts, timeout: Option<Duration>) -> Answer<'_> {
        match parts.into_request() {
            Ok(request) => self.send(request, timeout),
            Err(error) => Box::pin(ready(Err(error))),
        }
    }
}

/// A transport that is shared.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Body>, timeout: Option<Duration>) -> Answer<'_> {
        (**self).send(request, timeout)
    }

    fn send_parts(&self, parts: RequestParts, timeout: Option<Duration>) -> Answer<'_> {
        (**self).send_parts(parts, timeout)
    }
}

/// Why no complete answer came.
///
/// ```
/// use losant_invites::runtime::TransportError;
/// use losant_invites::runtime::transport::TransportErrorKind;
///
/// let error = TransportError::connect("there is no network");
/// assert_eq!(error.kind(), TransportErrorKind::Connect);
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn Error + Send + Sync>,
}

/// At what point an exchange failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made: name not found, refused, TLS.
    Connect,
    /// No connection could be made in time.
    ConnectTimeout,
    /// The time was up before the answer was complete.
    Timeout,
    /// The connection broke before the head of an answer came.
    Interrupted,
    /// The connection broke while the body was read.
    Body,
    /// The body has more bytes than the client takes.
    TooLarge,
    /// The stream that was to be sent broke off, or was not as long as it said.
    Upload,
    /// There is no runtime around the call that could carry it, or it lacks something.
    Runtime,
}

impl TransportError {
    /// An error of this kind. The source must not contain secrets, such as a URL's query.
    #[cold]
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            kind,
            source: source.into(),
        }
    }

    /// No connection could be made.
    pub fn connect(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Connect, source)
    }

    /// The time was up.
    pub fn timeout(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Timeout, source)
    }

    /// The connection broke before the head of an answer came.
    pub fn interrupted(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Interrupted, source)
    }

    /// The connection broke while the body was read.
    pub fn body(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Body, source)
    }

    /// The body has more bytes than this.
    pub(crate) fn too_large(largest: u64) -> Self {
        Self::new(
            TransportErrorKind::TooLarge,
            format!("more than {largest} bytes"),
        )
    }

    /// The same, since it was the stream to send that broke off.
    pub(crate) fn of_upload(mut self) -> Self {
        self.kind = TransportErrorKind::Upload;
        self
    }

    /// At what point the exchange failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl TransportErrorKind {
    /// A word for it, for logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::ConnectTimeout => "connect_timeout",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::Body => "body",
            Self::TooLarge => "too_large",
            Self::Upload => "upload",
            Self::Runtime => "runtime",
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection could be made",
            TransportErrorKind::ConnectTimeout => "no connection could be made in time",
            TransportErrorKind::Timeout => "the time was up before the answer was complete",
            TransportErrorKind::Interrupted => "the connection broke before an answer came",
            TransportErrorKind::Body => "the connection broke while the body was read",
            TransportErrorKind::TooLarge => "the body is larger than the client takes",
            TransportErrorKind::Upload => "the stream that was to be sent broke off",
            TransportErrorKind::Runtime => "there is no runtime that could carry the request",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}
