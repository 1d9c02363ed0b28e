//! Where in a JSON text an answer does not fit.

use std::collections::BTreeMap;
use std::fmt::Debug;

use sdkwright_runtime::{HeaderMap, RawResponse, StatusCode, response};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Debug, Deserialize)]
struct Pet {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "friends", default)]
    _friends: Vec<Pet>,
}

/// Where reading stops.
fn place<T: DeserializeOwned + Debug>(text: &str) -> Option<String> {
    let answer = RawResponse::new(StatusCode::OK, HeaderMap::new(), text.to_owned());
    let error = response::json::<T>(&answer).unwrap_err();
    error.path().map(str::to_owned)
}

#[test]
fn a_value_that_does_not_fit_is_found() {
    let cases = [
        (r#"{"name": 5}"#, "name"),
        (r#"{"name": {}}"#, "name"),
        (r#"{"name": ["a"]}"#, "name"),
        (r#"{"name": null, "friends": []}"#, "name"),
        (r#"{"friends": "a, [b"}"#, "friends"),
        (r#"{"friends": [{"name": "a"}, 1]}"#, "friends[1]"),
        (r#"{"friends": [{"name": "a"}, []]}"#, "friends[1]"),
        (
            r#"{"friends": [{"name": "}\"]"}, {}], "x": 1}"#,
            "friends[1]",
        ),
        (
            "{\n  \"x\": [[1, {\"y\": 2}], 3],\n  \"friends\": [\n    {\"name\": \"ä\",\n     \
             \"friends\": [{\"name\": true}]}]}",
            "friends[0].friends[0].name",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(place::<Pet>(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn a_text_that_breaks_off_is_told_by_what_is_open() {
    let cases = [
        (r#"{"friends": [{"name": "a"#, "friends[0].name"),
        (r#"{"friends": [{"name": "a""#, "friends[0]"),
        (r#"{"friends": [{"name": "a"}"#, "friends"),
        (r#"{"friends": [{"name": "a"} "#, "friends"),
        (r#"{"friends": [{"na"#, "friends[0]"),
        (r#"{"friends": ["#, "friends"),
    ];
    for (text, expected) in cases {
        assert_eq!(place::<Pet>(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_does_not_fit_as_a_whole_has_no_place() {
    for text in ["", "5", "{}", "[]", r#"{"name": "a"} b"#, r#"{"na"#] {
        assert_eq!(place::<Pet>(text), None, "{text}");
    }
}

#[test]
fn keys_are_read() {
    let found = place::<BTreeMap<String, u8>>(r#"{"a": 1, "b\"\u00e4": "c"}"#);
    assert_eq!(found.as_deref(), Some("b\"ä"));
}
