//! A decoded body together with the status and the headers that it came with.

use std::fmt;

use http::{HeaderMap, StatusCode};

use crate::runtime::reading::response::RawResponse;

/// A decoded body with the status and the headers of its response.
///
/// ```
/// use sdkwright_runtime::WithMeta;
///
/// fn describe<T>(answer: &WithMeta<T>) -> String {
///     let id = answer.request_id().unwrap_or("without an id");
///     format!("{} after {} attempts ({id})", answer.status(), answer.attempts())
/// }
/// ```
#[derive(Clone)]
pub struct WithMeta<T> {
    head: RawResponse,
    body: T,
}

impl<T> WithMeta<T> {
    /// Puts a decoded body and the rest of its response together.
    #[inline]
    pub fn new(response: &RawResponse, body: T) -> Self {
        let head = response.head();
        Self { head, body }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.head.status_code()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    /// How often the request was sent until this answer came.
    pub fn attempts(&self) -> u32 {
        self.head.attempts()
    }

    /// The id that the server gave the request, if it did.
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }

    /// The decoded body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The decoded body, without the rest.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Status, headers and body.
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.head.status_code(), self.head.into_headers(), self.body)
    }
}

/// Leaves headers out: they may hold cookies.
impl<T: fmt::Debug> fmt::Debug for WithMeta<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("WithMeta")
            .field("status", &self.head.status())
            .field("request_id", &self.request_id())
            .field("body", &self.body)
            .finish()
    }
}
