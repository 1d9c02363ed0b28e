//! Taking a stream of events up again where it broke off (HTML, 9.2.3 and 9.2.5).

use std::fmt;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, StatusCode};

use crate::runtime::delivery::attempt::Opened;
use crate::runtime::delivery::exchange;
use crate::runtime::delivery::retry;
use crate::runtime::reading::decode_error::DecodeError;
use crate::runtime::reading::failure::{Failure, FailureKind};
use crate::runtime::reading::response::RawResponse;
use crate::runtime::streams::download::Download;
use crate::runtime::streams::events::{Event, Reader, SequenceError};
use crate::runtime::transport::boxed::BoxFuture;
use crate::runtime::transport::{TransportError, TransportErrorKind};
use crate::runtime::writing::call::Call;
use crate::runtime::writing::prepare::prepare;

/// The media type of events.
const EVENTS: &str = "text/event-stream";

/// How often in a row the connection is made anew without an event in between, unless told
/// otherwise.
const MOST_RECONNECTS: u32 = 5;

/// How long the server is left alone if it does not say. Doubled each time in a row.
const FIRST_REST: Duration = Duration::from_secs(1);

/// The longest that a server is left alone, unless it says so itself.
const LONGEST_REST: Duration = Duration::from_secs(60);

/// A call that can be made again.
pub(crate) struct Again {
    call: Box<Call>,
    /// When it must be over, by the client's clock, with all its connections: only if the call says
    /// so. Nothing before it begins.
    deadline: Option<Duration>,
}

impl Again {
    /// The call, if making it twice does no harm.
    pub(crate) fn of(call: &Call) -> Option<Self> {
        let reads = call.operation.method == Method::GET.as_str();
        reads.then(|| Self {
            call: Box::new(call.clone()),
            deadline: None,
        })
    }

    /// Notes that the call is being made; from the first time on its time runs.
    pub(crate) fn begins(&mut self) {
        if let (None, Some(limit)) = (self.deadline, self.call.own_options().timeout) {
            self.deadline = self.now().checked_add(limit);
        }
    }

    fn begin(&self, last_id: &str) -> BoxFuture<'static, Result<Opened, Failure>> {
        let mut call = Call::clone(&self.call);
        let mut options = call.own_options().clone();
        let left = |deadline: Duration| deadline.saturating_sub(self.now());
        options.timeout = self.deadline.map(left).or(options.timeout);
        if !last_id.is_empty() && HeaderValue::from_str(last_id).is_ok() {
            options = options.header("last-event-id", last_id);
        }
        call.options(options);
        exchange::open(prepare(call, None))
    }

    /// A rest, if there is time left after it.
    fn rest(&self, time: Duration) -> Option<BoxFuture<'static, ()>> {
        let fits = |deadline| self.now().saturating_add(time) < deadline;
        let clock = &self.call.core.shared.clock;
        self.deadline.is_none_or(fits).then(|| clock.sleep(time))
    }

    fn now(&self) -> Duration {
        self.call.core.shared.clock.now()
    }
}

/// Events over as many connections as it takes.
pub(crate) struct Connection {
    pub(crate) reader: Reader,
    link: Link,
    /// Connections in a row without an event.
    failures: u32,
    /// The most of those.
    pub(crate) most: u32,
    /// Whether to connect again also when the server ended the stream properly.
    pub(crate) endless: bool,
}

/// What the connection is doing.
enum Link {
    /// Events may come.
    Up,
    /// The server is left alone.
    Resting(BoxFuture<'static, ()>),
    /// It is made anew.
    Reaching(BoxFuture<'static, Result<Opened, Failure>>),
    /// Nothing comes any more.
    Down,
}

/// Why a stream could not be taken up again.
#[derive(Debug)]
struct Lost(Failure);

impl fmt::Display for Lost {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl std::error::Error for Lost {}

/// Why an answer does not go on with the events of another: it is of another type. A server that has
/// had a wrong one from the beginning may keep it.
fn differs(before: &Download, answer: &RawResponse) -> Option<DecodeError> {
    let said = before.headers().get(CONTENT_TYPE);
    let said = said.and_then(|value| value.to_str().ok()).unwrap_or("");
    let same = answer.is(said.split(';').next().unwrap_or_default().trim());
    (!same && !answer.is(EVENTS)).then(|| answer.unexpected(EVENTS))
}

impl Connection {
    pub(crate) fn new(download: Download) -> Self {
        Self {
            reader: Reader::new(download),
            link: Link::Up,
            failures: 0,
            most: MOST_RECONNECTS,
            endless: false,
        }
    }

    /// Lets go of the connection for good.
    pub(crate) fn end(&mut self) {
        self.reader.end();
        self.link = Link::Down;
    }

    /// The next event, or why there is none; `None` at the end.
    pub(crate) fn poll_event(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Event, SequenceError>>> {
        loop {
            match &mut self.link {
                Link::Up => match ready!(self.reader.poll_event(context)) {
                    Some(Ok(event)) => {
                        self.failures = 0;
                        return Poll::Ready(Some(Ok(event)));
                    }
                    Some(Err(SequenceError::Transport(error))) if self.outlives(&error) => {}
                    None if self.endless && self.rest() => {}
                    last => {
                        self.end();
                        return Poll::Ready(last);
                    }
                },
                Link::Resting(sleep) => {
                    ready!(sleep.as_mut().poll(context));
                    let Some(again) = &self.reader.download().again else {
                        return Poll::Ready(None);
                    };
                    self.link = Link::Reaching(again.begin(self.reader.last_id()));
                }
                Link::Reaching(beginning) => {
                    let outcome = ready!(beginning.as_mut().poll(context));
                    self.link = Link::Up;
                    if let Some(end) = self.reached(outcome) {
                        return Poll::Ready(end);
                    }
                }
                Link::Down => return Poll::Ready(None),
            }
        }
    }

    /// Whether the connection is made anew after this error. What is too large would be so again.
    fn outlives(&mut self, error: &TransportError) -> bool {
        error.kind() != TransportErrorKind::TooLarge && self.rest()
    }

    /// Begins a rest before the connection is made anew; false if it is not to be made.
    fn rest(&mut self) -> bool {
        let download = self.reader.download();
        let Some(again) = &download.again else {
            return false;
        };
        // The server has nothing to say, and does not want to be asked again.
        if self.failures >= self.most || download.status() == StatusCode::NO_CONTENT {
            return false;
        }
        let first = self.reader.rest().unwrap_or(FIRST_REST);
        let longer = 1_u32.checked_shl(self.failures).unwrap_or(u32::MAX);
        let longest = LONGEST_REST.max(first);
        let Some(rest) = again.rest(first.saturating_mul(longer).min(longest)) else {
            return false;
        };
        self.failures += 1;
        self.link = Link::Resting(rest);
        true
    }

    /// What comes of the attempt to connect anew: an end, or nothing if it goes on.
    #[expect(
        clippy::option_option,
        reason = "the end of a stream is no end of the search"
    )]
    fn reached(
        &mut self,
        outcome: Result<Opened, Failure>,
    ) -> Option<Option<Result<Event, SequenceError>>> {
        let failure = match outcome {
            Ok(Opened::Streaming(head, _)) if head.status() == 204 => {
                self.end();
                return Some(None);
            }
            Ok(Opened::Streaming(head, body)) => match differs(self.reader.download(), &head) {
                None => {
                    self.reader.resume(*head, body);
                    return None;
                }
                Some(error) => Failure::answer(FailureKind::Decode(error), head),
            },
            Ok(Opened::Whole(answer)) => Failure::answer(FailureKind::Undocumented, answer),
            Err(failure) if retry::may_help(&failure) && self.rest() => return None,
            Err(failure) => failure,
        };
        self.end();
        let lost = SequenceError::Reconnect(Box::new(Lost(failure)));
        Some(Some(Err(lost)))
    }
}
