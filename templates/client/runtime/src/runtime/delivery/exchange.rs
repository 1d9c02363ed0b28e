//! The exchange with the server: attempts until one settles the matter. One future for all
//! operations, which knows no types of any API.

use std::future;
use std::time::Duration;

use http::HeaderValue;

use crate::runtime::credentials::authorize::{Authorized, authorize};
use crate::runtime::delivery::attempt::{Opened, Reading, Sending, Sent, origin};
use crate::runtime::delivery::client::Shared;
use crate::runtime::delivery::clock::Alarm;
use crate::runtime::delivery::hook::Attempt;
use crate::runtime::delivery::retry;
use crate::runtime::delivery::retry_after;
use crate::runtime::delivery::trace;
use crate::runtime::reading::failure::Failure;
use crate::runtime::reading::response::RawResponse;
use crate::runtime::transport::TransportError;
use crate::runtime::transport::body::Upload;
use crate::runtime::transport::boxed::BoxFuture;
use crate::runtime::writing::prepare::{First, Prepared, Ready};

/// An exchange that is under way.
pub(crate) type Exchange = BoxFuture<'static, Result<Box<RawResponse>, Failure>>;

/// Begins an exchange. Nothing is sent before the future is polled.
///
/// What the future holds is written to memory of its own for each call, so it matters how large it
/// is: a course lives in it once, and all that runs inside borrows from it.
pub(crate) fn begin(ready: Result<Ready, Failure>) -> Exchange {
    match ready {
        Ok(ready) => {
            let mut course = Course::new(ready, Reading::Whole);
            Box::pin(async move {
                match course.run().await? {
                    Opened::Whole(answer) => Ok(answer),
                    // Whoever waits for the whole is given no other.
                    Opened::Streaming(answer, body) => {
                        drop(body);
                        Ok(answer)
                    }
                }
            })
        }
        Err(failure) => Box::pin(future::ready(Err(failure))),
    }
}

#[cfg(feature = "streams")]
/// Begins an exchange of which a success is not waited for to its end.
pub(crate) fn open(ready: Result<Ready, Failure>) -> BoxFuture<'static, Result<Opened, Failure>> {
    match ready {
        Ok(ready) => {
            let mut course = Course::new(ready, Reading::AsItArrives);
            Box::pin(async move { course.run().await })
        }
        Err(failure) => Box::pin(future::ready(Err(failure))),
    }
}

/// All attempts at one request.
struct Course {
    request: Prepared,
    /// What the first request is made of, until it is sent.
    first: Option<First>,
    /// When the call must be over, by the client's clock.
    deadline: Option<Duration>,
    reading: Reading,
    sent: Sent,
}

/// How an attempt ended.
struct Ended {
    outcome: Result<Opened, Failure>,
    /// Whether a credential was refused for which there may be another.
    renewable: bool,
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self {
            outcome: Err(failure),
            renewable: false,
        }
    }
}

impl Course {
    fn new(Ready { request, first }: Ready, reading: Reading) -> Self {
        Self {
            request,
            first: Some(first),
            deadline: None,
            reading,
            sent: Sent::default(),
        }
    }

    fn shared(&self) -> &Shared {
        self.request.shared()
    }

    async fn run(&mut self) -> Result<Opened, Failure> {
        let span = trace::call(self.request.operation());
        let outcome = span.around(self.attempts()).await;
        span.settled(&outcome);
        outcome
    }

    async fn attempts(&mut self) -> Result<Opened, Failure> {
        let mut counted = 0;
        let mut renewed = false;
        let mut now = self.shared().clock.now();
        self.deadline = self.request.timeout().and_then(|it| now.checked_add(it));
        loop {
            let Ended { outcome, renewable } = self.attempt(now).await;
            if renewable && !renewed && self.is_left() {
                now = self.shared().clock.now();
                if !self.is_over(now) {
                    renewed = true;
                    continue;
                }
            }
            counted += 1;
            let Some(pause) = self.pause(&outcome, counted) else {
                return self.settle(outcome);
            };
            self.announce(pause);
            // Rarely there, so it takes no place of its own in the future.
            let outcome = Box::new(outcome);
            self.shared().clock.sleep(pause).await;
            // Whoever was held up elsewhere meanwhile has no time left for another attempt.
            now = self.shared().clock.now();
            if self.is_over(now) {
                return self.settle(*outcome);
            }
        }
    }

    /// One attempt from now on, credentials included.
    async fn attempt(&mut self, now: Duration) -> Ended {
        if self.is_over(now) {
            let error = TransportError::timeout("it was up before the request was sent");
            return Failure::transport(self.origin(), error).into();
        }
        let (shared, request) = (self.request.shared(), &self.request);
        let mut alarm = Alarm::at(shared.clock.as_ref(), now, self.ends(now));
        let authorized = match Authorized::at_once(shared, request) {
            Some(authorized) => authorized,
            // Few calls come here: for all others, the future is smaller without it.
            None => match Box::pin(authorize(shared, request, &mut alarm)).await {
                Ok(authorized) => authorized,
                Err(failure) => return failure.into(),
            },
        };
        let mut sending = Sending {
            shared,
            request,
            authorized: &authorized,
            sent: &mut self.sent,
            first: &mut self.first,
            reading: self.reading,
            deadline: self.deadline,
            home: true,
        };
        let outcome = sending.run(&mut alarm).await;
        // Who got no credential refused none.
        let home = sending.home;
        let refused = home && answer(&outcome).is_some_and(|answer| answer.status() == 401);
        Ended {
            outcome,
            renewable: refused && authorized.refused(),
        }
    }

    /// When an attempt that begins now must be over: its own limit, within that of the call.
    fn ends(&self, now: Duration) -> Option<Duration> {
        match self.request.attempt_timeout() {
            None => self.deadline,
            Some(limit) => {
                let own = now.checked_add(limit);
                self.deadline.into_iter().chain(own).min()
            }
        }
    }

    /// Whether the time for the call is up.
    fn is_over(&self, now: Duration) -> bool {
        self.deadline.is_some_and(|deadline| now >= deadline)
    }

    /// How long to wait before the next attempt; `None` if there is to be none.
    fn pause(&self, outcome: &Result<Opened, Failure>, attempts: u32) -> Option<Duration> {
        let (passing, sent) = match outcome {
            Ok(opened) => (retry::is_passing(opened.head().status_code()), true),
            Err(failure) => (retry::may_help(failure), failure.was_sent()),
        };
        if !passing {
            return None;
        }
        let policy = self.request.retries();
        let safe = !sent || retry::is_safe(&self.request.method) || self.is_keyed();
        if !safe || !self.is_left() || attempts >= policy.attempts {
            return None;
        }
        let clock = &self.shared().clock;
        let pause = policy.pause(attempts, fastrand::f64(), self.asked(outcome))?;
        let ready = clock.now().saturating_add(pause);
        let fits = self.deadline.is_none_or(|deadline| ready < deadline);
        (fits && self.shared().budget.spend()).then_some(pause)
    }

    /// How long the server, or the source of tokens, asked to be left alone.
    fn asked(&self, outcome: &Result<Opened, Failure>) -> Option<Duration> {
        let now = self.shared().clock.unix_time();
        let asked = answer(outcome).and_then(|answer| retry_after::of(answer.headers(), now));
        asked.or_else(|| outcome.as_ref().err()?.asked())
    }

    /// Whether the request names what it does. An empty name is none.
    fn is_keyed(&self) -> bool {
        let named = |key: &HeaderValue| !key.as_bytes().trim_ascii().is_empty();
        let headers = self.request.headers();
        headers.is_ok_and(|headers| headers.get(retry::KEY).is_some_and(named))
    }

    /// Whether the body can be sent from its beginning.
    fn is_left(&self) -> bool {
        self.request.body().is_none_or(Upload::is_left)
    }

    /// Where the call goes, for messages.
    #[cold]
    fn origin(&self) -> String {
        let address = self.request.address();
        address.map_or_else(|_| String::new(), |address| origin(&address))
    }

    #[cold]
    fn announce(&self, pause: Duration) {
        trace::retry(pause);
        if self.shared().hooks.is_empty() {
            return;
        }
        let Ok(address) = self.request.address() else {
            return;
        };
        let attempt = Attempt {
            operation: self.request.operation().id,
            method: &self.request.method,
            origin: &origin(&address),
            path: address.path(),
            number: self.sent.attempts,
        };
        for hook in &self.shared().hooks {
            hook.before_retry(&attempt, pause);
        }
    }

    fn settle(&self, mut outcome: Result<Opened, Failure>) -> Result<Opened, Failure> {
        match &mut outcome {
            Ok(opened) => {
                if !retry::is_passing(opened.head().status_code()) {
                    self.shared().budget.earn();
                }
                opened.head_mut().set_attempts(self.sent.attempts);
            }
            Err(failure) => failure.attempts = self.sent.attempts,
        }
        outcome
    }
}

/// The answer, whether it is whole or broken.
fn answer(outcome: &Result<Opened, Failure>) -> Option<&RawResponse> {
    match outcome {
        Ok(opened) => Some(opened.head()),
        Err(failure) => failure.response.as_deref(),
    }
}
