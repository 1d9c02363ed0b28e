//! What arrives at the server.

use crate::mini_client::types::{OrgInvitePost, OrgInvitePostRole};
use crate::server::{Reply, Server};

const EMPTY: &str = r#"{"items":[]}"#;

#[tokio::test]
async fn a_get_arrives_with_its_defaults() {
    let server = Server::always(Reply::json(EMPTY)).await;
    let list = server
        .client()
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap();
    assert!(list.items.is_empty());
    let arrived = server.only();
    assert_eq!(arrived.method, "GET");
    assert_eq!(
        arrived.target,
        "/instances/i/orgs/o/invites?_actions=false&version=2021-06-04"
    );
    assert_eq!(arrived.header("accept"), Some("application/json"));
    assert_eq!(arrived.header("user-agent"), Some("losant-invites/1.2.3"));
    assert_eq!(arrived.header("accept-version"), Some("^1.28.3"));
    for absent in ["losantdomain", "authorization", "cookie", "content-type"] {
        assert_eq!(arrived.header(absent), None, "{absent}");
    }
    assert_eq!(arrived.body, "");
}

#[tokio::test]
async fn values_that_are_set_arrive() {
    let server = Server::always(Reply::json(EMPTY)).await;
    let client = server
        .builder()
        .losantdomain("a.example")
        .version("2")
        .build()
        .unwrap();
    let get = client.instance_org_invites().get("i", "o");
    get.sort_field("role & name")
        .actions(Some(true))
        .theme("dark;x")
        .send()
        .await
        .unwrap();
    let arrived = server.only();
    let query = "sortField=role%20%26%20name&_actions=true&version=2";
    assert_eq!(
        arrived.target,
        format!("/instances/i/orgs/o/invites?{query}")
    );
    assert_eq!(arrived.header("losantdomain"), Some("a.example"));
    assert_eq!(arrived.header("cookie"), Some("theme=dark%3Bx"));
}

#[tokio::test]
async fn null_switches_a_default_off() {
    let server = Server::always(Reply::json(EMPTY)).await;
    let get = server.client().instance_org_invites().get("i", "o");
    get.actions(None).send().await.unwrap();
    assert_eq!(
        server.only().target,
        "/instances/i/orgs/o/invites?version=2021-06-04"
    );
}

#[tokio::test]
async fn a_body_arrives_as_json() {
    let server = Server::always(Reply::new("201 Created", &[], r#"{"id":"1","role":"x"}"#)).await;
    let invite = OrgInvitePost::new("a@b", OrgInvitePostRole::Edit);
    let client = server.client();
    let sent = client
        .instance_org_invites()
        .post("i", "o", invite)
        .send()
        .await
        .unwrap();
    assert_eq!(sent.role, OrgInvitePostRole::Unrecognized("x".to_owned()));
    let arrived = server.only();
    assert_eq!(arrived.method, "POST");
    assert_eq!(arrived.body, r#"{"email":"a@b","role":"edit"}"#);
    assert_eq!(arrived.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn an_answer_without_content_is_a_success() {
    let server = Server::always(Reply::Bytes(
        b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec(),
    ))
    .await;
    let call = server
        .client()
        .instance_org_invites()
        .delete("x")
        .reason("gone");
    call.send().await.unwrap();
    let arrived = server.only();
    assert_eq!(arrived.method, "DELETE");
    assert_eq!(arrived.target, "/invites/x?reason=gone");
    assert_eq!(arrived.header("accept"), Some("*/*"));
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_awaited() {
    let server = Server::always(Reply::json(EMPTY)).await;
    drop(server.client().instance_org_invites().get("i", "o").send());
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert_eq!(server.arrived().len(), 0);
}

#[tokio::test]
async fn a_base_url_with_a_path_stays_in_front() {
    let server = Server::always(Reply::json(EMPTY)).await;
    for base in ["/rest", "/rest/"] {
        let client = server
            .builder()
            .base_url(server.url() + base)
            .build()
            .unwrap();
        client
            .instance_org_invites()
            .get("i", "o")
            .send()
            .await
            .unwrap();
    }
    for arrived in server.arrived() {
        assert!(
            arrived.target.starts_with("/rest/instances/i/"),
            "{}",
            arrived.target
        );
    }
    assert_eq!(server.arrived().len(), 2);
}
