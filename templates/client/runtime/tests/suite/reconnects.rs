//! Streams of events that break off and are taken up again.

use std::time::Duration;

use crate::mini_client::instance_org_invites::GetError;
use crate::runtime::streams::events::SequenceError;
use crate::runtime::tables::api::Api;
use crate::runtime::{CallOptions, CoreBuilder, Events, Operation, RetryPolicy};
use crate::server::{Reply, Server};

static API: Api = Api {
    name: "events",
    version: "1.0.0",
    servers: &[],
    schemes: &[],
    parameters: &[],
    request_id_headers: &[],
};

static WATCH: Operation = Operation {
    id: "events.watch",
    accept: "text/event-stream",
    ..Operation::USUAL
};

static ASK: Operation = Operation {
    id: "events.ask",
    method: "POST",
    ..WATCH
};

/// Events without the end of the body.
fn broken(events: &str) -> Reply {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 999\r\n\r\n";
    Reply::Bytes(format!("{head}{events}").into_bytes())
}

/// Events to their end.
fn whole(events: &str) -> Reply {
    Reply::new("200 OK", &[("content-type", "text/event-stream")], events)
}

async fn open(server: &Server, operation: &'static Operation, options: CallOptions) -> Events {
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(server.url());
    builder.timeout(Duration::from_millis(300));
    builder.retries(RetryPolicy::none());
    let mut call = builder.build().unwrap().call(operation);
    call.options(options);
    call.open::<_, GetError>(Events::of).await.unwrap()
}

/// The ids of all events, and how it ended.
async fn ids(mut events: Events) -> (Vec<String>, Option<SequenceError>) {
    let mut ids = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => ids.push(event.id),
            Err(error) => return (ids, Some(error)),
        }
    }
    (ids, None)
}

#[tokio::test]
async fn a_broken_stream_goes_on_after_the_last_event() {
    let server = Server::start(|request| match request.header("last-event-id") {
        None => broken("retry: 5\nid: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: not com"),
        Some("2") => broken("id: 3\ndata: c\n\n"),
        Some(_) => whole("id: 4\ndata: d\n\n"),
    })
    .await;
    let (ids, error) = ids(open(&server, &WATCH, CallOptions::new()).await).await;
    assert_eq!(ids, ["1", "2", "3", "4"]);
    assert!(error.is_none(), "{error:?}");
    assert_eq!(server.arrived().len(), 3);
}

#[tokio::test]
async fn without_an_event_in_between_it_is_given_up() {
    let server = Server::always(broken("retry: 1\n\n")).await;
    let events = open(&server, &WATCH, CallOptions::new())
        .await
        .reconnects(2);
    let (ids, error) = ids(events).await;
    assert!(ids.is_empty());
    assert!(
        matches!(error, Some(SequenceError::Transport(_))),
        "{error:?}"
    );
    assert_eq!(server.arrived().len(), 3);
}

#[tokio::test]
async fn an_answer_that_is_no_stream_ends_it() {
    let server = Server::start(|request| match request.header("last-event-id") {
        None => broken("retry: 1\nid: 1\ndata: a\n\n"),
        Some(_) => Reply::new("403 Forbidden", &[], r#"{"message":"not any more"}"#),
    })
    .await;
    let (ids, error) = ids(open(&server, &WATCH, CallOptions::new()).await).await;
    assert_eq!(ids, ["1"]);
    let error = error.unwrap().to_string();
    assert_eq!(
        error,
        "the stream could not be taken up again: 403 Forbidden: not any more"
    );
}

#[tokio::test]
async fn an_endless_stream_ends_with_204() {
    let server = Server::start(|request| match request.header("last-event-id") {
        None => whole("retry: 1\nid: 1\ndata: a\n\n"),
        Some("1") => whole("id: 2\ndata: b\n\n"),
        Some(_) => Reply::new("204 No Content", &[], ""),
    })
    .await;
    let events = open(&server, &WATCH, CallOptions::new()).await.endless();
    let (ids, error) = ids(events).await;
    assert_eq!(
        (ids, error.is_none()),
        (vec!["1".to_owned(), "2".to_owned()], true)
    );
    assert_eq!(server.arrived().len(), 3);
}

#[tokio::test]
async fn what_does_something_is_not_done_twice() {
    let server = Server::always(broken("retry: 1\nid: 1\ndata: a\n\n")).await;
    let (ids, error) = ids(open(&server, &ASK, CallOptions::new()).await).await;
    assert_eq!(ids, ["1"]);
    assert!(
        matches!(error, Some(SequenceError::Transport(_))),
        "{error:?}"
    );
    assert_eq!(server.arrived().len(), 1);
}

#[tokio::test]
async fn the_client_s_limit_ends_where_the_events_begin_and_the_call_s_does_not() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\nid: 1\ndata: a\n\n";
    let slow = Reply::Stall(head.as_bytes().to_vec(), Duration::from_millis(600));
    let server = Server::always(slow).await;
    let events = open(&server, &WATCH, CallOptions::new()).await;
    let (seen, error) = ids(events).await;
    assert_eq!((seen.len(), error.is_none()), (1, true));
    let options = CallOptions::new().timeout(Duration::from_millis(200));
    let events = open(&server, &WATCH, options).await.reconnects(0);
    let (seen, error) = ids(events).await;
    assert_eq!(seen.len(), 1);
    assert!(error.unwrap().to_string().contains("time was up"));
}
