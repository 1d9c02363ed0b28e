//! A decoded body together with the status and the headers that it came with.

use std::fmt;

use http::{HeaderMap, StatusCode};

use super::request_id;
use super::response::RawResponse;

/// A decoded body with the status and the headers of its response.
#[derive(Clone)]
pub struct WithMeta<T> {
    status: StatusCode,
    headers: HeaderMap,
    request_id_headers: &'static [&'static str],
    body: T,
}

impl<T> WithMeta<T> {
    /// Puts a decoded body and the rest of its response together.
    #[inline]
    pub fn new(response: &RawResponse, body: T) -> Self {
        let (status, headers, request_id_headers) = response.head();
        Self {
            status,
            headers,
            request_id_headers,
            body,
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id that the server gave the request, if it did.
    pub fn request_id(&self) -> Option<&str> {
        request_id::find(&self.headers, self.request_id_headers)
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
        (self.status, self.headers, self.body)
    }
}

/// Leaves headers out: they may hold cookies.
impl<T: fmt::Debug> fmt::Debug for WithMeta<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("WithMeta")
            .field("status", &self.status.as_u16())
            .field("request_id", &self.request_id())
            .field("body", &self.body)
            .finish()
    }
}
