//! A server in the world without real time. What becomes of each request is said by a function;
//! here it happens, and here it is noted.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri};

use super::{SimClock, Sleep};
use crate::runtime::transport::{Answer, ByteStream};
use crate::runtime::{Body, Transport, TransportError};

/// What becomes of a request.
#[derive(Clone, Debug)]
pub(crate) enum Fate {
    /// No connection.
    Refused,
    /// The connection breaks once this many pieces of the body have been read.
    Interrupted(usize),
    /// Nothing ever comes.
    Silence,
    /// An answer.
    Answer(Head, End),
}

/// An answer, after a while.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) after: Duration,
    /// The pieces of the body, with this long before each.
    pub(crate) pieces: Vec<String>,
    pub(crate) pace: Duration,
}

/// What comes after the last piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The end.
    Whole,
    /// A broken connection.
    Broken,
    /// Nothing ever.
    Silence,
}

/// A request that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) at: Duration,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    /// What was read of the body.
    pub(crate) body: Vec<u8>,
    pub(crate) fate: Fate,
    /// Whether the client saw the head of an answer.
    pub(crate) answered: bool,
    /// When the client saw the end of the whole answer.
    pub(crate) delivered: Option<Duration>,
    /// Whether the client still waits for something.
    pub(crate) open: bool,
}

/// Decides what becomes of requests.
type Decide = Box<dyn FnMut(&Request<Body>, &[Seen]) -> Fate + Send>;

/// The server, which is its own transport.
#[derive(Clone)]
pub(crate) struct SimServer {
    clock: SimClock,
    decide: Arc<Mutex<Decide>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl SimServer {
    pub(crate) fn new(
        clock: &SimClock,
        decide: impl FnMut(&Request<Body>, &[Seen]) -> Fate + Send + 'static,
    ) -> Self {
        Self {
            clock: clock.clone(),
            decide: Arc::new(Mutex::new(Box::new(decide))),
            seen: Arc::default(),
        }
    }

    /// What has arrived so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

impl std::fmt::Debug for SimServer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SimServer")
    }
}

impl Head {
    pub(crate) fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            after: Duration::ZERO,
            pieces: Vec::new(),
            pace: Duration::ZERO,
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn piece(mut self, piece: impl Into<String>) -> Self {
        self.pieces.push(piece.into());
        self
    }

    pub(crate) fn after(mut self, time: Duration) -> Self {
        self.after = time;
        self
    }

    pub(crate) fn whole(self) -> Fate {
        Fate::Answer(self, End::Whole)
    }
}

impl Transport for SimServer {
    fn send(&self, request: Request<Body>, _: Option<Duration>) -> Answer<'_> {
        let mut seen = self.seen.lock().unwrap();
        let fate = self.decide.lock().unwrap()(&request, &seen);
        let guard = Guard {
            at: seen.len(),
            seen: Arc::clone(&self.seen),
        };
        seen.push(Seen {
            at: self.clock.time(),
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
            body: Vec::new(),
            fate: fate.clone(),
            answered: false,
            delivered: None,
            open: true,
        });
        drop(seen);
        Box::pin(answer(self.clock.clone(), guard, fate, request.into_body()))
    }
}

/// Notes when nobody waits any more.
struct Guard {
    at: usize,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Guard {
    fn note(&self, note: impl FnOnce(&mut Seen)) {
        note(&mut self.seen.lock().unwrap()[self.at]);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.note(|seen| seen.open = false);
    }
}

async fn answer(
    clock: SimClock,
    guard: Guard,
    fate: Fate,
    mut body: Body,
) -> Result<Response<ByteStream>, TransportError> {
    let most = match fate {
        Fate::Refused => 0,
        Fate::Interrupted(pieces) => pieces,
        Fate::Silence | Fate::Answer(..) => usize::MAX,
    };
    for _ in 0..most {
        match poll_fn(|context| Pin::new(&mut body).poll_next(context)).await {
            Some(Ok(piece)) => guard.note(|seen| seen.body.extend_from_slice(&piece)),
            Some(Err(error)) => return Err(TransportError::interrupted(error)),
            None => break,
        }
    }
    match fate {
        Fate::Refused => Err(TransportError::connect("refused")),
        Fate::Interrupted(_) => Err(TransportError::interrupted("reset")),
        Fate::Silence => std::future::pending().await,
        Fate::Answer(head, end) => {
            clock.wait(head.after).await;
            guard.note(|seen| seen.answered = true);
            Ok(response(clock, guard, &head, end))
        }
    }
}

fn response(clock: SimClock, guard: Guard, head: &Head, end: End) -> Response<ByteStream> {
    let stream: ByteStream = Box::pin(Pieces {
        pieces: head.pieces.clone().into_iter(),
        pace: head.pace,
        pause: None,
        clock,
        guard,
        end,
    });
    let mut response = Response::new(stream);
    *response.status_mut() = StatusCode::from_u16(head.status).unwrap();
    for (name, value) in &head.headers {
        let value = HeaderValue::from_str(value).unwrap();
        response
            .headers_mut()
            .append(HeaderName::from_static(name), value);
    }
    response
}

/// A body.
struct Pieces {
    pieces: std::vec::IntoIter<String>,
    pace: Duration,
    pause: Option<Sleep>,
    clock: SimClock,
    guard: Guard,
    end: End,
}

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.pace.is_zero() && self.pieces.len() > 0 {
            let pace = self.pace;
            let clock = self.clock.clone();
            let pause = self.pause.get_or_insert_with(|| clock.wait(pace));
            if Pin::new(pause).poll(context).is_pending() {
                return Poll::Pending;
            }
            self.pause = None;
        }
        if let Some(piece) = self.pieces.next() {
            return Poll::Ready(Some(Ok(Bytes::from(piece))));
        }
        match self.end {
            End::Silence => Poll::Pending,
            End::Broken => Poll::Ready(Some(Err(TransportError::body("reset")))),
            End::Whole => {
                let now = self.clock.time();
                self.guard.note(|seen| seen.delivered = Some(now));
                Poll::Ready(None)
            }
        }
    }
}
