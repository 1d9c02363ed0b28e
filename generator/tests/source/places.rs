//! Nodes are found again where they are written.

use sdkwright::diagnostic::{At, FileId, Locate};
use sdkwright::source::{Node, Value};

use crate::sound;

#[test]
fn control_characters_that_json_allows_are_read_and_located() {
    let sources = sound("{\"a\": \"\u{80}\u{9f}\", \"b\": \"\u{85}\"}");
    let node = sources.root().get("b").unwrap();
    assert_eq!(node.as_str(), Some("\u{85}"));
    let place = sources.locate(node.at).unwrap();
    assert_eq!((place.line, place.column, &*place.pointer), (1, 18, "/b"));
}

/// Every node of the tree with its key's place, if it stands under a key.
fn nodes(node: &Node, into: &mut Vec<(At, String)>, pointer: String) {
    into.push((node.at, pointer.clone()));
    match &node.value {
        Value::List(list) => {
            for (index, inner) in list.iter().enumerate() {
                nodes(inner, into, format!("{pointer}/{index}"));
            }
        }
        Value::Map(map) => {
            for (key, inner) in map.iter() {
                let token = key.text.replace('~', "~0").replace('/', "~1");
                into.push((key.at, format!("{pointer}/{token}")));
                nodes(inner, into, format!("{pointer}/{token}"));
            }
        }
        _ => {}
    }
}

#[test]
fn every_node_is_found_again_under_its_pointer() {
    let yaml = "# c\na:\n  - 1\n  - {b: [x, y], ~: \"q\\\"\"}\n  -\n/p/~x: |\n  t\n\n  u\n\
                ? k\n: - - z\ne: ''\n? |\n  block\n: v\nf: &f {g: h}\ni: *f\n";
    let json = "{\"a\": [1, {\"b\\\"\": []}, -1.5e3],\r\n \"/p/~x\": {\"\": null},\r\n \"é\": \"\\u00e9\"}";
    for text in [yaml, json, "x", "[]", "- - - 1\n- 2"] {
        let sources = sound(text);
        let mut all = Vec::new();
        nodes(sources.root(), &mut all, String::new());
        for (at, pointer) in all {
            // What an alias copied stands where its anchor is.
            if pointer == "/i/g" {
                continue;
            }
            let place = sources.locate(at).unwrap();
            assert_eq!(place.pointer, pointer, "{at:?} of {text}");
            let lines = text[..place.span.start].matches('\n').count();
            assert_eq!(place.line, lines + 1, "{pointer}");
            assert!(text.get(place.span.clone()).is_some());
        }
    }
}

#[test]
fn spans_are_those_of_the_written_text() {
    let text = "a:\n  b: \"q\"\n  c: |\n    long\n    text\n\n  d: [1]\n  e: *x\n";
    let text = &format!("x: &x 1\n{text}");
    let sources = sound(text);
    let written = |pointer: &str| {
        let node = sources.resolve(At::default(), pointer).unwrap();
        &text[sources.locate(node.at).unwrap().span]
    };
    assert_eq!(written("#/a"), "b");
    assert_eq!(written("#/a/b"), "\"q\"");
    assert_eq!(written("#/a/c"), "long\n    text");
    assert_eq!(written("#/a/d"), "[");
    assert_eq!(written("#/a/e"), "*x");
}

#[test]
fn places_that_do_not_exist_are_none() {
    let sources = sound("a: 1");
    let file = FileId(0);
    assert!(sources.locate(At { file, node: 3 }).is_none());
    let file = FileId(7);
    assert!(sources.locate(At { file, node: 0 }).is_none());
    assert!(sources.locate_span(FileId(0), 90..91).is_none());
}
