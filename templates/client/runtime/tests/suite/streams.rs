//! What is read as it arrives: events, values and downloads, whatever pieces they come in.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http::{HeaderValue, Request, Response};

use crate::mini_client::instance_org_invites::GetError;
use crate::runtime::streams::download::download;
use crate::runtime::streams::events::SequenceError;
use crate::runtime::tables::api::Api;
use crate::runtime::transport::{Answer, ByteStream, TransportErrorKind};
use crate::runtime::{
    Body, CallOptions, CoreBuilder, Download, Event, Events, Operation, Transport, TransportError,
    Values,
};
use crate::sim::{Head, SimClock, SimServer};

const EVENTS: &str = "text/event-stream";
const LINES: &str = "application/x-ndjson";
const RECORDS: &str = "application/json-seq";

pub(crate) static API: Api = Api {
    name: "streams",
    version: "1.0.0",
    servers: &[],
    schemes: &[],
    parameters: &[],
    request_id_headers: &[],
};

pub(crate) static READ: Operation = Operation {
    id: "streams.read",
    ..Operation::USUAL
};

/// Answers everything with a body in these pieces.
#[derive(Clone, Debug)]
struct Pieces(&'static str, Vec<Bytes>);

impl Pieces {
    fn new(media_type: &'static str, pieces: &[&[u8]]) -> Self {
        let pieces = pieces.iter().map(|piece| Bytes::copy_from_slice(piece));
        Self(media_type, pieces.collect())
    }
}

impl Transport for Pieces {
    fn send(&self, _: Request<Body>, _: Option<Duration>) -> Answer<'_> {
        let Self(media_type, pieces) = self.clone();
        Box::pin(async move {
            let body: ByteStream = Box::pin(stream::iter(pieces.into_iter().map(Ok)));
            let mut answer = Response::new(body);
            let media_type = HeaderValue::from_static(media_type);
            answer.headers_mut().insert("content-type", media_type);
            Ok(answer)
        })
    }
}

/// What comes of a body that is opened like this, by a client that takes so much into memory.
fn read<T, R: Future>(
    pieces: Pieces,
    largest: u64,
    wrap: fn(Download) -> T,
    then: impl FnOnce(T) -> R,
) -> R::Output {
    let clock = SimClock::default();
    let mut builder = CoreBuilder::new(&API);
    builder.base_url("https://api.example");
    builder.clock(clock.clone());
    builder.transport(pieces);
    builder.largest_body(largest);
    let call = builder.build().unwrap().call(&READ);
    clock.run(async { then(call.open::<_, GetError>(wrap).await.unwrap()).await })
}

#[test]
fn the_client_s_limit_of_an_attempt_ends_where_the_body_begins() {
    let second = Duration::from_secs;
    let clock = SimClock::default();
    let server = SimServer::new(&clock, move |_, _| {
        let mut head = Head::new(200).piece("1\n").piece("2\n").piece("3\n");
        head.pace = second(2);
        head.whole()
    });
    let mut builder = CoreBuilder::new(&API);
    builder.base_url("https://api.example");
    builder.clock(clock.clone());
    builder.transport(server);
    builder.attempt_timeout(second(3));
    let core = builder.build().unwrap();
    let options = CallOptions::new;
    for (options, all) in [
        (options(), true),
        (options().timeout(second(60)), true),
        (options().timeout(second(5)), false),
    ] {
        let mut call = core.call(&READ);
        call.options(options.clone());
        let open = call.open::<_, GetError>(download);
        let bytes = clock.run(async { open.await.unwrap().bytes().await });
        assert_eq!(bytes.is_ok(), all, "{options:?}: {bytes:?}");
    }
}

/// What went wrong, in words that can be compared.
fn word(error: &SequenceError) -> String {
    match error {
        SequenceError::Transport(error) => error.kind().as_str().to_owned(),
        SequenceError::Decode(_) => "decode".to_owned(),
        other => panic!("{other}"),
    }
}

/// All events up to an error, which is the last.
fn events(pieces: &[&[u8]], largest: u64) -> Vec<Result<Event, String>> {
    let pieces = Pieces::new(EVENTS, pieces);
    read(pieces, largest, Events::of, async |mut events| {
        let mut all = Vec::new();
        while let Some(event) = events.next().await {
            all.push(event.map_err(|error| word(&error)));
        }
        all
    })
}

fn data(pieces: &[&[u8]]) -> Vec<String> {
    let events = events(pieces, u64::MAX).into_iter();
    events.map(|event| event.unwrap().data).collect()
}

/// All values and errors.
fn values(
    media_type: &'static str,
    pieces: &[&[u8]],
    largest: u64,
) -> Vec<Result<serde_json::Value, String>> {
    let pieces = Pieces::new(media_type, pieces);
    let wrap = Values::<serde_json::Value>::of;
    read(pieces, largest, wrap, async |mut values| {
        let mut all = Vec::new();
        while let Some(value) = values.next().await {
            all.push(value.map_err(|error| word(&error)));
        }
        all
    })
}

/// A record as text, or what is wrong with it.
fn records(body: &[u8]) -> Vec<String> {
    let values = values(RECORDS, &[body], u64::MAX).into_iter();
    let text = values.map(|value| value.map_or_else(|word| word, |value| value.to_string()));
    text.collect()
}

#[test]
fn a_blank_line_counts_whichever_piece_its_end_is_in() {
    assert_eq!(
        data(&[b"data: a\r\n", b"\n", b"data: b\n\n"]),
        ["a", "b"],
        "HTML, 9.2.5"
    );
    assert_eq!(
        data(&[b"data: a\r", b"\n", b"\r", b"\ndata: b\r\r"]),
        ["a", "b"]
    );
    assert_eq!(data(&[b"data: a\r", b"\n\n", b"data: b\n\n"]), ["a", "b"]);
}

#[test]
fn events_are_the_same_wherever_the_stream_is_cut() {
    let streams: [&[u8]; 8] = [
        b"data: a\n\ndata: b\n\n",
        b"data: a\r\n\r\ndata: b\r\n\r\n",
        b"data: a\r\rdata: b\r\r",
        b"data: a\r\n\ndata: b\n\r\n",
        b"data: a\n\r\ndata: b\r\r\n",
        b"\xef\xbb\xbfid: 1\nevent: e\nretry: 5\ndata: a\ndata: \xe2\x82\xac\r\n\r\n:c\n\ndata\n\n",
        b"\r\n\n\r\rdata:a\r\ndata\rdata:\n\n\n",
        b"data: a\n\ndata: not complete\n",
    ];
    for stream in streams {
        let whole = events(&[stream], u64::MAX);
        assert!(!whole.is_empty());
        for first in 0..=stream.len() {
            for second in first..=stream.len() {
                let pieces = [&stream[..first], &stream[first..second], &stream[second..]];
                assert_eq!(events(&pieces, u64::MAX), whole, "{pieces:?}");
            }
        }
    }
}

#[test]
fn values_are_the_same_wherever_the_body_is_cut() {
    let bodies: [(&'static str, &[u8]); 5] = [
        (LINES, b"1\n{\"a\":\"\\\"\"}\r\n\n[2]"),
        (
            RECORDS,
            b"\x1e{\n  \"a\": \"\\\"{\\\\\"\n}\n\x1e[1,\n2]\n\x1e3\n",
        ),
        (RECORDS, b"\x1e\x1e1\x1e\"a\"\x1e{\"b\":\n\x1etrue \x1e4"),
        (RECORDS, b"\x1e{} x\n\x1e}\n\x1e1\n"),
        (RECORDS, b"1\n{\n2\n"),
    ];
    for (media_type, body) in bodies {
        let whole = values(media_type, &[body], u64::MAX);
        assert!(!whole.is_empty());
        for cut in 0..=body.len() {
            let pieces = [&body[..cut], &body[cut..]];
            assert_eq!(values(media_type, &pieces, u64::MAX), whole, "{pieces:?}");
        }
    }
}

#[test]
fn a_record_may_have_many_lines_and_ends_at_its_separator() {
    assert_eq!(
        records(b"\x1e{\n  \"a\": [\n    1\n  ]\n}\n\x1e\"b\\n\"\n\x1e3\n"),
        [r#"{"a":[1]}"#, r#""b\n""#, "3"]
    );
    assert_eq!(
        records(b"\x1e{\"a\":\n1}\x1e[]\x1e\"c\""),
        [r#"{"a":1}"#, "[]", r#""c""#]
    );
}

#[test]
fn what_is_broken_of_a_record_does_not_reach_the_next_one() {
    let broken = b"\x1e{\"a\":\n\x1e\"b\n\x1e[1,\x1e{\"c\":1}\n";
    assert_eq!(
        records(broken),
        ["decode", "decode", "decode", r#"{"c":1}"#]
    );
}

#[test]
fn a_number_or_a_word_that_may_be_cut_off_is_an_error() {
    // RFC 7464, section 2.4.
    assert_eq!(
        records(b"\x1e12\x1etrue\x1e12 \x1enull\t\x1e34\n\x1e-1"),
        ["decode", "decode", "12", "null", "34", "decode"]
    );
    assert_eq!(records(b"\x1e[1]\x1e{}\x1e\"a\""), ["[1]", "{}", r#""a""#]);
    // Of lines, the last one may lack its end.
    assert_eq!(
        values(LINES, &[b"1\n23"], u64::MAX),
        [Ok(1.into()), Ok(23.into())]
    );
}

#[test]
fn a_record_is_handed_out_as_soon_as_it_has_come() {
    let pieces = [&b"\x1e{\n\"a\":1\n}\n"[..], b"\x1e2\n", b"\x1e3"];
    let pieces = pieces.map(Bytes::copy_from_slice).map(Ok);
    let (first, second) = (Values::<serde_json::Value>::of, Duration::from_secs(1));
    #[derive(Debug)]
    struct Slow(SimClock, [Result<Bytes, ()>; 3]);
    impl Transport for Slow {
        fn send(&self, _: Request<Body>, _: Option<Duration>) -> Answer<'_> {
            let Self(clock, pieces) = self;
            let (clock, pieces) = (clock.clone(), pieces.clone().map(Result::unwrap));
            Box::pin(async move {
                let body: ByteStream = Box::pin(stream::unfold(
                    (clock, pieces.into_iter()),
                    async |(clock, mut pieces)| {
                        let piece = pieces.next()?;
                        clock.wait(Duration::from_secs(1)).await;
                        Some((Ok::<_, TransportError>(piece), (clock, pieces)))
                    },
                ));
                Ok(Response::new(body))
            })
        }
    }
    let clock = SimClock::default();
    let mut builder = CoreBuilder::new(&API);
    builder.base_url("https://api.example");
    builder.clock(clock.clone());
    builder.transport(Slow(clock.clone(), pieces));
    let call = builder.build().unwrap().call(&READ);
    clock.run(async {
        let mut values = call.open::<_, GetError>(first).await.unwrap();
        values.next().await.unwrap().unwrap();
        assert_eq!(clock.time(), second);
        values.next().await.unwrap().unwrap();
        assert_eq!(clock.time(), second * 2);
    });
}

#[test]
fn an_event_takes_no_more_memory_than_a_body() {
    let too_large = || Err("too_large".to_owned());
    let good = |data: &str| {
        let mut event = Event::default();
        event.event = "message".to_owned();
        event.data = data.to_owned();
        Ok(event)
    };
    // A line without an end, a line that comes whole, and many small ones of one event.
    let streams: [&[u8]; 3] = [
        b"data: a\n\ndata: 0123456789abcdef",
        b"data: a\n\ndata: 0123456789abcdef\n\ndata: b\n\n",
        b"data: a\n\ndata: 0123\ndata: 4567\ndata: 89ab\n\n",
    ];
    for stream in streams {
        for cut in 0..=stream.len() {
            let pieces = [&stream[..cut], &stream[cut..]];
            assert_eq!(events(&pieces, 16), [good("a"), too_large()], "{pieces:?}");
        }
    }
    // Of many events, none of which is too large, there may be any number.
    let many = b"data: 0123456789\n\n".repeat(100);
    assert_eq!(events(&[&many], 16), vec![good("0123456789"); 100]);
}

#[test]
fn a_value_takes_no_more_memory_than_a_body() {
    for (media_type, body) in [
        (LINES, &b"1\n\"0123456789abcdef\"\n2\n"[..]),
        (
            RECORDS,
            &b"\x1e1\n\x1e[\n0,1,2,3,4,\n5,6,7,8,9]\n\x1e2\n"[..],
        ),
    ] {
        for cut in 0..=body.len() {
            let pieces = [&body[..cut], &body[cut..]];
            let expected = [Ok(1.into()), Err("too_large".to_owned())];
            assert_eq!(values(media_type, &pieces, 16), expected, "{pieces:?}");
        }
    }
}

#[test]
fn a_download_has_a_limit_only_as_a_whole() {
    let pieces = Pieces::new("image/png", &[b"0123456789", b"0123456789"]);
    let whole = read(pieces.clone(), 16, download, Download::bytes);
    assert_eq!(whole.unwrap_err().kind(), TransportErrorKind::TooLarge);
    let whole = read(pieces.clone(), 20, download, Download::bytes);
    assert_eq!(whole.unwrap().len(), 20);
    let length = read(pieces, 16, download, async |mut download| {
        let mut length = 0;
        while let Some(piece) = download.chunk().await {
            length += piece.unwrap().len();
        }
        length
    });
    assert_eq!(length, 20);
}

#[test]
fn the_word_that_ends_a_stream_ends_its_connection() {
    let clock = SimClock::default();
    let server = crate::sim::SimServer::new(&clock, |_, _| {
        let head = crate::sim::Head::new(200).header("content-type", EVENTS);
        let head = head.piece("data: 1\n\ndata: [DONE]\n\n");
        crate::sim::Fate::Answer(head, crate::sim::End::Silence)
    });
    let mut builder = CoreBuilder::new(&API);
    builder.base_url("https://api.example");
    builder.clock(clock.clone());
    builder.transport(server.clone());
    let call = builder.build().unwrap().call(&READ);
    clock.run(async {
        let mut events = call.open::<_, GetError>(Events::<u8>::json).await.unwrap();
        assert_eq!(events.next().await.unwrap().unwrap().data, 1);
        assert!(server.seen()[0].open);
        assert!(events.next().await.is_none());
        assert!(!server.seen()[0].open);
        assert!(events.next().await.is_none());
        assert_eq!(events.response().status(), 200);
    });
}

#[test]
fn a_mark_of_byte_order_before_the_first_value_is_passed_over() {
    let whole = values(LINES, &[b"\xef\xbb\xbf1\n2\n"], u64::MAX);
    assert_eq!(whole, values(LINES, &[b"1\n2\n"], u64::MAX));
}

#[test]
fn data_that_does_not_fit_is_an_error_with_its_place() {
    let mut event = Event::default();
    event.data = r#"{"a": [1.0, "x"]}"#.to_owned();
    let error = event.json::<BTreeMap<String, Vec<u8>>>().unwrap_err();
    assert_eq!(error.path(), Some("a[1]"));
}
