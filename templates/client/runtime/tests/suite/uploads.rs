//! Bodies that are read as they are sent.

use std::error::Error as _;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::Version;

use crate::calls::NoError;
use crate::runtime::transport::body::{Pieces, UploadError};
use crate::runtime::{
    Api, Core, CoreBuilder, Error, File, Form, Operation, ReqwestTransport, Upload, response,
};
use crate::server::{Reply, Server};
use crate::wire::Wire;

static API: Api = Api {
    name: "uploads",
    version: "1",
    servers: &[],
    schemes: &[],
    parameters: &[],
    request_id_headers: &[],
};

static PUT: Operation = Operation {
    id: "put",
    method: "PUT",
    ..Operation::USUAL
};

fn core(url: String) -> Core {
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(url);
    builder.build().unwrap()
}

async fn put(core: &Core, upload: Upload) -> Result<(), Error<NoError>> {
    let mut call = core.call(&PUT);
    call.body_bytes("application/octet-stream", upload);
    call.send(response::empty).await
}

fn pieces(pieces: &'static [&'static str]) -> Pieces {
    let pieces = pieces.iter().map(|piece| Ok(Bytes::from(*piece)));
    Box::pin(futures_util::stream::iter(pieces))
}

/// A stream of many bytes, none of which is kept, that watches how far it is ahead of the server.
struct Flood {
    left: u64,
    made: u64,
    arrived: Arc<AtomicU64>,
    furthest: Arc<AtomicU64>,
}

const PIECE: u64 = 1 << 16;

impl Stream for Flood {
    type Item = Result<Bytes, UploadError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        self.made += PIECE;
        let ahead = self
            .made
            .saturating_sub(self.arrived.load(Ordering::Relaxed));
        self.furthest.fetch_max(ahead, Ordering::Relaxed);
        Poll::Ready(Some(Ok(Bytes::from(vec![b'a'; PIECE as usize]))))
    }
}

fn flood(wire: &Wire, furthest: &Arc<AtomicU64>) -> Upload {
    let (arrived, furthest) = (Arc::clone(&wire.arrived), Arc::clone(furthest));
    Upload::stream(move || {
        Box::pin(Flood {
            left: 1024,
            made: 0,
            arrived: Arc::clone(&arrived),
            furthest: Arc::clone(&furthest),
        })
    })
}

#[tokio::test]
async fn a_large_upload_is_never_in_memory() {
    let wire = Wire::start(None, "{}").await;
    let furthest = Arc::default();
    let core = core(format!("http://{}", wire.address));
    put(&core, flood(&wire, &furthest).length(1024 * PIECE))
        .await
        .unwrap();
    put(&core, flood(&wire, &furthest)).await.unwrap();
    let mut form = Form::new();
    form.field("a", "b");
    form.file("c", File::new(flood(&wire, &furthest)).name("d"));
    let mut call = core.call(&PUT);
    call.body_parts(form);
    call.send::<_, NoError>(response::empty).await.unwrap();

    let got = wire.got();
    let lengths: Vec<_> = got
        .iter()
        .map(|got| got.headers.get("content-length"))
        .collect();
    assert_eq!(lengths[0].unwrap(), "67108864");
    assert_eq!(lengths[1..], [None, None]);
    let chunked = got
        .iter()
        .map(|got| got.headers.contains_key("transfer-encoding"));
    assert_eq!(chunked.collect::<Vec<_>>(), [false, true, true]);
    assert!(got.iter().all(|got| got.bytes >= 1024 * PIECE));
    // What is on its way is in buffers of the system.
    let furthest = furthest.load(Ordering::Relaxed);
    assert!(furthest < 512 * PIECE, "{furthest} bytes ahead");
}

/// A client that speaks HTTP/2.
fn http_2(wire: &Wire) -> Core {
    let client = reqwest::Client::builder().http2_prior_knowledge();
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(format!("http://{}", wire.address));
    builder.transport(ReqwestTransport::with_client(client.build().unwrap()));
    builder.build().unwrap()
}

#[tokio::test]
async fn a_large_upload_goes_over_http_2() {
    let wire = Wire::start(None, "{}").await;
    let core = http_2(&wire);
    let furthest = Arc::default();
    put(&core, flood(&wire, &furthest).length(1024 * PIECE))
        .await
        .unwrap();
    let [got] = wire.got().try_into().unwrap();
    assert_eq!((got.version, got.bytes), (Version::HTTP_2, 1024 * PIECE));
    assert_eq!(got.headers["content-length"], "67108864");
    assert!(furthest.load(Ordering::Relaxed) < 512 * PIECE);
}

#[tokio::test]
async fn a_form_with_a_file_of_known_length_has_a_length() {
    let wire = Wire::start(None, "{}").await;
    let mut form = Form::new();
    form.field("a", "b");
    let file = Upload::once(pieces(&["one ", "", "two"])).length(7);
    form.file("c", File::new(file).name("d").media_type("text/plain"));
    let core = core(format!("http://{}", wire.address));
    let mut call = core.call(&PUT);
    call.body_parts(form);
    call.send::<_, NoError>(response::empty).await.unwrap();
    let [got] = wire.got().try_into().unwrap();
    assert_eq!(got.headers["content-length"], got.bytes.to_string());
    let media_type = got.headers["content-type"].to_str().unwrap();
    let (_, boundary) = media_type.split_once("boundary=").unwrap();
    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"c\"; filename=\"d\"\r\n\
         Content-Type: text/plain\r\n\r\none two\r\n--{boundary}--\r\n"
    );
    assert_eq!(String::from_utf8(got.start).unwrap(), expected);
}

#[tokio::test]
async fn a_stream_is_begun_anew_for_each_attempt() {
    let server = Server::start({
        let count = AtomicU64::new(0);
        move |_| match count.fetch_add(1, Ordering::Relaxed) {
            0 => Reply::Close,
            1 => Reply::new("503 x", &[("retry-after", "0")], ""),
            _ => Reply::json("{}"),
        }
    })
    .await;
    let opened = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&opened);
    let upload = Upload::stream(move || {
        count.fetch_add(1, Ordering::Relaxed);
        pieces(&["one ", "two"])
    });
    put(&core(server.url()), upload.length(7)).await.unwrap();
    let bodies: Vec<String> = server.arrived().into_iter().map(|it| it.body).collect();
    assert_eq!(bodies, ["one two"; 3]);
    assert_eq!(opened.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn what_can_be_read_once_is_sent_once() {
    let server = Server::always(Reply::new("503 x", &[], "")).await;
    let core = core(server.url());
    let upload = Upload::once(pieces(&["one"])).length(3);
    let error = put(&core, upload.clone()).await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (503, 1)
    );
    let error = put(&core, upload).await.unwrap_err();
    assert!(error.is_request() && error.attempts() == 0, "{error:?}");
    assert_eq!(
        error.to_string(),
        "put: not sent: the body is a stream that was sent before"
    );
    assert_eq!(server.arrived().len(), 1);
}

/// The reasons, from the error down.
fn reasons(error: &Error<NoError>) -> String {
    let mut reasons = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        reasons.push_str(&format!(": {error}"));
        source = error.source();
    }
    reasons
}

#[tokio::test]
async fn a_length_that_is_not_true_is_an_error() {
    let wire = Wire::start(None, "{}").await;
    let core = core(format!("http://{}", wire.address));
    let cases = [
        (6, "the stream is longer than was said"),
        (3, "the stream is longer than was said"),
        (8, "the stream is shorter than was said"),
    ];
    let stream = || Upload::stream(|| pieces(&["one", " two"]));
    let chain = || Upload::chain(vec![stream()]);
    let both = cases.map(|case| [(stream(), case), (chain(), case)]);
    for (upload, (length, reason)) in both.into_iter().flatten() {
        let upload = upload.length(length);
        let error = put(&core, upload).await.unwrap_err();
        assert!(error.is_upload() && !error.is_interrupted(), "{error:?}");
        assert_eq!(error.attempts(), 1);
        let reasons = reasons(&error);
        assert!(
            reasons.contains("the stream that was to be sent broke off"),
            "{reasons}"
        );
        assert!(reasons.contains(reason), "{reasons}");
    }
}

#[tokio::test]
async fn a_stream_that_breaks_off_says_why() {
    let wire = Wire::start(None, "{}").await;
    let core = core(format!("http://{}", wire.address));
    let upload = Upload::stream(|| {
        let pieces: [Result<Bytes, UploadError>; 2] =
            [Ok(Bytes::from("one")), Err("the disk is gone".into())];
        Box::pin(futures_util::stream::iter(pieces))
    });
    let error = put(&core, upload).await.unwrap_err();
    assert!(error.is_upload(), "{error:?}");
    assert!(
        reasons(&error).contains("the disk is gone"),
        "{}",
        reasons(&error)
    );
}

#[tokio::test]
async fn a_method_that_sends_something_says_so_when_it_is_nothing() {
    let cases = [
        ("POST", Some("0")),
        ("PUT", Some("0")),
        ("PATCH", Some("0")),
        ("GET", None),
        ("HEAD", None),
        ("DELETE", None),
    ];
    for (method, length) in cases {
        let server = Server::always(Reply::new("200 OK", &[], "")).await;
        let operation: &'static Operation = Box::leak(Box::new(Operation {
            method,
            ..Operation::USUAL
        }));
        let core = core(server.url());
        let call = core.call(operation);
        call.send::<_, NoError>(response::empty).await.unwrap();
        let mut empty = core.call(operation);
        empty.body_bytes("text/plain", "");
        empty.send::<_, NoError>(response::empty).await.unwrap();
        for arrived in server.arrived() {
            let lengths = arrived.headers.iter();
            let lengths = lengths.filter(|(name, _)| name == "content-length");
            let lengths: Vec<_> = lengths.map(|(_, length)| length.as_str()).collect();
            assert_eq!(lengths, Vec::from_iter(length), "{method}");
            assert_eq!(arrived.header("transfer-encoding"), None, "{method}");
        }
    }
}

#[tokio::test]
async fn nothing_has_a_length_over_http_2_as_well() {
    let wire = Wire::start(None, "{}").await;
    let call = http_2(&wire).call(&PUT);
    call.send::<_, NoError>(response::empty).await.unwrap();
    let [got] = wire.got().try_into().unwrap();
    assert_eq!((got.version, got.bytes), (Version::HTTP_2, 0));
    assert_eq!(got.headers["content-length"], "0");
}
