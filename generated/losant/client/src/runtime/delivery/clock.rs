//! What time it is, and waiting: an interface, so that tests need not wait.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;

use crate::runtime::transport::boxed::BoxFuture;
use crate::runtime::transport::{ByteStream, TransportError};

/// Tells the time and waits.
///
/// Limits of time, pauses between attempts and the life of tokens are all measured by it.
///
/// ```
/// use std::time::Duration;
///
/// use losant_invites::runtime::transport::boxed::BoxFuture;
/// use losant_invites::runtime::{Clock, SystemClock};
///
/// /// For tests: a minute takes a second.
/// #[derive(Debug)]
/// struct Fast(SystemClock);
///
/// impl Clock for Fast {
///     fn now(&self) -> Duration {
///         self.0.now() * 60
///     }
///
///     fn unix_time(&self) -> Duration {
///         self.0.unix_time()
///     }
///
///     fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
///         self.0.sleep(time / 60)
///     }
/// }
/// ```
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The time since some moment in the past, which never goes back.
    fn now(&self) -> Duration;

    /// The time of day, since the beginning of 1970 (UTC).
    fn unix_time(&self) -> Duration;

    /// Waits. Nothing is kept waiting when the future is dropped.
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()>;
}

/// A clock that is shared.
impl<T: Clock + ?Sized> Clock for Arc<T> {
    fn now(&self) -> Duration {
        (**self).now()
    }

    fn unix_time(&self) -> Duration {
        (**self).unix_time()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(time)
    }
}

/// An alarm for all steps of one attempt.
pub(crate) struct Alarm {
    ends: Option<Duration>,
    /// What time it was when nothing had been waited for yet.
    set: Option<Duration>,
    /// Nothing if there is no limit, or once it has rung.
    bell: Option<BoxFuture<'static, ()>>,
    rang: bool,
    /// How many pieces came one right after the other.
    pieces: u32,
}

/// After how many pieces without a pause others get their turn.
const TURN: u32 = 128;

/// The time was up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Elapsed;

impl Alarm {
    /// An alarm that is set now and rings at this time of the clock; never if there is no limit.
    pub(crate) fn at(clock: &dyn Clock, now: Duration, ends: Option<Duration>) -> Self {
        Self {
            ends,
            set: Some(now),
            bell: ends.map(|ends| clock.sleep(ends.saturating_sub(now))),
            rang: false,
            pieces: 0,
        }
    }

    /// An alarm that never rings.
    pub(crate) fn never() -> Self {
        Self {
            ends: None,
            set: None,
            bell: None,
            rang: false,
            pieces: 0,
        }
    }

    /// How much time is left. The clock is asked only if there was something to wait for.
    pub(crate) fn left(&self, clock: &dyn Clock) -> Option<Duration> {
        let now = || self.set.unwrap_or_else(|| clock.now());
        self.ends.map(|ends| ends.saturating_sub(now()))
    }

    /// Waits for this future, but no longer than until the alarm rings.
    pub(crate) fn guard<F: Future + Unpin>(
        &mut self,
        mut future: F,
    ) -> impl Future<Output = Result<F::Output, Elapsed>> {
        poll_fn(move |context| match Pin::new(&mut future).poll(context) {
            Poll::Ready(value) => Poll::Ready(Ok(value)),
            Poll::Pending => self.poll(context).map(Err),
        })
    }

    /// The next piece of a body, if it comes before the alarm rings. A body of which there is
    /// always more at hand does not outrun the alarm, nor keep others from their work: timers may
    /// well be among them.
    pub(crate) fn poll_piece(
        &mut self,
        body: &mut ByteStream,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        if self.pieces == TURN {
            self.pieces = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let piece = body.as_mut().poll_next(context);
        self.pieces = match piece {
            Poll::Ready(_) => self.pieces + 1,
            Poll::Pending => 0,
        };
        // One that was waited for may come before the alarm is looked at; most bodies have no other.
        let first = self.pieces == 1;
        let ended = matches!(piece, Poll::Ready(None | Some(Err(_))));
        if first || ended || self.poll(context).is_pending() {
            return piece;
        }
        let error = TransportError::timeout("the body did not come in time");
        Poll::Ready(Some(Err(error)))
    }

    /// Ready once the time is up.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Elapsed> {
        self.set = None;
        if let Some(bell) = &mut self.bell
            && bell.as_mut().poll(context).is_ready()
        {
            self.bell = None;
            self.rang = true;
        }
        if self.rang {
            Poll::Ready(Elapsed)
        } else {
            Poll::Pending
        }
    }
}
