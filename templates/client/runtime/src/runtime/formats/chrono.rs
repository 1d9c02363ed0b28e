//! Moments, dates and times of day as the crate chrono has them.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::runtime::codec::blank::Blank;

impl Blank for DateTime<Utc> {
    #[inline]
    fn blank() -> Self {
        Self::UNIX_EPOCH
    }
}

impl Blank for NaiveDate {
    #[inline]
    fn blank() -> Self {
        Self::default()
    }
}

impl Blank for NaiveTime {
    #[inline]
    fn blank() -> Self {
        Self::default()
    }
}
