//! Unions: which variant a value is.

use serde::{Deserialize, Deserializer};
use serde_json::{Value, from_str, to_string};

use crate::mini_client::types::{InvitationList, LinkObject, LinkProperty};
use crate::runtime::codec::{self, Kind, Rule, Union};

/// Tells which rule was chosen.
#[derive(Debug)]
struct Chosen(usize);

impl Union for Chosen {
    const RULES: &'static [Rule] = &[
        Rule::of(Kind::Number),
        Rule::of(Kind::Integer),
        Rule::object(&[], &[]),
        Rule::object(&["id"], &[]),
        Rule::object(&["id", "name"], &[]),
        Rule::object(&[], &[("type", "org")]),
        Rule::object(&["id"], &[("type", "user")]),
        Rule::of(Kind::Array),
        Rule::of(Kind::Boolean),
        Rule::of(Kind::Null),
        Rule::object(&["id", "name"], &[]),
    ];

    fn build(variant: usize, _: Value) -> Result<Self, serde_json::Error> {
        Ok(Self(variant))
    }
}

impl<'de> Deserialize<'de> for Chosen {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::union(from)
    }
}

#[test]
fn the_rule_that_says_most_wins() {
    let cases = [
        ("1.5", 0),
        ("1", 1),
        ("1.0", 1),
        ("{}", 2),
        (r#"{"id":1}"#, 3),
        (r#"{"name":1,"id":1}"#, 4),
        (r#"{"name":1,"id":1,"type":"org"}"#, 5),
        (r#"{"name":1,"id":1,"type":"user"}"#, 6),
        (r#"{"name":1,"type":"user"}"#, 2),
        (r#"{"type":5}"#, 2),
        ("[1]", 7),
        ("false", 8),
        ("null", 9),
        (r#""text""#, 11),
    ];
    for (text, expected) in cases {
        assert_eq!(from_str::<Chosen>(text).unwrap().0, expected, "{text}");
    }
}

#[test]
fn variants_are_read_and_written() {
    let object = from_str::<LinkObject>(r#"{"href":"/b"}"#).unwrap();
    let cases = [
        (r#""/a""#, LinkProperty::String("/a".to_owned())),
        (r#"{"href":"/b"}"#, LinkProperty::LinkObject(object)),
        (
            r#"{"url":"/c"}"#,
            LinkProperty::Unrecognized(serde_json::json!({"url": "/c"})),
        ),
        ("[1]", LinkProperty::Unrecognized(serde_json::json!([1]))),
    ];
    for (text, expected) in cases {
        let link: LinkProperty = from_str(text).unwrap();
        assert_eq!(link, expected);
        assert_eq!(to_string(&link).unwrap(), text);
    }
}

#[test]
fn a_variant_that_does_not_fit_says_where() {
    let text = r#"{"items":[],"links":{"next":{"href":5}}}"#;
    let error = from_str::<InvitationList>(text).unwrap_err().to_string();
    let expected = "in `href`: invalid type: integer `5`, expected a string";
    assert!(error.starts_with(expected), "{error}");
}
