//! Servers that are slow, absent, rude or cut short.

use std::error::Error;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::mini_client::Client;
use crate::server::{Reply, Server};

#[tokio::test]
async fn a_refused_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::builder().base_url(url.as_str()).build().unwrap();
    let error = client
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_connect() && !error.is_timeout() && !error.is_interrupted());
    assert_eq!((error.status(), error.body_text()), (None, None));
    assert_eq!(
        error.to_string(),
        format!("instanceOrgInvites.get: no connection could be made ({url})")
    );
    let mut chain = Vec::new();
    let mut source = error.source();
    while let Some(error) = source {
        chain.push(error.to_string());
        source = error.source();
    }
    assert!(chain.last().unwrap().contains("refused"), "{chain:?}");
}

#[tokio::test]
async fn a_connection_that_is_closed_without_an_answer() {
    let server = Server::always(Reply::Close).await;
    let error = server
        .client()
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap_err();
    assert!(
        error.is_interrupted() && !error.is_connect() && !error.is_body(),
        "{error:?}"
    );
    assert!(
        error.to_string().contains("broke before an answer came"),
        "{error}"
    );
}

#[tokio::test]
async fn an_answer_that_is_not_http() {
    let server = Server::always(Reply::Bytes(b"SSH-2.0-x\r\n\r\n".to_vec())).await;
    let error = server
        .client()
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_interrupted(), "{error:?}");
}

#[tokio::test]
async fn a_body_that_ends_early() {
    let head = "HTTP/1.1 200 OK\r\nlosant-request-id: r\r\ncontent-length: 99\r\n\r\n{\"items\":";
    let server = Server::always(Reply::Bytes(head.as_bytes().to_vec())).await;
    let error = server
        .client()
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap_err();
    assert!(
        error.is_body() && !error.is_decode() && !error.is_interrupted(),
        "{error:?}"
    );
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some("r"));
    assert_eq!(error.body_text().as_deref(), Some("{\"items\":"));
    let line = "instanceOrgInvites.get: 200 OK: the connection broke while the body was read";
    assert!(error.to_string().starts_with(line), "{error}");
}

#[tokio::test]
async fn a_chunked_body_that_ends_early() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"ite";
    let server = Server::always(Reply::Bytes(head.as_bytes().to_vec())).await;
    let error = server
        .client()
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_body(), "{error:?}");
}

#[tokio::test]
async fn a_server_that_does_not_answer_in_time() {
    let server = Server::always(Reply::Stall(Vec::new(), Duration::from_secs(60))).await;
    let client = server
        .builder()
        .timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    let error = client
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    assert_eq!(error.status(), None);
    assert!(error.to_string().contains("the time was up"), "{error}");
}

#[tokio::test]
async fn a_body_that_does_not_end_in_time() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec();
    let server = Server::always(Reply::Stall(head, Duration::from_secs(60))).await;
    let client = server
        .builder()
        .timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let error = client
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_timeout() && !error.is_body(), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
}

#[tokio::test]
async fn a_body_that_came_encoded_says_so() {
    let server = Server::always(Reply::new(
        "200 OK",
        &[("content-encoding", "gzip")],
        "\u{1f}",
    ));
    let client = server.await.client();
    let get = client.instance_org_invites().get("i", "o").send();
    let error = get.await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    let end = "(it came encoded, which was not asked for)";
    assert!(error.to_string().ends_with(end), "{error}");
}
