//! One attempt: a request is sent, redirects are followed, and the answer is read.

use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{ACCEPT, ACCEPT_LANGUAGE, LOCATION, RANGE, USER_AGENT};
use http::{HeaderMap, Method, Request, StatusCode};
use std::pin::Pin;
use std::task::{Context, Poll};
use url::Url;

use super::authorize::Authorized;
use super::body::Body;
use super::client::Shared;
use super::clock::Alarm;
use super::collect::collect;
use super::failure::{Failure, FailureKind};
use super::hook::{Attempt, Outcome};
use super::prepare::Prepared;
use super::request_url;
use super::response::RawResponse;
use super::trace;
use super::transport::{ByteStream, TransportError};

/// The most redirects that one attempt follows.
const MOST_REDIRECTS: usize = 10;

/// Whether a success is waited for to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// The body is read into memory.
    Whole,
    /// The body is handed out as it arrives.
    AsItArrives,
}

/// An answer, whose body may still be on its way.
pub(super) enum Opened {
    /// The whole answer.
    Whole(RawResponse),
    /// The head of a success, and its body as it arrives.
    Streaming(RawResponse, ByteStream),
}

impl Opened {
    /// The head of the answer.
    pub(super) fn head(&self) -> &RawResponse {
        match self {
            Self::Whole(answer) | Self::Streaming(answer, _) => answer,
        }
    }

    /// The head of the answer, to add to it.
    pub(super) fn head_mut(&mut self) -> &mut RawResponse {
        match self {
            Self::Whole(answer) | Self::Streaming(answer, _) => answer,
        }
    }
}

/// One attempt at a request.
pub(super) struct Sending<'a> {
    pub(super) shared: &'a Shared,
    pub(super) request: &'a Prepared,
    /// 1 for the first attempt.
    pub(super) number: u32,
    /// The time for all of it.
    pub(super) limit: Option<Duration>,
    pub(super) reading: Reading,
}

/// Where a request goes next.
struct Hop {
    url: Url,
    headers: HeaderMap,
    #[cfg(feature = "test-util")]
    secrets: Vec<String>,
}

impl Sending<'_> {
    /// Sends the request. One redirect too many, or one that must not be followed, is the answer.
    pub(super) async fn run(&self, authorized: &Authorized) -> Result<Opened, Failure> {
        let mut alarm = Alarm::new(self.shared.clock.as_ref(), self.limit);
        let mut hop = Hop {
            url: authorized.url.clone(),
            headers: authorized.headers.clone(),
            #[cfg(feature = "test-util")]
            secrets: authorized.secrets.clone(),
        };
        let mut redirects = 0;
        loop {
            let (head, body) = self.send(&mut hop, &mut alarm).await?;
            match self.redirect(&hop.url, &head) {
                Some(url) if redirects < MOST_REDIRECTS => hop.go(url),
                _ => return self.read(head, body, &hop.url, alarm).await,
            }
            redirects += 1;
        }
    }

    /// Sends one request; the answer is its head and its body.
    async fn send(
        &self,
        hop: &mut Hop,
        alarm: &mut Alarm,
    ) -> Result<(RawResponse, ByteStream), Failure> {
        let origin = self.shared.watched().then(|| origin(&hop.url));
        let attempt = Attempt {
            operation: self.request.operation.id,
            method: &self.request.method,
            origin: origin.as_deref().unwrap_or_default(),
            path: hop.url.path(),
            number: self.number,
        };
        for hook in &self.shared.hooks {
            hook.before_request(&attempt, &mut hop.headers);
        }
        let request = self.http_request(hop)?;
        let span = trace::attempt(&attempt);
        let began = self.shared.clock.now();
        let answer = self.shared.transport.send(request, self.limit);
        let answer = span.around(alarm.guard(answer)).await;
        let answer = answer.unwrap_or_else(|_| {
            Err(TransportError::timeout(
                "the head of an answer did not come in time",
            ))
        });
        let elapsed = self.shared.clock.now().saturating_sub(began);
        let outcome = match &answer {
            Ok(answer) => Outcome::Answer {
                status: answer.status(),
                headers: answer.headers(),
                elapsed,
            },
            Err(error) => Outcome::Failure { error, elapsed },
        };
        span.ended(&outcome);
        for hook in &self.shared.hooks {
            hook.after_response(&attempt, outcome);
        }
        let (head, body) = answer
            .map_err(|error| Failure::transport(self::origin(&hop.url), error))?
            .into_parts();
        #[cfg(feature = "test-util")]
        let typed = head.extensions.get().cloned();
        let head = RawResponse::new(head.status, head.headers, Bytes::new())
            .with_request_id_headers(self.shared.api.request_id_headers);
        #[cfg(feature = "test-util")]
        let head = head.with_typed(typed);
        #[cfg(feature = "strict")]
        let head = head.with_strictness(self.shared.strictness.clone());
        Ok((head, body))
    }

    fn http_request(&self, hop: &Hop) -> Result<Request<Body>, Failure> {
        let body = match &self.request.body {
            None => Body::empty(),
            Some(upload) => upload
                .open()
                .ok_or_else(|| Failure::request("the body is a stream that was sent before"))?,
        };
        let mut request = Request::builder()
            .method(self.request.method.clone())
            .uri(hop.url.as_str())
            .body(body)
            .map_err(|error| Failure::request(format!("the URL cannot be sent: {error}")))?;
        *request.headers_mut() = hop.headers.clone();
        #[cfg(feature = "test-util")]
        self.label(hop, request.extensions_mut());
        Ok(request)
    }

    /// Says to fakes and recorders what a request is about.
    #[cfg(feature = "test-util")]
    fn label(&self, hop: &Hop, extensions: &mut http::Extensions) {
        extensions.insert(self.request.origin.clone());
        extensions.insert(super::cassette::Secrets {
            query: hop.secrets.clone(),
            bodies: false,
        });
    }

    /// Where a redirect leads, if it may be followed: the method is safe to repeat, and the way
    /// does not leave TLS. An operation that only says where something is does not go to other
    /// hosts for it.
    fn redirect(&self, from: &Url, head: &RawResponse) -> Option<Url> {
        let safe = matches!(self.request.method, Method::GET | Method::HEAD);
        let status = head.status_code();
        let moved = matches!(
            status,
            StatusCode::MOVED_PERMANENTLY
                | StatusCode::FOUND
                | StatusCode::SEE_OTHER
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT
        );
        let location = head.headers().get(LOCATION).filter(|_| safe && moved)?;
        let to = request_url::link(from, location.to_str().ok()?)?;
        let same = to.origin() == from.origin();
        let open = from.scheme() == "http" || to.scheme() == "https";
        (same || (open && !self.request.operation.redirects)).then_some(to)
    }

    /// Reads the answer, as far as it is to be read here.
    async fn read(
        &self,
        head: RawResponse,
        body: ByteStream,
        url: &Url,
        mut alarm: Alarm,
    ) -> Result<Opened, Failure> {
        if self.reading == Reading::AsItArrives && self.request.operation.succeeds(&head) {
            let alarm = match self.request.limits_streams {
                true => alarm,
                false => Alarm::new(self.shared.clock.as_ref(), None),
            };
            return Ok(Opened::Streaming(head, Box::pin(Timed { body, alarm })));
        }
        let (body, broken) = collect(body, &mut alarm, self.shared.largest_body).await;
        let answer = head.with_body(body);
        match broken {
            None => Ok(Opened::Whole(answer)),
            Some(error) => Err(Failure::answer(
                FailureKind::Transport(origin(url), error),
                answer,
            )),
        }
    }
}

impl Hop {
    /// Follows a redirect. To another origin goes only what says nothing of the caller.
    fn go(&mut self, to: Url) {
        if to.origin() != self.url.origin() {
            let open = [ACCEPT, ACCEPT_LANGUAGE, RANGE, USER_AGENT].into_iter();
            self.headers = open
                .filter_map(|name| Some((name.clone(), self.headers.get(&name)?.clone())))
                .collect();
        }
        self.url = to;
    }
}

/// The scheme, the host and the port, which are safe to show.
fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// A body that must have come before an alarm rings.
struct Timed {
    body: ByteStream,
    alarm: Alarm,
}

impl Stream for Timed {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.body.as_mut().poll_next(context) {
            Poll::Ready(item) => Poll::Ready(item),
            Poll::Pending => self.alarm.poll(context).map(|_| {
                Some(Err(TransportError::timeout(
                    "the body did not come in time",
                )))
            }),
        }
    }
}
