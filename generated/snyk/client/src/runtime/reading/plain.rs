//! Values that are written plainly, as text: in a header, or as the data of an event.
//!
//! This is the style `simple` of OpenAPI read backwards: members of lists and objects stand
//! between commas, a number is its digits. Commas within quotes do not count, and neither do
//! empty members (RFC 9110, 5.6.1). What says nothing of its type, such as a union, is a boolean
//! or a number if it looks like one.

use std::fmt;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// Reads a value, whose members have `between` between them.
///
/// # Errors
/// If the text does not fit the type.
#[inline]
pub fn value<T: DeserializeOwned>(text: &str, between: char) -> Result<T, NotThat> {
    list_or_value(text, text, between)
}

/// Reads a list from the first text, and all else from the second.
#[inline]
pub(crate) fn list_or_value<T: DeserializeOwned>(
    list: &str,
    text: &str,
    between: char,
) -> Result<T, NotThat> {
    T::deserialize(Plain {
        list,
        text,
        between,
        explode: false,
    })
}

/// Reads an object with `=` between each name and its value.
///
/// # Errors
/// If the text does not fit the type.
#[inline]
pub fn exploded<T: DeserializeOwned>(text: &str) -> Result<T, NotThat> {
    T::deserialize(Plain {
        list: text,
        text,
        between: ',',
        explode: true,
    })
}

/// Why a text is not the value that it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotThat(String);

impl fmt::Display for NotThat {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for NotThat {}

impl Error for NotThat {
    fn custom<M: fmt::Display>(message: M) -> Self {
        Self(message.to_string())
    }
}

/// A text that stands for a value.
#[derive(Clone, Copy)]
struct Plain<'a> {
    text: &'a str,
    /// The text if it is a list.
    list: &'a str,
    /// What stands between members.
    between: char,
    /// Whether an object is written as `name=value`.
    explode: bool,
}

impl<'a> Plain<'a> {
    fn member(self, text: &'a str) -> Self {
        let list = text;
        Self { text, list, ..self }
    }

    /// The text of each member.
    fn members(self) -> impl Iterator<Item = &'a str> {
        let mut quoted = false;
        let mut escaped = false;
        let ends = move |letter: char| {
            let in_quotes = quoted;
            quoted ^= letter == '"' && !escaped;
            escaped = letter == '\\' && in_quotes && !escaped;
            letter == self.between && !in_quotes
        };
        let members = self.text.split(ends).map(str::trim);
        members.filter(|member| !member.is_empty())
    }

    /// The names and values of an object: `a,1,b,2`, or `a=1,b=2` if it is exploded.
    fn entries(self) -> Vec<(Plain<'a>, Plain<'a>)> {
        let pair = |name, value| (self.member(name), self.member(value));
        if self.explode {
            let split = |member: &'a str| member.split_once('=').unwrap_or((member, ""));
            let pairs = self.members().map(split);
            return pairs.map(|(name, value)| pair(name, value)).collect();
        }
        let mut members = self.members();
        let mut entries = Vec::new();
        while let Some(name) = members.next() {
            entries.push(pair(name, members.next().unwrap_or_default()));
        }
        entries
    }

    fn parsed<T: std::str::FromStr>(self, what: &str) -> Result<T, NotThat> {
        let text = self.text.trim();
        let parsed = text.parse();
        parsed.map_err(|_| NotThat(format!("`{text}` is not {what}")))
    }
}

impl<'de> IntoDeserializer<'de, NotThat> for Plain<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Reads a number of each of these types.
macro_rules! numbers {
    ($($method:ident, $visit:ident, $what:literal;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotThat> {
            visitor.$visit(self.parsed($what)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Plain<'_> {
    type Error = NotThat;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotThat> {
        let text = self.text.trim();
        if let Ok(value) = text.parse() {
            return visitor.visit_bool(value);
        }
        if let Ok(value) = text.parse() {
            return visitor.visit_i64(value);
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => visitor.visit_f64(value),
            _ => visitor.visit_str(self.text),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotThat> {
        visitor.visit_bool(self.parsed("`true` or `false`")?)
    }

    numbers! {
        deserialize_i8, visit_i8, "a whole number of 8 bits";
        deserialize_i16, visit_i16, "a whole number of 16 bits";
        deserialize_i32, visit_i32, "a whole number of 32 bits";
        deserialize_i64, visit_i64, "a whole number of 64 bits";
        deserialize_u8, visit_u8, "a whole number of 8 bits without a sign";
        deserialize_u16, visit_u16, "a whole number of 16 bits without a sign";
        deserialize_u32, visit_u32, "a whole number of 32 bits without a sign";
        deserialize_u64, visit_u64, "a whole number of 64 bits without a sign";
        deserialize_f32, visit_f32, "a number";
        deserialize_f64, visit_f64, "a number";
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotThat> {
        visitor.visit_str(self.text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotThat> {
        visitor.visit_str(self.text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotThat> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, NotThat> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotThat> {
        let list = self.member(self.list);
        let members = list.members().map(|text| self.member(text));
        visitor.visit_seq(SeqDeserializer::new(members))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotThat> {
        visitor.visit_map(MapDeserializer::new(self.entries().into_iter()))
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct struct enum identifier
        ignored_any
    }
}
