//! Open string enums: known values by name, any other value kept as it came.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};

/// Decodes a string enum.
///
/// # Errors
/// If the input is not a string.
#[inline]
pub fn text<'de, D: Deserializer<'de>, T: for<'t> From<&'t str>>(from: D) -> Result<T, D::Error> {
    from.deserialize_str(TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: for<'t> From<&'t str>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string")
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let value = T::from(text);
        #[cfg(feature = "strict")]
        crate::runtime::drift::note_unknown(&value, || T::from("\u{0}"));
        Ok(value)
    }
}
