//! Credentials arrive where their schemes say, and alternatives are tried in order.

use crate::mini_client::ClientBuilder;
use crate::runtime::{CallOptions, Credential};
use crate::server::{Arrived, Reply, Server};

async fn arrives(set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Arrived {
    let server = Server::always(Reply::json(r#"{"items":[]}"#)).await;
    let client = set(server.builder()).build().unwrap();
    client
        .instance_org_invites()
        .get("i", "o")
        .theme("dark")
        .send()
        .await
        .unwrap();
    server.only()
}

#[tokio::test]
async fn bearer() {
    let arrived = arrives(|client| client.access_token("secret")).await;
    assert_eq!(arrived.header("authorization"), Some("Bearer secret"));
}

#[tokio::test]
async fn basic() {
    let cases = [
        ("Aladdin", "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ("test", "123\u{a3}", "dGVzdDoxMjPCow=="),
        ("key", "", "a2V5Og=="),
        ("a", "b", "YTpi"),
    ];
    for (user, password, expected) in cases {
        let arrived = arrives(|client| client.login(user, password)).await;
        assert_eq!(
            arrived.header("authorization"),
            Some(format!("Basic {expected}").as_str())
        );
    }
}

#[tokio::test]
async fn a_combination_is_used_only_when_complete() {
    let arrived = arrives(|client| client.api_key("k").cookie_key("YWJj/ZGVm+==%")).await;
    assert_eq!(arrived.header("x-api-key"), Some("token k"));
    // A cookie is not percent-encoded.
    assert_eq!(
        arrived.header("cookie"),
        Some("theme=dark; session=YWJj/ZGVm+==%")
    );
    let arrived = arrives(|client| client.api_key("k").query_key("a b&c")).await;
    assert_eq!(arrived.header("x-api-key"), None);
    assert!(
        arrived
            .target
            .ends_with("version=2021-06-04&api%20key=a%20b%26c")
    );
}

#[tokio::test]
async fn the_first_complete_alternative_is_used() {
    let arrived = arrives(|client| client.login("u", "p").access_token("secret")).await;
    assert_eq!(arrived.header("authorization"), Some("Bearer secret"));
}

#[tokio::test]
async fn an_operation_without_security_gets_no_credential() {
    let server = Server::always(Reply::new("204 No Content", &[], "")).await;
    let client = server.builder().access_token("secret").build().unwrap();
    client
        .instance_org_invites()
        .delete("x")
        .reason("y")
        .send()
        .await
        .unwrap();
    assert_eq!(server.only().header("authorization"), None);
}

#[tokio::test]
async fn a_credential_goes_before_a_header_of_the_client_but_not_of_the_call() {
    let server = Server::always(Reply::json(r#"{"items":[]}"#)).await;
    let builder = server
        .builder()
        .access_token("secret")
        .header("authorization", "client");
    let client = builder.build().unwrap();
    let get = || client.instance_org_invites().get("i", "o");
    get().send().await.unwrap();
    get()
        .options(CallOptions::new().header("authorization", "call"))
        .send()
        .await
        .unwrap();
    let arrived = server.arrived();
    assert_eq!(arrived[0].header("authorization"), Some("Bearer secret"));
    assert_eq!(arrived[1].header("authorization"), Some("call"));
}

#[tokio::test]
async fn a_credential_of_the_call_goes_before_those_of_the_client() {
    let server = Server::always(Reply::json(r#"{"items":[]}"#)).await;
    let client = server.builder().access_token("client").build().unwrap();
    let call = |options: CallOptions| {
        let get = client.instance_org_invites().get("i", "o");
        get.options(options).send()
    };
    let login = Credential::basic("user", "password");
    let options = [
        CallOptions::new().credential("accessToken", Credential::token("call")),
        // Another alternative than the client's.
        CallOptions::new().credential("login", login),
        // Half an alternative is none.
        CallOptions::new().credential("apiKey", Credential::token("key")),
        CallOptions::new().anonymous(),
        CallOptions::new(),
    ];
    for options in options {
        call(options).await.unwrap();
    }
    let arrived = server.arrived();
    let sent: Vec<_> = arrived
        .iter()
        .map(|it| it.header("authorization"))
        .collect();
    let expected = [
        Some("Bearer call"),
        Some("Basic dXNlcjpwYXNzd29yZA=="),
        Some("Bearer client"),
        None,
        Some("Bearer client"),
    ];
    assert_eq!(sent, expected);
    assert!(arrived.iter().all(|it| it.header("x-api-key").is_none()));
}

#[tokio::test]
async fn a_credential_for_no_scheme_is_refused() {
    let server = Server::always(Reply::json(r#"{"items":[]}"#)).await;
    let client = server.client();
    let cases = [
        (
            CallOptions::new().credential("nothing", Credential::token("hunter2")),
            "the API has no security scheme `nothing`",
        ),
        (
            CallOptions::new().credential("login", Credential::token("hunter2")),
            "credential `login` needs a user name and a password",
        ),
        (
            CallOptions::new().credential("accessToken", Credential::basic("a", "hunter2")),
            "credential `accessToken` takes one token, not a user name and a password",
        ),
        (
            CallOptions::new().credential("accessToken", Credential::token("hunter2\n")),
            "credential `accessToken` has characters that a header cannot carry, such as a line break",
        ),
    ];
    for (options, expected) in cases {
        let get = client.instance_org_invites().get("i", "o").options(options);
        let error = get.send().await.unwrap_err();
        assert!(error.is_request() && error.attempts() == 0);
        assert_eq!(
            error.to_string(),
            format!("instanceOrgInvites.get: not sent: {expected}")
        );
    }
    assert!(server.arrived().is_empty());
}
