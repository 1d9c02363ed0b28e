//! The formats of values (`format`), and what a Rust client can hold each of them as.
//!
//! The table says it for the formats that the registry of OpenAPI and JSON Schema (2020-12,
//! Validation, 7.3) name. A maintainer can choose another entry of it for an API, and say the
//! same for formats that no table knows: `formats: { date-time: chrono, objectid: uuid }`.

mod table;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

pub use self::table::wire_of;
use self::table::{ANY_FORMAT, TABLE};

/// What a value is in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A text.
    String,
}

/// A Rust type that can hold the values of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Held {
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `String`
    String,
    /// `jiff::Timestamp`
    Timestamp,
    /// `jiff::civil::Date`
    Date,
    /// Another.
    Format(FormatType),
}

/// A Rust type that is neither one of Rust's plain ones nor what moments and days are held as
/// unless a maintainer says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum FormatType {
    /// The runtime's `Base64`: bytes.
    Base64,
    /// `jiff::civil::Time`
    JiffTime,
    /// The runtime's wrapper of `jiff::Span`.
    JiffDuration,
    /// `chrono::DateTime<chrono::Utc>`
    ChronoTimestamp,
    /// `chrono::NaiveDate`
    ChronoDate,
    /// `chrono::NaiveTime`
    ChronoTime,
    /// The runtime's wrapper of `time::OffsetDateTime`.
    TimeTimestamp,
    /// The runtime's wrapper of `time::Date`.
    TimeDate,
    /// The runtime's wrapper of `time::Time`.
    TimeTime,
    /// `uuid::Uuid`
    Uuid,
    /// `rust_decimal::Decimal`, a text in JSON.
    Decimal,
    /// The runtime's wrapper of `rust_decimal::Decimal`, a number in JSON.
    DecimalNumber,
    /// `url::Url`
    Url,
    /// `std::net::Ipv4Addr`
    Ipv4,
    /// `std::net::Ipv6Addr`
    Ipv6,
}

/// What a maintainer chose: a word for each of some formats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formats {
    chosen: BTreeMap<String, String>,
}

impl Formats {
    /// Chooses what a format is held as.
    ///
    /// # Errors
    ///
    /// Says what is accepted.
    pub fn choose(&mut self, format: &str, word: &str) -> Result<(), String> {
        let accepted = accepted(format);
        if !accepted.contains(&word) {
            let accepted = accepted.join(", ");
            return Err(format!(
                "the format `{format}` cannot be held as `{word}`; write one of {accepted}"
            ));
        }
        self.chosen.insert(format.to_owned(), word.to_owned());
        Ok(())
    }

    /// The formats that something was chosen for.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.chosen.keys().map(String::as_str)
    }

    /// Whether another format shares the choice of this one.
    #[must_use]
    pub fn is_named(&self, format: &str) -> bool {
        let mut chosen = self.chosen.iter();
        chosen.any(|(other, word)| other != format && word == format)
    }

    /// What the values of a format are held as.
    #[must_use]
    pub fn held(&self, format: Option<&str>, wire: Wire) -> Held {
        let chosen = |format: &str| self.chosen.get(format).map(String::as_str);
        let known = |format: &str| {
            let choices = choices_of(format, wire)?;
            let word = chosen(format);
            let by_word = choices.iter().find(|(known, _)| Some(*known) == word);
            by_word.or(choices.first()).map(|(_, held)| *held)
        };
        let unknown = |format: &str| {
            let word = chosen(format)?;
            let mut any = ANY_FORMAT.iter().filter(|row| row.wire == wire);
            any.find_map(|row| row.held_as(word))
                .or_else(|| known(word))
        };
        format
            .and_then(|format| known(format).or_else(|| unknown(format)))
            .unwrap_or(match wire {
                Wire::Integer => Held::I64,
                Wire::Number => Held::F64,
                Wire::String => Held::String,
            })
    }
}

impl FormatType {
    /// The module of the runtime that a client needs for it.
    #[must_use]
    pub fn module(self) -> Option<&'static str> {
        Some(match self {
            Self::Base64 => "base64",
            Self::JiffDuration => "jiff",
            Self::ChronoTimestamp | Self::ChronoDate | Self::ChronoTime => "chrono",
            Self::TimeTimestamp | Self::TimeDate | Self::TimeTime => "time",
            Self::Uuid => "uuid",
            Self::Decimal | Self::DecimalNumber => "rust_decimal",
            Self::Url => "url",
            _ => return None,
        })
    }

    /// Whether the type is `Copy`.
    #[must_use]
    pub fn is_copy(self) -> bool {
        !matches!(self, Self::Base64 | Self::Url)
    }
}

/// The modules of the runtime that a client has only if something is held by them.
pub const MODULES: [&str; 7] = [
    "base64",
    "chrono",
    "jiff",
    "rust_decimal",
    "time",
    "url",
    "uuid",
];

/// The words that a format accepts: those of the table; for a format that is not in it, types
/// that need no more said, and the name of a format that is, whose choice it shares.
fn accepted(format: &str) -> Vec<&'static str> {
    let rows = || TABLE.iter().filter(|row| row.names.contains(&format));
    let mut accepted = Vec::new();
    let mut add = |word: &'static str| {
        if !accepted.contains(&word) {
            accepted.push(word);
        }
    };
    if rows().next().is_some() {
        let words = rows().flat_map(|row| row.choices);
        words.for_each(|(word, _)| add(word));
    } else {
        let words = ANY_FORMAT.iter().flat_map(|row| row.choices);
        words.for_each(|(word, _)| add(word));
        TABLE
            .iter()
            .flat_map(|row| row.names)
            .for_each(|name| add(name));
    }
    accepted
}

/// What a format of the table can be held as, the usual first.
fn choices_of(format: &str, wire: Wire) -> Option<&'static [(&'static str, Held)]> {
    let mut rows = TABLE.iter();
    let row = rows.find(|row| row.wire == wire && row.names.contains(&format))?;
    Some(row.choices)
}

/// Reads a map of formats and words, each word refused where it stands.
impl<'de> Deserialize<'de> for Formats {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(FormatsVisitor)
    }
}

struct FormatsVisitor;

impl<'de> Visitor<'de> for FormatsVisitor {
    type Value = Formats;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("formats and what each is held as, as in `uuid: string`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Formats, A::Error> {
        let mut formats = Formats::default();
        while let Some(format) = map.next_key::<String>()? {
            map.next_value_seed(Choosing {
                formats: &mut formats,
                format: &format,
            })?;
        }
        Ok(formats)
    }
}

/// A word that is chosen for a format.
struct Choosing<'a> {
    formats: &'a mut Formats,
    format: &'a str,
}

impl<'de> DeserializeSeed<'de> for Choosing<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Choosing<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "one of {}", accepted(self.format).join(", "))
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<(), E> {
        self.formats.choose(self.format, word).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(choices: &[(&str, &str)]) -> Formats {
        let mut formats = Formats::default();
        for (format, word) in choices {
            formats.choose(format, word).unwrap();
        }
        formats
    }

    #[test]
    fn every_entry_of_the_table_can_be_chosen() {
        for row in TABLE {
            for format in row.names {
                for (word, held) in row.choices {
                    let formats = chosen(&[(format, word)]);
                    assert_eq!(
                        formats.held(Some(format), row.wire),
                        *held,
                        "{format}: {word}"
                    );
                }
                let usual = Formats::default().held(Some(format), row.wire);
                assert_eq!(usual, row.choices[0].1, "{format}");
            }
        }
    }

    #[test]
    fn a_module_is_one_of_those_that_clients_may_have() {
        let rows = TABLE.iter().chain(ANY_FORMAT);
        for (word, held) in rows.flat_map(|row| row.choices) {
            let module = match held {
                Held::Format(ty) => ty.module(),
                _ => None,
            };
            assert!(
                module.is_none_or(|module| MODULES.contains(&module)),
                "{word}"
            );
        }
    }

    #[test]
    fn a_choice_counts_for_the_json_that_it_fits() {
        let formats = chosen(&[("decimal", "rust_decimal"), ("date-time", "chrono")]);
        assert_eq!(
            formats.held(Some("decimal"), Wire::String),
            Held::Format(FormatType::Decimal)
        );
        assert_eq!(
            formats.held(Some("decimal"), Wire::Number),
            Held::Format(FormatType::DecimalNumber)
        );
        assert_eq!(formats.held(Some("decimal"), Wire::Integer), Held::I64);
        assert_eq!(formats.held(Some("date-time"), Wire::Integer), Held::I64);
        let text = chosen(&[("decimal", "string")]);
        assert_eq!(text.held(Some("decimal"), Wire::Number), Held::F64);
    }

    #[test]
    fn a_format_of_ones_own_is_a_type_or_another_format() {
        let formats = chosen(&[
            ("datetime", "date-time"),
            ("date-time", "time"),
            ("objectid", "uuid"),
            ("unix", "uint64"),
        ]);
        assert_eq!(
            formats.held(Some("datetime"), Wire::String),
            Held::Format(FormatType::TimeTimestamp)
        );
        assert_eq!(
            formats.held(Some("objectid"), Wire::String),
            Held::Format(FormatType::Uuid)
        );
        assert_eq!(formats.held(Some("unix"), Wire::Integer), Held::U64);
        assert_eq!(formats.held(Some("unix"), Wire::String), Held::String);
        assert_eq!(formats.held(Some("else"), Wire::String), Held::String);
        assert_eq!(formats.held(None, Wire::Number), Held::F64);
    }

    #[test]
    fn a_wrong_word_is_told_what_is_accepted() {
        let refused = |format, word| Formats::default().choose(format, word).unwrap_err();
        assert_eq!(
            refused("date-time", "joda"),
            "the format `date-time` cannot be held as `joda`; write one of jiff, chrono, time, string"
        );
        assert!(refused("email", "url").ends_with("write one of string"));
        assert!(refused("mine", "jiff").contains("uuid, "));
    }
}
