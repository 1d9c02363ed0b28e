//! One line that says what an error's body says.
//!
//! Error bodies differ from API to API, but nearly all carry a sentence for people under one of a
//! few names: RFC 9457 has `detail` and `title`, JSON:API has a list `errors`, others `message`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Names that hold the sentence, in the order in which they are tried.
const SENTENCE: &[&str] = &[
    "message",
    "detail",
    "error_description",
    "title",
    "error",
    "errors",
];

/// The most characters that are worth a line.
const LONGEST: usize = 200;

/// How deep the sentence may be: `errors[0].detail` is four levels down, itself included.
const DEEPEST: u8 = 4;

/// The sentence in a JSON body; `None` if there is none.
pub(crate) fn of(body: &[u8]) -> Option<String> {
    let mut from = serde_json::Deserializer::from_slice(body);
    let sentence = Sentence(DEEPEST).deserialize(&mut from).ok()?;
    from.end().ok()?;
    sentence.as_deref().map(one_line)
}

/// The sentence in a value that may still be so deep. Nothing else of the value is kept.
struct Sentence(u8);

impl<'de> DeserializeSeed<'de> for Sentence {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<String>, D::Error> {
        match self.0.checked_sub(1) {
            Some(deeper) => from.deserialize_any(Finder(deeper)),
            None => from.deserialize_ignored_any(IgnoredAny).map(|_| None),
        }
    }
}

/// Finds it, with what is left of the depth for what is inside.
struct Finder(u8);

impl<'de> Visitor<'de> for Finder {
    type Value = Option<String>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<String>, E> {
        let text = text.trim();
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Option<String>, A::Error> {
        let first = items.next_element_seed(Sentence(self.0))?.flatten();
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(first)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Option<String>, A::Error> {
        let mut found = None;
        let mut best = SENTENCE.len();
        while let Some(key) = members.next_key::<String>()? {
            let place = SENTENCE.iter().position(|name| *name == key);
            let Some(place) = place.filter(|place| *place <= best) else {
                members.next_value::<IgnoredAny>()?;
                continue;
            };
            if let Some(sentence) = members.next_value_seed(Sentence(self.0))? {
                (found, best) = (Some(sentence), place);
            }
        }
        Ok(found)
    }
}

/// A text as a part of one line, cut short if it is long.
pub(crate) fn one_line(text: &str) -> String {
    let printable = |char: char| if char.is_control() { ' ' } else { char };
    let mut line: String = text.chars().take(LONGEST).map(printable).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}
