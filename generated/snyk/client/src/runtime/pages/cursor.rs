//! Where a page of a list begins, to be kept and gone on from later.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

/// Where a page of a list begins: what [`Pages::cursor`](crate::runtime::Pages::cursor) gives and
/// [`Pages::resume`](crate::runtime::Pages::resume) takes.
///
/// It is text to whoever keeps it: it prints and parses, and serde writes it as a string. It
/// holds no credential and no host, so it says nothing without a client of the same API; it
/// belongs to a request with the same parameters as the one that it came from.
///
/// ```
/// use snyk_invites::runtime::{Cursor, CursorError};
///
/// # fn main() -> Result<(), CursorError> {
/// let kept = "page:3";
/// let cursor: Cursor = kept.parse()?;
/// assert_eq!(cursor.to_string(), kept);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor(pub(crate) Position);

/// The same, as the walk knows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Position {
    /// The page at this path and query.
    Link(String),
    /// The page that begins at this value of the API.
    Cursor(String),
    /// The page of this number.
    Page(u64),
    /// The page with this many items before it.
    Offset(u64),
}

impl fmt::Display for Cursor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Position::Link(link) => write!(out, "link:{link}"),
            Position::Cursor(value) => write!(out, "cursor:{value}"),
            Position::Page(number) => write!(out, "page:{number}"),
            Position::Offset(before) => write!(out, "offset:{before}"),
        }
    }
}

/// A text that is no [`Cursor`].
///
/// ```
/// use snyk_invites::runtime::Cursor;
///
/// let error = "the third page".parse::<Cursor>().unwrap_err();
/// assert_eq!(error.to_string(), "the text is not what a cursor prints");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CursorError(());

impl fmt::Display for CursorError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the text is not what a cursor prints")
    }
}

impl Error for CursorError {}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let (kind, said) = text.split_once(':').ok_or(CursorError(()))?;
        let number = || said.parse().map_err(|_| CursorError(()));
        Ok(Self(match kind {
            "link" if said.starts_with('/') => Position::Link(said.to_owned()),
            "cursor" if !said.is_empty() => Position::Cursor(said.to_owned()),
            "page" => Position::Page(number()?),
            "offset" => Position::Offset(number()?),
            _ => return Err(CursorError(())),
        }))
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(CursorVisitor)
    }
}

struct CursorVisitor;

impl Visitor<'_> for CursorVisitor {
    type Value = Cursor;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a cursor as text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Cursor, E> {
        text.parse().map_err(E::custom)
    }
}
