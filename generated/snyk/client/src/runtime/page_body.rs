//! What a page says of itself, read from its body without decoding all of it.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
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
pub(super) struct Listed {
    /// How many there are.
    pub(super) count: u64,
    /// A number that is the same for the same items.
    pub(super) digest: u64,
}

impl Found {
    /// A whole number, or a text that is one.
    pub(super) fn whole(&self) -> Option<u64> {
        match self {
            Self::Text(text) | Self::Number(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

/// The value that these keys lead to. A body that is not JSON has none.
pub(super) fn value(body: &[u8], keys: &[&str]) -> Found {
    seek(body, Seek { keys, last: None })
}

/// The list that these keys lead to; an empty one if there is none.
pub(super) fn items(body: &[u8], keys: &[&str]) -> Listed {
    match value(body, keys) {
        Found::List(listed) => listed,
        _ => Listed::default(),
    }
}

/// The value that `keys` lead to in the last item of a list.
pub(super) fn of_last_item(body: &[u8], items: &[&str], keys: &[&str]) -> Found {
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
        let mut listed = Listed::default();
        let mut last = Found::Nothing;
        match (self.keys, self.last) {
            ([], None) => {
                let mut digest = DefaultHasher::new();
                while items.next_element_seed(Digest(&mut digest))?.is_some() {
                    listed.count += 1;
                }
                listed.digest = digest.finish();
                return Ok(Found::List(listed));
            }
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

/// Hashes a value, whatever it is.
struct Digest<'a>(&'a mut DefaultHasher);

impl Digest<'_> {
    /// Hashes a scalar; the letter tells it from those of other kinds.
    fn scalar<E>(self, kind: char, value: impl Hash) -> Result<(), E> {
        (kind, value).hash(self.0);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Digest<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Digest<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.scalar('s', text)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar('n', ())
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<(), E> {
        self.scalar('b', flag)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.scalar('i', number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.scalar('u', number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.scalar('f', number.to_bits())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        '['.hash(self.0);
        while items.next_element_seed(Digest(self.0))?.is_some() {}
        ']'.hash(self.0);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        '{'.hash(self.0);
        while map.next_key_seed(Digest(self.0))?.is_some() {
            map.next_value_seed(Digest(self.0))?;
        }
        '}'.hash(self.0);
        Ok(())
    }
}
