//! Decoding an object into a record: one generic visitor over a table of field names.
//!
//! Fields are expected in the order of the table, so most keys cost one comparison. Any other
//! key is looked for from there on, then from the start. What was seen is kept as bits, so that
//! a missing field can be named. Rules: the last of two equal keys wins; a key outside the table
//! goes to [`Record::rest`], which skips its value unless the type keeps it.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Deserialize, DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};

use crate::runtime::codec::blank::Blank;
use crate::runtime::codec::field::{FieldVisitor, fill};

/// What the fields of a record are. It is one constant, because each has its price when a crate is
/// compiled.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The name of the type, for messages.
    pub name: &'static str,
    /// The names of the fields on the wire. Their positions are the numbers for [`Record::visit`].
    pub fields: &'static [&'static str],
    /// The fields that must arrive.
    pub required: Positions,
    /// The lists that must arrive by the description. Servers leave them out or write null where they
    /// are empty, so they are empty then.
    pub lists: Positions,
}

/// Some of the fields. A number takes the compiler less than a list.
#[derive(Clone, Copy, Debug)]
pub enum Positions {
    /// Those whose bits are set, the lowest being that of the first; for fields before the 65th.
    Bits(u64),
    /// Those at these positions.
    List(&'static [usize]),
}

impl Positions {
    /// Whether there is no field among them.
    #[inline]
    const fn is_empty(self) -> bool {
        match self {
            Self::Bits(bits) => bits == 0,
            Self::List(list) => list.is_empty(),
        }
    }
}

/// A type that is an object with named fields on the wire.
pub trait Record: Blank {
    /// What its fields are.
    const TABLE: Table;

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
        let mut expected = 0;
        let mut other = String::new();
        while let Some(index) = map.next_key_seed(KeySeed {
            fields: R::TABLE.fields,
            expected,
            other: &mut other,
        })? {
            if index == OTHER {
                record.rest(&other, &mut map)?;
                continue;
            }
            fill(&mut record, index, &mut map)?;
            // Nobody asks after the fields of a record that needs none.
            if cfg!(feature = "strict") || !R::TABLE.required.is_empty() {
                seen.insert(index);
            }
            expected = index + 1;
        }
        #[cfg(feature = "strict")]
        for name in seen.all_missing(R::TABLE.fields, R::TABLE.lists) {
            crate::runtime::drift::note_field(name, crate::runtime::drift::DriftKind::MissingList);
        }
        match seen.missing(R::TABLE.fields, R::TABLE.required) {
            Some(name) => Err(Error::missing_field(name)),
            None => Ok(record),
        }
    }
}

/// Stands for the position of a key that is not in the table.
const OTHER: usize = usize::MAX;

/// Reads a key and looks up its position. It does not depend on the record's type, so there is one
/// of it.
struct KeySeed<'k> {
    fields: &'static [&'static str],
    expected: usize,
    /// Gets a key that is not in the table.
    other: &'k mut String,
}

impl KeySeed<'_> {
    #[inline]
    fn position(self, key: &str) -> usize {
        match self.fields.get(self.expected) {
            Some(name) if is_same(name, key) => self.expected,
            _ => self.scan(key),
        }
    }

    fn scan(self, key: &str) -> usize {
        let from = self.expected.min(self.fields.len());
        let (before, after) = self.fields.split_at(from);
        let is_it = |name: &&str| *name == key;
        let later = after.iter().position(is_it).map(|at| at + from);
        let found = later.or_else(|| before.iter().position(is_it));
        found.unwrap_or_else(|| {
            self.other.clear();
            self.other.push_str(key);
            OTHER
        })
    }
}

/// Whether a name is the one that is expected, as it mostly is. Names are short: comparing the first
/// and the last word of each, which may overlap, takes less than asking the system to.
#[inline]
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    one.len() == other.len()
        && match one.len() {
            8..=16 => have_same_ends::<8>(one, other),
            4..8 => have_same_ends::<4>(one, other),
            2..4 => have_same_ends::<2>(one, other),
            _ => one == other,
        }
}

/// Whether the first bytes are the same, and the last.
#[inline]
fn have_same_ends<const N: usize>(one: &[u8], other: &[u8]) -> bool {
    one.first_chunk::<N>() == other.first_chunk() && one.last_chunk::<N>() == other.last_chunk()
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

    /// The names of all of these fields that were not seen.
    #[cfg(feature = "strict")]
    fn all_missing(&self, fields: &[&'static str], asked: Positions) -> Vec<&'static str> {
        let is_asked = |at: usize| match asked {
            Positions::Bits(bits) => at < 64 && bits & (1 << at) != 0,
            Positions::List(list) => list.contains(&at),
        };
        let fields = fields.iter().enumerate();
        let missing = fields.filter(|(at, _)| is_asked(*at) && !self.contains(*at));
        missing.map(|(_, name)| *name).collect()
    }

    /// The name of the first required field that was not seen.
    #[inline]
    fn missing(&self, fields: &[&'static str], required: Positions) -> Option<&'static str> {
        let at = match required {
            Positions::Bits(bits) => match bits & !self.first {
                0 => return None,
                missing => missing.trailing_zeros() as usize,
            },
            Positions::List(list) => *list.iter().find(|at| !self.contains(**at))?,
        };
        fields.get(at).copied()
    }
}
