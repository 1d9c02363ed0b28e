//! Durations as the crate jiff has them.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use jiff::Span;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::runtime::codec::blank::Blank;

/// A duration in years, months, days and so on (ISO 8601: `P1DT12H`). Two are equal if they are
/// the same in each unit: 60 minutes are not one hour.
///
/// ```
/// use sdkwright_runtime::formats::jiff::Duration;
///
/// let half: Duration = "P1DT12H".parse().unwrap();
/// assert_eq!((half.get_days(), half.get_hours()), (1, 12));
/// assert_eq!(half.to_string(), "P1DT12H");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Duration(pub Span);

impl PartialEq for Duration {
    fn eq(&self, other: &Self) -> bool {
        self.0.fieldwise() == other.0.fieldwise()
    }
}

impl Eq for Duration {}

impl Deref for Duration {
    type Target = Span;

    fn deref(&self) -> &Span {
        &self.0
    }
}

impl From<Span> for Duration {
    fn from(span: Span) -> Self {
        Self(span)
    }
}

impl From<Duration> for Span {
    fn from(duration: Duration) -> Self {
        duration.0
    }
}

impl FromStr for Duration {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl Blank for Duration {
    #[inline]
    fn blank() -> Self {
        Self::default()
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Span::deserialize(from).map(Self)
    }
}
