//! Servers that are slow, absent, or hang up.

use std::time::{Duration, Instant};

use losant_invites::instance_org_invite::GetError;
use losant_invites::types::OrgInvite;
use losant_invites::{CallOptions, Client, Error, RetryPolicy};
use tokio::net::TcpListener;

use crate::callers;
use crate::server::{Answer, Reply, Server};

const SHORT: Duration = Duration::from_millis(100);
const LONG: Duration = Duration::from_secs(30);

async fn get(client: &Client, options: CallOptions) -> Result<OrgInvite, Error<GetError>> {
    let invite = client.instance_org_invite();
    invite.get("i", "o", "v").options(options).send().await
}

fn with_timeout(server: &Server, limit: Duration) -> Client {
    Client::builder()
        .base_url(server.url())
        .timeout(limit)
        .retries(RetryPolicy::none())
        .build()
        .expect("a client")
}

/// The error of a call to a server that does this.
async fn error(reply: impl Into<Reply>) -> Error<GetError> {
    let server = Server::always(reply).await;
    let result = get(&callers::losant(&server), CallOptions::new()).await;
    assert_eq!(server.seen().len(), 1, "it is not sent twice");
    result.expect_err("no whole answer")
}

#[tokio::test]
async fn time_is_limited_by_the_client() {
    let server = Server::always(Reply::Silence(LONG)).await;
    let begun = Instant::now();
    let result = get(&with_timeout(&server, SHORT), CallOptions::new()).await;
    let error = result.expect_err("no time");
    assert!(begun.elapsed() < LONG / 2);
    assert!(error.is_timeout(), "{error:?}");
    assert!(!error.is_connect() && !error.is_interrupted() && !error.is_body());
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn time_is_limited_by_the_call_both_ways() {
    let server = Server::always(Reply::Silence(LONG)).await;
    let client = with_timeout(&server, LONG);
    let error = get(&client, CallOptions::new().timeout(SHORT)).await;
    assert!(error.expect_err("no time").is_timeout());
    // The call allows more than the client: the server hangs up before the time is over.
    let server = Server::always(Reply::Silence(SHORT * 3)).await;
    let client = with_timeout(&server, SHORT);
    let error = get(&client, CallOptions::new().timeout(LONG)).await;
    let error = error.expect_err("no answer");
    assert!(error.is_interrupted() && !error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let client = Client::builder().base_url(format!("http://{address}"));
    let client = client.build().expect("a client");
    let error = get(&client, CallOptions::new()).await;
    let error = error.expect_err("nobody");
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
    assert!(error.to_string().contains(&address.to_string()), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn the_connection_ends_before_the_answer() {
    for reply in [Reply::NoHead, Reply::HalfHead] {
        let error = error(reply).await;
        assert!(error.is_interrupted(), "{error:?}");
        assert!(!error.is_connect() && !error.is_timeout() && !error.is_body());
        assert_eq!((error.status(), error.body_text()), (None, None));
    }
}

#[tokio::test]
async fn the_connection_ends_inside_the_body() {
    let error = error(Answer::new(200, "{\"id\":").missing(9)).await;
    assert!(error.is_body() && !error.is_decode(), "{error:?}");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(200));
    assert_eq!(error.body_text().as_deref(), Some("{\"id\":"));
}

/// Even if what came looks whole: the server meant to say more.
#[tokio::test]
async fn half_a_body_that_is_json_is_still_half() {
    let error = error(Answer::new(200, "{}").missing(1)).await;
    assert!(error.is_body(), "{error:?}");
}

#[tokio::test]
async fn a_large_body_comes_whole() {
    let name = "x".repeat(2 << 20);
    let body = format!("{{\"id\":\"{name}\"}}");
    let server = Server::always(Answer::new(200, body)).await;
    let invite = get(&callers::losant(&server), CallOptions::new()).await;
    assert_eq!(invite.expect("200").id, Some(name));
}
