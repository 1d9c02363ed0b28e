//! What a crate's `Cargo.toml` says for crates.io, held to what Cargo and crates.io take.

use serde::{Deserialize, Deserializer, de};
use url::Url;

/// A licence, as an SPDX expression (SPDX 3.0, annex B).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct License(String);

/// The address of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageUrl(String);

/// A word under which a crate is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword(String);

/// A category of crates.io, by its slug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category(String);

/// A list that crates.io takes up to five entries of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtMostFive<T>(Vec<T>);

impl<T> Default for AtMostFive<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl License {
    /// Names of licences, joined by `AND`, `OR` and `WITH`, in parentheses or not.
    ///
    /// # Errors
    ///
    /// Says what an expression looks like.
    pub fn parse(text: &str) -> Result<Self, String> {
        match is_expression(text) {
            true => Ok(Self(text.to_owned())),
            false => Err(format!(
                "`{text}` is no SPDX expression: write names of licences, joined by AND, OR and WITH, as in MIT OR Apache-2.0"
            )),
        }
    }
}

/// Whether names and operators take turns, and each parenthesis is closed.
fn is_expression(text: &str) -> bool {
    let apart = text.replace('(', " ( ").replace(')', " ) ");
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || "-.+:".contains(letter);
    let mut open = 0_usize;
    let mut wants_name = true;
    for word in apart.split_whitespace() {
        let fits = match word {
            "(" => {
                open += 1;
                wants_name
            }
            ")" if open > 0 => {
                open -= 1;
                !wants_name
            }
            "AND" | "OR" | "WITH" => !std::mem::replace(&mut wants_name, true),
            name => name.chars().all(is_of_name) && std::mem::replace(&mut wants_name, false),
        };
        if !fits {
            return false;
        }
    }
    !wants_name && open == 0
}

impl PageUrl {
    /// An absolute URL of `https` or `http`.
    ///
    /// # Errors
    ///
    /// Says what is accepted.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).ok();
        match url.is_some_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host()) {
            true => Ok(Self(text.to_owned())),
            false => Err(format!(
                "`{text}` is no address of a page: write all of it, as in https://example.com/pets"
            )),
        }
    }
}

impl Keyword {
    /// Up to 20 letters, digits, `-`, `_` and `+`, a letter or a digit first.
    ///
    /// # Errors
    ///
    /// Says what a keyword may be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let begins = text.starts_with(|first: char| first.is_ascii_alphanumeric());
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_+".contains(letter);
        match begins && text.len() <= 20 && text.chars().all(is_part) {
            true => Ok(Self(text.to_owned())),
            false => Err(format!(
                "`{text}` is no keyword of crates.io: use up to 20 letters, digits, `-`, `_` and `+`, and begin with a letter or a digit"
            )),
        }
    }
}

impl Category {
    /// Small letters, digits and `-`; `::` before what is within another.
    ///
    /// # Errors
    ///
    /// Says what a slug looks like.
    pub fn parse(text: &str) -> Result<Self, String> {
        let is_part =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        let is_slug = |part: &str| !part.is_empty() && part.chars().all(is_part);
        match text.split("::").all(is_slug) {
            true => Ok(Self(text.to_owned())),
            false => Err(format!(
                "`{text}` is no category: write the slug that crates.io lists, as in api-bindings or web-programming::http-client"
            )),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for AtMostFive<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let all = Vec::deserialize(deserializer)?;
        match all.len() {
            0..=5 => Ok(Self(all)),
            many => Err(de::Error::custom(format!(
                "these are {many}: crates.io takes up to five"
            ))),
        }
    }
}

impl<T: Into<String>> AtMostFive<T> {
    /// The entries as texts.
    #[must_use]
    pub fn into_texts(self) -> Vec<String> {
        self.0.into_iter().map(Into::into).collect()
    }
}

macro_rules! texts {
    ($($name:ident),+) => {$(
        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(de::Error::custom)
            }
        }
    )+};
}

texts!(License, PageUrl, Keyword, Category);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_expressions() {
        for good in [
            "MIT",
            "MIT OR Apache-2.0",
            "(MIT OR Apache-2.0) AND GPL-2.0+",
            "GPL-3.0-only WITH Classpath-exception-2.0",
            "LicenseRef-Acme",
        ] {
            assert!(License::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "MIT/Apache-2.0",
            "MIT Apache-2.0",
            "MIT OR",
            "(MIT",
            "MIT)",
            "OR",
            "()",
            "see file",
        ] {
            assert!(License::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn pages_have_whole_addresses() {
        for good in ["https://a.example", "http://a.example/b?c#d"] {
            assert!(PageUrl::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a.example",
            "/b",
            "ftp://a.example",
            "javascript:x",
            "https://",
        ] {
            assert!(PageUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn keywords_and_categories_are_those_of_crates_io() {
        for good in ["api", "c++", "3d", "a_b-c"] {
            assert!(Keyword::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "two words", "-a", "a-word-of-21-letters-x", "ä"] {
            assert!(Keyword::parse(bad).is_err(), "{bad}");
        }
        for good in ["api-bindings", "web-programming::http-client"] {
            assert!(Category::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "API bindings", "a::", "a:b"] {
            assert!(Category::parse(bad).is_err(), "{bad}");
        }
    }
}
