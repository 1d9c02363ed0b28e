//! The fields of a record, one after the other: what decoding does with each, and what shows it.
//!
//! A record has one function that hands a field to a visitor, and not one for each of these, because
//! most of what a crate of many types takes to compile are functions that go through the fields.

use std::fmt;

use serde::Deserializer;
use serde::de::{Deserialize, DeserializeOwned, MapAccess};

use crate::runtime::codec::record::Record;

/// What a field of a record may be.
pub trait Field: DeserializeOwned + fmt::Debug {}

impl<T: DeserializeOwned + fmt::Debug> Field for T {}

/// What is done with a field. A visitor that may fail keeps why.
pub trait FieldVisitor {
    /// A field.
    fn value<T: Field>(&mut self, field: &mut T);

    /// A list for which null stands where it is empty.
    fn list<T: Field>(&mut self, field: &mut Vec<T>);

    /// A field of a type that null is a value of: it is there, other than one that did not arrive.
    fn value_or_null<T: Field>(&mut self, field: &mut Option<T>);

    /// A field that is a text. These do what [`value`](Self::value) does: most fields are of one of a few
    /// types, and the compiler need not find out for each of them what its type can do.
    #[inline]
    fn text(&mut self, field: &mut String) {
        self.value(field);
    }

    /// A text that may be absent.
    #[inline]
    fn optional_text(&mut self, field: &mut Option<String>) {
        self.value(field);
    }

    /// A whole number.
    #[inline]
    fn whole(&mut self, field: &mut i64) {
        self.value(field);
    }

    /// A whole number that may be absent.
    #[inline]
    fn optional_whole(&mut self, field: &mut Option<i64>) {
        self.value(field);
    }

    /// `true` or `false`.
    #[inline]
    fn truth(&mut self, field: &mut bool) {
        self.value(field);
    }

    /// `true` or `false`, which may be absent.
    #[inline]
    fn optional_truth(&mut self, field: &mut Option<bool>) {
        self.value(field);
    }
}

/// Decodes the next value of a map into a field.
struct Filler<'m, 'de, A: MapAccess<'de>> {
    map: &'m mut A,
    filled: Result<(), A::Error>,
}

/// Fills the field at this position with the next value of the map.
#[inline]
pub(super) fn fill<'de, R: Record, A: MapAccess<'de>>(
    record: &mut R,
    field: usize,
    map: &mut A,
) -> Result<(), A::Error> {
    let filled = Ok(());
    let mut filler = Filler { map, filled };
    record.visit(field, &mut filler);
    filler.filled
}

impl<'de, A: MapAccess<'de>> FieldVisitor for Filler<'_, 'de, A> {
    #[inline]
    fn value<T: Field>(&mut self, field: &mut T) {
        match self.map.next_value() {
            Ok(value) => *field = value,
            Err(error) => self.filled = Err(error),
        }
    }

    #[inline]
    fn list<T: Field>(&mut self, field: &mut Vec<T>) {
        match self.map.next_value() {
            Ok(OrEmpty(list)) => *field = list,
            Err(error) => self.filled = Err(error),
        }
    }

    #[inline]
    fn value_or_null<T: Field>(&mut self, field: &mut Option<T>) {
        match self.map.next_value() {
            Ok(value) => *field = Some(value),
            Err(error) => self.filled = Err(error),
        }
    }
}

/// A list for which null stands where it is empty.
struct OrEmpty<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OrEmpty<T> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let list: Option<Vec<T>> = Option::deserialize(from)?;
        #[cfg(feature = "strict")]
        if list.is_none() {
            crate::runtime::drift::note(crate::runtime::drift::DriftKind::NullList);
        }
        Ok(Self(list.unwrap_or_default()))
    }
}
