//! The formats that `docs` lists name, held against those that there are.
//!
//! Which there are is known only when the file says where a user's templates are; so it is read
//! once more, for these lists alone, and a name that is none is refused at its line.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::diagnostic::near;

/// Where the names are; `*` is any key or any item.
const PATH: [&str; 4] = ["apis", "*", "docs", "*"];

/// Reads the text; the error is that of the first name that is no format.
pub(super) fn check(text: &str, known: &[String]) -> Result<(), serde_yaml::Error> {
    let below = Below { path: &PATH, known };
    below.deserialize(serde_yaml::Deserializer::from_str(text))
}

/// What is at the end of a path.
#[derive(Clone, Copy)]
struct Below<'a> {
    path: &'a [&'a str],
    known: &'a [String],
}

impl<'de> DeserializeSeed<'de> for Below<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Below<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("what the configuration says")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match self.path.split_first() {
                Some((wanted, path)) if *wanted == "*" || *wanted == key => {
                    map.next_value_seed(Below { path, ..self })?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let path = self.path.get(1..).unwrap_or_default();
        while items.next_element_seed(Below { path, ..self })?.is_some() {}
        Ok(())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        if !self.path.is_empty() || self.known.iter().any(|format| format == text) {
            return Ok(());
        }
        let meant = near(text, self.known.iter().map(|name| &**name));
        let meant = meant
            .first()
            .map(|meant| format!(" (did you mean `{meant}`?)"));
        let known = self.known.join(", ");
        Err(E::custom(format!(
            "there is no format `{text}`{}; there are {known}",
            meant.unwrap_or_default()
        )))
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
