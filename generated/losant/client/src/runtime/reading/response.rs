//! A complete answer, and the functions that decode one.
//!
//! A decoder is a plain function from [`RawResponse`] to a type. An operation with several
//! successful statuses has one of its own, which looks at [`RawResponse::status`] first.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
#[cfg(feature = "cli")]
use url::Url;

use crate::runtime::reading::decode_error::DecodeError;
use crate::runtime::reading::json_text;
use crate::runtime::reading::request_id;

/// An answer with its whole body, not decoded yet.
///
/// ```
/// use losant_invites::runtime::{HeaderMap, RawResponse, StatusCode};
///
/// let mut headers = HeaderMap::new();
/// headers.insert("content-type", "text/plain; charset=utf-8".parse().unwrap());
/// let answer = RawResponse::new(StatusCode::OK, headers, "hello");
/// assert!(answer.is("text/plain"));
/// assert_eq!((answer.status(), answer.body_text().as_ref()), (200, "hello"));
/// ```
#[derive(Clone)]
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    request_id_headers: &'static [&'static str],
    attempts: u32,
    #[cfg(feature = "cli")]
    /// Where redirects led, if there were any.
    url: Option<Box<Url>>,
    /// What a fake has in place of the body.
    #[cfg(feature = "test-util")]
    typed: Option<crate::runtime::fake::expected::Typed>,
    /// What the client does about differences from the description.
    #[cfg(feature = "strict")]
    strictness: Option<crate::runtime::drift::Strictness>,
}

/// What turns an answer into a value.
pub type Decode<T> = fn(&RawResponse) -> Result<T, DecodeError>;

impl RawResponse {
    /// An answer made of its parts.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers,
            body: body.into(),
            request_id_headers: &[],
            attempts: 1,
            #[cfg(feature = "cli")]
            url: None,
            #[cfg(feature = "test-util")]
            typed: None,
            #[cfg(feature = "strict")]
            strictness: None,
        }
    }

    /// The same, read as strictly as the client wants it.
    #[cfg(feature = "strict")]
    pub(crate) fn with_strictness(
        mut self,
        strictness: Option<crate::runtime::drift::Strictness>,
    ) -> Self {
        self.strictness = strictness;
        self
    }

    /// The same with what a fake has in place of the body.
    #[cfg(feature = "test-util")]
    pub(crate) fn with_typed(
        mut self,
        typed: Option<crate::runtime::fake::expected::Typed>,
    ) -> Self {
        self.typed = typed;
        self
    }

    /// What a fake has in place of the body, if it is of this type.
    #[cfg(feature = "test-util")]
    pub(crate) fn typed<T: 'static>(&self) -> Option<T> {
        self.typed.as_ref()?.get()
    }

    #[cfg(feature = "cli")]
    /// Where redirects led, without credentials; `None` if there were none.
    pub(crate) fn url(&self) -> Option<&Url> {
        self.url.as_deref()
    }

    #[cfg(feature = "cli")]
    /// Says where redirects led.
    pub(crate) fn set_url(&mut self, url: Url) {
        self.url = Some(Box::new(url));
    }

    /// How often the request was sent until this answer came.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    pub(crate) fn set_attempts(&mut self, attempts: u32) {
        self.attempts = attempts;
    }

    /// The same, with these headers looked at first for [`RawResponse::request_id`].
    pub fn with_request_id_headers(mut self, names: &'static [&'static str]) -> Self {
        self.request_id_headers = names;
        self
    }

    pub(crate) fn set_body(&mut self, body: Bytes) {
        self.body = body;
    }

    /// The status as a number.
    #[inline]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The status with its name.
    pub fn status_code(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The headers, without the rest.
    pub(crate) fn into_headers(self) -> HeaderMap {
        self.headers
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> &[u8] {
        json_text::unmarked(&self.body)
    }

    /// The body as text. Bytes that are not UTF-8 are replaced by `U+FFFD`.
    pub fn body_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Whether the body is of this media type, given in lower case and without parameters.
    pub fn is(&self, media_type: &str) -> bool {
        // Parameters may have bytes that are not ASCII (RFC 9110, section 5.5).
        let said = self.headers.get(CONTENT_TYPE);
        let said = said.map(HeaderValue::as_bytes).unwrap_or_default();
        let essence = said.split(|byte| *byte == b';').next();
        let essence = essence.unwrap_or_default().trim_ascii();
        essence.eq_ignore_ascii_case(media_type.as_bytes())
    }

    /// The failure that this answer is: `make` of what `decode` reads.
    ///
    /// # Errors
    /// As `decode`.
    #[inline]
    pub fn failure<T, E>(
        &self,
        decode: Decode<T>,
        make: fn(T) -> E,
    ) -> Result<Option<E>, DecodeError> {
        decode(self).map(|body| Some(make(body)))
    }

    /// [`failure`](Self::failure) of what JSON has.
    ///
    /// # Errors
    /// As [`json`].
    #[inline]
    pub fn json_failure<T: DeserializeOwned, E>(
        &self,
        make: fn(T) -> E,
    ) -> Result<Option<E>, DecodeError> {
        self.failure(json, make)
    }

    /// The same for a failure that keeps what is read in a box.
    ///
    /// # Errors
    /// As `decode`.
    #[inline]
    pub fn boxed_failure<T, E>(
        &self,
        decode: Decode<T>,
        make: fn(Box<T>) -> E,
    ) -> Result<Option<E>, DecodeError> {
        decode(self).map(|body| Some(make(Box::new(body))))
    }

    /// The error of a success that the description does not know.
    #[cold]
    pub fn undocumented(&self) -> DecodeError {
        let status = self.status();
        DecodeError::new(format!(
            "the description has no success with status {status}"
        ))
    }

    #[cfg(feature = "cli")]
    /// The error of a success that is not what was asked for.
    #[cold]
    pub(crate) fn unexpected(&self, media_type: &str) -> DecodeError {
        let said = self.headers.get(CONTENT_TYPE);
        let said = said.and_then(|value| value.to_str().ok());
        DecodeError::new(match said {
            Some(said) => format!("the body is `{said}` and not `{media_type}`"),
            None => format!("the body does not say that it is `{media_type}`"),
        })
    }

    /// The id that the server gave the request, if it did.
    pub fn request_id(&self) -> Option<&str> {
        request_id::find(&self.headers, self.request_id_headers)
    }

    /// Splits off what [`WithMeta`](crate::runtime::WithMeta) keeps.
    pub(crate) fn head(&self) -> Self {
        let mut head = self.clone();
        head.set_body(Bytes::new());
        head
    }
}

/// Shows the status, the request's id and the length of the body, but neither the body nor
/// headers: those may be private.
impl fmt::Debug for RawResponse {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("RawResponse")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// Decodes a JSON body.
///
/// # Errors
/// If the body is not JSON or does not fit the type; the error names the place.
#[inline]
pub fn json<T: DeserializeOwned>(response: &RawResponse) -> Result<T, DecodeError> {
    let body = response.json();
    #[cfg(feature = "strict")]
    if let Some(strictness) = &response.strictness
        && let Some(outcome) = crate::runtime::drift::json(body, strictness)
    {
        return outcome;
    }
    if body.is_empty() {
        return Err(empty_body());
    }
    json_text::decode(body)
}

/// Decodes a JSON body that may be null, or missing altogether.
///
/// # Errors
/// As [`json`].
#[inline]
pub fn optional<T: DeserializeOwned>(response: &RawResponse) -> Result<Option<T>, DecodeError> {
    if response.json().trim_ascii().is_empty() {
        return Ok(None);
    }
    json(response)
}

/// Reads a body as text.
///
/// # Errors
/// If it is not UTF-8.
pub fn text(response: &RawResponse) -> Result<String, DecodeError> {
    std::str::from_utf8(&response.body)
        .map(str::to_owned)
        .map_err(DecodeError::new)
}

/// Takes a body as it is.
///
/// # Errors
/// Never; the signature is that of all decoders.
pub fn bytes(response: &RawResponse) -> Result<Bytes, DecodeError> {
    Ok(response.body.clone())
}

/// Ignores a body, for answers that have none, such as 204.
///
/// # Errors
/// Never; the signature is that of all decoders.
pub fn empty(_: &RawResponse) -> Result<(), DecodeError> {
    Ok(())
}

#[cold]
fn empty_body() -> DecodeError {
    DecodeError::new("the body is empty")
}
