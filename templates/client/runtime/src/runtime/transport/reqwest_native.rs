//! What reqwest needs everywhere but in a browser: a runtime, and bodies. These go frame by frame, so
//! that reqwest needs no feature for streams and none of the crates behind it.

use std::future::{Future, poll_fn, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};
use http_body::{Body as HttpBody, Frame};
use sync_wrapper::SyncWrapper;

use crate::runtime::delivery::tokio_timer::{self, Tokio};
use crate::runtime::transport::body::{Body, UploadError};
use crate::runtime::transport::reqwest_transport::{answered, body_error, head_error};
use crate::runtime::transport::{Answer, ByteStream, TransportError, TransportErrorKind};
use crate::runtime::writing::request_headers::put;

/// Whether reqwest can work here: where there is no runtime, or one without a timer, it panics.
fn usable() -> Result<(), TransportError> {
    let missing = match tokio_timer::at_hand() {
        Tokio::Whole => return Ok(()),
        Tokio::WithoutTimer => "the tokio runtime has no timer: call `enable_all` on its builder",
        Tokio::Missing => {
            "reqwest needs a tokio runtime: make the call inside of one, or turn the feature \
             `blocking` on and wait with `wait`"
        }
    };
    Err(TransportError::new(TransportErrorKind::Runtime, missing))
}

/// Whether a method means to send something, so that it should say how long even nothing is (RFC
/// 9110, section 8.6). Servers answer 411 otherwise.
fn sends(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

/// Sends a request with this body. What is held until the answer comes is small: all is reqwest's
/// before the future is there, and none of it is moved again.
pub(crate) fn exchange(
    client: &reqwest::Client,
    mut request: reqwest::Request,
    body: Body,
) -> Answer<'_> {
    if let Err(error) = usable() {
        return Box::pin(ready(Err(error)));
    }
    let empty = sends(request.method()) && body.length() == Some(0);
    if empty && !request.headers().contains_key(CONTENT_LENGTH) {
        let none = HeaderValue::from_static("0");
        put(request.headers_mut(), CONTENT_LENGTH, none);
    }
    *request.body_mut() = Some(match body.as_bytes() {
        Some(bytes) => reqwest::Body::from(bytes.clone()),
        None => reqwest::Body::wrap(Outgoing(SyncWrapper::new(body))),
    });
    let mut answer = client.execute(request);
    Box::pin(poll_fn(move |context| {
        let answer = Pin::new(&mut answer).poll(context);
        answer.map(|answer| answer.map(answered).map_err(head_error))
    }))
}

/// What it reads.
pub(crate) fn incoming(response: reqwest::Response) -> ByteStream {
    Box::pin(Incoming(response))
}

/// The pieces of an answer. They are taken from the answer itself, since a body that is taken out
/// of it is put into one more box.
struct Incoming(reqwest::Response);

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        // Nothing of the answer is in this future, so it may be dropped before it is ready.
        let piece = pin!(self.0.chunk()).poll(context);
        piece.map(|piece| piece.map_err(body_error).transpose())
    }
}

/// A stream that is sent. reqwest asks for `Sync`, which a stream in a box is not, and never looks
/// at it from two threads at a time.
struct Outgoing(SyncWrapper<Body>);

impl HttpBody for Outgoing {
    type Data = Bytes;
    type Error = UploadError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, UploadError>>> {
        Pin::new(self.0.get_mut()).poll_frame(context)
    }
}
