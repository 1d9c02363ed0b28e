//! Streams of events that break off and are taken up again.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::Request;

use crate::mini_client::instance_org_invites::GetError;
use crate::runtime::streams::events::SequenceError;
use crate::runtime::tables::api::{Api, Scheme, SchemeKind};
use crate::runtime::transport::TransportErrorKind;
use crate::runtime::transport::boxed::BoxFuture;
use crate::runtime::{
    Body, CallOptions, CoreBuilder, Events, Operation, RetryPolicy, SecretString, TokenContext,
    TokenError, TokenProvider,
};
use crate::server::{Reply, Server};
use crate::sim::{End, Fate, Head, Seen, SimClock, SimServer};

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

static GUARDED: Api = Api {
    schemes: &[Scheme {
        name: "token",
        kind: SchemeKind::Bearer,
    }],
    ..API
};

static LISTEN: Operation = Operation {
    security: &[&[0]],
    ..WATCH
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

/// HTML, 9.2.3: the id is encoded as UTF-8.
#[tokio::test]
async fn an_id_is_sent_back_in_any_letters() {
    let server = Server::start(|request| match request.header("last-event-id") {
        None => broken("retry: 5\nid: é1\ndata: a\n\n"),
        Some("é1") => whole("id: 2\ndata: b\n\n"),
        Some(other) => panic!("{other}"),
    })
    .await;
    let (ids, error) = ids(open(&server, &WATCH, CallOptions::new()).await).await;
    assert_eq!(ids, ["é1", "2"]);
    assert!(error.is_none(), "{error:?}");
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

/// A vault that is closed the second time that it is asked.
#[derive(Debug, Default)]
struct Vault(AtomicU32);

impl TokenProvider for Vault {
    fn token<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<SecretString, TokenError>> {
        let closed = self.0.fetch_add(1, Ordering::Relaxed) == 1;
        Box::pin(async move {
            match closed {
                true => Err(TokenError::new("the vault is closed").transient()),
                false => Ok("open sesame".into()),
            }
        })
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_had_for_a_while_does_not_end_it() {
    let server = Server::start(|request| match request.header("last-event-id") {
        None => broken("retry: 5\nid: 1\ndata: a\n\n"),
        Some(_) => whole("id: 2\ndata: b\n\n"),
    })
    .await;
    let mut builder = CoreBuilder::new(&GUARDED);
    builder.base_url(server.url());
    builder.retries(RetryPolicy::none());
    builder.credential_provider(0, Vault::default());
    let call = builder.build().unwrap().call(&LISTEN);
    let events = call.open::<_, GetError>(Events::of).await.unwrap();
    let (ids, error) = ids(events).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, ["1", "2"]);
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
    let events = open(&server, &WATCH, options).await;
    let (seen, error) = ids(events).await;
    assert_eq!(seen.len(), 1);
    assert!(error.unwrap().to_string().contains("time was up"));
}

fn ms(time: u64) -> Duration {
    Duration::from_millis(time)
}

/// What became of a stream.
struct Story {
    /// The data of each event, with the time at which it came.
    events: Vec<(String, u64)>,
    error: Option<SequenceError>,
    seen: Vec<Seen>,
    /// When all was over.
    time: Duration,
}

/// What becomes of the events of a server that answers each request like this, by a clock that is
/// not real.
fn story(
    decide: impl FnMut(&Request<Body>, &[Seen]) -> Fate + Send + 'static,
    options: CallOptions,
    set: fn(Events) -> Events,
) -> Story {
    let clock = SimClock::default();
    let server = SimServer::new(&clock, decide);
    let mut builder = CoreBuilder::new(&API);
    builder.base_url("https://api.example");
    builder.clock(clock.clone());
    builder.transport(server.clone());
    builder.retries(RetryPolicy::none());
    let mut call = builder.build().unwrap().call(&WATCH);
    call.options(options);
    let (events, error) = clock.run(async {
        let mut stream = set(call.open::<_, GetError>(Events::of).await.unwrap());
        let mut events = Vec::new();
        let mut last = None;
        while let Some(event) = stream.next().await {
            assert!(last.is_none(), "something came after {last:?}");
            match event {
                Ok(event) => {
                    let time = clock.time().as_millis();
                    events.push((event.data, u64::try_from(time).unwrap()));
                }
                Err(error) => last = Some(error),
            }
        }
        assert!(server.seen().iter().all(|seen| !seen.open));
        (events, last)
    });
    Story {
        events,
        error,
        seen: server.seen(),
        time: clock.time(),
    }
}

/// The head of a stream with this beginning.
fn stream(events: &str) -> Head {
    let head = Head::new(200).header("content-type", "text/event-stream");
    head.piece(events)
}

fn is_timeout(error: Option<&SequenceError>) -> bool {
    use SequenceError::Transport;
    matches!(error, Some(Transport(error)) if error.kind() == TransportErrorKind::Timeout)
}

#[test]
fn the_call_s_own_limit_is_that_of_all_its_connections() {
    let silent =
        |_: &Request<Body>, _: &[Seen]| Fate::Answer(stream("retry: 1\ndata: a\n\n"), End::Silence);
    for set in [|it| it, Events::endless] {
        let limit = CallOptions::new().timeout(ms(200));
        let Story {
            events,
            error,
            seen,
            time,
        } = story(silent, limit, set);
        assert_eq!(events, [("a".to_owned(), 0)]);
        assert!(is_timeout(error.as_ref()), "{error:?}");
        assert_eq!((seen.len(), time), (1, ms(200)));
    }
}

#[test]
fn a_further_connection_has_what_is_left_of_the_time() {
    let breaks = |_: &Request<Body>, _: &[Seen]| {
        let mut head = stream("retry: 10\ndata: a\n\n");
        head.pace = ms(80);
        Fate::Answer(head, End::Broken)
    };
    let limit = CallOptions::new().timeout(ms(200));
    let Story {
        events,
        error,
        seen,
        time,
    } = story(breaks, limit, |it| it);
    // The third begins at 180.
    assert_eq!(events, [("a".to_owned(), 80), ("a".to_owned(), 170)]);
    assert!(is_timeout(error.as_ref()), "{error:?}");
    assert_eq!((seen.len(), time), (3, ms(200)));
}

#[test]
fn an_attempt_s_limit_is_no_end_while_there_is_time_for_the_call() {
    let silent = |_: &Request<Body>, _: &[Seen]| {
        Fate::Answer(stream("retry: 10\ndata: a\n\n"), End::Silence)
    };
    let limits = CallOptions::new().timeout(ms(100)).attempt_timeout(ms(40));
    let Story {
        events,
        error,
        seen,
        time,
    } = story(silent, limits, |it| it);
    let times: Vec<_> = events.iter().map(|(_, time)| *time).collect();
    assert_eq!((times, seen.len(), time), (vec![0, 50], 2, ms(90)));
    assert!(is_timeout(error.as_ref()), "{error:?}");
}

#[test]
fn without_time_for_a_pause_a_broken_stream_is_given_up_at_once() {
    let breaks = |_: &Request<Body>, _: &[Seen]| {
        Fate::Answer(stream("retry: 500\ndata: a\n\n"), End::Broken)
    };
    let limit = CallOptions::new().timeout(ms(200));
    let Story {
        error, seen, time, ..
    } = story(breaks, limit, |it| it);
    assert!(error.unwrap().to_string().contains("connection broke"));
    assert_eq!((seen.len(), time), (1, ms(0)));
    let ends = |_: &Request<Body>, _: &[Seen]| stream("retry: 50\ndata: a\n\n").whole();
    let limit = CallOptions::new().timeout(ms(120));
    let Story {
        events,
        error,
        seen,
        time,
    } = story(ends, limit, Events::endless);
    assert_eq!((events.len(), error.is_none()), (3, true));
    assert_eq!((seen.len(), time), (3, ms(100)));
}

#[test]
fn a_pause_is_kept_from_when_it_is_said() {
    // HTML, section 9.2.6; what is no number says nothing.
    let cases = [
        ("retry: 10\n\n", 10),
        ("retry: 10\n\ndata: a\n\n", 10),
        ("retry: 10\ndata: a\n\ndata: b\n\n", 10),
        ("retry: 7\nretry: 10\ndata: not complete", 10),
        ("retry: 10\nretry:\nretry: x\nretry: +5\nretry: -5\n\n", 10),
        ("retry: 10\nretry: 99999999999999999999999\n\n", 10),
        ("retry: 7\n\nretry: 10\n\n", 10),
        ("data: a\n\n", 1000),
    ];
    for (said, pause) in cases {
        let decide = |_: &Request<Body>, before: &[Seen]| match before.len() {
            0 => Fate::Answer(stream(said), End::Broken),
            _ => stream("data: z\n\n").whole(),
        };
        let Story { events, error, .. } = story(decide, CallOptions::new(), |it| it);
        assert!(error.is_none(), "{error:?}");
        assert_eq!(events.last(), Some(&("z".to_owned(), pause)), "{said:?}");
    }
}

#[test]
fn a_further_answer_must_be_of_the_type_of_a_stream() {
    // HTML, section 9.2.3.
    let decide = |_: &Request<Body>, before: &[Seen]| match before.len() {
        0 => Fate::Answer(stream("data: a\n\n"), End::Broken),
        _ => Head::new(200)
            .header("content-type", "text/html; charset=utf-8")
            .piece("data: hi\n\n")
            .whole(),
    };
    let Story {
        events,
        error,
        seen,
        ..
    } = story(decide, CallOptions::new(), |it| it);
    assert_eq!((events.len(), seen.len()), (1, 2));
    let error = error.unwrap().to_string();
    let expected = "the stream could not be taken up again: 200 OK: the body does not fit: the body \
                    is `text/html; charset=utf-8` and not `text/event-stream`";
    assert_eq!(error, expected);
}

#[test]
fn a_server_that_mistakes_the_type_may_do_so_again() {
    let decide = |_: &Request<Body>, before: &[Seen]| {
        let media_type = [
            "text/plain",
            "Text/Plain; charset=utf-8",
            "text/event-stream",
        ];
        let head = Head::new(200).header("content-type", media_type[before.len()]);
        let end = [End::Broken, End::Broken, End::Whole];
        Fate::Answer(head.piece("data: a\n\n"), end[before.len()])
    };
    let Story {
        events,
        error,
        seen,
        ..
    } = story(decide, CallOptions::new(), |it| it);
    assert!(error.is_none(), "{error:?}");
    assert_eq!((events.len(), seen.len()), (3, 3));
}

#[test]
fn a_stream_that_is_answered_204_is_not_asked_for_again() {
    let Story {
        events,
        error,
        seen,
        ..
    } = story(
        |_, _| Head::new(204).whole(),
        CallOptions::new(),
        Events::endless,
    );
    assert_eq!((events.len(), error.is_none(), seen.len()), (0, true, 1));
}

#[test]
fn an_event_that_is_too_large_is_not_asked_for_again() {
    let decide = |_: &Request<Body>, before: &[Seen]| {
        assert!(before.is_empty());
        let large = "x".repeat(1 << 10);
        Fate::Answer(stream(&format!("data: {large}\n\n")), End::Silence)
    };
    let clock = SimClock::default();
    let server = SimServer::new(&clock, decide);
    let mut builder = CoreBuilder::new(&API);
    builder.base_url("https://api.example");
    builder.clock(clock.clone());
    builder.transport(server.clone());
    builder.largest_body(1 << 10);
    let call = builder.build().unwrap().call(&WATCH);
    clock.run(async {
        let events = call.open::<_, GetError>(Events::of).await.unwrap();
        let mut events = events.endless();
        let error = events.next().await.unwrap().unwrap_err();
        assert!(error.to_string().contains("larger than the client takes"));
        assert!(!server.seen()[0].open);
        assert!(events.next().await.is_none());
    });
}
