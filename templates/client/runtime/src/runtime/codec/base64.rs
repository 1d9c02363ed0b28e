//! Bytes as base64 text (RFC 4648, section 4), as credentials have them, and values of a format.

use base64::engine::Engine;
use base64::engine::general_purpose::STANDARD;

/// The text of bytes.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of a text that [`encode`] made.
#[cfg(feature = "test-util")]
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
