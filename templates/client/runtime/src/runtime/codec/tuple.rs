//! Tuples: arrays whose items have a type each, by position (`prefixItems`).
//!
//! An array that ends before an item that must be there is an error that says so. What stands
//! behind the last item that the description knows goes to the tuple's rest, or is passed over.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::runtime::codec::blank::Blank;

/// A type that is an array of items with types of their own on the wire.
pub trait Tuple: Blank {
    /// The name of the type, for messages.
    const NAME: &'static str;

    /// How many items must be there.
    const LEAST: usize;

    /// Takes the next item of the array into this position; `false` if there is none.
    ///
    /// # Errors
    /// Whatever the item's own decoding reports.
    fn fill<'de, A: SeqAccess<'de>>(
        &mut self,
        position: usize,
        items: &mut A,
    ) -> Result<bool, A::Error>;
}

/// Decodes a tuple.
///
/// # Errors
/// If the input is not an array, if it is too short, or if an item does not fit.
#[inline]
pub fn tuple<'de, D: Deserializer<'de>, T: Tuple>(from: D) -> Result<T, D::Error> {
    from.deserialize_seq(TupleVisitor(PhantomData))
}

/// Decodes the next item of an array; `false` if there is none.
///
/// # Errors
/// Whatever the item's own decoding reports.
#[inline]
pub fn next_item<'de, A: SeqAccess<'de>, T: Deserialize<'de>>(
    items: &mut A,
    item: &mut T,
) -> Result<bool, A::Error> {
    match items.next_element()? {
        Some(value) => {
            *item = value;
            Ok(true)
        }
        None => Ok(false),
    }
}

/// Decodes the next item of an array into those behind the known ones; `false` if there is none.
///
/// # Errors
/// Whatever the item's own decoding reports.
#[inline]
pub fn next_of_rest<'de, A: SeqAccess<'de>, T: Deserialize<'de>>(
    items: &mut A,
    rest: &mut Vec<T>,
) -> Result<bool, A::Error> {
    let next = items.next_element()?;
    let more = next.is_some();
    rest.extend(next);
    Ok(more)
}

/// Skips the next item of an array; `false` if there is none.
///
/// # Errors
/// If what stands there is no value.
#[inline]
pub fn pass_over_item<'de, A: SeqAccess<'de>>(items: &mut A) -> Result<bool, A::Error> {
    items
        .next_element::<IgnoredAny>()
        .map(|item| item.is_some())
}

/// Fills a blank tuple from an array.
struct TupleVisitor<T>(PhantomData<T>);

impl<'de, T: Tuple> Visitor<'de> for TupleVisitor<T> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "an array of {} or more items ({})", T::LEAST, T::NAME)
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<T, A::Error> {
        let mut tuple = T::blank();
        let mut count = 0;
        while tuple.fill(count, &mut items)? {
            count += 1;
        }
        if count < T::LEAST {
            return Err(Error::invalid_length(count, &self));
        }
        Ok(tuple)
    }
}

/// An array that is being written.
#[derive(Debug)]
pub struct Array<S> {
    items: S,
    /// Items that are left out, unless another follows: then they are `null`.
    left_out: usize,
}

/// Begins an array.
///
/// # Errors
/// What the serializer reports.
#[inline]
pub fn array<S: Serializer>(to: S) -> Result<Array<S::SerializeSeq>, S::Error> {
    let items = to.serialize_seq(None)?;
    Ok(Array { items, left_out: 0 })
}

impl<S: SerializeSeq> Array<S> {
    /// Writes an item.
    ///
    /// # Errors
    /// What the serializer reports.
    #[inline]
    pub fn required<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), S::Error> {
        for _ in 0..std::mem::take(&mut self.left_out) {
            self.items.serialize_element(&())?;
        }
        self.items.serialize_element(item)
    }

    /// Writes an item that may be left out.
    ///
    /// # Errors
    /// What the serializer reports.
    #[inline]
    pub fn optional<T: Serialize>(&mut self, item: &Option<T>) -> Result<(), S::Error> {
        match item {
            Some(item) => self.required(item),
            None => {
                self.left_out += 1;
                Ok(())
            }
        }
    }

    /// Writes the items behind the known ones.
    ///
    /// # Errors
    /// What the serializer reports.
    #[inline]
    pub fn rest<T: Serialize>(&mut self, rest: &[T]) -> Result<(), S::Error> {
        rest.iter().try_for_each(|item| self.required(item))
    }

    /// Ends the array.
    ///
    /// # Errors
    /// What the serializer reports.
    #[inline]
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.items.end()
    }
}
