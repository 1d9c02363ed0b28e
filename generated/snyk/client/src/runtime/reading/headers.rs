//! The documented headers of an answer, read when they are asked for.
//!
//! An operation whose answers have documented headers has a view of its own with a function for
//! each; this is what the views read with. Names are compared without regard to case (RFC 9110,
//! 5.1). Several lines of one name are one value, with commas between (RFC 9110, 5.3); those of
//! `Set-Cookie`, which cannot be joined so, have line breaks between.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use http::HeaderMap;
use http::header::SET_COOKIE;
use jiff::fmt::rfc2822;
use serde::de::DeserializeOwned;

use crate::runtime::reading::plain;

/// Why a header could not be read as what the description says it is.
///
/// ```
/// use snyk_invites::runtime::{HeaderMap, Headers};
///
/// let mut map = HeaderMap::new();
/// map.insert("x-remaining", "many".parse().unwrap());
/// let error = Headers::new(&map).value::<u32>("X-Remaining").unwrap_err();
/// assert_eq!(error.name(), "X-Remaining");
/// ```
#[derive(Debug)]
pub struct HeaderError {
    name: &'static str,
    source: Box<dyn Error + Send + Sync>,
}

impl HeaderError {
    fn new(name: &'static str, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let source = source.into();
        Self { name, source }
    }

    /// The header, as the description writes it.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "the header `{}` does not fit: {}",
            self.name, self.source
        )
    }
}

impl Error for HeaderError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}

/// The headers of an answer, to be read by the types that the description gives them. A header
/// that is not there is `None`, even where the description requires it.
///
/// ```
/// use snyk_invites::runtime::{HeaderError, HeaderMap, Headers};
///
/// # fn main() -> Result<(), HeaderError> {
/// let mut map = HeaderMap::new();
/// map.insert("x-remaining", "7".parse().unwrap());
/// let headers = Headers::new(&map);
/// assert_eq!(headers.value::<u32>("X-Remaining")?, Some(7));
/// assert_eq!(headers.value::<u32>("X-Limit")?, None);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Headers<'a>(&'a HeaderMap);

impl<'a> Headers<'a> {
    /// Reads these headers.
    #[inline]
    pub fn new(headers: &'a HeaderMap) -> Self {
        Self(headers)
    }

    /// A header in the style `simple`.
    ///
    /// # Errors
    /// If it does not fit the type.
    #[inline]
    pub fn value<T: DeserializeOwned>(self, name: &'static str) -> Result<Option<T>, HeaderError> {
        let between = if is_set_cookie(name) { '\n' } else { ',' };
        self.read(name, |text| {
            plain::list_or_value(&text.all, &text.once, between)
        })
    }

    /// A header in the style `simple` that is an object whose members are `name=value`.
    ///
    /// # Errors
    /// If it does not fit the type.
    #[inline]
    pub fn exploded<T: DeserializeOwned>(
        self,
        name: &'static str,
    ) -> Result<Option<T>, HeaderError> {
        self.read(name, |text| plain::exploded(&text.once))
    }

    /// A header that is JSON.
    ///
    /// # Errors
    /// If it is not JSON or does not fit the type.
    #[inline]
    pub fn json<T: DeserializeOwned>(self, name: &'static str) -> Result<Option<T>, HeaderError> {
        self.read(name, |text| serde_json::from_str(&text.once))
    }

    /// A header that is a moment: as in JSON (RFC 3339), or as HTTP writes dates (RFC 9110,
    /// 5.6.7), whatever the description says. The type reads moments as JSON writes them.
    ///
    /// # Errors
    /// If it is neither, or does not fit the type.
    #[inline]
    pub fn timestamp<T: DeserializeOwned>(
        self,
        name: &'static str,
    ) -> Result<Option<T>, HeaderError> {
        self.read(name, |text| plain::value(&as_json(text.once.trim()), ','))
    }

    #[inline]
    fn read<T, E: Into<Box<dyn Error + Send + Sync>>>(
        self,
        name: &'static str,
        parse: impl FnOnce(&Text<'_>) -> Result<T, E>,
    ) -> Result<Option<T>, HeaderError> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        let value = parse(&text).map_err(|error| HeaderError::new(name, error))?;
        Ok(Some(value))
    }

    /// The lines of a header as one text.
    fn text(self, name: &'static str) -> Result<Option<Text<'a>>, HeaderError> {
        let (mut all, mut once) = (Vec::new(), Vec::new());
        for line in self.0.get_all(name) {
            let line = std::str::from_utf8(line.as_bytes());
            let line = line.map_err(|error| HeaderError::new(name, error))?;
            all.push(line);
            if !once.contains(&line) {
                once.push(line);
            }
        }
        let between = if is_set_cookie(name) { "\n" } else { ", " };
        let joined = |lines: &[&'a str]| match lines {
            [only] => Cow::Borrowed(*only),
            _ => Cow::Owned(lines.join(between)),
        };
        Ok((!all.is_empty()).then(|| Text {
            all: joined(&all),
            once: joined(&once),
        }))
    }
}

/// The lines of a header as one text.
struct Text<'a> {
    /// All of them, which is what the members of a list are in.
    all: Cow<'a, str>,
    /// Each of them once: what is no list is sometimes said twice on the way to the client.
    once: Cow<'a, str>,
}

/// A moment as JSON writes it, if it is written as HTTP writes dates: in any of the three forms that
/// must be read, or with an offset, as in mail.
fn as_json(text: &str) -> Cow<'_, str> {
    let moment = rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
    let moment = moment.or_else(|| httpdate::parse_http_date(text).ok()?.try_into().ok());
    match moment {
        Some(moment) => Cow::Owned(moment.to_string()),
        None => Cow::Borrowed(text),
    }
}

/// Whether this is the one header whose lines may not be joined by commas.
fn is_set_cookie(name: &str) -> bool {
    name.eq_ignore_ascii_case(SET_COOKIE.as_str())
}

/// Shows names only: what headers hold may be private.
impl fmt::Debug for Headers<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.0.keys()).finish()
    }
}
