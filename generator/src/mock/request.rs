//! A request as it came, and the parts of it that rules are about.

use percent_encoding::percent_decode_str;

/// A request, whole.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The method, as it was sent.
    pub method: String,
    /// The path, escaped as it was sent.
    pub path: String,
    /// What follows the question mark, escaped as it was sent; empty if there is nothing.
    pub query: String,
    /// The headers in the order of their coming, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of a name, whatever its letters.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers_of(name).next()
    }

    /// All headers of a name, whatever its letters.
    pub(super) fn headers_of(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self
            .headers
            .iter()
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name));
        named.map(|(_, value)| &**value)
    }

    /// The media type of the body without its parameters, in lower case.
    pub(super) fn content_type(&self) -> Option<String> {
        let said = self.header("content-type")?;
        let essence = said.split(';').next().unwrap_or_default();
        Some(essence.trim().to_ascii_lowercase())
    }

    /// The cookies, as they were sent.
    pub(super) fn cookies(&self) -> Vec<(String, String)> {
        let pairs = self.headers_of("cookie").flat_map(|all| all.split(';'));
        let pairs = pairs.filter_map(|pair| pair.split_once('='));
        pairs
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect()
    }
}

/// A pair of a query or of a form: its name decoded, its value as it was sent.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) value: String,
}

/// The pairs of a query or of a form.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Pair {
                name: decoded(name, true),
                value: value.to_owned(),
            }
        })
        .collect()
}

/// A text with its escapes undone; in a query or a form `+` is a space.
pub(super) fn decoded(text: &str, plus: bool) -> String {
    let spaced = match plus {
        true => text.replace('+', " "),
        false => text.to_owned(),
    };
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}
