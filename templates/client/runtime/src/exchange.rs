//! The exchange with the server: attempts until one settles the matter. One future for all
//! operations, which knows no types of any API.

use std::sync::Arc;
use std::time::Duration;

use super::attempt::{Opened, Reading, Sending};
use super::authorize::authorize;
use super::body::Upload;
use super::boxed::BoxFuture;
use super::client::{Core, Shared};
use super::failure::Failure;
use super::hook::Attempt;
use super::prepare::Prepared;
use super::response::RawResponse;
use super::retry;
use super::trace;

/// An exchange that is under way.
pub(super) type Exchange = BoxFuture<'static, Result<RawResponse, Failure>>;

/// Begins an exchange. Nothing is sent before the future is polled.
pub(super) fn begin(core: &Core, request: Result<Prepared, Failure>) -> Exchange {
    let shared = Arc::clone(&core.shared);
    Box::pin(async move {
        match run(&shared, request?, Reading::Whole).await? {
            Opened::Whole(answer) | Opened::Streaming(answer, _) => Ok(answer),
        }
    })
}

/// Begins an exchange of which a success is not waited for to its end.
pub(super) fn open(
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
    };
    span.around(course.run()).await
}

/// All attempts at one request.
struct Course<'a> {
    shared: &'a Shared,
    request: &'a Prepared,
    /// When the call must be over, by the client's clock.
    deadline: Option<Duration>,
    reading: Reading,
}

/// How an attempt ended.
struct Ended {
    outcome: Result<Opened, Failure>,
    /// Whether a credential was refused for which there may be another.
    renewable: bool,
}

impl Course<'_> {
    async fn run(&self) -> Result<Opened, Failure> {
        let mut number = 0;
        let mut counted = 0;
        let mut renewed = false;
        loop {
            number += 1;
            let ended = self.attempt(number).await;
            if ended.renewable && !renewed && self.is_left() {
                renewed = true;
                continue;
            }
            counted += 1;
            let Some(pause) = self.pause(&ended.outcome, counted) else {
                return self.settle(ended.outcome, number);
            };
            self.announce(number, pause);
            self.shared.clock.sleep(pause).await;
        }
    }

    /// One attempt, credentials included.
    async fn attempt(&self, number: u32) -> Ended {
        let authorized = match authorize(self.shared, self.request, self.limit()).await {
            Ok(authorized) => authorized,
            Err(failure) => {
                return Ended {
                    outcome: Err(failure),
                    renewable: false,
                };
            }
        };
        let sending = Sending {
            shared: self.shared,
            request: self.request,
            number,
            limit: self.limit(),
            reading: self.reading,
        };
        let outcome = sending.run(&authorized).await;
        let refused = matches!(&outcome, Ok(opened) if opened.head().status() == 401);
        Ended {
            outcome,
            renewable: refused && authorized.refused(),
        }
    }

    /// The time for the next attempt: its own limit, within what is left for the call.
    fn limit(&self) -> Option<Duration> {
        let now = self.shared.clock.now();
        let left = self.deadline.map(|deadline| deadline.saturating_sub(now));
        let own = self.request.attempt_timeout;
        left.into_iter().chain(own).min()
    }

    /// How long to wait before the next attempt; `None` if there is to be none.
    fn pause(&self, outcome: &Result<Opened, Failure>, attempts: u32) -> Option<Duration> {
        let (passing, sent, answer) = match outcome {
            Ok(opened) => (retry::is_passing(opened.head()), true, Some(opened.head())),
            Err(failure) => (
                retry::may_help(failure),
                failure.was_sent(),
                failure.response.as_deref(),
            ),
        };
        let policy = &self.request.retries;
        let safe = !sent || retry::is_safe(&self.request.method, &self.request.headers);
        if !passing || !safe || !self.is_left() || attempts >= policy.attempts {
            return None;
        }
        let clock = &self.shared.clock;
        let pause = policy.pause(attempts, fastrand::f64(), answer, clock.unix_time())?;
        let ready = clock.now().saturating_add(pause);
        let fits = self.deadline.is_none_or(|deadline| ready < deadline);
        (fits && self.shared.budget.spend()).then_some(pause)
    }

    /// Whether the body can be sent from its beginning.
    fn is_left(&self) -> bool {
        self.request.body.as_ref().is_none_or(Upload::is_left)
    }

    fn announce(&self, number: u32, pause: Duration) {
        trace::retry(pause);
        let attempt = Attempt {
            operation: self.request.operation.id,
            method: &self.request.method,
            origin: &self.request.address.origin().ascii_serialization(),
            path: self.request.address.path(),
            number,
        };
        for hook in &self.shared.hooks {
            hook.before_retry(&attempt, pause);
        }
    }

    fn settle(
        &self,
        mut outcome: Result<Opened, Failure>,
        attempts: u32,
    ) -> Result<Opened, Failure> {
        match &mut outcome {
            Ok(opened) => {
                if !retry::is_passing(opened.head()) {
                    self.shared.budget.earn();
                }
                opened.head_mut().set_attempts(attempts);
            }
            Err(failure) => failure.attempts = attempts,
        }
        outcome
    }
}
