//! Calls made straight on the core: what emitted code for other operations relies on.

use std::convert::Infallible;

use serde::{Serialize, Serializer};
use serde_json::json;

use crate::runtime::{
    Api, ApiError, COOKIE, Call, CoreBuilder, DecodeError, Error, HEADER, Operation, PATH, Paging,
    Parameter, QUERY, RawResponse, Server, Style, response,
};
use crate::transports::{Asked, Canned};

static API: Api = Api {
    name: "calls",
    version: "1",
    servers: &[Server::new("https://api.example.com")],
    schemes: &[],
    parameters: &[Parameter("x-tenant", HEADER.required().default("acme"))],
    request_id_headers: &[],
};

static BLANK: Operation = Operation {
    id: "blank",
    method: "PUT",
    path: "",
    parameters: &[],
    accept: "text/plain",
    security: &[],
    ..Operation::USUAL
};

/// No error is documented.
#[derive(Debug)]
pub(crate) struct NoError;

impl ApiError for NoError {
    fn decode(_: &RawResponse) -> Result<Option<Self>, DecodeError> {
        Ok(None)
    }
}

/// Sends a call and returns the request that came of it.
async fn sent(
    operation: &'static Operation,
    write: impl FnOnce(&mut Call),
) -> Result<Asked, Error<NoError>> {
    let canned = Canned::default();
    let mut builder = CoreBuilder::new(&API);
    builder.transport(canned.clone());
    let mut call = builder.build().unwrap().call(operation);
    write(&mut call);
    call.send(response::empty).await?;
    Ok(canned.asked.lock().unwrap().remove(0))
}

async fn refused(operation: &'static Operation, write: impl FnOnce(&mut Call)) -> String {
    let error = sent(operation, write).await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn bodies_of_every_kind() {
    let (request, _) = sent(&BLANK, |call| call.body_text("text/csv", "a,b"))
        .await
        .unwrap();
    assert_eq!(
        (
            request.method().as_str(),
            &request.body().as_bytes().unwrap()[..]
        ),
        ("PUT", &b"a,b"[..])
    );
    assert_eq!(request.headers()["content-type"], "text/csv");
    let write = |call: &mut Call| call.body_bytes("image/png", vec![0, 255]);
    let (request, _) = sent(&BLANK, write).await.unwrap();
    assert_eq!(request.body().as_bytes().unwrap()[..], [0, 255]);
    let write = |call: &mut Call| call.body("application/vnd.api+json", &json!({"a": null}));
    let (request, _) = sent(&BLANK, write).await.unwrap();
    assert_eq!(request.body().as_bytes().unwrap()[..], br#"{"a":null}"#[..]);
    assert_eq!(
        request.headers()["content-type"],
        "application/vnd.api+json"
    );
    assert_eq!(request.uri(), "https://api.example.com/");
}

static STYLED: Operation = Operation {
    id: "styled",
    method: "GET",
    path: "a b/{0}{1}/%20é",
    parameters: &[
        Parameter("id", PATH.default("x").style(Style::Label)),
        Parameter("filter", PATH.style(Style::Matrix).explode(true)),
        Parameter("ids", QUERY.style(Style::PipeDelimited)),
        Parameter("deep", QUERY.style(Style::DeepObject)),
        Parameter("X-List", HEADER.sent_as("x-list")),
        Parameter("x-tenant", HEADER.required().from_client(0)),
        Parameter("ids", COOKIE),
    ],
    ..BLANK
};

#[tokio::test]
async fn styles_reach_the_request() {
    let write = |call: &mut Call| {
        call.set(0, &["a", "b/c"]);
        call.set(1, &json!({"d": 1, "e": true}));
        call.set(2, &[1, 2]);
        call.set(3, &json!({"k": "v"}));
        call.set(4, &["x", "y"]);
        call.set(6, &[1, 2]);
    };
    let (request, _) = sent(&STYLED, write).await.unwrap();
    let path = "/a%20b/.a,b%2Fc;d=1;e=true/%20%C3%A9?ids=1%7C2&deep%5Bk%5D=v";
    assert_eq!(
        request.uri().to_string(),
        format!("https://api.example.com{path}")
    );
    assert_eq!(request.headers()["x-list"], "x,y");
    assert_eq!(request.headers()["x-tenant"], "acme");
    assert_eq!(request.headers()["cookie"], "ids=1; ids=2");
}

static DOTS: Operation = Operation {
    id: "dots",
    path: "/v/{0}{1}",
    parameters: &[
        Parameter("a", PATH.style(Style::Label)),
        Parameter("b", PATH),
    ],
    ..BLANK
};

#[tokio::test]
async fn dots_of_a_style_do_not_lead_elsewhere() {
    let write = |a: &'static str, b: &'static str| {
        move |call: &mut Call| {
            call.set(0, a);
            call.set(1, b);
        }
    };
    assert!(
        refused(&DOTS, write("", "x"))
            .await
            .contains("path parameter `a`")
    );
    assert!(
        refused(&DOTS, write(".", "x"))
            .await
            .contains("path parameter `a`")
    );
    assert!(sent(&DOTS, write("x", "y")).await.is_ok());
}

static RESERVED: Operation = Operation {
    id: "reserved",
    path: "/v/{0}",
    parameters: &[Parameter("a", PATH.allow_reserved())],
    ..BLANK
};

/// What is percent-encoded stays so in such a value, and encoded dots are dots to a URL.
#[tokio::test]
async fn encoded_dots_do_not_lead_elsewhere() {
    for dots in ["%2e", "%2E", "%2e%2e", ".%2E", "%2e."] {
        let said = refused(&RESERVED, |call| call.set(0, dots)).await;
        assert!(said.contains("path parameter `a`"), "{dots}: {said}");
    }
    for (text, path) in [("%2e%2e%2e", "/v/%2e%2e%2e"), ("%2ea", "/v/%2ea")] {
        let (request, _) = sent(&RESERVED, |call| call.set(0, text)).await.unwrap();
        assert_eq!(request.uri().path(), path);
    }
}

static TAIL: Operation = Operation {
    id: "tail",
    path: "/v/.{0}/x",
    parameters: &[Parameter("a", PATH)],
    ..BLANK
};

static TEXT_DOTS: Operation = Operation {
    id: "text-dots",
    path: "/v/../x",
    ..BLANK
};

#[tokio::test]
async fn a_segment_of_text_and_value_is_checked_as_a_whole() {
    assert!(
        refused(&TAIL, |call| call.set(0, "."))
            .await
            .contains("path parameter `a`")
    );
    let (request, _) = sent(&TAIL, |call| call.set(0, ".a")).await.unwrap();
    assert_eq!(request.uri().path(), "/v/..a/x");
    let expected = "text-dots: not sent: the path would have a segment that is `.` or `..`";
    assert_eq!(refused(&TEXT_DOTS, |_| ()).await, expected);
}

/// A value that cannot be written.
struct Unwritable;

impl Serialize for Unwritable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("out of ink"))
    }
}

static BAD_METHOD: Operation = Operation {
    method: "GE T",
    ..BLANK
};

static BAD_PATH: Operation = Operation {
    path: "{3}",
    ..BLANK
};

#[tokio::test]
async fn what_cannot_be_written_is_reported_by_send() {
    let message = refused(&BLANK, |call| call.body("application/json", &Unwritable)).await;
    assert_eq!(
        message,
        "blank: not sent: the body cannot be written as JSON: out of ink"
    );
    let message = refused(&STYLED, |call| call.set(2, &Unwritable)).await;
    assert_eq!(
        message,
        "styled: not sent: parameter `ids` cannot be written: out of ink"
    );
    assert!(
        refused(&BLANK, |call| call.set(9, "x"))
            .await
            .contains("no parameter number 9")
    );
    assert!(
        refused(&BAD_METHOD, |_| ())
            .await
            .contains("`GE T` is not an HTTP method")
    );
    assert!(
        refused(&BAD_PATH, |_| ())
            .await
            .contains("the path names no parameter 3")
    );
}

static LINKS: Paging = Paging::link_header();

#[test]
fn a_call_on_its_way_can_cross_threads() {
    fn check<T: Send>(_: &T) {}
    let core = CoreBuilder::new(&API).build().unwrap();
    check(&core);
    check(&core.call(&BLANK));
    check(&core.call(&BLANK).send::<(), NoError>(response::empty));
    check(
        &core
            .call(&BLANK)
            .pages::<(), NoError>(response::empty, &LINKS),
    );
    let never: fn(()) -> Vec<Infallible> = |()| Vec::new();
    check(
        &core
            .call(&BLANK)
            .pages::<(), NoError>(response::empty, &LINKS)
            .items(never),
    );
}

static SLASHES: Operation = Operation {
    id: "slashes",
    path: "//elsewhere.example/a{0}",
    parameters: &[Parameter("b", PATH)],
    ..BLANK
};

#[tokio::test]
async fn a_path_that_looks_like_a_host_stays_a_path() {
    let (request, _) = sent(&SLASHES, |call| call.set(0, "b")).await.unwrap();
    assert_eq!(
        request.uri().to_string(),
        "https://api.example.com//elsewhere.example/ab"
    );
}

#[tokio::test]
async fn an_endless_url_is_refused() {
    let longest = 65_534 - "https://api.example.com//elsewhere.example/a".len();
    let fits = "b".repeat(longest);
    let (request, _) = sent(&SLASHES, |call| call.set(0, &fits)).await.unwrap();
    assert!(request.uri().path().ends_with(&fits));
    let one_more = "b".repeat(longest + 1);
    let message = refused(&SLASHES, |call| call.set(0, &one_more)).await;
    assert!(message.contains("the URL cannot be sent"), "{message}");
}
