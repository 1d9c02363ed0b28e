//! Answers that are not kept in memory: the body as it arrives.

use std::fmt;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use crate::runtime::delivery::attempt::Opened;
use crate::runtime::delivery::clock::Alarm;
use crate::runtime::delivery::exchange;
use crate::runtime::delivery::sending;
use crate::runtime::reading::collect::collect;
use crate::runtime::reading::error::{ApiError, Error};
use crate::runtime::reading::failure::Failure;
use crate::runtime::reading::response::RawResponse;
use crate::runtime::streams::reconnect::Again;
use crate::runtime::tables::operation::Operation;
use crate::runtime::transport::boxed::BoxFuture;
use crate::runtime::transport::{ByteStream, TransportError};
use crate::runtime::writing::call::Call;
use crate::runtime::writing::prepare::prepare;

impl Call {
    /// Sends the call and hands out the body of a success as it arrives. The client's limit of time
    /// ends where the body begins; one of the call's own is that of the whole body.
    #[inline]
    pub fn open<T, E: ApiError>(self, wrap: fn(Download) -> T) -> Opening<T, E> {
        Opening::new(self, None, wrap)
    }

    /// The same for one of several media types: `accept` asks for it, and a success that is not
    /// of `media_type` is an error.
    #[inline]
    pub fn open_as<T, E: ApiError>(
        mut self,
        media_type: &'static str,
        accept: &'static str,
        wrap: fn(Download) -> T,
    ) -> Opening<T, E> {
        self.accept = Some(accept);
        Opening::new(self, Some(media_type), wrap)
    }
}

/// The exchange up to where the body begins.
type Beginning = BoxFuture<'static, Result<Opened, Failure>>;

/// A call on its way whose body is not waited for. Await it to send it; drop it to cancel.
///
/// ```
/// use snyk_invites::runtime::{ApiError, Download, Error, Opening};
///
/// /// How large a file is, by its head. The rest is never read.
/// async fn size<E: ApiError>(opening: Opening<Download, E>) -> Result<Option<u64>, Error<E>> {
///     let download = opening.await?;
///     let length = download.headers().get("content-length");
///     Ok(length.and_then(|length| length.to_str().ok()?.parse().ok()))
/// }
/// ```
#[must_use = "a call is sent only when it is awaited"]
pub struct Opening<T, E> {
    operation: &'static Operation,
    again: Option<Again>,
    beginning: Beginning,
    media_type: Option<&'static str>,
    largest: u64,
    wrap: fn(Download) -> T,
    errors: PhantomData<fn() -> E>,
}

impl<T, E> Opening<T, E> {
    pub(crate) fn new(
        call: Call,
        media_type: Option<&'static str>,
        wrap: fn(Download) -> T,
    ) -> Self {
        Self {
            operation: call.operation,
            again: Again::of(&call),
            media_type,
            largest: call.core.shared.largest_body,
            beginning: exchange::open(prepare(call, None)),
            wrap,
            errors: PhantomData,
        }
    }
}

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
impl<T, E> Opening<T, E> {
    pub(crate) fn operation_id(&self) -> &'static str {
        self.operation.id
    }
}

impl<T, E: ApiError> Future for Opening<T, E> {
    type Output = Result<T, Error<E>>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(again) = &mut self.again {
            again.begins();
        }
        self.beginning.as_mut().poll(context).map(|outcome| {
            let (head, body) = match outcome {
                Ok(Opened::Streaming(head, body)) => (Ok(head), Some(body)),
                Ok(Opened::Whole(answer)) => (Ok(answer), None),
                Err(failure) => (Err(failure), None),
            };
            let head = sending::finish(self.operation, head, |head| match self.media_type {
                Some(media_type) if !head.is(media_type) => Err(head.unexpected(media_type)),
                _ => Ok(head.clone()),
            })?;
            let body = body.unwrap_or_else(|| Box::pin(Nothing));
            Ok((self.wrap)(Download {
                head,
                body,
                largest: self.largest,
                again: self.again.take(),
            }))
        })
    }
}

impl<T, E> fmt::Debug for Opening<T, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Opening")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}

/// A body without bytes.
struct Nothing;

impl Stream for Nothing {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}

/// A successful answer whose body is read as it arrives.
///
/// ```
/// use std::error::Error;
/// use std::io::Write;
///
/// use snyk_invites::runtime::Download;
///
/// async fn save(mut picture: Download, mut file: impl Write) -> Result<(), Box<dyn Error>> {
///     while let Some(chunk) = picture.chunk().await {
///         file.write_all(&chunk?)?;
///     }
///     Ok(())
/// }
/// ```
///
/// It is also a `futures` stream, for those who use its adapters.
#[must_use = "the body is read only when it is asked for"]
pub struct Download {
    head: RawResponse,
    body: ByteStream,
    /// The most bytes that are held in memory.
    largest: u64,
    pub(crate) again: Option<Again>,
}

impl Download {
    /// The same call's next answer, whose body goes on where this one broke off.
    pub(crate) fn goes_on(&mut self, head: RawResponse, body: ByteStream) {
        self.head = head;
        self.body = body;
    }

    /// Lets go of the connection: nothing more is read.
    pub(crate) fn end(&mut self) {
        self.body = Box::pin(Nothing);
    }

    /// Whether the client takes so many bytes into memory.
    pub(crate) fn holds(&self, bytes: usize) -> Result<(), TransportError> {
        match u64::try_from(bytes) {
            Ok(bytes) if bytes <= self.largest => Ok(()),
            _ => Err(TransportError::too_large(self.largest)),
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.head.status_code()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    /// The id that the server gave the request, if it did.
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }

    /// The next piece of the body; `None` at its end.
    ///
    /// # Errors
    /// If the connection breaks or the time is up.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| self.body.as_mut().poll_next(context)).await
    }

    /// What is left of the body, if it is no more than what the client takes into memory.
    ///
    /// # Errors
    /// If the connection breaks, the time is up, or there is more.
    pub async fn bytes(mut self) -> Result<Bytes, TransportError> {
        let collected = collect(&mut self.body, &mut Alarm::never(), self.largest, || None).await;
        let (bytes, broken) = collected;
        broken.map_or(Ok(bytes), Err)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.body.as_mut().poll_next(context)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Download")
            .field("status", &self.status().as_u16())
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

/// Leaves a download as it is; the signature is that of everything that wraps one.
#[inline]
pub fn download(download: Download) -> Download {
    download
}
