//! Encoding a record: an object that is written field by field.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::codec::nullable::Nullable;

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

/// An object that is being written, or why it cannot be.
///
/// What fails is said once, at the end: to ask after each field would be most of what there is to
/// compile of a record.
#[derive(Debug)]
pub struct Object<M: SerializeMap>(Result<M, M::Error>);

/// Begins an object.
#[inline]
pub fn object<S: Serializer>(to: S) -> Object<S::SerializeMap> {
    Object(to.serialize_map(None))
}

impl<M: SerializeMap> Object<M> {
    /// Writes a field.
    #[inline]
    pub fn required<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) {
        if let Ok(map) = &mut self.0
            && let Err(error) = map.serialize_entry(key, value)
        {
            self.0 = Err(error);
        }
    }

    /// Writes a field unless it is to be left out.
    #[inline]
    pub fn optional<T: Optional>(&mut self, key: &str, value: &T) {
        if !value.is_left_out() {
            self.required(key, value);
        }
    }

    /// Writes additional properties.
    #[inline]
    pub fn rest<T: Serialize>(&mut self, rest: &BTreeMap<String, T>) {
        for (key, value) in rest {
            self.required(key, value);
        }
    }

    /// Ends the object.
    ///
    /// # Errors
    /// What the serializer reported first.
    #[inline]
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.0?.end()
    }
}
