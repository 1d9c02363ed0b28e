//! Taking a stream of events up again where it broke off (HTML, 9.2.3 and 9.2.5).

use std::fmt;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{HeaderName, HeaderValue, Method};

use crate::runtime::delivery::attempt::Opened;
use crate::runtime::delivery::exchange;
use crate::runtime::reading::failure::{Failure, FailureKind};
use crate::runtime::streams::download::Download;
use crate::runtime::streams::events::{Event, Reader, SequenceError};
use crate::runtime::transport::TransportErrorKind;
use crate::runtime::transport::boxed::BoxFuture;
use crate::runtime::writing::call::Call;
use crate::runtime::writing::prepare::prepare;

/// How often in a row the connection is made anew without an event in between, unless told
/// otherwise.
const MOST_RECONNECTS: u32 = 5;

/// How long the server is left alone if it does not say. Doubled each time in a row.
const FIRST_REST: Duration = Duration::from_secs(1);

/// The longest that a server is left alone, unless it says so itself.
const LONGEST_REST: Duration = Duration::from_secs(60);

/// A call that can be made again.
#[derive(Clone)]
pub(crate) struct Again(Box<Call>);

impl Again {
    /// The call, if making it twice does no harm.
    pub(crate) fn of(call: &Call) -> Option<Self> {
        let reads = call.operation.method == Method::GET.as_str();
        reads.then(|| Self(Box::new(call.clone())))
    }

    fn begin(&self, last_id: &str) -> BoxFuture<'static, Result<Opened, Failure>> {
        let mut request = prepare(&self.0, None);
        if let (Ok(request), Ok(id)) = (&mut request, HeaderValue::from_str(last_id))
            && !last_id.is_empty()
        {
            request
                .headers
                .insert(HeaderName::from_static("last-event-id"), id);
        }
        exchange::open(&self.0.core, request)
    }

    fn rest(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.0.core.shared.clock.sleep(time)
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
    /// How long the server wants to be left alone.
    retry: Option<Duration>,
}

/// What the connection is doing.
enum Link {
    /// Events may come.
    Up,
    /// The server is left alone.
    Resting(BoxFuture<'static, ()>),
    /// It is made anew.
    Reaching(BoxFuture<'static, Result<Opened, Failure>>),
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

impl Connection {
    pub(crate) fn new(download: Download) -> Self {
        Self {
            reader: Reader::new(download),
            link: Link::Up,
            failures: 0,
            most: MOST_RECONNECTS,
            endless: false,
            retry: None,
        }
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
                        self.retry = event.retry.or(self.retry);
                        return Poll::Ready(Some(Ok(event)));
                    }
                    Some(Err(SequenceError::Transport(error))) => {
                        // What is too large would be so again.
                        if error.kind() == TransportErrorKind::TooLarge || !self.rest() {
                            return Poll::Ready(Some(Err(SequenceError::Transport(error))));
                        }
                    }
                    None if self.endless && self.rest() => {}
                    last => return Poll::Ready(last),
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
            }
        }
    }

    /// Begins a rest before the connection is made anew; false if it is not to be made.
    fn rest(&mut self) -> bool {
        // What came with the last event goes before what came without one.
        self.retry = self.reader.take_retry().or(self.retry);
        let Some(again) = &self.reader.download().again else {
            return false;
        };
        if self.failures >= self.most {
            return false;
        }
        let first = self.retry.unwrap_or(FIRST_REST);
        let longer = 1_u32.checked_shl(self.failures).unwrap_or(u32::MAX);
        let longest = LONGEST_REST.max(first);
        self.failures += 1;
        self.link = Link::Resting(again.rest(first.saturating_mul(longer).min(longest)));
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
        let lost = |failure| Some(Some(Err(SequenceError::Reconnect(Box::new(Lost(failure))))));
        match outcome {
            Ok(Opened::Streaming(head, _)) if head.status() == 204 => {
                self.reader.end();
                Some(None)
            }
            Ok(Opened::Streaming(head, body)) => {
                self.reader.resume(*head, body);
                None
            }
            Ok(Opened::Whole(answer)) => {
                self.reader.end();
                lost(Failure::answer(FailureKind::Undocumented, answer))
            }
            Err(failure) if matches!(failure.kind, FailureKind::Transport(..)) && self.rest() => {
                None
            }
            Err(failure) => {
                self.reader.end();
                lost(failure)
            }
        }
    }
}
