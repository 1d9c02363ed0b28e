//! Mistakes that people make, as they are shown to them.

use crate::read;

#[test]
fn problems_in_yaml() {
    for (name, text) in [
        ("yaml_tab", "a:\n\tb: 1\n"),
        (
            "yaml_colon",
            "info:\n  title: Pets: a store\n  version: 1\n",
        ),
        ("yaml_unclosed", "a: 1\nb: [1, 2\nc: 3\n"),
        ("yaml_alias_unknown", "a: *nope\n"),
        ("yaml_alias_in_itself", "a: &a [*a]\n"),
        ("yaml_nul", "a: \"x\0y\"\n"),
        ("yaml_percent", "%"),
        ("yaml_at_sign", "a: @x\n"),
        ("yaml_end_of_line", "a: \"x\n"),
        ("yaml_trailing", "{a: 1} }"),
        ("yaml_documents", "a: 1\n---\nb: 2\n"),
        ("yaml_tags", "a: !money 12\nb: !!int x\n"),
        ("yaml_keys", "? [a, b]\n: c\nd: 1\n<<: 1\n"),
        ("empty", ""),
        ("empty_comment", "# nothing\n"),
        ("duplicate", "paths:\n  /a: 1\n  /b: 2\n  /a: 3\n"),
        ("crlf", "a:\r\n  b: 1\r\n  b: 2\r\n"),
        ("emoji", "\"👩‍👩‍👧 日本\": {é: 1, é: 2}\n"),
    ] {
        insta::assert_snapshot!(name, read(text).1);
    }
}

#[test]
fn problems_in_json() {
    let long = format!(
        "{{\"a\":[{0}],\"k\":1,\"k\":2,\"b\":[{0}]}}",
        vec!["{\"x\":\"y\"}"; 100_000].join(",")
    );
    for (name, text) in [
        ("json_comma_missing", "{\n  \"a\": 1\n  \"b\": 2\n}\n"),
        ("json_cut_off", "{\"a\": [1, {\"b\": \"c"),
        ("json_only_open", "{"),
        ("json_control", "{\"a\": \"x\u{1}\"}"),
        ("json_trailing", "{\"a\": 1}\n]\n"),
        ("json_duplicate", "{\n  \"a\": 1,\n  \"\\u0061\": 2\n}"),
        ("json_minified", &*long),
    ] {
        insta::assert_snapshot!(name, read(text).1);
    }
}
