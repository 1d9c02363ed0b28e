//! Transports other than reqwest.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};

use crate::mini_client::Client;
use crate::runtime::transport::{Answer, ByteStream, RequestParts, TransportErrorKind};
use crate::runtime::{Body, ReqwestTransport, Transport, TransportError};
use crate::server::{Reply, Server};

/// Chunks of a body, one a poll.
struct Chunks(VecDeque<Result<Bytes, TransportError>>);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// A request with the time that was left for it.
pub(crate) type Asked = (Request<Body>, Option<Duration>);

/// Answers in memory and notes what it was asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Canned {
    broken: Option<TransportErrorKind>,
    pub(crate) asked: Arc<Mutex<Vec<Asked>>>,
}

impl Transport for Canned {
    fn send(&self, request: Request<Body>, timeout: Option<Duration>) -> Answer<'_> {
        self.asked.lock().unwrap().push((request, timeout));
        Box::pin(async move {
            if let Some(kind) = self.broken {
                return Err(TransportError::new(kind, "as told"));
            }
            let chunks = [r#"{"ite"#, "", r#"ms":[]}"#];
            let chunks = chunks
                .into_iter()
                .map(|chunk| Ok(Bytes::from(chunk)))
                .collect();
            let body: ByteStream = Box::pin(Chunks(chunks));
            Ok(Response::new(body))
        })
    }
}

#[tokio::test]
async fn a_transport_of_one_s_own_gets_the_request_and_the_time() {
    let canned = Canned::default();
    let builder = Client::builder()
        .access_token("secret")
        .timeout(Duration::from_secs(9));
    let client = builder
        .header("x-own", "secret")
        .transport(canned.clone())
        .build()
        .unwrap();
    client
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap();
    let asked = canned.asked.lock().unwrap();
    let [(request, Some(timeout))] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert_eq!(request.uri().host(), Some("api.losant.com"));
    assert!(request.headers()["authorization"].is_sensitive());
    assert!(request.headers()["x-own"].is_sensitive());
    assert!(*timeout <= Duration::from_secs(9) && *timeout > Duration::from_secs(8));
}

/// What a transport in front of reqwest is handed, and changes.
#[derive(Clone, Copy, Debug)]
enum Changing {
    /// The request as HTTP libraries know it.
    Request,
    /// Its parts.
    Parts,
}

/// Asks for another page of the server than the caller.
#[derive(Debug)]
struct Elsewhere {
    changing: Changing,
    inner: ReqwestTransport,
}

impl Transport for Elsewhere {
    fn send(&self, mut request: Request<Body>, timeout: Option<Duration>) -> Answer<'_> {
        let there = request.uri().to_string().replace("/orgs/o", "/orgs/other");
        *request.uri_mut() = there.parse().unwrap();
        self.inner.send(request, timeout)
    }

    fn send_parts(&self, mut parts: RequestParts, timeout: Option<Duration>) -> Answer<'_> {
        match self.changing {
            Changing::Request => self.send(parts.into_request().unwrap(), timeout),
            Changing::Parts => {
                parts.url.set_path("/instances/i/orgs/other/invites");
                self.inner.send_parts(parts, timeout)
            }
        }
    }
}

#[tokio::test]
async fn a_transport_in_front_may_send_a_request_elsewhere() {
    for changing in [Changing::Request, Changing::Parts] {
        let server = Server::always(Reply::json(r#"{"items":[]}"#)).await;
        let inner = ReqwestTransport::new(None).unwrap();
        let builder = server.builder().transport(Elsewhere { changing, inner });
        let client = builder.build().unwrap();
        let get = client.instance_org_invites().get("i", "o");
        get.send().await.unwrap();
        let target = server.only().target;
        let there = target.starts_with("/instances/i/orgs/other/");
        assert!(there, "{changing:?}: {target}");
    }
}

#[tokio::test]
async fn no_limit_is_no_timeout() {
    let canned = Canned::default();
    let builder = Client::builder()
        .timeout(Duration::MAX)
        .transport(canned.clone());
    builder
        .build()
        .unwrap()
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap();
    assert_eq!(canned.asked.lock().unwrap()[0].1, None);
}

#[tokio::test]
async fn every_kind_of_failure_has_its_predicate() {
    use TransportErrorKind::{Body, Connect, ConnectTimeout, Interrupted, Timeout};
    for kind in [Body, Connect, ConnectTimeout, Interrupted, Timeout] {
        let canned = Canned {
            broken: Some(kind),
            ..Canned::default()
        };
        let client = Client::builder().transport(canned).build().unwrap();
        let error = client
            .instance_org_invites()
            .get("i", "o")
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.is_connect(), matches!(kind, Connect | ConnectTimeout));
        assert_eq!(error.is_timeout(), matches!(kind, Timeout | ConnectTimeout));
        assert_eq!(error.is_interrupted(), kind == Interrupted);
        assert_eq!(error.is_body(), kind == Body);
    }
}

/// A body of which there is always more at hand: pieces of no bytes.
struct Endless;

impl Stream for Endless {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(Some(Ok(Bytes::new())))
    }
}

#[derive(Debug)]
struct NoEnd;

impl Transport for NoEnd {
    fn send(&self, _: Request<Body>, _: Option<Duration>) -> Answer<'_> {
        let body: ByteStream = Box::pin(Endless);
        Box::pin(std::future::ready(Ok(Response::new(body))))
    }
}

#[tokio::test]
async fn a_body_without_end_ends_in_time() {
    let builder = Client::builder().transport(NoEnd);
    let builder = builder.timeout(Duration::from_millis(100));
    let client = builder.build().unwrap();
    let began = std::time::Instant::now();
    let get = client.instance_org_invites().get("i", "o").send();
    let error = get.await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(began.elapsed() < Duration::from_secs(5));
}
