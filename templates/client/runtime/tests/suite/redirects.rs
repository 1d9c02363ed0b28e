//! Redirects are followed where that is safe; what says who the caller is stays at home.

use crate::mini_client::types::{OrgInvitePost, OrgInvitePostRole};
use crate::runtime::CallOptions;
use crate::server::{Reply, Server};

const EMPTY: &str = r#"{"items":[]}"#;

#[tokio::test]
async fn a_get_follows_to_the_same_origin_with_its_credentials() {
    for status in ["301 x", "302 x", "303 x", "307 x", "308 x"] {
        let server = Server::start(move |request| match request.target.as_str() {
            "/new?a=b" => Reply::json(EMPTY),
            _ => Reply::redirect(status, "/new?a=b"),
        })
        .await;
        let client = server.builder().access_token("secret").build().unwrap();
        client
            .instance_org_invites()
            .get("i", "o")
            .send()
            .await
            .unwrap();
        let arrived = server.arrived();
        assert_eq!(arrived.len(), 2, "{status}");
        assert_eq!(arrived[1].header("authorization"), Some("Bearer secret"));
        assert_eq!(arrived[1].header("accept-version"), Some("^1.28.3"));
    }
}

#[tokio::test]
async fn another_origin_learns_nothing_of_the_caller() {
    let other = Server::always(Reply::json(EMPTY)).await;
    let target = other.url() + "/steal";
    let server = Server::always(Reply::redirect("302 Found", &target)).await;
    let client = server
        .builder()
        .api_key("secret")
        .cookie_key("secret")
        .build()
        .unwrap();
    let options = CallOptions::new().header("x-own", "secret");
    client
        .instance_org_invites()
        .get("i", "o")
        .losantdomain("secret")
        .options(options)
        .send()
        .await
        .unwrap();
    assert_eq!(server.arrived().len(), 1);
    let arrived = other.arrived();
    let [request] = arrived.as_slice() else {
        panic!("{arrived:?}");
    };
    assert_eq!(request.target, "/steal");
    assert_eq!(request.header("accept"), Some("application/json"));
    for name in [
        "x-api-key",
        "cookie",
        "authorization",
        "x-own",
        "losantdomain",
    ] {
        assert_eq!(request.header(name), None, "{name}");
    }
    assert!(!format!("{request:?}").contains("secret"));
}

#[tokio::test]
async fn a_post_is_not_sent_twice() {
    let server = Server::always(Reply::redirect("307 Temporary Redirect", "/new")).await;
    let invite = OrgInvitePost::new("a@b", OrgInvitePostRole::Edit);
    let call = server
        .client()
        .instance_org_invites()
        .post("i", "o", invite);
    assert_eq!(call.send().await.unwrap_err().status().unwrap(), 307);
    assert_eq!(server.arrived().len(), 1);
}

#[tokio::test]
async fn redirects_that_do_not_end_are_given_up() {
    let server = Server::always(Reply::redirect("302 Found", "/again")).await;
    let error = server
        .client()
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_undocumented_status());
    assert_eq!(server.arrived().len(), 11);
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_an_answer() {
    for reply in [
        Reply::new("302 Found", &[], ""),
        Reply::redirect("302 Found", "http://["),
    ] {
        let server = Server::always(reply).await;
        let error = server
            .client()
            .instance_org_invites()
            .get("i", "o")
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap(), 302);
    }
}

#[tokio::test]
async fn a_user_name_in_a_redirect_does_not_replace_the_credential() {
    let (send, receive) = std::sync::mpsc::channel::<String>();
    let receive = std::sync::Mutex::new(receive);
    let server = Server::start(move |request| match request.target.as_str() {
        "/new" => Reply::json(EMPTY),
        _ => Reply::redirect("302 x", &receive.lock().unwrap().recv().unwrap()),
    })
    .await;
    send.send(server.url().replace("http://", "http://me:pw@") + "/new")
        .unwrap();
    let client = server.builder().access_token("secret").build().unwrap();
    client
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap();
    assert_eq!(
        server.arrived()[1].header("authorization"),
        Some("Bearer secret")
    );
}
