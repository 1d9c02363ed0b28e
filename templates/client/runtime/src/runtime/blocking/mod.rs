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
//! waits does nothing else: in `async` code use `.await`.

#[cfg(feature = "pages")]
mod pages;
#[cfg(feature = "streams")]
mod streams;
#[cfg(any(feature = "pages", feature = "streams"))]
mod waiting;

use std::sync::{OnceLock, mpsc};

use tokio::runtime::{Builder, Runtime};

use crate::runtime::delivery::sending::Sending;
use crate::runtime::reading::error::{ApiError, Error};
use crate::runtime::reading::failure::Failure;

#[cfg(feature = "streams")]
pub use self::streams::Reader;
#[cfg(any(feature = "pages", feature = "streams"))]
pub use self::waiting::Waiting;

/// The thread that does the work; `None` if the system has none to give.
fn worker() -> Option<&'static Runtime> {
    static WORKER: OnceLock<Option<Runtime>> = OnceLock::new();
    let begin = || {
        let mut builder = Builder::new_multi_thread();
        let builder = builder.worker_threads(1).thread_name("api-client");
        builder.enable_all().build().ok()
    };
    WORKER.get_or_init(begin).as_ref()
}

/// Runs a future to its end; `None` if there is no thread for it.
fn run<F>(future: F) -> Option<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let (done, result) = mpsc::sync_channel(1);
    worker()?.spawn(async move {
        // Whoever waited may have been stopped meanwhile.
        let _ = done.send(future.await);
    });
    result.recv().ok()
}

fn no_thread<E>(operation: &'static str) -> Error<E> {
    let failure = Failure::request("there is no thread that could do the work");
    Error::new(operation, failure, None)
}

impl<T: Send + 'static, E: ApiError> Sending<T, E> {
    /// Sends the call and waits for the answer.
    ///
    /// # Errors
    /// As when it is awaited.
    pub fn wait(self) -> Result<T, Error<E>> {
        let operation = self.operation_id();
        run(self).unwrap_or_else(|| Err(no_thread(operation)))
    }
}
