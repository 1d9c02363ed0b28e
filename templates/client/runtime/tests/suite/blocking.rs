//! Waiting without `async`.

use crate::server::{Reply, Server};

const PAGE: &str =
    r#"{"items":[{"id":"1","role":"edit"},{"id":"2","role":"edit"}],"links":{"next":"/last"}}"#;
const LAST: &str = r#"{"items":[{"id":"3","role":"edit"}]}"#;

async fn pages() -> Server {
    Server::start(|request| match request.target.as_str() {
        "/last" => Reply::json(LAST),
        _ => Reply::json(PAGE),
    })
    .await
}

/// Runs what blocks in a thread where that does no harm.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test]
async fn a_call_is_waited_for() {
    let server = pages().await;
    let call = server.client().instance_org_invites().get("i", "o");
    let list = blocking(move || call.send().wait()).await.unwrap();
    assert_eq!(list.items.len(), 2);
}

#[tokio::test]
async fn an_error_is_as_it_is_elsewhere() {
    let server = Server::always(Reply::new("404 Not Found", &[], r#"{"type":"a"}"#)).await;
    let call = server.client().instance_org_invites().get("i", "o");
    let error = blocking(move || call.send().wait()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
}

#[tokio::test]
async fn pages_and_items_are_iterators() {
    let server = pages().await;
    let call = server.client().instance_org_invites().get("i", "o");
    let all = call.clone();
    let count = blocking(move || all.pages().wait().map(Result::unwrap).count()).await;
    assert_eq!(count, 2);
    let items = blocking(move || call.items().wait().collect::<Result<Vec<_>, _>>()).await;
    assert_eq!(items.unwrap().len(), 3);
}

#[test]
fn a_thread_without_a_runtime_can_wait() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(pages());
    let call = server.client().instance_org_invites().get("i", "o");
    assert_eq!(call.send().wait().unwrap().items.len(), 2);
}

#[tokio::test]
async fn waiting_where_one_should_not_blocks_but_does_no_harm() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.spawn(pages()).await.unwrap();
    let call = server.client().instance_org_invites().get("i", "o");
    assert_eq!(call.send().wait().unwrap().items.len(), 2);
    runtime.shutdown_background();
}
