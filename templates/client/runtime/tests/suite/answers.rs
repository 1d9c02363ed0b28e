//! Answers: successes with their metadata, documented errors, undocumented ones, bad bodies.

use std::error::Error;

use crate::mini_client::instance_org_invites::GetError;
use crate::runtime;
use crate::runtime::{HeaderMap, RawResponse, StatusCode, response};
use crate::server::{Reply, Server};

async fn error(reply: Reply) -> runtime::Error<GetError> {
    let server = Server::always(reply).await;
    server
        .client()
        .instance_org_invites()
        .get("i", "o")
        .send()
        .await
        .unwrap_err()
}

#[tokio::test]
async fn metadata_comes_with_the_body() {
    let headers = [
        ("losant-request-id", "r-1"),
        ("x-request-id", "r-2"),
        ("sunset", "never"),
    ];
    let server = Server::always(Reply::new(
        "206 Partial Content",
        &headers,
        r#"{"items":[]}"#,
    ));
    let server = server.await;
    let call = server.client().instance_org_invites().get("i", "o");
    let answer = call.send_with_meta().await.unwrap();
    assert_eq!(answer.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(answer.request_id(), Some("r-1"));
    assert_eq!(answer.headers()["sunset"], "never");
    assert!(answer.body().items.is_empty());
    assert!(!format!("{answer:?}").contains("never"));
    let (status, headers, body) = answer.clone().into_parts();
    assert_eq!(
        (status.as_u16(), headers.len(), body),
        (206, 5, answer.into_body())
    );
}

#[tokio::test]
async fn a_documented_error_is_decoded() {
    let body = r#"{"type":"NotFound","message":"Application was not found"}"#;
    let error = error(Reply::new(
        "404 Not Found",
        &[("X-Request-Id", "r-9")],
        body,
    ))
    .await;
    assert!(error.is_api());
    assert!(matches!(error.api(), Some(GetError::NotFound(it)) if it.r#type == "NotFound"));
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.request_id(), Some("r-9"));
    assert_eq!(error.operation(), "instanceOrgInvites.get");
    assert_eq!(error.body_text().as_deref(), Some(body));
    assert_eq!(error.headers().unwrap()["x-request-id"], "r-9");
    assert_eq!(error.json_path(), None);
    let line = "instanceOrgInvites.get: 404 Not Found: Application was not found";
    assert_eq!(error.to_string(), line);
    assert!(error.source().is_none());
    assert!(matches!(error.into_api(), Ok(GetError::NotFound(_))));
}

#[tokio::test]
async fn an_undocumented_status_keeps_the_body() {
    let error = error(Reply::new(
        "503 Service Unavailable",
        &[],
        "come back\nlater",
    ))
    .await;
    assert!(error.is_undocumented_status());
    assert!(!error.is_api() && !error.is_decode() && !error.is_request() && !error.is_body());
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(error.body_text().as_deref(), Some("come back\nlater"));
    assert_eq!(
        error.to_string(),
        "instanceOrgInvites.get: 503 Service Unavailable"
    );
    let error = error.into_api().unwrap_err();
    assert!(error.is_undocumented_status());
}

#[tokio::test]
async fn error_bodies_of_many_kinds_are_summed_up() {
    let long = format!(r#"{{"detail":"{}"}}"#, "x".repeat(300));
    let cases = [
        (
            r#"{"errors":[{"detail":"No such org","title":"x"}]}"#,
            ": No such org",
        ),
        (r#"{"error":{"message":"Bad key"}}"#, ": Bad key"),
        (r#"{"error":"denied"}"#, ": denied"),
        (r#"{"title":"two\nlines"}"#, ": two lines"),
        (r#"{"errors":[{"a":[]}]}"#, ""),
        ("<html>", ""),
        (long.as_str(), &format!(": {}…", "x".repeat(200))),
    ];
    for (body, expected) in cases {
        let error = error(Reply::new("401 Unauthorized", &[], body)).await;
        let line = format!("instanceOrgInvites.get: 401 Unauthorized{expected}");
        assert_eq!(error.to_string(), line);
    }
}

#[tokio::test]
async fn trailers_are_no_part_of_a_body() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntrailer: x-sum\r\n\
                  transfer-encoding: chunked\r\n\r\n6\r\n{\"item\r\n6\r\ns\":[]}\r\n\
                  0\r\nx-sum: 5\r\n\r\n";
    let server = Server::always(Reply::Bytes(answer.as_bytes().to_vec())).await;
    let call = server.client().instance_org_invites().get("i", "o");
    let answer = call.send_with_meta().await.unwrap();
    assert!(answer.body().items.is_empty());
    assert!(!answer.headers().contains_key("x-sum"));
}

#[tokio::test]
async fn a_body_that_does_not_fit_says_where() {
    let cases = [
        (r#"{"items":[{"id":"1","role":5}]}"#, Some("items[0].role")),
        (
            r#"{"items":[{"id":"1","role":"a"},{"id":"2"}]}"#,
            Some("items[1]"),
        ),
        (
            r#"{"items":[{"id":"1","role":"a","inviteDate":"x"}]}"#,
            Some("items[0].inviteDate"),
        ),
        (r#"{"unknown":{"a":1},"items":7}"#, Some("items")),
        (
            r#"{"items":[],"links":{"next":{"href":0}}}"#,
            Some("links.next"),
        ),
        (r#"{"items":[{"id":"1""#, Some("items[0]")),
        (r#"["items"]"#, None),
        (r#"{"items":[]} x"#, None),
        ("<html></html>", None),
        ("", None),
    ];
    for (body, path) in cases {
        let error = error(Reply::json(body)).await;
        assert!(error.is_decode(), "{body}: {error:?}");
        assert_eq!(error.json_path(), path, "{body}: {error}");
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert_eq!(error.body_text().as_deref(), Some(body));
        assert!(error.source().is_some());
    }
    let error = error(Reply::json(r#"{"items":[{"id":"1","role":5}]}"#)).await;
    assert_eq!(
        error.to_string(),
        "instanceOrgInvites.get: 200 OK: the body does not fit: at `items[0].role`: invalid type: \
         integer `5`, expected a string at line 1 column 28"
    );
}

#[tokio::test]
async fn a_documented_status_with_a_bad_body_is_a_decode_error() {
    let error = error(Reply::new("400 Bad Request", &[], r#"{"type":"X"}"#)).await;
    assert!(error.is_decode() && !error.is_api());
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    assert!(
        error.to_string().contains("missing field `message`"),
        "{error}"
    );
}

#[test]
fn a_mark_of_byte_order_before_json_is_passed_over() {
    let marked = |text: &str| {
        let body = format!("\u{feff}{text}");
        RawResponse::new(StatusCode::OK, HeaderMap::new(), body)
    };
    let read = response::json::<Vec<u8>>(&marked("[1,2]"));
    assert_eq!(read.unwrap(), [1, 2]);
    assert_eq!(response::optional::<u8>(&marked(" ")).unwrap(), None);
    let error = response::json::<Vec<u8>>(&marked("[1,\n\"a\"]")).unwrap_err();
    assert_eq!(error.path(), Some("[1]"));
    assert!(error.to_string().ends_with("at line 2 column 3"), "{error}");
    let error = response::json::<Vec<u8>>(&marked("")).unwrap_err();
    assert_eq!(error.to_string(), "the body is empty");
    assert!(response::json::<u8>(&marked("\u{feff}1")).is_err());
    assert!(
        response::text(&marked("a"))
            .unwrap()
            .starts_with('\u{feff}')
    );
}

/// JSON Schema 2020-12 Validation, section 6.1.1.
#[test]
fn a_number_without_a_fraction_is_an_integer_however_it_is_written() {
    fn read<T: serde::de::DeserializeOwned>(body: &str) -> Result<T, runtime::DecodeError> {
        let answer = RawResponse::new(StatusCode::OK, HeaderMap::new(), body.to_owned());
        response::json(&answer)
    }
    let whole = "[1.0, -20.00, 2e3, 1.5E1, 100e-2, 0.0, -0.0, 0e9, 7, 12345678901234567.0]";
    assert_eq!(
        read::<Vec<i64>>(whole).unwrap(),
        [1, -20, 2000, 15, 1, 0, 0, 0, 7, 12_345_678_901_234_567]
    );
    let mixed = read::<(u8, f64, String, String)>(r#"[1.0, 2.5, "1.0 \" 2.0", "\\"]"#);
    assert_eq!(
        mixed.unwrap(),
        (1, 2.5, r#"1.0 " 2.0"#.to_owned(), "\\".to_owned())
    );
    for fraction in [
        "[1.0, 1.5]",
        "[1e-1]",
        "[1e400]",
        "[1.0, 1e30]",
        "[1.0, null]",
    ] {
        let error = read::<Vec<i64>>(fraction).unwrap_err();
        assert!(error.path().is_some(), "{fraction}: {error}");
    }
    let error = read::<Vec<u8>>("[1.0, 25.60e1]").unwrap_err();
    assert_eq!(error.path(), Some("[1]"));
    assert!(read::<Vec<u8>>("[1.0").is_err());
}

#[tokio::test]
async fn a_mark_of_byte_order_does_not_hide_what_went_wrong() {
    let body = "\u{feff}{\"message\":\"Bad key\"}";
    let error = error(Reply::new("401 Unauthorized", &[], body)).await;
    let line = "instanceOrgInvites.get: 401 Unauthorized: Bad key";
    assert_eq!(error.to_string(), line);
}

#[test]
fn decoders_of_other_kinds() {
    let raw = |body: &[u8]| RawResponse::new(StatusCode::OK, HeaderMap::new(), body.to_vec());
    assert_eq!(response::text(&raw("é".as_bytes())).unwrap(), "é");
    assert!(response::text(&raw(b"\xff")).unwrap_err().path().is_none());
    assert_eq!(response::bytes(&raw(b"\xff")).unwrap(), b"\xff"[..]);
    response::empty(&raw(b"ignored")).unwrap();
    assert_eq!(raw(b"a\xff").body_text(), "a\u{fffd}");
}

#[test]
fn request_ids_are_found_by_name_in_order() {
    let mut headers = HeaderMap::new();
    headers.insert("cf-ray", "ray".parse().unwrap());
    let raw = RawResponse::new(StatusCode::OK, headers.clone(), "");
    assert_eq!(raw.request_id(), Some("ray"));
    headers.insert("x-request-id", "known".parse().unwrap());
    headers.insert("own-id", "own".parse().unwrap());
    let raw = RawResponse::new(StatusCode::OK, headers, "");
    assert_eq!(raw.request_id(), Some("known"));
    assert_eq!(
        raw.with_request_id_headers(&["none", "own-id"])
            .request_id(),
        Some("own")
    );
}

#[test]
fn errors_can_cross_threads_and_are_small() {
    fn check<T: Error + Send + Sync + 'static>() -> usize {
        size_of::<T>()
    }
    assert_eq!(check::<runtime::Error<GetError>>(), size_of::<usize>());
}

#[test]
fn a_media_type_is_known_whatever_its_parameters_have() {
    let mut headers = HeaderMap::new();
    let said = http::HeaderValue::from_bytes(b"application/json; name=\"caf\xe9\"").unwrap();
    headers.insert(http::header::CONTENT_TYPE, said);
    let raw = RawResponse::new(StatusCode::OK, headers, "");
    assert!(raw.is("application/json"));
    assert!(!raw.is("text/plain"));
}
