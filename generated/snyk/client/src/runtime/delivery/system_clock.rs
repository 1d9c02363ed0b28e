//! The clock that clients use unless they are given another: the system's.

use std::sync::OnceLock;
use std::time::Duration;

#[cfg(not(target_arch = "wasm32"))]
use std::time::{Instant, SystemTime};
#[cfg(target_arch = "wasm32")]
use web_time::{Instant, SystemTime};

use crate::runtime::delivery::clock::Clock;
#[cfg(not(target_arch = "wasm32"))]
use crate::runtime::delivery::tokio_timer::{self, Tokio};
use crate::runtime::transport::boxed::BoxFuture;

/// The clock of the system. It waits by the timer of tokio where there is one at hand, by a thread
/// of its own elsewhere, and by the page's timer in a browser.
///
/// ```
/// use std::time::Duration;
///
/// use snyk_invites::runtime::{Clock, SystemClock};
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// # runtime.block_on(async {
/// let clock = SystemClock::new();
/// let began = clock.now();
/// clock.sleep(Duration::from_millis(5)).await;
/// assert!(clock.now() - began >= Duration::from_millis(5));
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    began: Instant,
}

impl SystemClock {
    /// The clock. All of them count from the same moment, so that what clients share, such as
    /// the life of a token, is the same for each.
    pub fn new() -> Self {
        static BEGAN: OnceLock<Instant> = OnceLock::new();
        Self {
            began: *BEGAN.get_or_init(Instant::now),
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    fn unix_time(&self) -> Duration {
        let now = SystemTime::now();
        now.duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        match tokio_timer::at_hand() {
            Tokio::Whole => Box::pin(tokio::time::sleep(time)),
            Tokio::WithoutTimer | Tokio::Missing => Box::pin(sleep_in_thread(time)),
        }
    }

    #[cfg(target_arch = "wasm32")]
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(sleep_in_steps(time))
    }
}

/// Waits by the page's timer, which counts no further than this many milliseconds.
#[cfg(target_arch = "wasm32")]
async fn sleep_in_steps(time: Duration) {
    const LONGEST: Duration = Duration::from_millis(i32::MAX.unsigned_abs() as u64);
    let mut left = time;
    while !left.is_zero() {
        let step = left.min(LONGEST);
        gloo_timers::future::sleep(step).await;
        left = left.saturating_sub(step);
    }
}

/// Waits without a timer: a thread sleeps for as long as somebody waits for it.
#[cfg(not(target_arch = "wasm32"))]
async fn sleep_in_thread(time: Duration) {
    let (done, wait) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        let began = Instant::now();
        while !done.is_closed() {
            let left = time.saturating_sub(began.elapsed());
            if left.is_zero() {
                break;
            }
            std::thread::sleep(left.min(Duration::from_millis(50)));
        }
        drop(done);
    });
    let _ = wait.await;
}
