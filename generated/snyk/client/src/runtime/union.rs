//! Unions: which of several types a JSON value is, decided by rules and not by trying in turn.
//!
//! So a value that fits a variant badly is an error of that variant, with its place, rather than
//! "no variant matched". Only variants that the rules cannot tell apart are tried in turn.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error};
use serde_json::Value;

use super::rule::{Rule, best};

/// A type that is one of several on the wire.
pub trait Union: Sized {
    /// One rule for each variant, in order.
    const RULES: &'static [Rule];

    /// Builds the variant at this position of [`Union::RULES`]. A position past the end means
    /// that no rule holds: the value is kept as it is.
    ///
    /// # Errors
    /// If the value does not fit the variant that the rules chose.
    fn build(variant: usize, value: Value) -> Result<Self, serde_json::Error>;
}

/// Decodes a union.
///
/// # Errors
/// If the input is not JSON, or does not fit the variant that the rules chose.
#[inline]
pub fn union<'de, D: Deserializer<'de>, U: Union>(from: D) -> Result<U, D::Error> {
    let value = Value::deserialize(from)?;
    let built = match best(U::RULES, &value)[..] {
        [] => {
            #[cfg(feature = "strict")]
            super::drift::note(super::drift::DriftKind::UnknownVariant);
            U::build(U::RULES.len(), value)
        }
        [only] => U::build(only, value),
        [first, ref others @ ..] => alike(first, others, &value),
    };
    built.map_err(Error::custom)
}

/// The first of some variants that a value fits; if there is none, the first one's error.
fn alike<U: Union>(first: usize, others: &[usize], value: &Value) -> Result<U, serde_json::Error> {
    let error = match tried(first, value) {
        Ok(built) => return Ok(built),
        Err(error) => error,
    };
    let mut others = others.iter();
    let other = others.find_map(|variant| tried(*variant, value).ok());
    other.ok_or(error)
}

/// Builds a variant that the value may well not be of.
fn tried<U: Union>(variant: usize, value: &Value) -> Result<U, serde_json::Error> {
    #[cfg(feature = "strict")]
    let noted = super::drift::noted();
    let built = U::build(variant, value.clone());
    #[cfg(feature = "strict")]
    if built.is_err() {
        super::drift::forget(noted);
    }
    built
}

/// Decodes the value of a variant.
///
/// # Errors
/// If it does not fit; the message begins with the place inside the value.
#[inline]
pub fn value<T: DeserializeOwned>(value: Value) -> Result<T, serde_json::Error> {
    #[cfg(feature = "strict")]
    let from = super::tracked::Tracked(&value);
    #[cfg(not(feature = "strict"))]
    let from = &value;
    match T::deserialize(from) {
        Ok(decoded) => Ok(decoded),
        Err(error) => Err(placed::<T>(&value).unwrap_or(error)),
    }
}

/// The same decoding again, only to learn where it stops.
#[cold]
fn placed<T: DeserializeOwned>(value: &Value) -> Option<serde_json::Error> {
    let error = serde_path_to_error::deserialize::<_, T>(value).err()?;
    let path = error.path().to_string();
    let inner = error.into_inner();
    Some(if path == "." {
        inner
    } else {
        Error::custom(format_args!("in `{path}`: {inner}"))
    })
}
