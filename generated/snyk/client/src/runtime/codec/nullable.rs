//! A field that may be absent, null or have a value, where the API tells the first two apart.
//!
//! In a PATCH, for example, *absent* often means "leave it" and *null* means "clear it".

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Absent, null, or a value.
///
/// ```
/// use snyk_invites::runtime::Nullable;
///
/// let said: Nullable<String> = Nullable::from("Tom".to_owned());
/// assert_eq!(said.value().as_deref(), Some("Tom"));
/// let cleared: Nullable<String> = Nullable::Null;
/// assert!(cleared.is_null() && !cleared.is_absent());
/// assert!(Nullable::<String>::default().is_absent());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Nullable<T> {
    /// Not in the object at all.
    #[default]
    Absent,
    /// In the object, as `null`.
    Null,
    /// In the object, with this value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if there is one.
    #[inline]
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The same with a reference to the value.
    #[inline]
    pub fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// The same with a function applied to the value.
    #[inline]
    pub fn map<U>(self, apply: impl FnOnce(T) -> U) -> Nullable<U> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(apply(value)),
        }
    }

    /// Whether the field is not in the object.
    #[inline]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the field is in the object as `null`.
    #[inline]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether the field has a value.
    #[inline]
    pub fn is_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }
}

impl<T> From<T> for Nullable<T> {
    #[inline]
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` becomes [`Nullable::Null`]: whoever says nothing at all leaves the field as it is.
impl<T> From<Option<T>> for Nullable<T> {
    #[inline]
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::deserialize(from).map(Self::from)
    }
}

/// Writes `null` for both [`Nullable::Absent`] and [`Nullable::Null`]; an object leaves the
/// absent field out before it comes to this.
impl<T: Serialize> Serialize for Nullable<T> {
    #[inline]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(to),
            Self::Absent | Self::Null => to.serialize_none(),
        }
    }
}
