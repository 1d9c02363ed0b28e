//! No credential is ever shown: not by a client, a call, a list or an error.

use std::error::Error;
use std::fmt::Debug;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::mini_client::{Client, ClientBuilder};
use crate::runtime::RetryPolicy;
use crate::server::{Reply, Server};

/// A word that is in every credential of these tests, and its Base64 as a password's part.
const SECRETS: [&str; 2] = ["hunter2", "aHVudGVyMg"];

fn assert_clean(what: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} shows a secret: {text}");
    }
    assert!(!text.is_empty(), "{what}");
}

fn assert_debug_clean(what: &str, value: &impl Debug) {
    assert_clean(what, &format!("{value:?}"));
    assert_clean(what, &format!("{value:#?}"));
}

/// A way to set a credential, with its name.
type Way = (&'static str, fn(ClientBuilder) -> ClientBuilder);

/// Every way to set a credential, one at a time.
fn ways() -> Vec<Way> {
    vec![
        ("bearer", |client| client.access_token("hunter2")),
        ("basic", |client| client.login("use", "hunter2")),
        ("header and cookie", |client| {
            client.api_key("hunter2").cookie_key("hunter2")
        }),
        ("query", |client| client.query_key("hunter2")),
        ("header of the client", |client| {
            client.header("x-own-key", "hunter2")
        }),
    ]
}

#[tokio::test]
async fn clients_and_calls_show_no_secret() {
    for (way, set) in ways() {
        let builder = set(Client::builder());
        assert_debug_clean(way, &builder);
        let client = builder.build().unwrap();
        assert_debug_clean(way, &client);
        let invites = client.instance_org_invites();
        assert_debug_clean(way, &invites);
        let get = invites.get("i", "o").losantdomain("hunter2");
        assert_debug_clean(way, &get);
        assert_debug_clean(way, &get.clone().pages());
        assert_debug_clean(way, &get.clone().items());
        assert_debug_clean(way, &get.send());
    }
}

async fn error_is_clean(way: &str, client: &Client) {
    let error = client
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap_err();
    assert_debug_clean(way, &error);
    assert_clean(way, &error.to_string());
    let mut source = error.source();
    while let Some(error) = source {
        assert_clean(way, &error.to_string());
        assert_clean(way, &format!("{error:?}"));
        source = error.source();
    }
}

#[tokio::test]
async fn errors_show_no_secret() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nowhere = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let replies = [
        Reply::Close,
        Reply::Bytes(b"nonsense\r\n\r\n".to_vec()),
        Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec()),
        Reply::Stall(Vec::new(), Duration::from_secs(60)),
        Reply::new("404 Not Found", &[], r#"{"type":"a","message":"b"}"#),
        Reply::new("500 Oops", &[("set-cookie", "session=hunter2")], "hunter2"),
        Reply::redirect("302 Found", "http://other.example/?key=hunter2"),
        Reply::json(r#"{"items":5}"#),
    ];
    for (way, set) in ways() {
        error_is_clean(
            way,
            &set(Client::builder().base_url(nowhere.as_str()))
                .build()
                .unwrap(),
        )
        .await;
        for reply in &replies {
            let server = Server::always(reply.clone()).await;
            let quick = RetryPolicy::new().base(Duration::from_millis(1));
            let builder = server.builder().timeout(Duration::from_millis(300));
            let builder = builder.retries(quick);
            error_is_clean(way, &set(builder).build().unwrap()).await;
            assert!(!server.arrived().is_empty(), "{way}");
        }
    }
}

#[tokio::test]
async fn a_refused_link_is_not_repeated() {
    let body = r#"{"items":[],"links":{"next":"https://other.example/?key=hunter2"}}"#;
    let server = Server::always(Reply::json(body)).await;
    let mut pages = server.client().instance_org_invites().get("i", "o").pages();
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert_clean("next link", &error.to_string());
    assert_debug_clean("next link", &error);
}
