//! What is known while variants are tried.
//!
//! Unions lie within each other, so that each level would multiply the work of the next: an answer
//! of a few hundred bytes could take minutes. Two things keep the work to the square of the depth.
//! Within a trial it is remembered which variant a value was of, for it comes again in the next
//! trial; and only the outermost error is asked for its place.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::BuildHasher;

use serde_json::Value;

/// Hashes of types and values, by which they are remembered, with the variants that they are of.
/// The values themselves would be as many copies of an answer as it is deep.
type Known = HashMap<u64, usize>;

thread_local! {
    /// `Some` while a value is tried.
    static KNOWN: RefCell<Option<Known>> = const { RefCell::new(None) };
    /// How many pieces of work lie within each other whose errors nobody will see.
    static QUIET: Cell<usize> = const { Cell::new(0) };
}

/// The trials of one value.
pub(super) struct Round {
    /// What the value is remembered by; `None` for the outermost, which does not come again.
    key: Option<u64>,
}

impl Round {
    pub(super) fn of<U: 'static>(value: &Value) -> Self {
        let key = KNOWN.with_borrow_mut(|known| match known {
            Some(known) => Some(
                known
                    .hasher()
                    .hash_one((TypeId::of::<U>(), value.to_string())),
            ),
            None => {
                *known = Some(Known::new());
                None
            }
        });
        Self { key }
    }

    /// The variant that the value was of before.
    pub(super) fn known(&self) -> Option<usize> {
        KNOWN.with_borrow(|known| known.as_ref()?.get(&self.key?).copied())
    }

    pub(super) fn remember(&self, variant: usize) {
        if let Some(key) = self.key {
            KNOWN.with_borrow_mut(|known| known.as_mut()?.insert(key, variant));
        }
    }
}

/// The outermost takes with it what was remembered.
impl Drop for Round {
    fn drop(&mut self) {
        if self.key.is_none() {
            KNOWN.set(None);
        }
    }
}

/// Does something whose errors nobody will see, so that they need no place.
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    struct Louder;
    impl Drop for Louder {
        fn drop(&mut self) {
            QUIET.set(QUIET.get().saturating_sub(1));
        }
    }
    QUIET.set(QUIET.get().saturating_add(1));
    let _louder = Louder;
    work()
}

/// Whether nobody will see an error.
pub(super) fn quiet() -> bool {
    QUIET.get() > 0
}
