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

use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::{OnceLock, mpsc};

use bytes::Bytes;
use futures_core::Stream;

use super::download::{Download, Opening};
use super::error::{ApiError, Error};
use super::events::{Event, Events, SequenceError};
use super::failure::Failure;
use super::items::Items;
use super::pages::Pages;
use super::sending::Sending;
use super::transport::TransportError;
use super::values::Values;
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Runtime};

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

impl<T: Send + 'static, E: ApiError> Opening<T, E> {
    /// Sends the call and waits until the body of the answer begins.
    ///
    /// # Errors
    /// As when it is awaited.
    pub fn wait(self) -> Result<T, Error<E>> {
        let operation = self.operation_id();
        run(self).unwrap_or_else(|| Err(no_thread(operation)))
    }
}

/// An iterator over what a stream yields.
///
/// ```
/// use losant_invites::runtime::{ApiError, Error, Items};
///
/// /// The first of a list, in a program without `async`.
/// fn first<T, P, E>(items: Items<T, P, E>) -> Option<Result<T, Error<E>>>
/// where
///     T: Send + 'static,
///     P: 'static,
///     E: ApiError + Send + 'static,
/// {
///     items.wait().next()
/// }
/// ```
#[must_use = "items are fetched only when they are asked for"]
pub struct Waiting<S> {
    /// `None` once the stream has ended.
    stream: Option<S>,
}

impl<S> Waiting<S>
where
    S: Stream<Item: Send> + Send + Unpin + 'static,
{
    fn new(stream: S) -> Self {
        Self {
            stream: Some(stream),
        }
    }
}

impl<S> Iterator for Waiting<S>
where
    S: Stream<Item: Send> + Send + Unpin + 'static,
{
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let mut stream = self.stream.take()?;
        let (item, stream) = run(async move {
            let item = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await;
            (item, stream)
        })?;
        self.stream = item.is_some().then_some(stream);
        item
    }
}

impl<S> fmt::Debug for Waiting<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Waiting")
            .field("ended", &self.stream.is_none())
            .finish_non_exhaustive()
    }
}

impl<P: 'static, E: ApiError> Pages<P, E> {
    /// The pages as an iterator that waits for each.
    pub fn wait(self) -> Waiting<Self>
    where
        P: Send,
    {
        Waiting::new(self)
    }
}

impl<T: Send + 'static, P: 'static, E: ApiError> Items<T, P, E> {
    /// The items as an iterator that waits for each page.
    pub fn wait(self) -> Waiting<Self> {
        Waiting::new(self)
    }
}

impl<T: Send + 'static> Events<T> {
    /// The events as an iterator that waits for each.
    pub fn wait(self) -> impl Iterator<Item = Result<Event<T>, SequenceError>> {
        Waiting::new(self)
    }
}

impl<T: DeserializeOwned + Send + 'static> Values<T> {
    /// The values as an iterator that waits for each.
    pub fn wait(self) -> impl Iterator<Item = Result<T, SequenceError>> {
        Waiting::new(self)
    }
}

impl Download {
    /// The body as a reader that waits for each piece.
    pub fn wait(self) -> Reader {
        Reader {
            pieces: Waiting::new(self),
            piece: Bytes::new(),
        }
    }
}

/// A body that is read as it arrives.
///
/// ```
/// use std::io::{self, Read};
///
/// use losant_invites::runtime::Download;
///
/// /// A body as text, in a program without `async`.
/// fn text(download: Download) -> io::Result<String> {
///     let mut text = String::new();
///     download.wait().read_to_string(&mut text)?;
///     Ok(text)
/// }
/// ```
#[derive(Debug)]
pub struct Reader {
    pieces: Waiting<Download>,
    piece: Bytes,
}

impl io::Read for Reader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.pieces.next() {
                Some(piece) => self.piece = piece.map_err(broken)?,
                None => return Ok(0),
            }
        }
        let some = self.piece.split_to(into.len().min(self.piece.len()));
        io::Read::read(&mut &some[..], into)
    }
}

fn broken(error: TransportError) -> io::Error {
    use super::transport::TransportErrorKind::Timeout;
    let kind = match error.kind() {
        Timeout => io::ErrorKind::TimedOut,
        _ => io::ErrorKind::ConnectionAborted,
    };
    io::Error::new(kind, error)
}
