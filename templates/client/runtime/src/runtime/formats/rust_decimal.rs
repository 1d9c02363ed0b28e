//! Decimal numbers as the crate rust_decimal has them.
//!
//! Text holds all digits. A JSON number is read and written as a double is, which is exact for
//! the first fifteen of them.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::runtime::codec::blank::Blank;

impl Blank for Decimal {
    #[inline]
    fn blank() -> Self {
        Self::ZERO
    }
}

/// A decimal number that is a number in JSON, and not text.
///
/// ```
/// use rust_decimal::Decimal;
/// use sdkwright_runtime::formats::rust_decimal::Number;
///
/// let price = Number::from(Decimal::new(1250, 2));
/// assert_eq!(serde_json::to_string(&price).unwrap(), "12.5");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(pub Decimal);

impl Deref for Number {
    type Target = Decimal;

    fn deref(&self) -> &Decimal {
        &self.0
    }
}

impl From<Decimal> for Number {
    fn from(decimal: Decimal) -> Self {
        Self(decimal)
    }
}

impl From<Number> for Decimal {
    fn from(number: Number) -> Self {
        number.0
    }
}

impl FromStr for Number {
    type Err = rust_decimal::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl Blank for Number {
    #[inline]
    fn blank() -> Self {
        Self::default()
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let whole = self.0.is_integer().then(|| self.0.to_i64()).flatten();
        if let Some(whole) = whole {
            return to.serialize_i64(whole);
        }
        match self.0.to_string().parse() {
            Ok(double) => to.serialize_f64(double),
            Err(_) => Err(serde::ser::Error::custom("a number beyond a double")),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a decimal number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
        Ok(Number(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Number, E> {
        Ok(Number(number.into()))
    }

    /// By the shortest text of the number, which is what the sender wrote most of the time.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Number, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
        text.parse().map_err(E::custom)
    }
}
