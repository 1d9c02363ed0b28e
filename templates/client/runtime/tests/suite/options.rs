//! Settings of one call.

use std::time::Duration;

use crate::runtime::CallOptions;
use crate::server::{Reply, Server};

fn slow() -> Reply {
    Reply::Stall(Vec::new(), Duration::from_secs(60))
}

#[tokio::test]
async fn a_call_may_have_less_time_than_others() {
    let server = Server::always(slow()).await;
    let options = CallOptions::new().timeout(Duration::from_millis(100));
    let call = server
        .client()
        .instance_org_invites()
        .get("i", "o")
        .options(options);
    assert!(call.send().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_call_may_have_more_time_than_others() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"items\":[]}".to_vec();
    let server = Server::start(move |_| {
        std::thread::sleep(Duration::from_millis(300));
        Reply::Bytes(answer.clone())
    });
    let server = server.await;
    let client = server
        .builder()
        .timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let options = CallOptions::new().timeout(Duration::MAX);
    let call = client.instance_org_invites().get("i", "o").options(options);
    assert!(call.send().await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_call_may_go_elsewhere() {
    let server = Server::always(Reply::json(r#"{"items":[]}"#)).await;
    let other = Server::always(Reply::json(r#"{"items":[]}"#)).await;
    let options = CallOptions::new().base_url(other.url() + "/eu");
    let call = server
        .client()
        .instance_org_invites()
        .get("i", "o")
        .options(options);
    call.send().await.unwrap();
    assert!(other.only().target.starts_with("/eu/instances/i/"));
    assert_eq!(server.arrived().len(), 0);
}

#[tokio::test]
async fn a_bad_base_url_of_a_call_is_refused() {
    let server = Server::always(slow()).await;
    let options = CallOptions::new().base_url("nowhere");
    let call = server
        .client()
        .instance_org_invites()
        .get("i", "o")
        .options(options);
    let error = call.send().await.unwrap_err();
    assert!(error.is_request() && error.to_string().contains("the base URL is not valid"));
}

#[test]
fn values_of_headers_are_not_shown() {
    let options = CallOptions::new()
        .header("x-key", "hunter2")
        .timeout(Duration::from_secs(1));
    let text = format!("{options:?}");
    assert!(
        text.contains("x-key") && !text.contains("hunter2"),
        "{text}"
    );
}
