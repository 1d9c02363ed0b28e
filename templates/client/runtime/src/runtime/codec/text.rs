//! Open string enums: known values by name, any other value kept as it came.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

/// A type that is a string on the wire.
pub trait Text: Sized {
    /// The value that the text stands for. Every text stands for one.
    fn parse(text: &str) -> Self;

    /// The text on the wire.
    fn text(&self) -> &str;
}

/// Decodes a string enum.
///
/// # Errors
/// If the input is not a string.
#[inline]
pub fn text<'de, D: Deserializer<'de>, T: Text>(from: D) -> Result<T, D::Error> {
    from.deserialize_str(TextVisitor(PhantomData))
}

/// Encodes a string enum.
///
/// # Errors
/// What the serializer reports.
#[inline]
pub fn write_text<T: Text, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(value.text())
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: Text> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string")
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let value = T::parse(text);
        #[cfg(feature = "strict")]
        crate::runtime::drift::note_unknown(&value, || T::parse("\u{0}"));
        Ok(value)
    }
}
