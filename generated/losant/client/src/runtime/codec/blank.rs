//! Values to start from: a record is made blank, then filled field by field.
//!
//! [`Default`] would do the same but would be visible to users, for whom a required field has no
//! default. A blank value never leaves the codec: a record with a required field that did not
//! arrive is an error.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Ipv6Addr};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use serde_json::{Map, Number, Value};

use crate::runtime::codec::nullable::Nullable;
use crate::runtime::codec::record::Record;

/// A type with a value to start from while it is decoded.
pub trait Blank: Sized {
    /// The value of a field that has not arrived yet.
    fn blank() -> Self;
}

/// The blank value of the type that is asked for.
#[inline]
pub fn blank<T: Blank>() -> T {
    T::blank()
}

/// Implements [`Blank`] by one expression for each of the types.
macro_rules! blank_is {
    ($value:expr => $($type:ty),+ $(,)?) => {
        $(impl Blank for $type {
            #[inline]
            fn blank() -> Self {
                $value
            }
        })+
    };
}

blank_is!(Self::default() => bool, String, f32, f64, Value, Map<String, Value>);
blank_is!(Self::default() => i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);
blank_is!(Self::default() => Timestamp, Date, DateTime, Time, bytes::Bytes, ());
blank_is!(Self::from(0_u8) => Number);
blank_is!(Self::UNSPECIFIED => Ipv4Addr, Ipv6Addr);

impl<T> Blank for Option<T> {
    #[inline]
    fn blank() -> Self {
        None
    }
}

impl<T> Blank for Nullable<T> {
    #[inline]
    fn blank() -> Self {
        Self::Absent
    }
}

impl<T> Blank for Vec<T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }
}

impl<K, V> Blank for BTreeMap<K, V> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }
}

impl<R: Record> Blank for R {
    #[inline]
    fn blank() -> Self {
        <Self as Record>::blank()
    }
}
