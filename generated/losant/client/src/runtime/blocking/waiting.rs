//! What comes one after another, as an iterator that waits for each.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::{run, worker};

/// A stream that can say that nobody waits for it.
pub trait Awaited: Stream {
    /// The error that comes in place of its next item.
    fn unable(&self, why: &'static str) -> Self::Item;
}

/// An iterator over what a stream yields.
///
/// ```
/// use losant_invites::runtime::blocking::Waiting;
///
/// /// The first two of a list, in a program without `async`.
/// fn some<S, T>(items: Waiting<S>) -> Vec<T>
/// where
///     Waiting<S>: Iterator<Item = T>,
/// {
///     items.take(2).collect()
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
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream: Some(stream),
        }
    }
}

impl<S> Iterator for Waiting<S>
where
    S: Awaited<Item: Send> + Send + Unpin + 'static,
{
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let mut stream = self.stream.take()?;
        let worker = match worker() {
            Ok(worker) => worker,
            Err(why) => return Some(stream.unable(why)),
        };
        let next = run(worker, async move {
            let item = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await;
            (item, stream)
        });
        let (item, stream) = next.ok()?;
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
