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
use http_body::{Body as HttpBody, Frame};
use tower_service::Service;

use crate::runtime::transport::body::Body;
use crate::runtime::transport::{Answer, ByteStream, Transport, TransportError};

/// Carries requests through any service from requests to responses: a client of `hyper`, an `axum`
/// router in a test, either in layers of `tower`.
///
/// ```
/// use std::convert::Infallible;
/// use std::future::{Ready, ready};
/// use std::task::{Context, Poll};
///
/// use http::{Request, Response};
/// use snyk_invites::runtime::{Body, ServiceTransport};
/// use tower_service::Service;
///
/// /// Answers everything with nothing.
/// #[derive(Clone)]
/// struct Nothing;
///
/// impl Service<Request<Body>> for Nothing {
///     type Response = Response<Body>;
///     type Error = Infallible;
///     type Future = Ready<Result<Self::Response, Infallible>>;
///
///     fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
///         Poll::Ready(Ok(()))
///     }
///
///     fn call(&mut self, _: Request<Body>) -> Self::Future {
///         ready(Ok(Response::new(Body::empty())))
///     }
/// }
///
/// let transport = ServiceTransport::new(Nothing);
/// # use snyk_invites::runtime::Transport;
/// # let answer = transport.send(Request::new(Body::empty()), None);
/// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
/// # assert_eq!(runtime.block_on(answer).unwrap().status(), 200);
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

/// The data of a body that arrives; trailers are passed over.
struct Incoming<B>(B);

impl<B> Stream for Incoming<B>
where
    B: HttpBody<Error: Into<Box<dyn Error + Send + Sync>>> + Unpin,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(frame) = ready!(Pin::new(&mut self.0).poll_frame(context)) else {
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

impl<S> fmt::Debug for ServiceTransport<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ServiceTransport").finish_non_exhaustive()
    }
}
