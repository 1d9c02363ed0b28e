//! Bodies as the crate `http-body` knows them, which `hyper`, reqwest and `tower` speak.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame, SizeHint};

use crate::runtime::transport::TransportError;
use crate::runtime::transport::body::{Body, UploadError};

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

/// The data of a body that arrives; trailers are passed over.
pub(crate) struct Incoming<B, E> {
    body: B,
    /// What the body's errors mean to a call.
    error: fn(E) -> TransportError,
}

impl<B, E> Incoming<B, E> {
    pub(crate) fn new(body: B, error: fn(E) -> TransportError) -> Self {
        Self { body, error }
    }
}

impl<B: HttpBody<Error = E> + Unpin, E> Stream for Incoming<B, E> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(context)) else {
                return Poll::Ready(None);
            };
            match frame.map(Frame::into_data) {
                Ok(Ok(mut data)) => {
                    let bytes = data.copy_to_bytes(data.remaining());
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Ok(Err(_)) => {}
                Err(error) => return Poll::Ready(Some(Err((self.error)(error)))),
            }
        }
    }
}
