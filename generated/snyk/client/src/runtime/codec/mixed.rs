//! Open enums of values of several kinds: texts, numbers, `true` and `false`. Known values by
//! name, any other kept as it came.

use serde::Deserialize;
use serde::de::Deserializer;
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use crate::runtime::codec::number;
use crate::runtime::codec::rule::Is;

/// A type that is one of some texts, numbers and booleans on the wire.
pub trait Mixed: Sized {
    /// The known values.
    const VALUES: &'static [Is];

    /// The known value at a position of [`Mixed::VALUES`]. A position past the end means that the
    /// value is not known: it is kept as it is.
    fn at(position: usize, value: Value) -> Self;

    /// The position in [`Mixed::VALUES`] of a known value; else the value itself.
    fn known(&self) -> Result<usize, &Value>;
}

/// The value that a JSON value stands for. Every one stands for one.
pub fn mixed_of<T: Mixed>(value: Value) -> T {
    let known = T::VALUES.iter().position(|known| known.holds(&value));
    #[cfg(feature = "strict")]
    if known.is_none() {
        crate::runtime::drift::note(crate::runtime::drift::DriftKind::UnknownValue);
    }
    T::at(known.unwrap_or(T::VALUES.len()), value)
}

/// Decodes an enum of values of several kinds.
///
/// # Errors
/// If the input is not JSON.
#[inline]
pub fn mixed<'de, D: Deserializer<'de>, T: Mixed>(from: D) -> Result<T, D::Error> {
    Value::deserialize(from).map(mixed_of)
}

/// Encodes an enum of values of several kinds.
///
/// # Errors
/// What the serializer reports.
#[inline]
pub fn write_mixed<T: Mixed, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    match value.known() {
        Ok(position) => match T::VALUES.get(position) {
            Some(Is::Text(text)) => to.serialize_str(text),
            Some(Is::Number(number)) => number::write(*number, to),
            Some(Is::Flag(flag)) => to.serialize_bool(*flag),
            Some(Is::OneOf(_)) | None => to.serialize_unit(),
        },
        Err(value) => value.serialize(to),
    }
}
