//! Encoding a record: an object that is written field by field.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::nullable::Nullable;

/// A value that may be left out of an object.
pub trait Optional: Serialize {
    /// Whether the field is left out.
    fn is_left_out(&self) -> bool;
}

impl<T: Serialize> Optional for Option<T> {
    #[inline]
    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl<T: Serialize> Optional for Nullable<T> {
    #[inline]
    fn is_left_out(&self) -> bool {
        self.is_absent()
    }
}

/// An object that is being written.
#[derive(Debug)]
pub struct Object<M>(M);

/// Begins an object.
///
/// # Errors
/// What the serializer reports.
#[inline]
pub fn object<S: Serializer>(to: S) -> Result<Object<S::SerializeMap>, S::Error> {
    to.serialize_map(None).map(Object)
}

impl<M: SerializeMap> Object<M> {
    /// Writes a field.
    ///
    /// # Errors
    /// What the serializer reports.
    #[inline]
    pub fn required<T: Serialize + ?Sized>(
        &mut self,
        key: &str,
        value: &T,
    ) -> Result<(), M::Error> {
        self.0.serialize_entry(key, value)
    }

    /// Writes a field unless it is to be left out.
    ///
    /// # Errors
    /// What the serializer reports.
    #[inline]
    pub fn optional<T: Optional>(&mut self, key: &str, value: &T) -> Result<(), M::Error> {
        if value.is_left_out() {
            return Ok(());
        }
        self.0.serialize_entry(key, value)
    }

    /// Writes additional properties.
    ///
    /// # Errors
    /// What the serializer reports.
    #[inline]
    pub fn rest<T: Serialize>(&mut self, rest: &BTreeMap<String, T>) -> Result<(), M::Error> {
        rest.iter()
            .try_for_each(|(key, value)| self.0.serialize_entry(key, value))
    }

    /// Ends the object.
    ///
    /// # Errors
    /// What the serializer reports.
    #[inline]
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}
