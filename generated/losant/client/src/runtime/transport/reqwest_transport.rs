//! The transport that clients use unless they are given another: reqwest.

use std::future::ready;
use std::time::Duration;

use http::{Request, Response};
use url::Url;

#[cfg(not(target_arch = "wasm32"))]
use super::reqwest_native as platform;
#[cfg(target_arch = "wasm32")]
use super::reqwest_wasm as platform;
use crate::runtime::transport::body::Body;
use crate::runtime::transport::{
    Answer, ByteStream, RequestParts, Transport, TransportError, TransportErrorKind,
};

/// Sends requests with reqwest, which needs a tokio runtime. In a browser it is `fetch` that sends
/// them: there the browser follows redirects and limits the time of connecting.
///
/// The runtime needs a timer and I/O, as `enable_all` of its builder turns them on. Without a runtime,
/// or without its timer, a call is an error ([`Error::is_runtime`](crate::runtime::Error::is_runtime));
/// with a timer and no I/O reqwest panics when it connects, for tokio does not say what a runtime has.
///
/// ```
/// use losant_invites::runtime::ReqwestTransport;
///
/// # fn main() -> Result<(), reqwest::Error> {
/// let http = reqwest::Client::builder()
///     .redirect(reqwest::redirect::Policy::none())
///     .pool_max_idle_per_host(4)
///     .build()?;
/// let transport = ReqwestTransport::with_client(http);
/// # let _ = transport;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport with connections of its own.
    ///
    /// # Errors
    /// If TLS cannot be set up.
    #[inline(never)]
    pub fn new(connect_timeout: Option<Duration>) -> Result<Self, reqwest::Error> {
        let builder = reqwest::Client::builder();
        #[cfg(not(target_arch = "wasm32"))]
        let builder = set_up(builder, connect_timeout);
        #[cfg(target_arch = "wasm32")]
        let _ = connect_timeout;
        builder.build().map(Self::with_client)
    }

    /// A transport over a reqwest client that is set up elsewhere, with a proxy or certificates
    /// of its own. Turn its redirects off: it would follow them with credentials.
    pub fn with_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, mut request: Request<Body>, _: Option<Duration>) -> Answer<'_> {
        // The client leaves its URL here, since parsing it again takes a while. It counts as long as
        // nobody in between sends the request elsewhere.
        let url = request.extensions_mut().remove::<Url>();
        let url = match url.filter(|url| request.uri() == url.as_str()) {
            Some(url) => Ok(url),
            None => Url::parse(&request.uri().to_string()),
        };
        let url = match url {
            Ok(url) => url,
            Err(error) => return Box::pin(ready(Err(TransportError::interrupted(error)))),
        };
        let (head, body) = request.into_parts();
        let mut request = reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        #[cfg(not(target_arch = "wasm32"))]
        {
            *request.version_mut() = head.version;
        }
        platform::exchange(&self.client, request, body)
    }

    fn send_parts(&self, parts: RequestParts, _: Option<Duration>) -> Answer<'_> {
        let mut request = reqwest::Request::new(parts.method, parts.url);
        *request.headers_mut() = parts.headers;
        platform::exchange(&self.client, request, parts.body)
    }
}

/// The answer of reqwest, as the client reads it.
pub(crate) fn answered(mut response: reqwest::Response) -> Response<ByteStream> {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let mut answer = Response::new(platform::incoming(response));
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    answer
}

#[cfg(not(target_arch = "wasm32"))]
fn set_up(builder: reqwest::ClientBuilder, limit: Option<Duration>) -> reqwest::ClientBuilder {
    let builder = builder.redirect(reqwest::redirect::Policy::none());
    // All that reqwest would send again by itself is what a server of HTTP/2 refused unread, and for
    // that it copies each request.
    #[cfg(not(feature = "http2"))]
    let builder = builder.retry(reqwest::retry::never().max_retries_per_request(0));
    match limit {
        Some(limit) => builder.connect_timeout(limit),
        None => builder,
    }
}

/// Why there is no head of an answer. The URL is taken out: its query may hold a credential.
pub(crate) fn head_error(error: reqwest::Error) -> TransportError {
    #[cfg(not(target_arch = "wasm32"))]
    let connecting = error.is_connect();
    // A browser does not say at what point it failed.
    #[cfg(target_arch = "wasm32")]
    let connecting = false;
    let kind = match (connecting, error.is_timeout()) {
        (true, true) => TransportErrorKind::ConnectTimeout,
        (true, false) => TransportErrorKind::Connect,
        (false, true) => TransportErrorKind::Timeout,
        (false, false) => TransportErrorKind::Interrupted,
    };
    TransportError::new(kind, error.without_url())
}

/// Why a body ends before its time.
pub(crate) fn body_error(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        TransportError::timeout(error.without_url())
    } else {
        TransportError::body(error.without_url())
    }
}
