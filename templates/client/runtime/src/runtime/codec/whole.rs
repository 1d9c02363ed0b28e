//! Open enums of whole numbers: known values by name, any other number kept as it came.

use serde::Deserialize;
use serde::de::Deserializer;
use serde::ser::Serializer;

/// A type that is a whole number on the wire.
pub trait Whole: Sized {
    /// The value that the number stands for. Every number stands for one.
    fn of(number: i64) -> Self;

    /// The number on the wire.
    fn number(&self) -> i64;
}

/// Decodes an enum of whole numbers.
///
/// # Errors
/// If the input is not a whole number of 64 bits.
#[inline]
pub fn whole<'de, D: Deserializer<'de>, T: Whole>(from: D) -> Result<T, D::Error> {
    let value = i64::deserialize(from).map(T::of)?;
    #[cfg(feature = "strict")]
    crate::runtime::drift::note_unknown(&value, || T::of(i64::MIN));
    Ok(value)
}

/// Encodes an enum of whole numbers.
///
/// # Errors
/// What the serializer reports.
#[inline]
pub fn write_whole<T: Whole, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_i64(value.number())
}
