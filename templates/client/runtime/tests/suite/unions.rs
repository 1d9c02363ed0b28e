//! Unions: which variant a value is.

use serde::{Deserialize, Deserializer};
use serde_json::{Value, from_str, to_string};

use crate::mini_client::types::{InvitationList, LinkObject, LinkProperty};
use crate::runtime::codec::{self, Is, Kind, Rule, Union};

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
        Rule::object(&[], &[("type", Is::Text("org"))]),
        Rule::object(&["id"], &[("type", Is::Text("user"))]),
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
        ("1.0", 0),
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

/// Rules that look at more than keys.
#[derive(Debug)]
struct Narrow(usize);

impl Union for Narrow {
    const RULES: &'static [Rule] = &[
        Rule::object(&["a"], &[]).knowing("/a/b"),
        Rule::object(&["a"], &[]).knowing("/a/c/d"),
        Rule::object(&[], &[("version", Is::Number(2.0))]),
        Rule::object(
            &[],
            &[("on", Is::OneOf(&[Is::Flag(true), Is::Text("yes")]))],
        ),
        Rule::of(Kind::Date),
        Rule::of(Kind::Timestamp),
        Rule::texts(&["low", "high"]),
        Rule::of(Kind::String),
        Rule::items(&Rule::of(Kind::Integer)),
        Rule::items(&Rule::object(&["id"], &[])),
        Rule::values(&Rule::of(Kind::Boolean)),
        Rule::union(&[Rule::object(&["u"], &[]), Rule::of(Kind::Number)]),
    ];

    fn build(variant: usize, _: Value) -> Result<Self, serde_json::Error> {
        Ok(Self(variant))
    }
}

impl<'de> Deserialize<'de> for Narrow {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::union(from)
    }
}

#[test]
fn rules_look_at_values_items_and_known_keys() {
    let cases = [
        (r#"{"a":1,"b":2}"#, 0),
        (r#"{"a":1,"c":2,"d":3}"#, 1),
        (r#"{"a":1}"#, 0),
        (r#"{"version":2}"#, 2),
        (r#"{"version":3}"#, 12),
        (r#"{"on":true}"#, 3),
        (r#"{"on":"yes"}"#, 3),
        (r#"{"on":"no"}"#, 12),
        (r#""2026-01-31""#, 4),
        (r#""2026-01-31T12:00:00Z""#, 5),
        (r#""high""#, 6),
        (r#""higher""#, 7),
        ("[1,2]", 8),
        (r#"[{"id":1}]"#, 9),
        (r#"["text"]"#, 12),
        ("[]", 8),
        (r#"{"x":true}"#, 10),
        (r#"{"u":1}"#, 11),
        ("0.5", 11),
    ];
    for (text, expected) in cases {
        assert_eq!(from_str::<Narrow>(text).unwrap().0, expected, "{text}");
    }
}

/// Tells which of the whole numbers was chosen.
#[derive(Debug)]
struct Size(usize);

impl Union for Size {
    const RULES: &'static [Rule] = &[
        Rule::of(Kind::Integer),
        Rule::of(Kind::Int32),
        Rule::of(Kind::Unsigned),
    ];

    fn build(variant: usize, _: Value) -> Result<Self, serde_json::Error> {
        Ok(Self(variant))
    }
}

#[test]
fn a_whole_number_is_of_a_type_that_holds_it() {
    let size = |text: &str| codec::union(&mut serde_json::Deserializer::from_str(text));
    for (text, expected) in [
        ("1", 1),
        ("-2147483648", 1),
        ("2147483648", 0),
        ("-2147483649", 0),
        ("9223372036854775808", 2),
        ("18446744073709551616", 3),
    ] {
        let Size(chosen) = size(text).unwrap();
        assert_eq!(chosen, expected, "{text}");
    }
}

/// Objects that differ in the type of a field alone.
#[derive(Debug, PartialEq)]
enum Alike {
    Number(i64),
    Text(String),
}

impl Union for Alike {
    const RULES: &'static [Rule] = &[Rule::object(&["id"], &[]), Rule::object(&["id"], &[])];

    fn build(variant: usize, value: Value) -> Result<Self, serde_json::Error> {
        let id = value["id"].clone();
        Ok(match variant {
            0 => Self::Number(codec::value(id)?),
            _ => Self::Text(codec::value(id)?),
        })
    }
}

impl<'de> Deserialize<'de> for Alike {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::union(from)
    }
}

#[test]
fn variants_that_rules_cannot_tell_apart_are_tried_in_turn() {
    let read = |text: &str| from_str::<Alike>(text);
    assert_eq!(read(r#"{"id":7}"#).unwrap(), Alike::Number(7));
    assert_eq!(read(r#"{"id":"7"}"#).unwrap(), Alike::Text("7".to_owned()));
    let error = read(r#"{"id":true}"#).unwrap_err().to_string();
    assert!(error.contains("expected i64"), "{error}");
}

/// Expressions within expressions, which rules tell apart.
#[derive(Debug)]
enum Nested {
    Not(#[expect(dead_code, reason = "is only decoded")] Box<Nested>),
    Leaf,
}

impl Union for Nested {
    const RULES: &'static [Rule] = &[Rule::object(&["not"], &[]), Rule::object(&["n"], &[])];

    fn build(variant: usize, mut value: Value) -> Result<Self, serde_json::Error> {
        Ok(match variant {
            0 => Self::Not(codec::value(value["not"].take())?),
            _ => codec::value::<i64>(value["n"].take()).map(|_| Self::Leaf)?,
        })
    }
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::union(from)
    }
}

/// Expressions within expressions, which differ in the type of a field beside the inner one.
#[derive(Debug)]
enum Doubtful {
    Number(Option<Box<Doubtful>>),
    Text(Option<Box<Doubtful>>),
}

impl Union for Doubtful {
    const RULES: &'static [Rule] = &[Rule::object(&["x"], &[]), Rule::object(&["x"], &[])];

    fn build(variant: usize, mut value: Value) -> Result<Self, serde_json::Error> {
        BUILT.set(BUILT.get() + 1);
        let inner = codec::value(value["not"].take())?;
        Ok(match variant {
            0 => codec::value::<i64>(value["x"].take()).map(|_| Self::Number(inner))?,
            _ => codec::value::<String>(value["x"].take()).map(|_| Self::Text(inner))?,
        })
    }
}

impl<'de> Deserialize<'de> for Doubtful {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::union(from)
    }
}

thread_local! {
    /// How many variants of [`Doubtful`] were built, or tried.
    static BUILT: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

fn nested(depth: usize, open: &str, leaf: &str, close: &str) -> String {
    [open.repeat(depth), leaf.to_owned(), close.repeat(depth)].concat()
}

/// It took twice as long for each level, because each asked anew where the error is.
#[test]
fn an_error_deep_in_unions_is_placed_in_no_time() {
    let text = nested(60, r#"{"not":"#, r#"{"n":"x"}"#, "}");
    let error = from_str::<Nested>(&text).unwrap_err().to_string();
    assert!(error.contains("invalid type: string"), "{error}");
    let shallow = nested(2, r#"{"not":"#, r#"{"n":"x"}"#, "}");
    let error = from_str::<Nested>(&shallow).unwrap_err().to_string();
    assert!(
        error.contains("invalid type: string \"x\", expected i64"),
        "{error}"
    );
}

/// It took nearly three times as long for each level, because each was tried anew in each trial.
#[test]
fn variants_within_variants_are_tried_once() {
    let cases = [
        (r#","x":"s"}"#, r#"{"x":1}"#, true),
        (r#","x":1}"#, r#"{"x":"s"}"#, true),
        (r#","x":1}"#, r#"{"x":true}"#, false),
        (r#","x":true}"#, r#"{"x":1}"#, false),
    ];
    for (close, leaf, fits) in cases {
        let depth = 60;
        BUILT.set(0);
        let text = nested(depth, r#"{"not":"#, leaf, close);
        let read = from_str::<Doubtful>(&text);
        assert_eq!(read.is_ok(), fits, "{read:?}");
        assert!(
            BUILT.get() < 8 * depth * depth,
            "{} were built",
            BUILT.get()
        );
    }
    // What was remembered of one answer is forgotten before the next.
    let one = from_str::<Doubtful>(r#"{"not":{"x":1},"x":1}"#).unwrap();
    assert!(
        matches!(one, Doubtful::Number(Some(inner)) if matches!(*inner, Doubtful::Number(None)))
    );
    let other = from_str::<Doubtful>(r#"{"not":{"x":"1"},"x":1}"#).unwrap();
    assert!(
        matches!(other, Doubtful::Number(Some(inner)) if matches!(*inner, Doubtful::Text(None)))
    );
}

#[test]
fn a_variant_is_written_with_its_tag() {
    let written = |value: Value| {
        let mut text = Vec::new();
        let mut to = serde_json::Serializer::new(&mut text);
        codec::write_tagged(&value, "kind", "card", &mut to).unwrap();
        String::from_utf8(text).unwrap()
    };
    assert_eq!(
        written(serde_json::json!({"a": 1})),
        r#"{"a":1,"kind":"card"}"#
    );
    // What the value says itself goes before.
    assert_eq!(
        written(serde_json::json!({"kind": "gift"})),
        r#"{"kind":"gift"}"#
    );
}
