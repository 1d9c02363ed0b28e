//! A JSON text becomes a value, or an error that names the place where it does not fit.

use serde::de::DeserializeOwned;

use crate::runtime::reading::decode_error::DecodeError;
use crate::runtime::reading::{place, whole_numbers};

/// Decodes a JSON text.
///
/// # Errors
/// If it is not JSON or does not fit the type.
#[inline]
pub(crate) fn decode<T: DeserializeOwned>(text: &[u8]) -> Result<T, DecodeError> {
    read(text).or_else(|error| decode_plainly(text, error))
}

/// The one place that decodes a type: its decoder is large, and should be in a program once.
#[inline(never)]
fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice(text)
}

/// Decodes a text that did not fit with its whole numbers written as integers are.
#[cold]
fn decode_plainly<T: DeserializeOwned>(
    text: &[u8],
    error: serde_json::Error,
) -> Result<T, DecodeError> {
    match whole_numbers::plainly(text, &error) {
        Some(plain) => read(&plain).map_err(|error| misfit(&plain, error)),
        None => Err(misfit(text, error)),
    }
}

/// JSON without the mark of the byte order that some servers write before it: it may be passed over
/// (RFC 8259, section 8.1).
pub(crate) fn unmarked(json: &[u8]) -> &[u8] {
    json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json)
}

/// What does not fit, with its place.
#[cold]
fn misfit(text: &[u8], error: serde_json::Error) -> DecodeError {
    match place::of(text, &error) {
        Some(path) => DecodeError::at(path, error),
        None => DecodeError::new(error),
    }
}
