//! Open enums of numbers: known values by name, any other number kept as it came.

use serde::Deserialize;
use serde::de::Deserializer;
use serde::ser::Serializer;

/// A type that is a number on the wire.
pub trait Number: Sized {
    /// The value that the number stands for. Every number stands for one.
    fn of(number: f64) -> Self;

    /// The number on the wire.
    fn number(&self) -> f64;
}

/// Decodes an enum of numbers.
///
/// # Errors
/// If the input is not a number.
#[inline]
pub fn number<'de, D: Deserializer<'de>, T: Number>(from: D) -> Result<T, D::Error> {
    let value = f64::deserialize(from).map(T::of)?;
    #[cfg(feature = "strict")]
    crate::runtime::drift::note_unknown(&value, || T::of(f64::MIN));
    Ok(value)
}

/// Encodes an enum of numbers.
///
/// # Errors
/// What the serializer reports.
#[inline]
pub fn write_number<T: Number, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    write(value.number(), to)
}

/// Writes a number without a fraction as one: `1` and not `1.0`, which JSON holds to be the same
/// but not everyone who reads it.
pub(crate) fn write<S: Serializer>(number: f64, to: S) -> Result<S::Ok, S::Error> {
    /// Beyond it a double no longer tells whole numbers apart.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        to.serialize_i64(number as i64)
    } else {
        to.serialize_f64(number)
    }
}
