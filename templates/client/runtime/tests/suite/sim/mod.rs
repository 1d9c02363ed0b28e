//! A world without real time: a clock that only moves when nobody has anything else to do, and an
//! executor that moves it. What would take a minute takes no time, and goes the same way each time.

mod server;

pub(crate) use server::{End, Fate, Head, Seen, SimServer};

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use crate::runtime::Clock;
use crate::runtime::transport::boxed::BoxFuture;

/// What day it is when a world begins, for the client. The server's clock is an hour behind.
pub(crate) const EPOCH: Duration = Duration::from_secs(1_700_000_000);

/// More polls than any world takes that comes to an end.
const MOST_POLLS: u32 = 1_000_000;

/// A clock that is moved by hand.
#[derive(Clone, Default)]
pub(crate) struct SimClock(Arc<Mutex<Hands>>);

#[derive(Default)]
struct Hands {
    now: Duration,
    sleepers: BTreeMap<(Duration, u64), Waker>,
    slept: u64,
}

impl SimClock {
    /// Moves to when the next sleeper wakes; false if nobody sleeps.
    fn advance(&self) -> bool {
        let mut hands = self.0.lock().unwrap();
        let Some(((until, _), waker)) = hands.sleepers.pop_first() else {
            return false;
        };
        hands.now = hands.now.max(until);
        drop(hands);
        waker.wake();
        true
    }

    pub(crate) fn time(&self) -> Duration {
        self.0.lock().unwrap().now
    }

    /// Waits this long.
    pub(crate) fn wait(&self, time: Duration) -> Sleep {
        let mut hands = self.0.lock().unwrap();
        hands.slept += 1;
        Sleep {
            clock: self.clone(),
            until: hands.now.saturating_add(time),
            id: hands.slept,
        }
    }

    /// Runs a future to its end, however long that takes by this clock.
    pub(crate) fn run<F: Future>(&self, future: F) -> F::Output {
        let woken = Arc::new(Woken(AtomicBool::new(true)));
        let waker = Waker::from(Arc::clone(&woken));
        let mut context = Context::from_waker(&waker);
        let mut future = pin!(future);
        for _ in 0..MOST_POLLS {
            while !woken.0.swap(false, Ordering::Relaxed) {
                assert!(self.advance(), "it hangs: nothing will ever happen again");
            }
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
        panic!("it goes on without end");
    }

    /// How many are waiting.
    pub(crate) fn sleepers(&self) -> usize {
        self.0.lock().unwrap().sleepers.len()
    }
}

impl fmt::Debug for SimClock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SimClock({:?})", self.time())
    }
}

impl Clock for SimClock {
    fn now(&self) -> Duration {
        self.time()
    }

    fn unix_time(&self) -> Duration {
        EPOCH + self.time()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(self.wait(time))
    }
}

/// Waits until the clock is moved far enough.
pub(crate) struct Sleep {
    clock: SimClock,
    until: Duration,
    id: u64,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut hands = self.clock.0.lock().unwrap();
        if hands.now >= self.until {
            return Poll::Ready(());
        }
        let waker = context.waker().clone();
        hands.sleepers.insert((self.until, self.id), waker);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let mut hands = self.clock.0.lock().unwrap();
        hands.sleepers.remove(&(self.until, self.id));
    }
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}
