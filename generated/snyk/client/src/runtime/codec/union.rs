//! Unions: which of several types a JSON value is, decided by rules and not by trying in turn.
//!
//! So a value that fits a variant badly is an error of that variant, with its place, rather than
//! "no variant matched". Only variants that the rules cannot tell apart are tried in turn, and what
//! was tried within a trial is remembered (`trials`).

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Serialize, Serializer};
use serde_json::Value;

use crate::runtime::codec::rule::{Rule, best};
use crate::runtime::codec::trials;
use crate::runtime::reading::place;

/// A type that is one of several on the wire.
pub trait Union: Sized + 'static {
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
    from.deserialize_any(Members(PhantomData))
}

/// Takes any value, and says which variant it is. It does so as a visitor, whose errors
/// `serde_json` gives the place of the value.
struct Members<U>(PhantomData<U>);

/// Takes scalars as they come.
macro_rules! scalars {
    ($($method:ident($type:ty)),+ $(,)?) => {
        $(fn $method<E: Error>(self, value: $type) -> Result<U, E> {
            decided(Value::from(value)).map_err(E::custom)
        })+
    };
}

impl<'de, U: Union> Visitor<'de> for Members<U> {
    type Value = U;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any value")
    }

    scalars!(
        visit_bool(bool),
        visit_i64(i64),
        visit_u64(u64),
        visit_f64(f64),
        visit_str(&str),
        visit_string(String),
    );

    fn visit_unit<E: Error>(self) -> Result<U, E> {
        decided(Value::Null).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<U, A::Error> {
        let value = Value::deserialize(SeqAccessDeserializer::new(items))?;
        decided(value).map_err(Error::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<U, A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(fields))?;
        decided(value).map_err(Error::custom)
    }
}

/// The variant that the rules choose.
fn decided<U: Union>(value: Value) -> Result<U, serde_json::Error> {
    match best(U::RULES, &value)[..] {
        [] => {
            #[cfg(feature = "strict")]
            crate::runtime::drift::note(crate::runtime::drift::DriftKind::UnknownVariant);
            U::build(U::RULES.len(), value)
        }
        [only] => U::build(only, value),
        [first, ref others @ ..] => alike(first, others, value),
    }
}

/// The first of some variants that a value fits; if there is none, the first one's error.
fn alike<U: Union>(first: usize, others: &[usize], value: Value) -> Result<U, serde_json::Error> {
    let round = trials::Round::of::<U>(&value);
    if let Some(variant) = round.known() {
        return fits(variant, value);
    }
    let all = std::iter::once(&first).chain(others);
    for variant in all {
        if let Ok(built) = trials::quietly(|| fits(*variant, value.clone())) {
            round.remember(*variant);
            return Ok(built);
        }
    }
    round.remember(first);
    fits(first, value)
}

/// Builds a variant that the value may well not be of.
fn fits<U: Union>(variant: usize, value: Value) -> Result<U, serde_json::Error> {
    #[cfg(feature = "strict")]
    let noted = crate::runtime::drift::noted();
    let built = U::build(variant, value);
    #[cfg(feature = "strict")]
    if built.is_err() {
        crate::runtime::drift::forget(noted);
    }
    built
}

/// Writes a variant whose type need not say which it is: with the tag, unless it has one itself
/// (OpenAPI 3.1, 4.8.25: Discriminator Object).
///
/// # Errors
/// If the value cannot be written.
pub fn write_tagged<T: Serialize + ?Sized, S: Serializer>(
    value: &T,
    property: &str,
    tag: &str,
    to: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(ser::Error::custom)?;
    if let Value::Object(fields) = &mut value {
        fields.entry(property).or_insert_with(|| tag.into());
    }
    value.serialize(to)
}

/// The variant that `make` makes of what the value decodes to.
///
/// # Errors
/// As [`value`].
#[inline]
pub fn variant<T: DeserializeOwned, U>(
    from: Value,
    make: fn(T) -> U,
) -> Result<U, serde_json::Error> {
    value(from).map(make)
}

/// The same for a variant that keeps its value in a box.
///
/// # Errors
/// As [`value`].
#[inline]
pub fn boxed_variant<T: DeserializeOwned, U>(
    from: Value,
    make: fn(Box<T>) -> U,
) -> Result<U, serde_json::Error> {
    value(from).map(|decoded| make(Box::new(decoded)))
}

/// Decodes the value of a variant.
///
/// # Errors
/// If it does not fit; the message begins with the place inside the value.
#[inline]
pub fn value<T: DeserializeOwned>(value: Value) -> Result<T, serde_json::Error> {
    #[cfg(feature = "strict")]
    let from = crate::runtime::drift::tracked::Tracked(&value);
    #[cfg(not(feature = "strict"))]
    let from = &value;
    match T::deserialize(from) {
        Ok(decoded) => Ok(decoded),
        Err(error) if trials::quiet() => Err(error),
        Err(error) => Err(placed::<T>(&value, error)),
    }
}

/// The same decoding again, from text, only to learn where it stops.
#[cold]
fn placed<T: DeserializeOwned>(value: &Value, error: serde_json::Error) -> serde_json::Error {
    let text = serde_json::to_vec(value).unwrap_or_default();
    let again = trials::quietly(|| serde_json::from_slice::<T>(&text).err());
    match again.and_then(|again| place::of(&text, &again)) {
        Some(path) => Error::custom(format_args!("in `{path}`: {error}")),
        None => error,
    }
}
