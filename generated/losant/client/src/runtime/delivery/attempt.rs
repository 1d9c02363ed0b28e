//! One attempt: a request is sent, redirects are followed, and the answer is read.

use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{Extensions, HeaderMap, Method, Response};
use url::Url;

use crate::runtime::credentials::authorize::Authorized;
use crate::runtime::delivery::client::Shared;
use crate::runtime::delivery::clock::{Alarm, Elapsed};
use crate::runtime::delivery::hook::{Attempt, Outcome};
use crate::runtime::delivery::redirect::{self, Hop};
use crate::runtime::delivery::trace::{self, Span};
use crate::runtime::reading::collect::collect;
use crate::runtime::reading::failure::{Failure, FailureKind};
use crate::runtime::reading::response::RawResponse;
use crate::runtime::tables::api::SchemeKind;
use crate::runtime::transport::body::Body;
use crate::runtime::transport::measured::Broken;
use crate::runtime::transport::{Answer, ByteStream, RequestParts, TransportError};
use crate::runtime::writing::prepare::{First, Prepared};
use crate::runtime::writing::request_url;

/// The longest URL that the crate `http` takes, in bytes.
const LONGEST_URL: usize = 65_534;

/// Whether a success is waited for to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// The body is read into memory.
    Whole,
    /// The body is handed out as it arrives.
    AsItArrives,
}

/// An answer, whose body may still be on its way.
pub(crate) enum Opened {
    /// The whole answer.
    Whole(Box<RawResponse>),
    /// The head of a success, and its body as it arrives.
    Streaming(Box<RawResponse>, ByteStream),
}

impl Opened {
    /// The head of the answer.
    pub(crate) fn head(&self) -> &RawResponse {
        match self {
            Self::Whole(answer) | Self::Streaming(answer, _) => answer,
        }
    }

    /// The head of the answer, to add to it.
    pub(crate) fn head_mut(&mut self) -> &mut RawResponse {
        match self {
            Self::Whole(answer) | Self::Streaming(answer, _) => answer,
        }
    }
}

/// How often a call was sent so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sent {
    /// Attempts of which something was sent.
    pub(crate) attempts: u32,
    /// Requests, those that follow redirects included.
    pub(crate) requests: u32,
}

/// One attempt at a request.
pub(crate) struct Sending<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) request: &'a Prepared,
    pub(crate) authorized: &'a Authorized<'a>,
    pub(crate) sent: &'a mut Sent,
    /// What the call's first request is made of, until it is sent.
    pub(crate) first: &'a mut Option<First>,
    pub(crate) reading: Reading,
    /// When the call must be over.
    pub(crate) deadline: Option<Duration>,
    /// Whether the answer is of the origin that the credentials are for.
    pub(crate) home: bool,
}

/// The head of an answer, and what it takes to read the rest.
struct Begun {
    head: Box<RawResponse>,
    body: ByteStream,
    span: Span,
}

impl Begun {
    fn new(shared: &Shared, answer: Response<ByteStream>, span: Span) -> Self {
        let (head, body) = answer.into_parts();
        #[cfg(feature = "test-util")]
        let typed = head.extensions.get().cloned();
        let head = RawResponse::new(head.status, head.headers, Bytes::new())
            .with_request_id_headers(shared.api.request_id_headers);
        #[cfg(feature = "test-util")]
        let head = head.with_typed(typed);
        #[cfg(feature = "strict")]
        let head = head.with_strictness(shared.strictness.clone());
        let head = Box::new(head);
        Self { head, body, span }
    }

    /// The answer, of which this is all that came, because of the error.
    #[cold]
    fn broken(self, error: TransportError, url: &Url) -> Failure {
        self.span.failed(error.kind().as_str());
        let kind = FailureKind::Transport(origin(url), error);
        Failure::answer(kind, self.head)
    }
}

/// What those who watch are told of a request once it is over.
struct Watch {
    span: Span,
    /// When it was sent. The time is asked for only if a hook is told.
    began: Option<Duration>,
}

impl Watch {
    const fn none() -> Self {
        Self {
            span: Span::none(),
            began: None,
        }
    }
}

/// A request on its way.
struct Flight {
    watch: Watch,
    /// What says whether its body broke off.
    broken: Option<Broken>,
}

/// What comes of a request, if it comes in time.
type Landing = Result<Result<Response<ByteStream>, TransportError>, Elapsed>;

impl<'a> Sending<'a> {
    /// Sends the request and reads the answer. One redirect too many, or one that must not be
    /// followed, is the answer.
    pub(crate) async fn run(&mut self, alarm: &mut Alarm) -> Result<Opened, Failure> {
        let mut hop = Hop::first(self.request, self.authorized, self.first.as_ref())?;
        let mut redirects = 0;
        let mut begun = loop {
            let (answer, flight) = self.launch(&mut hop, redirects == 0, alarm)?;
            let answer = flight.watch.span.around(alarm.guard(answer)).await;
            let begun = self.landed(&hop, flight, answer)?;
            match redirect::target(self.request, &hop, &begun.head) {
                Some(to) if redirects < redirect::MOST => self.follow(&mut hop, to),
                Some(_) => {
                    begun.span.failed("too_many_redirects");
                    break begun;
                }
                None => break begun,
            }
            redirects += 1;
        };
        self.home = hop.is_home();
        #[cfg(feature = "cli")]
        if redirects > 0 {
            self.found(&mut begun.head, &hop);
        }
        if self.reading == Reading::AsItArrives && self.request.operation().succeeds(&begun.head) {
            return Ok(self.streaming(begun, alarm));
        }
        let Begun { head, body, span } = &mut begun;
        let announced = || self.announced(head);
        let largest = self.shared.largest_body;
        let collected = collect(body, alarm, largest, announced);
        let (bytes, broken) = span.around(collected).await;
        begun.head.set_body(bytes);
        match broken {
            None => Ok(Opened::Whole(begun.head)),
            Some(error) => Err(begun.broken(error, &hop.url(self.request))),
        }
    }

    /// Follows a redirect.
    #[cold]
    fn follow(&self, hop: &mut Hop, to: Url) {
        let is_credential = |name: &str| self.is_credential(name);
        hop.go(to, self.request, self.authorized, is_credential);
    }

    #[cfg(feature = "cli")]
    /// Notes where redirects led, for what is relative to it; a credential in it is no part of that.
    #[cold]
    fn found(&self, head: &mut RawResponse, hop: &Hop) {
        let url = hop.url(self.request).into_owned();
        let url = redirect::without(url, |name| self.is_credential(name));
        head.set_url(url);
    }

    /// Whether a query parameter of this name is a credential of the request.
    fn is_credential(&self, name: &str) -> bool {
        let mut credentials = self.request.credentials.all(self.shared);
        credentials
            .any(|(_, kind, _)| matches!(kind, SchemeKind::Query { name: own } if own == name))
    }

    /// Sends one request. What happens before and after the wait is done in plain functions, so that
    /// the future of a call holds nothing of it.
    fn launch(
        &mut self,
        hop: &mut Hop,
        begins: bool,
        alarm: &Alarm,
    ) -> Result<(Answer<'a>, Flight), Failure> {
        let shared = self.shared;
        let number = self.sent.attempts + u32::from(begins);
        let (own, ready) = match self.first.take() {
            Some(First { url, headers }) => (Some(url), Some(headers)),
            None => (None, None),
        };
        let url = hop.taken(self.request, own)?;
        if url.as_str().len() > LONGEST_URL {
            return Err(Failure::request("the URL cannot be sent: it is too long"));
        }
        let headers = hop.headers(self.request, self.authorized, ready)?;
        let body = self.body()?;
        let (headers, watch) = match shared.watched() {
            true => self.watched(hop, &url, headers, number),
            false => (headers, Watch::none()),
        };
        let flight = Flight {
            watch,
            broken: body.broken(),
        };
        self.sent.attempts = number;
        self.sent.requests += 1;
        let left = alarm.left(shared.clock.as_ref());
        let parts = self.parts(url, headers, body);
        Ok((shared.transport.send_parts(parts, left), flight))
    }

    /// Shows a request to those who watch, who may change its headers.
    #[cold]
    fn watched(
        &self,
        hop: &mut Hop,
        url: &Url,
        mut headers: HeaderMap,
        number: u32,
    ) -> (HeaderMap, Watch) {
        hop.keep(url);
        let origin = origin(url);
        let attempt = self.about(url, &origin, number);
        for hook in &self.shared.hooks {
            hook.before_request(&attempt, &mut headers);
        }
        let told = !self.shared.hooks.is_empty();
        let headers = match told {
            true => hop.checked(headers, self.authorized),
            false => headers,
        };
        let watch = Watch {
            span: trace::attempt(&attempt, url, self.sent.requests),
            began: told.then(|| self.shared.clock.now()),
        };
        (headers, watch)
    }

    /// What hooks and spans are told of a request.
    fn about<'h>(&self, url: &'h Url, origin: &'h str, number: u32) -> Attempt<'h>
    where
        'a: 'h,
    {
        Attempt {
            operation: self.request.operation().id,
            method: &self.request.method,
            origin,
            path: url.path(),
            number,
        }
    }

    /// Takes the head of an answer, or the reason why there is none.
    fn landed(&self, hop: &Hop, flight: Flight, answer: Landing) -> Result<Begun, Failure> {
        let answer = answer.unwrap_or_else(|_| {
            let why = "the head of an answer did not come in time";
            Err(TransportError::timeout(why))
        });
        let answer = answer.map_err(|error| match &flight.broken {
            Some(broken) if broken.load(Ordering::Relaxed) => error.of_upload(),
            _ => error,
        });
        if self.shared.watched() {
            self.tell(hop, &flight, &answer);
        }
        match answer {
            Ok(answer) => Ok(Begun::new(self.shared, answer, flight.watch.span)),
            Err(error) => Err(Failure::transport(origin(&hop.url(self.request)), error)),
        }
    }

    /// Tells hooks and the span how a request went.
    #[cold]
    fn tell(
        &self,
        hop: &Hop,
        flight: &Flight,
        answer: &Result<Response<ByteStream>, TransportError>,
    ) {
        let now = || self.shared.clock.now();
        let since = flight.watch.began.map(|began| now().saturating_sub(began));
        let elapsed = since.unwrap_or_default();
        let outcome = match answer {
            Ok(answer) => Outcome::Answer {
                status: answer.status(),
                headers: answer.headers(),
                elapsed,
            },
            Err(error) => Outcome::Failure { error, elapsed },
        };
        flight.watch.span.ended(&outcome);
        let url = hop.url(self.request);
        let origin = origin(&url);
        let attempt = self.about(&url, &origin, self.sent.attempts);
        for hook in &self.shared.hooks {
            hook.after_response(&attempt, outcome);
        }
    }

    /// What is sent.
    fn parts(&self, url: Url, headers: HeaderMap, body: Body) -> RequestParts {
        let extensions = Extensions::new();
        #[cfg(feature = "test-util")]
        let extensions = self.label(extensions);
        RequestParts {
            method: self.request.method.clone(),
            url,
            headers,
            body,
            extensions,
        }
    }

    fn body(&self) -> Result<Body, Failure> {
        match self.request.body() {
            None => Ok(Body::empty()),
            Some(upload) => upload
                .open()
                .ok_or_else(|| Failure::request("the body is a stream that was sent before")),
        }
    }

    /// What fakes and recorders are told of a request.
    #[cfg(feature = "test-util")]
    fn label(&self, mut extensions: Extensions) -> Extensions {
        extensions.insert(self.request.origin.clone());
        extensions.insert(crate::runtime::fake::cassette::Secrets {
            query: self.authorized.in_query().map(str::to_owned).collect(),
            bodies: false,
        });
        extensions
    }

    /// Hands the body of a success out, with an alarm if it has to come in time as well: only if the
    /// call says so, since streams may well go on for hours. The client's limits of time, that of an
    /// attempt among them, end here.
    #[cold]
    fn streaming(&self, begun: Begun, alarm: &mut Alarm) -> Opened {
        let clock = self.shared.clock.as_ref();
        let own = self.request.call.own_options();
        let alarm = match own.timeout.is_some() {
            true if own.attempt_timeout.is_some() => std::mem::replace(alarm, Alarm::never()),
            true => Alarm::at(clock, clock.now(), self.deadline),
            false => Alarm::never(),
        };
        let body = Some((begun.body, alarm));
        Opened::Streaming(begun.head, Box::pin(Timed { body }))
    }

    /// How many bytes the server says will come.
    #[cold]
    fn announced(&self, head: &RawResponse) -> Option<u64> {
        // Without a body (RFC 9112, section 6.3), it is the length that one would have.
        if self.request.method == Method::HEAD || matches!(head.status(), 100..=199 | 204 | 304) {
            return None;
        }
        let length = head.headers().get(CONTENT_LENGTH)?;
        length.to_str().ok()?.parse().ok()
    }
}

/// The scheme, the host and the port, which are safe to show.
pub(crate) fn origin(url: &Url) -> String {
    let (scheme, host) = request_url::origin(url);
    [scheme, "://", host].concat()
}

/// A body that must have come before an alarm rings. What is left of it is dropped as soon as it
/// ends in any way, so that its connection is free.
struct Timed {
    body: Option<(ByteStream, Alarm)>,
}

impl Stream for Timed {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some((body, alarm)) = &mut self.body else {
            return Poll::Ready(None);
        };
        let piece = alarm.poll_piece(body, context);
        if matches!(piece, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
        }
        piece
    }
}
