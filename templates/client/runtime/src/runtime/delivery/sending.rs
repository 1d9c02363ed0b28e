//! The future of one call: the shared exchange, then the decoding that its types need.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::runtime::delivery::exchange::{self, Exchange};
use crate::runtime::reading::decode_error::DecodeError;
use crate::runtime::reading::error::{ApiError, Error};
use crate::runtime::reading::failure::{Failure, FailureKind};
use crate::runtime::reading::response::{Decode, RawResponse};
use crate::runtime::tables::operation::Operation;
use crate::runtime::writing::call::Call;
use crate::runtime::writing::prepare::prepare;

/// How an answer is decoded.
pub(crate) enum How<T> {
    /// By a decoder.
    Plain(Decode<T>),
    /// In any other way.
    Other(Box<Decoder<T>>),
}

/// A decoder of any kind.
type Decoder<T> = dyn Fn(&RawResponse) -> Result<T, DecodeError> + Send + Sync;

impl<T: 'static> How<T> {
    /// Decodes an answer, unless a fake has the value.
    #[inline]
    pub(crate) fn decode(&self, answer: &RawResponse) -> Result<T, DecodeError> {
        match self {
            #[cfg(feature = "test-util")]
            Self::Plain(decode) => answer.typed().map_or_else(|| decode(answer), Ok),
            #[cfg(not(feature = "test-util"))]
            Self::Plain(decode) => decode(answer),
            Self::Other(decode) => decode(answer),
        }
    }
}

/// A call on its way. Await it to send it; drop it to cancel.
///
/// ```
/// use sdkwright_runtime::{ApiError, Error, Sending};
///
/// /// What comes of a call, with nothing where the server knows no such thing.
/// async fn found<T: 'static, E: ApiError>(call: Sending<T, E>) -> Result<Option<T>, Error<E>> {
///     match call.await {
///         Ok(value) => Ok(Some(value)),
///         Err(error) if error.status().is_some_and(|status| status == 404) => Ok(None),
///         Err(error) => Err(error),
///     }
/// }
/// ```
#[must_use = "a call is sent only when it is awaited"]
pub struct Sending<T, E> {
    operation: &'static Operation,
    exchange: Exchange,
    decode: How<T>,
    errors: PhantomData<fn() -> E>,
}

impl<T, E> Sending<T, E> {
    pub(crate) fn new(call: Call, decode: How<T>) -> Self {
        Self {
            operation: call.operation,
            exchange: exchange::begin(prepare(call, None)),
            decode,
            errors: PhantomData,
        }
    }
}

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
impl<T, E> Sending<T, E> {
    pub(crate) fn operation_id(&self) -> &'static str {
        self.operation.id
    }
}

impl<T: 'static, E: ApiError> Future for Sending<T, E> {
    type Output = Result<T, Error<E>>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.exchange.as_mut().poll(context) {
            Poll::Ready(outcome) => Poll::Ready(finish(self.operation, outcome, |answer| {
                self.decode.decode(answer)
            })),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<T, E> fmt::Debug for Sending<T, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Sending")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}

/// Turns the outcome of an exchange into what the caller asked for. Every 2xx is a success, and
/// every 3xx where the operation says so.
#[inline]
pub(crate) fn finish<T, E: ApiError>(
    operation: &'static Operation,
    outcome: Result<Box<RawResponse>, Failure>,
    decode: impl Fn(&RawResponse) -> Result<T, DecodeError>,
) -> Result<T, Error<E>> {
    let response = outcome.map_err(|failure| Error::new(operation.id, failure, None))?;
    let (kind, api) = if operation.succeeds(&response) {
        match decode(&response) {
            Ok(value) => return Ok(value),
            Err(error) => (FailureKind::Decode(error), None),
        }
    } else {
        #[cfg(feature = "test-util")]
        let documented = match response.typed() {
            Some(error) => Ok(Some(error)),
            None => E::decode(&response),
        };
        #[cfg(not(feature = "test-util"))]
        let documented = E::decode(&response);
        match documented {
            Ok(Some(error)) => (FailureKind::Api, Some(error)),
            Ok(None) => (FailureKind::Undocumented, None),
            Err(error) => (FailureKind::Decode(error), None),
        }
    };
    Err(Error::new(
        operation.id,
        Failure::answer(kind, response),
        api,
    ))
}
