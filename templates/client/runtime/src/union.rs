//! Unions: which of several types a JSON value is, decided by rules and not by trying in turn.
//!
//! A rule looks at the JSON type, at the keys that an object must have and at fields with a
//! constant value, such as a discriminator. Of the rules that hold, the one that says most wins:
//! first by constants, then by required keys, then by the narrower type, then by order. So a
//! value that fits a variant badly is an error of that variant, with its place, rather than
//! "no variant matched".

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error};
use serde_json::Value;

/// A JSON type, as JSON Schema tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
    /// Any of them.
    Any,
}

impl Kind {
    fn holds(self, value: &Value) -> bool {
        match self {
            Self::Null => value.is_null(),
            Self::Boolean => value.is_boolean(),
            Self::Integer => is_integer(value),
            Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
            Self::Any => true,
        }
    }
}

/// JSON Schema counts `1.0` as an integer; so does this.
fn is_integer(value: &Value) -> bool {
    let whole = |number: f64| number.fract() == 0.0;
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(whole)
}

/// When a value belongs to a variant.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    kind: Kind,
    required: &'static [&'static str],
    constants: &'static [(&'static str, &'static str)],
}

impl Rule {
    /// Every value of this JSON type.
    pub const fn of(kind: Kind) -> Self {
        Self {
            kind,
            required: &[],
            constants: &[],
        }
    }

    /// An object with these keys, and with these strings in these fields.
    pub const fn object(
        required: &'static [&'static str],
        constants: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self {
            kind: Kind::Object,
            required,
            constants,
        }
    }

    /// Every value.
    pub const fn any() -> Self {
        Self::of(Kind::Any)
    }

    /// How much this rule says about the value; `None` if it does not hold.
    fn weight(&self, value: &Value) -> Option<(usize, usize, u8)> {
        let has = |key: &&str| value.get(*key).is_some();
        let is =
            |(key, text): &(&str, &str)| value.get(*key).and_then(Value::as_str) == Some(*text);
        let holds = self.kind.holds(value)
            && self.required.iter().all(has)
            && self.constants.iter().all(is);
        let weight = (
            self.constants.len(),
            self.required.len(),
            match self.kind {
                Kind::Any => 0,
                Kind::Number => 1,
                _ => 2,
            },
        );
        holds.then_some(weight)
    }
}

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
    U::build(choose(U::RULES, &value), value).map_err(Error::custom)
}

/// Decodes the value of a variant.
///
/// # Errors
/// If it does not fit; the message begins with the place inside the value.
#[inline]
pub fn value<T: DeserializeOwned>(value: Value) -> Result<T, serde_json::Error> {
    match T::deserialize(&value) {
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

/// The position of the rule that says most about the value; past the end if none holds.
fn choose(rules: &[Rule], value: &Value) -> usize {
    let mut chosen = rules.len();
    let mut most = None;
    for (index, rule) in rules.iter().enumerate() {
        let weight = rule.weight(value);
        if weight > most {
            (chosen, most) = (index, weight);
        }
    }
    chosen
}
