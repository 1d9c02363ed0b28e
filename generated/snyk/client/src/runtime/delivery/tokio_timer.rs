//! What there is of tokio around a call.
//!
//! A runtime that was built without its timer cannot be asked whether it has one: tokio panics as
//! soon as a timer is made. So one is made where such a panic can be caught, and what was found is
//! remembered: for a runtime without a timer by all threads, so that the panic is not repeated. The message that a panic prints stands there once; it says what to do.

use std::cell::Cell;
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

thread_local! {
    /// The runtime that was found to be whole last, which is mostly the only one of a thread. It is
    /// asked for by each call, so that a lock would have calls wait for one another.
    static WHOLE: Cell<Option<Id>> = const { Cell::new(None) };
}

/// What there is of tokio where this is called.
pub(crate) fn at_hand() -> Tokio {
    let Ok(runtime) = Handle::try_current() else {
        return Tokio::Missing;
    };
    if WHOLE.get() == Some(runtime.id()) {
        return Tokio::Whole;
    }
    let found = look(&runtime);
    if found == Tokio::Whole {
        WHOLE.set(Some(runtime.id()));
    }
    found
}

#[cold]
fn look(runtime: &Handle) -> Tokio {
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
