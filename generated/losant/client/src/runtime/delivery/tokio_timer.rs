//! What there is of tokio around a call.
//!
//! A runtime that was built without its timer cannot be asked whether it has one: tokio panics as
//! soon as a timer is made. So one is made where such a panic can be caught, and what was found is
//! remembered. The message that a panic prints stands there once; it says what to do.

use std::panic::catch_unwind;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use tokio::runtime::{Handle, Id};

/// What there is of tokio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tokio {
    /// A runtime with its timer.
    Whole,
    /// A runtime without.
    WithoutTimer,
    /// No runtime.
    Missing,
}

/// The runtimes that have no timer. There are few of them, mostly none.
static WITHOUT_TIMER: RwLock<Vec<Id>> = RwLock::new(Vec::new());

/// What there is of tokio where this is called.
pub(crate) fn at_hand() -> Tokio {
    let Ok(runtime) = Handle::try_current() else {
        return Tokio::Missing;
    };
    let known = WITHOUT_TIMER.read().unwrap_or_else(PoisonError::into_inner);
    if known.contains(&runtime.id()) {
        return Tokio::WithoutTimer;
    }
    drop(known);
    if catch_unwind(|| drop(tokio::time::sleep(Duration::ZERO))).is_ok() {
        return Tokio::Whole;
    }
    let mut known = WITHOUT_TIMER
        .write()
        .unwrap_or_else(PoisonError::into_inner);
    known.push(runtime.id());
    Tokio::WithoutTimer
}
