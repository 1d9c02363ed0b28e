//! No credential is ever shown by a client, a call or a list. What goes wrong is in
//! `secrets_everywhere`.

use std::fmt::Debug;

use crate::mini_client::{Client, ClientBuilder};
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
