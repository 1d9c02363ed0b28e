//! A request to which nothing can be added but options. Most actions of most APIs make such ones,
//! so they share one type.

use std::fmt;
use std::marker::PhantomData;

use crate::runtime::delivery::sending::Sending;
use crate::runtime::reading::error::ApiError;
use crate::runtime::reading::meta::WithMeta;
use crate::runtime::reading::response::Decode;
use crate::runtime::writing::call::Call;
use crate::runtime::writing::options::CallOptions;

/// A request of an action that has no optional values, not sent yet. `T` is what a success holds,
/// `E` are the documented failures.
///
/// ```
/// use snyk_invites::runtime::{ApiError, Error, Request};
///
/// /// What the action answers, and the id that the server gave the request.
/// async fn logged<T: 'static, E: ApiError>(request: Request<T, E>) -> Result<T, Error<E>> {
///     let answer = request.send_with_meta().await?;
///     println!("{}", answer.request_id().unwrap_or("without an id"));
///     Ok(answer.into_body())
/// }
/// ```
#[must_use = "a request does nothing until it is sent"]
pub struct Request<T, E> {
    call: Call,
    decode: Decode<T>,
    errors: PhantomData<fn() -> E>,
}

impl<T, E> Request<T, E> {
    #[inline]
    pub(crate) fn new(call: Call, decode: Decode<T>) -> Self {
        Self {
            call,
            decode,
            errors: PhantomData,
        }
    }

    /// Changes this call only: its timeout, its headers, its server.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.call.options(options);
        self
    }
}

impl<T: 'static, E: ApiError> Request<T, E> {
    /// Sends the request.
    #[inline]
    pub fn send(self) -> Sending<T, E> {
        self.call.send(self.decode)
    }

    /// Sends the request; the answer has its status and headers beside the body.
    #[inline]
    pub fn send_with_meta(self) -> Sending<WithMeta<T>, E> {
        self.call.send_with_meta(self.decode)
    }
}

impl<T, E> Clone for Request<T, E> {
    fn clone(&self) -> Self {
        Self::new(self.call.clone(), self.decode)
    }
}

/// Names the parameters that are set, without their values.
impl<T, E> fmt::Debug for Request<T, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Request")
            .field("call", &self.call)
            .finish()
    }
}
