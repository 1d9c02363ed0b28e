//! Requests through a service of `tower`: the feature `tower`.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http::{Request, Response};
use http_body::{Body as HttpBody, Frame, SizeHint};
use tower_service::Service;

use super::body::{Body, UploadError};
use super::transport::{Answer, ByteStream, Transport, TransportError};

/// Carries requests through any service from requests to responses: a client of `hyper`, an `axum`
/// router in a test, either in layers of `tower`.
///
/// ```text
/// let client = Client::builder().transport(ServiceTransport::new(router)).build()?;
/// ```
#[derive(Clone)]
pub struct ServiceTransport<S> {
    service: S,
}

impl<S> ServiceTransport<S> {
    /// A transport through this service. It is cloned for each request.
    pub fn new(service: S) -> Self {
        Self { service }
    }
}

impl<S, B> Transport for ServiceTransport<S>
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Future: Send,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    B: HttpBody + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    fn send(&self, request: Request<Body>, _: Option<Duration>) -> Answer<'_> {
        let mut service = self.service.clone();
        Box::pin(async move {
            let ready = poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(TransportError::connect)?;
            let answer = service.call(request).await;
            let answer = answer.map_err(TransportError::interrupted)?;
            Ok(answer.map(|body| -> ByteStream { Box::pin(Incoming(Box::pin(body))) }))
        })
    }
}

impl<S> fmt::Debug for ServiceTransport<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ServiceTransport").finish_non_exhaustive()
    }
}

/// The data of a body; trailers are passed over.
struct Incoming<B>(Pin<Box<B>>);

impl<B: HttpBody> Stream for Incoming<B>
where
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(frame) = ready!(self.0.as_mut().poll_frame(context)) else {
                return Poll::Ready(None);
            };
            match frame.map(Frame::into_data) {
                Ok(Ok(mut data)) => {
                    let bytes = data.copy_to_bytes(data.remaining());
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Ok(Err(_)) => {}
                Err(error) => return Poll::Ready(Some(Err(TransportError::body(error)))),
            }
        }
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = UploadError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, UploadError>>> {
        let piece = ready!(self.poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length()
            .map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
