//! Which header wins, and which are refused.

use crate::runtime::CallOptions;
use crate::server::{Reply, Server};

const EMPTY: &str = r#"{"items":[]}"#;

#[tokio::test]
async fn the_call_goes_before_the_client_and_the_client_before_defaults() {
    let server = Server::always(Reply::json(EMPTY)).await;
    let client = server
        .builder()
        .header("accept-version", "client")
        .header("user-agent", "mine")
        .header("x-extra", "client")
        .losantdomain("client.example")
        .build()
        .unwrap();
    let get = || client.instance_org_invites().get("i", "o");
    get().send().await.unwrap();
    get()
        .accept_version("call")
        .losantdomain("call.example")
        .send()
        .await
        .unwrap();
    let options = CallOptions::new()
        .header("Accept-Version", "options")
        .header("x-extra", "call");
    get()
        .accept_version("call")
        .options(options)
        .send()
        .await
        .unwrap();

    let arrived = server.arrived();
    let all = |name| {
        arrived
            .iter()
            .map(|it| it.header(name).unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(all("accept-version"), ["client", "call", "options"]);
    assert_eq!(
        all("losantdomain"),
        ["client.example", "call.example", "client.example"]
    );
    assert_eq!(all("x-extra"), ["client", "client", "call"]);
    assert_eq!(all("user-agent"), ["mine"; 3]);
    for request in &arrived {
        let names = request
            .headers
            .iter()
            .filter(|(name, _)| name == "accept-version");
        assert_eq!(names.count(), 1);
    }
}

#[tokio::test]
async fn a_header_parameter_that_cannot_be_sent_is_named() {
    let server = Server::always(Reply::json(EMPTY)).await;
    let get = server.client().instance_org_invites().get("i", "o");
    let error = get.losantdomain("a\r\nx-evil: 1").send().await.unwrap_err();
    assert!(error.is_request());
    assert!(
        error
            .to_string()
            .contains("header parameter `losantdomain`"),
        "{error}"
    );
    assert_eq!(server.arrived().len(), 0);
}

#[tokio::test]
async fn a_header_of_the_call_that_cannot_be_sent_is_named() {
    let server = Server::always(Reply::json(EMPTY)).await;
    for (name, value, named) in [("x-a", "b\n", "`x-a`"), ("x a", "b", "`x a`")] {
        let options = CallOptions::new().header(name, value);
        let call = server
            .client()
            .instance_org_invites()
            .get("i", "o")
            .options(options);
        let error = call.send().await.unwrap_err();
        assert!(
            error.is_request() && error.to_string().contains(named),
            "{error}"
        );
    }
    assert_eq!(server.arrived().len(), 0);
}
