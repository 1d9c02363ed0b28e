//! Bytes that are base64 text in JSON (`format: byte`).
//!
//! Written as RFC 4648, section 4 says. Read as it is met: in that alphabet or the one for URLs,
//! padded or not, with line breaks or without.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, Engine};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::runtime::codec::base64::encode;
use crate::runtime::codec::blank::Blank;

/// Bytes that are base64 text in JSON.
///
/// ```
/// use sdkwright_runtime::Base64;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let key = Base64::from(b"key".to_vec());
/// assert_eq!(serde_json::to_string(&key)?, "\"a2V5\"");
/// let read: Base64 = "a2V5".parse()?;
/// assert_eq!(read.0, b"key");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(pub Vec<u8>);

/// Why a text is no base64.
///
/// ```
/// use sdkwright_runtime::Base64;
///
/// let error = "k?y".parse::<Base64>().unwrap_err();
/// println!("{error}");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base64Error(base64::DecodeError);

/// Padding may be there or not, and what its bits are does not matter.
const READING: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

fn decode(text: &str) -> Result<Base64, Base64Error> {
    let plain = |digit: &u8| digit.is_ascii_alphanumeric() || matches!(digit, b'+' | b'/' | b'=');
    let decoded = if text.as_bytes().iter().all(plain) {
        READING.decode(text)
    } else {
        READING.decode(in_standard_alphabet(text))
    };
    decoded.map(Base64).map_err(Base64Error)
}

/// The digits for URLs (RFC 4648, section 5) as the standard ones, white space left out.
fn in_standard_alphabet(text: &str) -> Vec<u8> {
    let digits = text.bytes().filter(|digit| !digit.is_ascii_whitespace());
    let digits = digits.map(|digit| match digit {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    });
    digits.collect()
}

impl Base64 {
    /// The bytes.
    pub fn into_vec(self) -> Vec<u8> {
        self.0
    }
}

impl Deref for Base64 {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Base64 {
    fn from(bytes: &[u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl From<Base64> for Vec<u8> {
    fn from(bytes: Base64) -> Self {
        bytes.0
    }
}

/// Reads base64 text.
impl FromStr for Base64 {
    type Err = Base64Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        decode(text)
    }
}

/// Writes base64 text.
impl fmt::Display for Base64 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&encode(&self.0))
    }
}

/// Shows base64 text, which is shorter than a list of numbers.
impl fmt::Debug for Base64 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Base64({self})")
    }
}

impl fmt::Display for Base64Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "not base64: {}", self.0)
    }
}

impl std::error::Error for Base64Error {}

impl Blank for Base64 {
    #[inline]
    fn blank() -> Self {
        Self(Vec::new())
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(Base64Visitor)
    }
}

struct Base64Visitor;

impl Visitor<'_> for Base64Visitor {
    type Value = Base64;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("base64 text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Base64, E> {
        decode(text).map_err(E::custom)
    }
}
