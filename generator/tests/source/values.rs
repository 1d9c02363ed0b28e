//! What a text means, in YAML and in JSON.

use sdkwright::source::Value;

use crate::sound;

fn json(text: &str) -> serde_json::Value {
    sound(text).root().to_json()
}

#[test]
fn yaml_and_json_are_told_apart_by_content() {
    let same = serde_json::json!({"a": [1, "x", null, true], "b": {}});
    for text in [
        "a: [1, x, ~, true]\nb: {}\n",
        "a:\n- 1\n- x\n-\n- true\nb: {}",
        "\u{feff}a: [1, x, null, True]\nb: {}\n",
        r#"{"a": [1, "x", null, true], "b": {}}"#,
        "\u{feff} \n\t{\"a\": [1, \"x\", null, true], \"b\": {}}",
        // JSON-like YAML: a comment, and a comma too many.
        "{\"a\": [1, \"x\", null, true,], # note\n \"b\": {}}",
        "{a: [1, x, ~, true], b: {}}",
    ] {
        assert_eq!(json(text), same, "{text}");
    }
}

#[test]
fn scalars_keep_what_was_written() {
    let sources = sound(
        "version: 3.10\ncode: 044925\nquoted: \"3.10\"\nblock: |\n  no\nswitch: on\n\
         tagged: !!str 12\nwhole: !!int \"12\"\nsame: ! 12\nempty:\n200: ok\n",
    );
    let root = sources.root();
    let number = |key| match &root.get(key).unwrap().value {
        Value::Number(number) => number.text.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(number("version"), "3.10");
    assert_eq!(number("code"), "044925");
    assert_eq!(number("whole"), "12");
    for (key, text) in [("quoted", "3.10"), ("block", "no\n"), ("switch", "on")] {
        assert_eq!(root.get(key).unwrap().as_str(), Some(text));
    }
    for key in ["tagged", "same"] {
        assert_eq!(root.get(key).unwrap().as_str(), Some("12"));
    }
    assert_eq!(root.get("empty").unwrap().value, Value::Null);
    assert_eq!(root.get("200").unwrap().as_str(), Some("ok"));
}

#[test]
fn numbers_in_json_keep_their_text() {
    let texts = "[3.10, 1.0, -0, 1e5, 18446744073709551616, 9007199254740993, -5]";
    let sources = sound(texts);
    let list = sources.root().as_list().unwrap();
    let kept: Vec<&str> = list.iter().map(|node| node.as_text().unwrap()).collect();
    assert_eq!(format!("[{}]", kept.join(", ")), texts);
}

#[test]
fn anchors_and_merge_keys() {
    assert_eq!(
        json(
            "base: &base {a: 1, b: 2}\nmore: &more {b: 3, c: 4}\nown: &key name\n\
             one: {z: 0, <<: *base, b: 9}\ntwo:\n  <<: [*base, *more]\n  d: 5\n\
             *key : x\nagain: *base\n\"<<\": text\n"
        ),
        serde_json::json!({
            "base": {"a": 1, "b": 2},
            "more": {"b": 3, "c": 4},
            "own": "name",
            "one": {"z": 0, "a": 1, "b": 9},
            "two": {"a": 1, "b": 2, "c": 4, "d": 5},
            "name": "x",
            "again": {"a": 1, "b": 2},
            "<<": "text",
        })
    );
    let sources = sound("one: {z: 0, <<: {a: 1}, b: 9}");
    let one = sources.root().get("one").unwrap().as_map().unwrap();
    let order: Vec<&str> = one.iter().map(|(key, _)| &*key.text).collect();
    assert_eq!(order, ["z", "a", "b"]);
}
