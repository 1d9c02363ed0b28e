//! Moments, dates and times of day as the crate time has them.
//!
//! They are wrapped, because that crate writes them in its own notation and not as RFC 3339 says.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{self, Serialize, Serializer};
use time::error::{Format, Parse};
use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{OffsetDateTime, UtcOffset};

use crate::runtime::codec::blank::Blank;

/// A moment (RFC 3339, `date-time`).
///
/// ```
/// use sdkwright_runtime::formats::time::DateTime;
///
/// let moment: DateTime = "2026-01-31T12:00:00Z".parse().unwrap();
/// assert_eq!(moment.unix_timestamp(), 1_769_860_800);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(pub OffsetDateTime);

/// A day (RFC 3339, `full-date`).
///
/// ```
/// use sdkwright_runtime::formats::time::Date;
///
/// let day: Date = "2026-01-31".parse().unwrap();
/// assert_eq!((day.year(), day.day()), (2026, 31));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub time::Date);

/// A time of day (RFC 3339, `partial-time`).
///
/// ```
/// use sdkwright_runtime::formats::time::Time;
///
/// let noon: Time = "12:00:00".parse().unwrap();
/// assert_eq!(noon.to_string(), "12:00:00");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub time::Time);

impl FromStr for DateTime {
    type Err = Parse;

    fn from_str(text: &str) -> Result<Self, Parse> {
        OffsetDateTime::parse(text, &Rfc3339).map(Self)
    }
}

impl DateTime {
    /// The text on the wire. An offset that is no whole minutes, which RFC 3339 cannot write, is
    /// left out of account: the moment is the same.
    fn text(&self) -> Result<String, Format> {
        let plain = self.0.format(&Rfc3339);
        plain.or_else(|error| {
            let moment = self.0.checked_to_offset(UtcOffset::UTC).ok_or(error)?;
            moment.format(&Rfc3339)
        })
    }
}

/// As on the wire; a moment that cannot be written there, such as one before the year 0, as the
/// crate time writes it.
impl fmt::Display for DateTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text() {
            Ok(text) => out.write_str(&text),
            Err(_) => self.0.fmt(out),
        }
    }
}

impl FromStr for Date {
    type Err = Parse;

    fn from_str(text: &str) -> Result<Self, Parse> {
        time::Date::parse(text, &Iso8601::DATE).map(Self)
    }
}

impl Date {
    fn text(&self) -> Result<String, Format> {
        Ok(self.to_string())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for Time {
    type Err = Parse;

    fn from_str(text: &str) -> Result<Self, Parse> {
        time::Time::parse(text, &Iso8601::TIME).map(Self)
    }
}

impl Time {
    fn text(&self) -> Result<String, Format> {
        Ok(self.to_string())
    }
}

/// `12:30:00`, with as much of a fraction as there is.
impl fmt::Display for Time {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second, nanosecond) = self.0.as_hms_nano();
        write!(out, "{hour:02}:{minute:02}:{second:02}")?;
        if nanosecond > 0 {
            let fraction = format!("{nanosecond:09}");
            write!(out, ".{}", fraction.trim_end_matches('0'))?;
        }
        Ok(())
    }
}

impl Blank for DateTime {
    #[inline]
    fn blank() -> Self {
        Self(OffsetDateTime::UNIX_EPOCH)
    }
}

impl Blank for Date {
    #[inline]
    fn blank() -> Self {
        Self(time::Date::MIN)
    }
}

impl Blank for Time {
    #[inline]
    fn blank() -> Self {
        Self(time::Time::MIDNIGHT)
    }
}

/// Reads a text by `FromStr`.
struct TextVisitor<T>(&'static str, std::marker::PhantomData<T>);

impl<T: FromStr<Err = Parse>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse()
            .map_err(|error| E::custom(format_args!("not {}: {error}", self.0)))
    }
}

/// What every wrapper has.
macro_rules! wraps {
    ($($wrapper:ident($inner:ty) $what:literal),+ $(,)?) => {$(
        impl Deref for $wrapper {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        impl From<$inner> for $wrapper {
            fn from(inner: $inner) -> Self {
                Self(inner)
            }
        }

        impl From<$wrapper> for $inner {
            fn from(wrapper: $wrapper) -> Self {
                wrapper.0
            }
        }

        impl Serialize for $wrapper {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self.text() {
                    Ok(text) => to.serialize_str(&text),
                    Err(error) => Err(ser::Error::custom(error)),
                }
            }
        }

        impl<'de> Deserialize<'de> for $wrapper {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_str(TextVisitor($what, std::marker::PhantomData))
            }
        }
    )+};
}

wraps!(
    DateTime(OffsetDateTime) "a moment",
    Date(time::Date) "a day",
    Time(time::Time) "a time of day",
);
