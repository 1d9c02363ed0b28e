//! The exchange with the server: attempts until one settles the matter. One future for all
//! operations, which knows no types of any API.

use std::sync::Arc;
use std::time::Duration;

use crate::runtime::credentials::authorize::authorize;
use crate::runtime::delivery::attempt::{Opened, Reading, Sending, Sent, origin};
use crate::runtime::delivery::client::{Core, Shared};
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
use crate::runtime::writing::prepare::Prepared;

/// An exchange that is under way.
pub(crate) type Exchange = BoxFuture<'static, Result<RawResponse, Failure>>;

/// Begins an exchange. Nothing is sent before the future is polled.
pub(crate) fn begin(core: &Core, request: Result<Prepared, Failure>) -> Exchange {
    let shared = Arc::clone(&core.shared);
    Box::pin(async move {
        match run(&shared, request?, Reading::Whole).await? {
            Opened::Whole(answer) => Ok(answer),
            // Whoever waits for the whole is given no other.
            Opened::Streaming(answer, body) => {
                drop(body);
                Ok(answer)
            }
        }
    })
}

#[cfg(feature = "cli")]
/// Begins an exchange of which a success is not waited for to its end.
pub(crate) fn open(
    core: &Core,
    request: Result<Prepared, Failure>,
) -> BoxFuture<'static, Result<Opened, Failure>> {
    let shared = Arc::clone(&core.shared);
    Box::pin(async move { run(&shared, request?, Reading::AsItArrives).await })
}

async fn run(shared: &Shared, request: Prepared, reading: Reading) -> Result<Opened, Failure> {
    let span = trace::call(request.operation);
    let clock = shared.clock.as_ref();
    let course = Course {
        shared,
        deadline: request
            .timeout
            .and_then(|limit| clock.now().checked_add(limit)),
        request: &request,
        reading,
        sent: Sent::default(),
    };
    let outcome = span.around(course.run()).await;
    span.settled(&outcome);
    outcome
}

/// All attempts at one request.
struct Course<'a> {
    shared: &'a Shared,
    request: &'a Prepared,
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

impl Course<'_> {
    async fn run(mut self) -> Result<Opened, Failure> {
        let mut counted = 0;
        let mut renewed = false;
        loop {
            let ended = self.attempt().await;
            if ended.renewable && !renewed && self.is_left() && !self.is_over() {
                renewed = true;
                continue;
            }
            counted += 1;
            let Some(pause) = self.pause(&ended.outcome, counted) else {
                return self.settle(ended.outcome);
            };
            self.announce(pause);
            self.shared.clock.sleep(pause).await;
            // Whoever was held up elsewhere meanwhile has no time left for another attempt.
            if self.is_over() {
                return self.settle(ended.outcome);
            }
        }
    }

    /// One attempt, credentials included.
    async fn attempt(&mut self) -> Ended {
        let (shared, request) = (self.shared, self.request);
        if self.is_over() {
            let error = TransportError::timeout("it was up before the request was sent");
            return Failure::transport(origin(&request.address), error).into();
        }
        let mut alarm = Alarm::at(shared.clock.as_ref(), self.ends());
        let authorized = match authorize(shared, request, &mut alarm).await {
            Ok(authorized) => authorized,
            Err(failure) => return failure.into(),
        };
        let sending = Sending {
            shared,
            request,
            authorized: &authorized,
            sent: &mut self.sent,
            reading: self.reading,
        };
        let outcome = sending.run(alarm).await;
        let refused = answer(&outcome).is_some_and(|answer| answer.status() == 401);
        Ended {
            outcome,
            renewable: refused && authorized.refused(),
        }
    }

    /// When the next attempt must be over: its own limit, within that of the call.
    fn ends(&self) -> Option<Duration> {
        let own = self.request.attempt_timeout;
        let own = own.and_then(|limit| self.shared.clock.now().checked_add(limit));
        self.deadline.into_iter().chain(own).min()
    }

    /// Whether the time for the call is up.
    fn is_over(&self) -> bool {
        let over = |deadline| self.shared.clock.now() >= deadline;
        self.deadline.is_some_and(over)
    }

    /// How long to wait before the next attempt; `None` if there is to be none.
    fn pause(&self, outcome: &Result<Opened, Failure>, attempts: u32) -> Option<Duration> {
        let clock = &self.shared.clock;
        let mut asked =
            answer(outcome).and_then(|answer| retry_after::of(answer.headers(), clock.unix_time()));
        let (passing, sent) = match outcome {
            Ok(opened) => (retry::is_passing(opened.head().status_code()), true),
            Err(failure) => {
                asked = asked.or(failure.asked());
                (retry::may_help(failure), failure.was_sent())
            }
        };
        let policy = &self.request.retries;
        let safe = !sent || retry::is_safe(&self.request.method, &self.request.headers);
        if !passing || !safe || !self.is_left() || attempts >= policy.attempts {
            return None;
        }
        let pause = policy.pause(attempts, fastrand::f64(), asked)?;
        let ready = clock.now().saturating_add(pause);
        let fits = self.deadline.is_none_or(|deadline| ready < deadline);
        (fits && self.shared.budget.spend()).then_some(pause)
    }

    /// Whether the body can be sent from its beginning.
    fn is_left(&self) -> bool {
        self.request.body.as_ref().is_none_or(Upload::is_left)
    }

    fn announce(&self, pause: Duration) {
        trace::retry(pause);
        if self.shared.hooks.is_empty() {
            return;
        }
        let attempt = Attempt {
            operation: self.request.operation.id,
            method: &self.request.method,
            origin: &origin(&self.request.address),
            path: self.request.address.path(),
            number: self.sent.attempts,
        };
        for hook in &self.shared.hooks {
            hook.before_retry(&attempt, pause);
        }
    }

    fn settle(&self, mut outcome: Result<Opened, Failure>) -> Result<Opened, Failure> {
        match &mut outcome {
            Ok(opened) => {
                if !retry::is_passing(opened.head().status_code()) {
                    self.shared.budget.earn();
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
