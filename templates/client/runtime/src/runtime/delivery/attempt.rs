//! One attempt: a request is sent, redirects are followed, and the answer is read.

use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Method, Request};
use url::Url;

use crate::runtime::credentials::authorize::Authorized;
use crate::runtime::delivery::client::Shared;
use crate::runtime::delivery::clock::Alarm;
use crate::runtime::delivery::hook::{Attempt, Outcome};
use crate::runtime::delivery::redirect::{self, Hop};
use crate::runtime::delivery::trace::{self, Span};
use crate::runtime::reading::collect::collect;
use crate::runtime::reading::failure::{Failure, FailureKind};
use crate::runtime::reading::response::RawResponse;
use crate::runtime::transport::body::Body;
use crate::runtime::transport::{ByteStream, TransportError};
use crate::runtime::writing::prepare::Prepared;

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
    Whole(RawResponse),
    /// The head of a success, and its body as it arrives.
    Streaming(RawResponse, ByteStream),
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
    pub(crate) reading: Reading,
}

/// The head of an answer, and what it takes to read the rest.
struct Begun {
    head: RawResponse,
    body: ByteStream,
    span: Span,
}

impl Sending<'_> {
    /// Sends the request. One redirect too many, or one that must not be followed, is the answer.
    pub(crate) async fn run(mut self, mut alarm: Alarm) -> Result<Opened, Failure> {
        let mut hop = Hop::first(self.request, self.authorized);
        let mut redirects = 0;
        loop {
            let begun = self.send(&hop, redirects == 0, &mut alarm).await?;
            match redirect::target(self.request, &hop.url, &begun.head) {
                Some(to) if redirects < redirect::MOST => hop.go(to, self.authorized),
                Some(_) => {
                    begun.span.failed("too_many_redirects");
                    return self.read(begun, &hop.url, alarm).await;
                }
                None => return self.read(begun, &hop.url, alarm).await,
            }
            redirects += 1;
        }
    }

    /// Sends one request and waits for the head of the answer.
    async fn send(
        &mut self,
        hop: &Hop<'_>,
        first: bool,
        alarm: &mut Alarm,
    ) -> Result<Begun, Failure> {
        let (shared, request) = (self.shared, self.request);
        let origin = shared.watched().then(|| origin(&hop.url));
        let attempt = Attempt {
            operation: request.operation.id,
            method: &request.method,
            origin: origin.as_deref().unwrap_or_default(),
            path: hop.url.path(),
            number: self.sent.attempts + u32::from(first),
        };
        let mut headers = hop.headers(request, self.authorized)?;
        if !shared.hooks.is_empty() {
            for hook in &shared.hooks {
                hook.before_request(&attempt, &mut headers);
            }
            headers = hop.checked(headers);
        }
        let body = self.body()?;
        let broken = body.broken();
        let outgoing = self.outgoing(&hop.url, headers, body)?;
        let span = trace::attempt(&attempt, &hop.url, self.sent.requests);
        let clock = shared.clock.as_ref();
        let began = clock.now();
        self.sent.attempts = attempt.number;
        self.sent.requests += 1;
        let answer = shared.transport.send(outgoing, alarm.left(clock));
        let answer = span.around(alarm.guard(answer)).await;
        let answer = answer.unwrap_or_else(|_| {
            let why = "the head of an answer did not come in time";
            Err(TransportError::timeout(why))
        });
        let answer = answer.map_err(|error| match broken {
            Some(broken) if broken.load(Ordering::Relaxed) => error.of_upload(),
            _ => error,
        });
        let elapsed = clock.now().saturating_sub(began);
        let outcome = match &answer {
            Ok(answer) => Outcome::Answer {
                status: answer.status(),
                headers: answer.headers(),
                elapsed,
            },
            Err(error) => Outcome::Failure { error, elapsed },
        };
        span.ended(&outcome);
        for hook in &shared.hooks {
            hook.after_response(&attempt, outcome);
        }
        let answer = answer.map_err(|error| Failure::transport(self::origin(&hop.url), error))?;
        let (head, body) = answer.into_parts();
        #[cfg(feature = "test-util")]
        let typed = head.extensions.get().cloned();
        let head = RawResponse::new(head.status, head.headers, Bytes::new())
            .with_request_id_headers(shared.api.request_id_headers);
        #[cfg(feature = "test-util")]
        let head = head.with_typed(typed);
        #[cfg(feature = "strict")]
        let head = head.with_strictness(shared.strictness.clone());
        Ok(Begun { head, body, span })
    }

    fn body(&self) -> Result<Body, Failure> {
        match &self.request.body {
            None => Ok(Body::empty()),
            Some(upload) => upload
                .open()
                .ok_or_else(|| Failure::request("the body is a stream that was sent before")),
        }
    }

    fn outgoing(
        &self,
        url: &Url,
        headers: HeaderMap,
        body: Body,
    ) -> Result<Request<Body>, Failure> {
        let mut request = Request::builder()
            .method(self.request.method.clone())
            .uri(url.as_str())
            .body(body)
            .map_err(|error| Failure::request(format!("the URL cannot be sent: {error}")))?;
        *request.headers_mut() = headers;
        // Parsing it a second time would cost more than all else here.
        request.extensions_mut().insert(url.clone());
        #[cfg(feature = "test-util")]
        self.label(request.extensions_mut());
        Ok(request)
    }

    /// Says to fakes and recorders what a request is about.
    #[cfg(feature = "test-util")]
    fn label(&self, extensions: &mut http::Extensions) {
        extensions.insert(self.request.origin.clone());
        extensions.insert(crate::runtime::fake::cassette::Secrets {
            query: self.authorized.in_query().map(str::to_owned).collect(),
            bodies: false,
        });
    }

    /// Reads the answer, as far as it is to be read here.
    async fn read(&self, begun: Begun, url: &Url, mut alarm: Alarm) -> Result<Opened, Failure> {
        let Begun { head, body, span } = begun;
        if self.reading == Reading::AsItArrives && self.request.operation.succeeds(&head) {
            let alarm = match self.request.limits_streams {
                true => alarm,
                false => Alarm::never(),
            };
            let body = Some((body, alarm));
            return Ok(Opened::Streaming(head, Box::pin(Timed { body })));
        }
        let largest = self.shared.largest_body;
        let (body, broken) = match self.announced(&head).filter(|length| *length > largest) {
            Some(_) => (Bytes::new(), Some(TransportError::too_large(largest))),
            None => span.around(collect(body, &mut alarm, largest)).await,
        };
        let answer = head.with_body(body);
        match broken {
            None => Ok(Opened::Whole(answer)),
            Some(error) => {
                span.failed(error.kind().as_str());
                let kind = FailureKind::Transport(origin(url), error);
                Err(Failure::answer(kind, answer))
            }
        }
    }

    /// How many bytes the server says will come.
    fn announced(&self, head: &RawResponse) -> Option<u64> {
        // Without a body, it is the length that one would have.
        if self.request.method == Method::HEAD || head.status() == 304 {
            return None;
        }
        let length = head.headers().get(CONTENT_LENGTH)?;
        length.to_str().ok()?.parse().ok()
    }
}

/// The scheme, the host and the port, which are safe to show.
pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
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
