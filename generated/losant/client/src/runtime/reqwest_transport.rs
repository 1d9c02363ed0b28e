//! The transport that clients use unless they are given another: reqwest.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};

use super::transport::{Answer, ByteStream, Transport, TransportError, TransportErrorKind};

/// Sends requests with reqwest, which needs a tokio runtime.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport with connections of its own.
    ///
    /// # Errors
    /// If TLS cannot be set up.
    pub fn new(connect_timeout: Option<Duration>) -> Result<Self, reqwest::Error> {
        let mut builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        if let Some(limit) = connect_timeout {
            builder = builder.connect_timeout(limit);
        }
        builder.build().map(Self::with_client)
    }

    /// A transport over a reqwest client that is set up elsewhere, with a proxy or certificates
    /// of its own. Turn its redirects off: it would follow them with credentials.
    pub fn with_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Bytes>, timeout: Option<Duration>) -> Answer<'_> {
        Box::pin(exchange(&self.client, request, timeout))
    }
}

async fn exchange(
    client: &reqwest::Client,
    request: Request<Bytes>,
    timeout: Option<Duration>,
) -> Result<Response<ByteStream>, TransportError> {
    let mut request = reqwest::Request::try_from(request)
        .map_err(|error| TransportError::interrupted(error.without_url()))?;
    *request.timeout_mut() = timeout;
    let mut response = client.execute(request).await.map_err(head_error)?;
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let body: ByteStream = Box::pin(Body(Box::pin(response.bytes_stream())));
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    Ok(answer)
}

/// Why there is no head of an answer. The URL is taken out: its query may hold a credential.
fn head_error(error: reqwest::Error) -> TransportError {
    let kind = match (error.is_connect(), error.is_timeout()) {
        (true, true) => TransportErrorKind::ConnectTimeout,
        (true, false) => TransportErrorKind::Connect,
        (false, true) => TransportErrorKind::Timeout,
        (false, false) => TransportErrorKind::Interrupted,
    };
    TransportError::new(kind, error.without_url())
}

fn body_error(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        TransportError::timeout(error.without_url())
    } else {
        TransportError::body(error.without_url())
    }
}

/// reqwest's body with errors turned into ours.
struct Body(Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>);

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = self.0.as_mut().poll_next(context);
        item.map(|chunk| chunk.map(|bytes| bytes.map_err(body_error)))
    }
}
