//! What time it is, and waiting: an interface, so that tests need not wait.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::boxed::BoxFuture;

/// Tells the time and waits.
///
/// Limits of time, pauses between attempts and the life of tokens are all measured by it.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The time since some moment in the past, which never goes back.
    fn now(&self) -> Duration;

    /// The time of day, since the beginning of 1970 (UTC).
    fn unix_time(&self) -> Duration;

    /// Waits. Nothing is kept waiting when the future is dropped.
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()>;
}

/// An alarm for all steps of one attempt.
pub(super) struct Alarm {
    bell: Option<BoxFuture<'static, ()>>,
}

/// The time was up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Elapsed;

impl Alarm {
    /// An alarm that rings after this time, counted from now; never if there is no limit.
    pub(super) fn new(clock: &dyn Clock, limit: Option<Duration>) -> Self {
        Self {
            bell: limit.map(|limit| clock.sleep(limit)),
        }
    }

    /// Waits for this future, but no longer than until the alarm rings.
    pub(super) async fn guard<F: Future>(&mut self, future: F) -> Result<F::Output, Elapsed> {
        let mut future = pin!(future);
        poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Ok(value)),
            Poll::Pending => self.poll(context).map(Err),
        })
        .await
    }

    /// Ready once the time is up.
    pub(super) fn poll(&mut self, context: &mut std::task::Context<'_>) -> Poll<Elapsed> {
        match &mut self.bell {
            Some(bell) => bell.as_mut().poll(context).map(|()| Elapsed),
            None => Poll::Pending,
        }
    }
}
