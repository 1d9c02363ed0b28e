//! The link to the next page: found in a body without decoding all of it, then resolved.
//!
//! JSON:API (section "Document Links") lets a link be a string, an object with `href`, or null.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use url::Url;

use super::request_url;

/// What stands where the link should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing, null, or an empty string: this is the last page.
    Nothing,
    /// A link.
    Link(String),
    /// Something that is not a link.
    Other,
}

/// Looks for the link that these keys lead to.
pub(super) fn find(body: &[u8], keys: &[&str]) -> Found {
    let mut from = serde_json::Deserializer::from_slice(body);
    Seek { keys }
        .deserialize(&mut from)
        .unwrap_or(Found::Nothing)
}

/// Where a link leads, seen from the URL of the page that has it.
///
/// A relative link is resolved as RFC 3986, section 5 says, with one exception: a path from the
/// root that leaves the path of the base URL out gets it in front, because some APIs write links
/// that way.
///
/// Fails if the link is not a URL or leads to another origin, which credentials must not reach.
pub(super) fn resolve(link: &str, page: &Url, base: &Url) -> Result<Url, String> {
    let prefix = base.path().trim_end_matches('/');
    let rooted = link.starts_with('/') && !link.starts_with("//");
    let link = if rooted && !is_under(link, prefix) {
        format!("{prefix}{link}")
    } else {
        link.to_owned()
    };
    request_url::same_origin(page, &link).ok_or_else(|| {
        let origin = page.origin().ascii_serialization();
        format!("the link to it is not a URL of {origin}")
    })
}

/// Whether a path begins with a prefix, by whole segments.
fn is_under(path: &str, prefix: &str) -> bool {
    let rest = path.strip_prefix(prefix);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// Follows keys into a value and skips all else.
#[derive(Clone, Copy)]
struct Seek<'a> {
    keys: &'a [&'a str],
}

impl Seek<'_> {
    fn text<E>(self, text: &str) -> Result<Found, E> {
        Ok(match (self.keys, text.trim()) {
            ([], "") => Found::Nothing,
            ([], link) => Found::Link(link.to_owned()),
            _ => Found::Nothing,
        })
    }

    /// A number, a boolean or a list: no link, if one should be here.
    fn other<E>(self) -> Result<Found, E> {
        Ok(if self.keys.is_empty() {
            Found::Other
        } else {
            Found::Nothing
        })
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
        self.text(text)
    }

    fn visit_unit<E: Error>(self) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Found, E> {
        self.other()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Found, E> {
        self.other()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Found, E> {
        self.other()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Found, E> {
        self.other()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Found, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        self.other()
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let (key, keys) = match self.keys {
            [] => ("href", self.keys),
            [key, keys @ ..] => (*key, keys),
        };
        let mut found = Found::Nothing;
        while let Some(name) = map.next_key::<String>()? {
            if name == key {
                found = map.next_value_seed(Seek { keys })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}
