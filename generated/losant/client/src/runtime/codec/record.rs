//! Decoding an object into a record: one generic visitor over a table of field names.
//!
//! Fields are expected in the order of the table, so most keys cost one comparison. Any other key is
//! looked for from there on, then from the start (`names`). What was seen is kept as bits, so that a
//! missing field can be named. Rules: the last of two equal keys wins; a key outside the table
//! goes to [`Record::rest`], which skips its value unless the type keeps it.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Deserialize, DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};

use crate::runtime::codec::field::{FieldVisitor, fill};
use crate::runtime::codec::names::{Place, names};

/// What the fields of a record are. It is one constant, because each has its price when a crate is
/// compiled.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The name of the type, for messages.
    pub name: &'static str,
    /// The names of the fields on the wire, each after the character that the text begins with. Their
    /// positions are the numbers for [`Record::visit`].
    pub fields: &'static str,
    /// Which of the first 64 fields must arrive: the lowest bit is that of the first.
    pub required: u64,
    /// Which of the first 64 are lists that must arrive by the description. Servers leave them out or
    /// write null where they are empty, so they are empty then.
    pub lists: u64,
}

/// What a table says of the first 64 fields, of those after them: by their positions.
#[derive(Clone, Copy, Debug)]
pub struct Far {
    /// The fields that must arrive.
    pub required: &'static [usize],
    /// The lists that must arrive by the description.
    pub lists: &'static [usize],
}

/// A type that is an object with named fields on the wire.
pub trait Record: Sized {
    /// What its fields are.
    const TABLE: Table;

    /// What else its fields are, if it has more than 64.
    const FAR: Far = Far {
        required: &[],
        lists: &[],
    };

    /// The record to start from, as [`Blank`](crate::runtime::codec::Blank) has it.
    fn blank() -> Self;

    /// Hands the field at this position to the visitor. A record without fields has none to hand.
    #[inline]
    fn visit<V: FieldVisitor>(&mut self, field: usize, visitor: &mut V) {
        let _ = (field, visitor);
    }

    /// Takes the next value of the map, whose key is in no field. The default skips it.
    ///
    /// # Errors
    /// Whatever the value's own decoding reports.
    #[inline]
    fn rest<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        #[cfg(feature = "strict")]
        crate::runtime::drift::note_field(key, crate::runtime::drift::DriftKind::UnknownField);
        #[cfg(not(feature = "strict"))]
        let _ = key;
        pass_over(map)
    }
}

/// Decodes a record.
///
/// # Errors
/// If the input is not an object, if a required field is missing, or if a value does not fit.
#[inline]
pub fn record<'de, D: Deserializer<'de>, R: Record>(from: D) -> Result<R, D::Error> {
    from.deserialize_map(RecordVisitor(PhantomData))
}

/// Skips the next value of a map.
#[inline]
fn pass_over<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// Decodes the next value of a map into the map of additional properties.
///
/// # Errors
/// Whatever the value's own decoding reports.
#[inline]
pub fn next_entry<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    key: &str,
    rest: &mut BTreeMap<String, T>,
) -> Result<(), A::Error> {
    let value = map.next_value()?;
    rest.insert(key.to_owned(), value);
    Ok(())
}

/// Fills a blank record from a map.
struct RecordVisitor<R>(PhantomData<R>);

impl<'de, R: Record> Visitor<'de> for RecordVisitor<R> {
    type Value = R;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "an object ({})", R::TABLE.name)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<R, A::Error> {
        let mut record = R::blank();
        let mut seen = Seen::default();
        let mut expected = Place::default();
        let mut other = String::new();
        while let Some(index) = map.next_key_seed(KeySeed {
            fields: R::TABLE.fields,
            expected: &mut expected,
            other: &mut other,
        })? {
            if index == OTHER {
                record.rest(&other, &mut map)?;
                continue;
            }
            fill(&mut record, index, &mut map)?;
            // Nobody asks after the fields of a record that needs none.
            let asks = R::TABLE.required != 0 || !R::FAR.required.is_empty();
            if cfg!(feature = "strict") || asks {
                seen.insert(index);
            }
        }
        #[cfg(feature = "strict")]
        for name in seen.all_missing(&R::TABLE, &R::FAR) {
            crate::runtime::drift::note_field(name, crate::runtime::drift::DriftKind::MissingList);
        }
        match seen.missing(R::TABLE.required, R::FAR.required) {
            Some(at) => Err(Error::missing_field(name(R::TABLE.fields, at))),
            None => Ok(record),
        }
    }
}

/// The name of the field at a position.
#[cold]
fn name(fields: &'static str, at: usize) -> &'static str {
    names(fields).nth(at).unwrap_or_default()
}

/// Stands for the position of a key that is not in the table.
const OTHER: usize = usize::MAX;

/// Reads a key and looks up its position. It does not depend on the record's type, so there is one
/// of it.
struct KeySeed<'k> {
    fields: &'static str,
    expected: &'k mut Place,
    /// Gets a key that is not in the table.
    other: &'k mut String,
}

impl KeySeed<'_> {
    #[inline]
    fn position(self, key: &str) -> usize {
        match self.expected.find(self.fields, key) {
            Some(position) => position,
            None => self.keep(key),
        }
    }

    fn keep(self, key: &str) -> usize {
        self.other.clear();
        self.other.push_str(key);
        OTHER
    }
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<usize, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = usize;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }

    #[inline]
    fn visit_str<E: Error>(self, key: &str) -> Result<usize, E> {
        Ok(self.position(key))
    }
}

/// A set of positions: a word for the first 64, more words only for wider records.
#[derive(Default)]
struct Seen {
    first: u64,
    more: Vec<u64>,
}

impl Seen {
    #[inline]
    fn insert(&mut self, index: usize) {
        if index < 64 {
            self.first |= 1 << index;
        } else {
            self.insert_far(index / 64 - 1, 1 << (index % 64));
        }
    }

    #[cold]
    fn insert_far(&mut self, word: usize, bit: u64) {
        if self.more.len() <= word {
            self.more.resize(word + 1, 0);
        }
        if let Some(bits) = self.more.get_mut(word) {
            *bits |= bit;
        }
    }

    #[inline]
    fn contains(&self, index: usize) -> bool {
        let word = if index < 64 {
            self.first
        } else {
            self.more.get(index / 64 - 1).copied().unwrap_or_default()
        };
        word & (1 << (index % 64)) != 0
    }

    /// The names of all lists that were not seen.
    #[cfg(feature = "strict")]
    fn all_missing(&self, table: &Table, far: &Far) -> Vec<&'static str> {
        let is_list = |at: usize| match at {
            0..64 => table.lists & (1 << at) != 0,
            _ => far.lists.contains(&at),
        };
        let fields = names(table.fields).enumerate();
        let missing = fields.filter(|(at, _)| is_list(*at) && !self.contains(*at));
        missing.map(|(_, name)| name).collect()
    }

    /// The position of the first required field that was not seen.
    #[inline]
    fn missing(&self, required: u64, far: &[usize]) -> Option<usize> {
        match required & !self.first {
            0 => far.iter().copied().find(|at| !self.contains(*at)),
            missing => Some(missing.trailing_zeros() as usize),
        }
    }
}
