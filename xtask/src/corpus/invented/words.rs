//! Names that are likely to mean something else: to Rust, to cargo, to serde, or to emitted code.

/// Words for names of every kind; a name may be one of them or two in a row.
pub(super) const WORDS: [&str; 96] = [
    "id",
    "name",
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "_",
    "__",
    "a-b",
    "a_b",
    "aB",
    "AB",
    "ab",
    "async",
    "gen",
    "try",
    "union",
    "fn",
    "send",
    "options",
    "pages",
    "items",
    "clone",
    "send_with_meta",
    "wait",
    "new",
    "build",
    "body",
    "call",
    "client",
    "Client",
    "types",
    "runtime",
    "codec",
    "error",
    "Error",
    "std",
    "core",
    "serde",
    "fakes",
    "builder",
    "Option",
    "Vec",
    "String",
    "Result",
    "Ok",
    "Err",
    "Some",
    "None",
    "Box",
    "Request",
    "Response",
    "Value",
    "Default",
    "Debug",
    "+1",
    "-1",
    "1",
    "2nd",
    "",
    "日本",
    "имя",
    "é",
    "🙂",
    "foo.bar",
    "foo/bar",
    "foo bar",
    "Foo",
    "FOO",
    "foo_",
    "_foo",
    "true",
    "null",
    "page",
    "limit",
    "cursor",
    "next",
    "links",
    "match",
    "where",
    "dyn",
    "final",
    "macro",
    "main",
    "test",
    "default",
    "blocking",
    "list",
    "from",
    "as_str",
    "rest",
    "unrecognized",
    "additional_properties",
    "T",
    "aNameThatIsLongEnoughToBreakTheLine",
];

/// Texts that end comments, strings or fences if they are let.
pub(super) const TEXTS: [&str; 8] = [
    "A text.",
    "*/ /* // \"quoted\" \\",
    "```\nfenced\n```",
    "{{ x }} {% y %}",
    "</div> <b>bold</b> [link](there)",
    "two\r\nlines",
    "    indented",
    "",
];

/// What a component may be called (3.1, 4.8.7.1).
pub(super) fn component(word: &str) -> String {
    let fits = |letter: &char| letter.is_alphanumeric() || "._-".contains(*letter);
    word.chars().filter(fits).collect()
}

/// What a header may be called (RFC 9110, 5.1).
pub(super) fn header(word: &str) -> String {
    let fits = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
    let name: String = word.chars().filter(fits).collect();
    if name.is_empty() {
        "X".to_owned()
    } else {
        name
    }
}
