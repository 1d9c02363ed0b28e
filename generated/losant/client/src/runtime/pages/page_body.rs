//! What a page says of itself, read from its body without decoding all of it.

use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing, null, or an empty text.
    Nothing,
    /// A text; of an object, that of its `href` (JSON:API, section "Document Links").
    Text(String),
    /// A number, as it prints.
    Number(String),
    /// `true` or `false`.
    Flag(bool),
    /// A list.
    List(Listed),
}

/// The items of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Listed {
    /// How many there are.
    pub(crate) count: u64,
    /// A number that is the same for the same items.
    digest: u64,
    /// The same of their `id`s, if there are several and each has one of its own.
    ids: Option<u64>,
    /// Whether no item is there twice.
    pub(crate) distinct: bool,
}

impl Listed {
    /// Whether these are the same items: the same values, or values of the same `id`s, for a
    /// server may write a moment or a signature into each.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let of_ids = self.ids.is_some() && self.ids == other.ids;
        self.count == other.count && (self.digest == other.digest || of_ids)
    }
}

impl Found {
    /// A whole number, or a text that is one.
    pub(crate) fn whole(&self) -> Option<u64> {
        match self {
            Self::Text(text) | Self::Number(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

/// The value that these keys lead to. A body that is not JSON has none.
pub(crate) fn value(body: &[u8], keys: &[&str]) -> Found {
    seek(body, Seek { keys, last: None })
}

/// The list that these keys lead to; an empty one if there is none.
pub(crate) fn items(body: &[u8], keys: &[&str]) -> Listed {
    match value(body, keys) {
        Found::List(listed) => listed,
        _ => Listed::default(),
    }
}

/// The value that `keys` lead to in the last item of a list.
pub(crate) fn of_last_item(body: &[u8], items: &[&str], keys: &[&str]) -> Found {
    let last = Some(keys);
    seek(body, Seek { keys: items, last })
}

fn seek(body: &[u8], seek: Seek<'_>) -> Found {
    let mut from = serde_json::Deserializer::from_slice(body);
    seek.deserialize(&mut from).unwrap_or(Found::Nothing)
}

/// Follows keys into a value and skips all else.
#[derive(Clone, Copy)]
struct Seek<'a> {
    keys: &'a [&'a str],
    /// The keys to follow in the last item of the list that the others lead to.
    last: Option<&'a [&'a str]>,
}

impl Seek<'_> {
    /// What is found if this is where the keys lead.
    fn here<E>(self, found: impl FnOnce() -> Found) -> Result<Found, E> {
        let arrived = self.keys.is_empty() && self.last.is_none();
        Ok(if arrived { found() } else { Found::Nothing })
    }
}

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Found, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = Found;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Found, E> {
        self.here(|| match text.trim() {
            "" => Found::Nothing,
            _ => Found::Text(text.to_owned()),
        })
    }

    fn visit_unit<E: Error>(self) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Found, E> {
        self.here(|| Found::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Found, E> {
        self.here(|| Found::Number(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Found, E> {
        self.here(|| Found::Number(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Found, E> {
        self.here(|| Found::Number(number.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Found, A::Error> {
        let mut last = Found::Nothing;
        match (self.keys, self.last) {
            ([], None) => return listed(items).map(Found::List),
            ([], Some(keys)) => {
                let seek = Seek { keys, last: None };
                while let Some(found) = items.next_element_seed(seek)? {
                    last = found;
                }
            }
            _ => while items.next_element::<IgnoredAny>()?.is_some() {},
        }
        Ok(last)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let (key, keys) = match self.keys {
            [] => ("href", self.keys),
            [key, keys @ ..] => (*key, keys),
        };
        let mut found = Found::Nothing;
        while let Some(name) = map.next_key::<String>()? {
            if name == key {
                found = map.next_value_seed(Seek { keys, ..self })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// Counts and hashes items.
fn listed<'de, A: SeqAccess<'de>>(mut items: A) -> Result<Listed, A::Error> {
    let (mut values, mut ids) = (Vec::new(), Vec::new());
    while let Some(item) = items.next_element_seed(Digest)? {
        values.push(item.value);
        ids.extend(item.id);
    }
    let count = values.len();
    let each = |of: &[u64]| of.iter().collect::<HashSet<_>>().len() == count;
    Ok(Listed {
        count: count.try_into().unwrap_or(u64::MAX),
        digest: hash(&values),
        ids: (count > 1 && each(&ids)).then(|| hash(&ids)),
        distinct: each(&values),
    })
}

fn hash(value: impl Hash) -> u64 {
    let mut digest = DefaultHasher::new();
    value.hash(&mut digest);
    digest.finish()
}

/// Hashes a value, whatever it is.
#[derive(Clone, Copy)]
struct Digest;

/// The hash of a value, and that of the `id` that it has if it is an object.
struct Hashed {
    value: u64,
    id: Option<u64>,
}

impl Hashed {
    /// Of a value; the letter tells it from those of other kinds.
    fn of<E>(kind: char, value: impl Hash) -> Result<Self, E> {
        let value = hash((kind, value));
        Ok(Self { value, id: None })
    }
}

impl<'de> DeserializeSeed<'de> for Digest {
    type Value = Hashed;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Hashed, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Digest {
    type Value = Hashed;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Hashed, E> {
        Hashed::of('s', text)
    }

    fn visit_unit<E: Error>(self) -> Result<Hashed, E> {
        Hashed::of('n', ())
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Hashed, E> {
        Hashed::of('b', flag)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Hashed, E> {
        Hashed::of('i', number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Hashed, E> {
        Hashed::of('u', number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Hashed, E> {
        Hashed::of('f', number.to_bits())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Hashed, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            all.push(item.value);
        }
        Hashed::of('l', all)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Hashed, A::Error> {
        let mut all = Vec::new();
        let mut id = None;
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(self)?.value;
            if name == "id" {
                id = Some(value);
            }
            all.push((name, value));
        }
        let hashed = Hashed::of('o', all)?;
        Ok(Hashed { id, ..hashed })
    }
}
