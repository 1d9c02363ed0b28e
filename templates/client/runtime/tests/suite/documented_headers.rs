//! Documented headers, read by their types.

use std::collections::BTreeMap;

use http::header::HeaderName;
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::mini_client::types::{OrgInvitePost, OrgInvitePostRole};
use crate::runtime::Headers;

/// Headers of these lines.
fn headers(lines: &[(&str, &str)]) -> HeaderMap {
    let lines = lines.iter().map(|(name, value)| {
        let name: HeaderName = name.parse().unwrap();
        (name, HeaderValue::from_bytes(value.as_bytes()).unwrap())
    });
    let mut map = HeaderMap::new();
    for (name, value) in lines {
        map.append(name, value);
    }
    map
}

#[test]
fn plain_values_are_read_by_their_types() {
    let map = headers(&[
        ("x-total-count", " 42"),
        ("x-rate", "0.5"),
        ("x-more", "true"),
        ("x-day", "2026-01-31"),
        ("x-role", "edit"),
        ("x-name", "Zo\u{eb}, the 1st"),
    ]);
    let headers = Headers::new(&map);
    assert_eq!(headers.value::<i64>("X-Total-Count").unwrap(), Some(42));
    assert_eq!(headers.value::<f64>("X-Rate").unwrap(), Some(0.5));
    assert_eq!(headers.value::<bool>("X-MORE").unwrap(), Some(true));
    let day = headers.value::<Date>("x-day").unwrap();
    assert_eq!(day, Some(date(2026, 1, 31)));
    let role = headers.value::<OrgInvitePostRole>("x-role").unwrap();
    assert_eq!(role, Some(OrgInvitePostRole::Edit));
    let name = headers.value::<String>("x-name").unwrap();
    assert_eq!(name.as_deref(), Some("Zo\u{eb}, the 1st"));
    assert_eq!(headers.value::<i64>("x-none").unwrap(), None);
}

#[test]
fn what_says_nothing_of_its_type_is_what_it_looks_like() {
    let map = headers(&[
        ("a", "1"),
        ("b", "true"),
        ("c", "1.5"),
        ("d", "NaN"),
        ("e", "x"),
    ]);
    let value = |name| Headers::new(&map).value::<Value>(name).unwrap();
    let expected = [json!(1), json!(true), json!(1.5), json!("NaN"), json!("x")];
    for (name, expected) in ["a", "b", "c", "d", "e"].into_iter().zip(expected) {
        assert_eq!(value(name), Some(expected));
    }
}

#[test]
fn several_lines_are_one_list() {
    let map = headers(&[
        ("link", "</a>; rel=next"),
        ("link", "</b>; rel=last"),
        ("vary", "a, ,b"),
        ("vary", "c"),
        ("etag", "\"a,b\", W/\"c\\\"d\""),
    ]);
    let headers = Headers::new(&map);
    let link = headers.value::<String>("Link").unwrap();
    assert_eq!(link.as_deref(), Some("</a>; rel=next, </b>; rel=last"));
    let vary = headers.value::<Vec<String>>("Vary").unwrap();
    assert_eq!(vary.unwrap(), ["a", "b", "c"]);
    let tags = headers.value::<Vec<String>>("ETag").unwrap();
    assert_eq!(tags.unwrap(), ["\"a,b\"", "W/\"c\\\"d\""]);
}

#[test]
fn a_line_that_is_said_twice_is_two_items_of_a_list_and_one_of_all_else() {
    let twice = |name: &'static str, value: &'static str| [(name, value), (name, value)];
    let map = headers(
        &[
            twice("age", "7"),
            twice("x-ids", "5"),
            twice("x-name", "a, b"),
            twice("x-invite", "email,a@b,role,edit"),
            twice("x-any", "5"),
        ]
        .concat(),
    );
    let headers = Headers::new(&map);
    assert_eq!(headers.value::<i64>("Age").unwrap(), Some(7));
    let ids = headers.value::<Vec<i64>>("X-Ids").unwrap();
    assert_eq!(ids.as_deref(), Some(&[5, 5][..]));
    let ids = headers.value::<Option<Vec<i64>>>("X-Ids").unwrap();
    assert_eq!(ids.flatten().as_deref(), Some(&[5, 5][..]));
    let name = headers.value::<String>("X-Name").unwrap();
    assert_eq!(name.as_deref(), Some("a, b"));
    let names = headers.value::<Vec<String>>("X-Name").unwrap();
    assert_eq!(names.unwrap(), ["a", "b", "a", "b"]);
    let invite = OrgInvitePost::new("a@b", OrgInvitePostRole::Edit);
    assert_eq!(headers.value("X-Invite").unwrap(), Some(invite));
    assert_eq!(headers.value::<Value>("X-Any").unwrap(), Some(json!(5)));
}

#[test]
fn cookies_are_never_joined_by_commas() {
    let first = "a=1; Expires=Sun, 06 Nov 1994 08:49:37 GMT";
    let map = headers(&[("set-cookie", first), ("set-cookie", "b=2")]);
    let headers = Headers::new(&map);
    let cookies = headers.value::<Vec<String>>("Set-Cookie").unwrap();
    assert_eq!(cookies.unwrap(), [first, "b=2"]);
    let text = headers.value::<String>("Set-Cookie").unwrap();
    assert_eq!(text, Some(format!("{first}\nb=2")));
}

#[test]
fn objects_are_written_in_two_ways() {
    let map = headers(&[
        ("plain", "email,a@b,role,edit"),
        ("exploded", "email=a@b, role=edit"),
        ("json", r#"{"email":"a@b","role":"edit"}"#),
        ("limits", "core=60,search=10"),
    ]);
    let headers = Headers::new(&map);
    let expected = Some(OrgInvitePost::new("a@b", OrgInvitePostRole::Edit));
    assert_eq!(headers.value("Plain").unwrap(), expected);
    assert_eq!(headers.exploded("Exploded").unwrap(), expected);
    assert_eq!(headers.json("Json").unwrap(), expected);
    let limits = headers.exploded::<BTreeMap<String, i64>>("Limits").unwrap();
    let limits: Vec<_> = limits.unwrap().into_iter().collect();
    assert_eq!(limits, [("core".to_owned(), 60), ("search".to_owned(), 10)]);
}

#[test]
fn a_moment_is_written_as_in_json_or_as_http_writes_dates() {
    let map = headers(&[
        ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("x-date", "1994-11-06T08:49:37Z"),
        ("last-modified", "Sunday, 06-Nov-94 08:49:37 GMT"),
        ("x-last", "Sun Nov  6 08:49:37 1994"),
        ("sunset", "soon"),
    ]);
    let headers = Headers::new(&map);
    let expected: Timestamp = "1994-11-06T08:49:37Z".parse().unwrap();
    for name in ["Date", "X-Date", "Last-Modified", "X-Last"] {
        assert_eq!(headers.timestamp(name).unwrap(), Some(expected), "{name}");
    }
    assert!(headers.timestamp::<jiff::Timestamp>("Sunset").is_err());
    assert_eq!(
        headers.timestamp::<jiff::Timestamp>("Expires").unwrap(),
        None
    );
}

#[test]
fn what_does_not_fit_is_named() {
    let map = headers(&[
        ("x-total", "lots"),
        ("x-invite", "email,a@b"),
        ("x-json", "{"),
    ]);
    let headers = Headers::new(&map);
    let error = headers.value::<i64>("X-Total").unwrap_err();
    assert_eq!(error.name(), "X-Total");
    assert_eq!(
        error.to_string(),
        "the header `X-Total` does not fit: `lots` is not a whole number of 64 bits"
    );
    let error = headers.value::<OrgInvitePost>("X-Invite").unwrap_err();
    assert!(
        error.to_string().contains("missing field `role`"),
        "{error}"
    );
    assert!(headers.json::<Value>("X-Json").is_err());
    let error = headers.value::<Vec<OrgInvitePost>>("X-Total").unwrap_err();
    assert!(error.to_string().contains("X-Total"), "{error}");
}

#[test]
fn what_is_no_text_is_refused() {
    let mut map = HeaderMap::new();
    map.insert("x-name", HeaderValue::from_bytes(b"\xff").unwrap());
    let error = Headers::new(&map).value::<String>("X-Name").unwrap_err();
    assert!(error.to_string().contains("utf-8"), "{error}");
}

#[test]
fn nothing_is_shown_of_what_headers_hold() {
    let map = headers(&[("set-cookie", "secret=1")]);
    assert_eq!(format!("{:?}", Headers::new(&map)), r#"{"set-cookie"}"#);
}
