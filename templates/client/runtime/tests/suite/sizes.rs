//! How much of a body is taken into memory.

use std::time::Duration;

use crate::server::{Reply, Server};

async fn fails(reply: Reply) -> (String, Option<String>) {
    let server = Server::always(reply).await;
    let builder = server.builder().largest_body(16);
    let client = builder.timeout(Duration::from_secs(20)).build().unwrap();
    let get = client.instance_org_invites().get("i", "o").send();
    let error = get.await.unwrap_err();
    assert!(error.is_too_large() && !error.is_body(), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(server.arrived().len(), 1);
    (
        error.to_string(),
        error.body_text().map(|it| it.into_owned()),
    )
}

#[tokio::test]
async fn a_body_that_is_announced_as_too_large_is_not_read() {
    // It would never come.
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 17\r\n\r\n".to_vec();
    let (error, body) = fails(Reply::Stall(head, Duration::from_secs(60))).await;
    assert!(
        error.contains("200 OK: the body is larger than the client takes"),
        "{error}"
    );
    assert_eq!(body.as_deref(), Some(""));
}

#[tokio::test]
async fn a_body_that_turns_out_too_large_is_given_up() {
    let body = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
        8\r\n{\"items\"\r\n8\r\n:       \r\n2\r\n[]\r\n";
    let reply = Reply::Stall(body.as_bytes().to_vec(), Duration::from_secs(60));
    let (error, _) = fails(reply).await;
    assert!(
        error.contains("the body is larger than the client takes"),
        "{error}"
    );
}

#[tokio::test]
async fn a_body_that_is_just_small_enough_is_taken() {
    let server = Server::always(Reply::json(r#"{"items": [   ]}"#)).await;
    let client = server.builder().largest_body(16).build().unwrap();
    let get = client.instance_org_invites().get("i", "o").send();
    get.await.unwrap();
}

#[tokio::test]
async fn a_body_that_cannot_come_is_not_too_large() {
    for status in ["204 No Content", "304 Not Modified"] {
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: 99999999999\r\n\r\n");
        let server = Server::always(Reply::Bytes(head.into_bytes())).await;
        let client = server.builder().largest_body(16).build().unwrap();
        let get = client.instance_org_invites().get("i", "o").send();
        let error = get.await.unwrap_err();
        assert!(!error.is_too_large(), "{error:?}");
        assert_eq!(error.body_text().as_deref(), Some(""));
    }
}
