//! Waiting for calls, lists and streams without `async`: the feature `blocking`.
//!
//! Everything that can be awaited or asked for its next item has a method `wait`:
//!
//! ```text
//! let invite = client.invites().get("id").send().wait()?;
//! for invite in client.invites().list("org").items().wait() {
//!     println!("{}", invite?.email);
//! }
//! ```
//!
//! The work is done by one thread of the crate's own, begun by the first of them. A thread that
//! waits does nothing else: in `async` code use `.await`. What the one thread runs itself, such as a
//! hook, a decoder or a source of tokens, cannot wait, other than in a thread of its own
//! (`spawn_blocking`): [`is_runtime`](crate::runtime::Error::is_runtime) holds of the error. A panic
//! in there goes on in the thread that waits.

#[cfg(feature = "cli")]
mod pages;
#[cfg(feature = "cli")]
mod streams;
#[cfg(feature = "cli")]
mod waiting;

use std::cell::Cell;
use std::panic::resume_unwind;
use std::sync::{OnceLock, mpsc};

use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinError, JoinHandle};

use crate::runtime::delivery::sending::Sending;
use crate::runtime::reading::error::{ApiError, Error};
use crate::runtime::reading::failure::Failure;
use crate::runtime::transport::{TransportError, TransportErrorKind};

#[cfg(feature = "cli")]
pub use self::streams::Reader;
#[cfg(feature = "cli")]
pub use self::waiting::Waiting;

thread_local! {
    /// Whether this is a thread that does the work: if it waited, nobody would be left to do it.
    static WORKS: Cell<bool> = const { Cell::new(false) };
}

/// The thread that does the work, or why there is none to wait for.
fn worker() -> Result<&'static Runtime, &'static str> {
    static WORKER: OnceLock<Option<Runtime>> = OnceLock::new();
    if WORKS.get() {
        return Err("a thread that does the work cannot wait for it");
    }
    let begin = || {
        let mut builder = Builder::new_multi_thread();
        let builder = builder.worker_threads(1).thread_name("api-client");
        builder.enable_all().build().ok()
    };
    let worker = WORKER.get_or_init(begin).as_ref();
    worker.ok_or("the system has no thread to give")
}

/// Runs a future to its end. If it panics, so does this.
fn run<F>(worker: &Runtime, future: F) -> Result<F::Output, &'static str>
where
    F: Future<Output: Send> + Send + 'static,
{
    let (done, result) = mpsc::sync_channel(1);
    let task = worker.spawn(async move {
        WORKS.set(true);
        // Whoever waited may have been stopped meanwhile.
        let _ = done.send(future.await);
    });
    result.recv().map_err(|_| gone(worker, task))
}

/// Why a task has no result: it panicked, and so does this.
#[cold]
fn gone(worker: &Runtime, task: JoinHandle<()>) -> &'static str {
    let end = run(worker, task).map(|end| end.map_err(JoinError::try_into_panic));
    match end {
        Ok(Err(Ok(panic))) => resume_unwind(panic),
        _ => "the work was not done",
    }
}

/// The error of a call that cannot be waited for.
fn unable<E>(operation: &'static str, why: &'static str) -> Error<E> {
    let error = TransportError::new(TransportErrorKind::Runtime, why);
    // What other errors say of where the call went.
    Error::new(operation, Failure::transport(why.to_owned(), error), None)
}

/// Waits for a call.
fn wait<T, E, F>(operation: &'static str, call: F) -> Result<T, Error<E>>
where
    F: Future<Output = Result<T, Error<E>>> + Send + 'static,
    T: Send + 'static,
    E: ApiError,
{
    let outcome = worker().and_then(|worker| run(worker, call));
    outcome.unwrap_or_else(|why| Err(unable(operation, why)))
}

impl<T: Send + 'static, E: ApiError> Sending<T, E> {
    /// Sends the call and waits for the answer.
    ///
    /// # Errors
    /// As when it is awaited, and where the work itself is done.
    pub fn wait(self) -> Result<T, Error<E>> {
        wait(self.operation_id(), self)
    }
}
