//! One construct a test, and all of them together against what rustdoc would make of them.

use proptest::prelude::*;
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

use super::{entry, labelled, line, lines};

/// What rustdoc reads.
const RUSTDOC: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_FOOTNOTES);

#[track_caller]
fn assert_stays(text: &str) {
    assert_becomes(text, text);
}

#[track_caller]
fn assert_becomes(text: &str, expected: &str) {
    assert_eq!(lines(text).join("\n"), expected);
    assert_harmless(text);
}

#[test]
fn brackets_and_tags_are_text() {
    assert_becomes("the [id] of <org>", r"the \[id\] of \<org>");
    assert_becomes("[`Id`] and [a][b]", r"\[`Id`\] and \[a\]\[b\]");
}

#[test]
fn nothing_hides_in_a_comment() {
    assert_becomes("a\u{202e}b\rc\u{0}d", "a b c d");
    assert_becomes("`a\u{202e}b`", "`a b`");
}

#[test]
fn links_to_other_sites_stay() {
    assert_stays("see [docs](https://a.example/x), `a[0]`, [`b`](http://b.example), <a@b.example>");
    assert_stays("[mail](mailto:a@b.example) and <https://a.example/?b=(c)>");
    assert_becomes("[a](./near \"t\") [b](javascript:x) [c](#here)", "a b c");
    assert_becomes("[a](<https://a.example/(b>)", r"[a](https://a.example/\(b)");
}

#[test]
fn references_are_resolved() {
    assert_becomes(
        "see [the docs][1] and [2]\n\n[1]: https://a.example/1\n[2]: ./near",
        "see [the docs](https://a.example/1) and 2",
    );
}

#[test]
fn pictures_are_links() {
    assert_becomes(
        "![a b](https://a.example/p.png) [![c](https://c.example/p)](https://d.example)",
        "[a b](https://a.example/p.png) [c](https://d.example)",
    );
    assert_becomes("!![](https://a.example/p)", "!<https://a.example/p>");
    assert_becomes("![](https://a.example/<p>)", "<https://a.example/%3Cp%3E>");
}

#[test]
fn bare_addresses_are_links() {
    assert_becomes(
        "see https://a.example/x_y (or https://b.example/c_(d)).",
        "see <https://a.example/x_y> (or <https://b.example/c_(d)>).",
    );
    assert_becomes(r"https://a.example/\_b", "<https://a.example/_b>");
    assert_becomes("**https://a.example**", "**<https://a.example>**");
    assert_stays("[https://a.example](https://a.example)");
}

#[test]
fn code_blocks_are_never_tests() {
    assert_becomes(
        "```rust\npanic!()\n\n\n  b\n```",
        "```text\npanic!()\n\n\n  b\n```",
    );
    assert_becomes(
        "a\n\n    panic!()\n      b",
        "a\n\n```text\npanic!()\n  b\n```",
    );
    assert_becomes("~~~~\n```\n~~~~", "````text\n```\n````");
}

#[test]
fn an_open_fence_is_closed() {
    assert_becomes("a\n```\nopen", "a\n```text\nopen\n```");
}

#[test]
fn paragraphs_keep_their_lines() {
    assert_stays("*a* b\nc `d`\n\n**e** _f_ ~~g~~ __h__\nsnake_case * i");
    assert_becomes("`a`\n   b\n\n\n\nc", "`a`\nb\n\nc");
}

#[test]
fn breaks_are_kept() {
    assert_becomes("a  \nb<br>c<br/>\nd\\\ne<br>", "a\\\nb\\\nc\\\nd\\\ne");
    assert_becomes("<br>a\n<br><br>\n", "a");
}

#[test]
fn lists_keep_their_form() {
    assert_stays("A:\n- a\n  - b\n    c\n    1. d\n    2. e\n- f\n\nB");
    assert_stays("- a\n\n  b\n\n- c");
    assert_stays("1. a\n1. b\n\n9) c\n10) d");
    assert_becomes("*   a\n    b\n*   c", "* a\n  b\n* c");
    assert_becomes(
        "- a\nlazy\n- \n- ```\n  b\n  ```",
        "- a\n  lazy\n-\n- ```text\n  b\n  ```",
    );
    assert_stays("- [ ] a\n- [x] b");
}

#[test]
fn what_is_no_list_stays_none() {
    assert_becomes("a:\n    - b\n    # c\n    1) d", "a:\n\\- b\n\\# c\n1\\) d");
    assert_stays(r"1\. a");
}

#[test]
fn quotes_stay() {
    assert_becomes("> a\n> b\nlazy\n>\n>> c", "> a\n> b\n> lazy\n>\n> > c");
    assert_becomes("> [!NOTE]\n> Mind *this*.", "> **Note**\n>\n> Mind *this*.");
    assert_becomes("- > a\n  > - b", "- > a\n  > - b");
}

#[test]
fn tables_stay() {
    assert_becomes(
        "|a|b\n|-|:-:\n|`x\\|y`|[c](https://c.example/\\|)\n|d<br>e\\|f|",
        "| a | b |\n| --- | :-: |\n| `x\\|y` | [c](https://c.example/\\|) |\n| d<br>e\\|f |  |",
    );
    assert_becomes("a\n\n|b|\n|-|\nc", "a\n\n| b |\n| --- |\n| c |");
    assert_stays("no | table");
}

#[test]
fn headings_go_below_the_page() {
    assert_becomes(
        "# A\ntext\n### B #\n\n###### C",
        "## A\ntext\n#### B\n\n###### C",
    );
    assert_stays("## C#\n\ntext");
    assert_becomes("A *b*\nc #\n===", "## A *b* c \\#");
}

#[test]
fn rules_stay() {
    assert_becomes("a\n\n---\nb", "a\n\n---\n\nb");
    assert_stays("- ***");
}

#[test]
fn plain_tags_stay_in_pairs() {
    assert_becomes("a<SUP>2</SUP> <sub>b", r"a<sup>2</sup> \<sub>b");
    assert_becomes("<sup title='x'>a</sup>", r"\<sup title='x'>a\</sup>");
}

#[test]
fn blocks_of_tags_are_text() {
    assert_becomes(
        "<form class=\"a_b\">\n*c* [d]\n</form>",
        "\\<form class=\"a_b\">\n\\*c\\* \\[d\\]\n\\</form>",
    );
}

#[test]
fn plain_html_is_markdown() {
    assert_becomes(
        "<p>A <b>b</b>:</p> <ul> <li> <p><a href=\"https://a.example/c\">c</a></p> </li> <li>[d]</li> </ul>",
        "A **b**:\n\n- [c](https://a.example/c)\n- \\[d\\]",
    );
    assert_eq!(line("<p>a</p><p><b>b</b></p>"), "a **b**");
    assert_eq!(super::first_sentence("<p>A b. C</p>"), "A b");
}

#[test]
fn what_is_not_closed_is_text() {
    assert_becomes("a ` b [c](d **e <f", r"a \` b \[c\](d **e \<f");
}

#[test]
fn escapes_and_entities_stay() {
    assert_stays(r"\*a\* \\ &lt;b&gt; \[c\] \_");
    assert_stays(r"`a`\b \ c");
    assert_becomes(r"\http://a.example \", r"\\<http://a.example> \\");
}

#[test]
fn a_line_begins_nothing() {
    assert_eq!(line("# a\n- [b]"), r"# a - \[b\]");
    assert_eq!(line("Plain API"), "Plain API");
    assert_eq!(line("a<br>`b`"), "a `b`");
}

#[test]
fn a_label_stands_before_text_only() {
    assert_eq!(labelled("A:", "*b*\nc"), ["A: *b*", "c"]);
    assert_eq!(labelled("A:", "- b"), ["A:", "", "- b"]);
    assert_eq!(labelled("A:", ""), [""; 0]);
    assert_eq!(
        entry("`a`:", "b\nc\n\n- d"),
        ["* `a`: b", "  c", "", "  - d"]
    );
}

/// What rustdoc makes of a text has no more than the text had, and nothing that could do harm.
fn assert_harmless(text: &str) {
    let printed = lines(text);
    for line in &printed {
        assert!(!line.contains(super::is_unprintable), "{line:?}");
        assert_eq!(line.trim_end(), line);
    }
    let printed = printed.join("\n");
    // Whatever stands in brackets could be a link to an item.
    let mut link = |_: BrokenLink<'_>| Some((CowStr::Borrowed("item"), CowStr::Borrowed("")));
    let mut open_links = 0;
    let mut is_code = false;
    for event in Parser::new_with_broken_link_callback(&printed, RUSTDOC, Some(&mut link)) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let leads = ["http", "mailto:"]
                    .iter()
                    .any(|start| dest_url.starts_with(start));
                assert!(leads || dest_url.contains('@'), "{dest_url} in {printed}");
                open_links += 1;
            }
            Event::End(pulldown_cmark::TagEnd::Link) => open_links -= 1,
            Event::Start(Tag::CodeBlock(kind)) => {
                assert_eq!(kind, CodeBlockKind::Fenced("text".into()), "{printed}");
                is_code = true;
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => is_code = false,
            Event::Start(Tag::Heading { level, .. }) => assert!(level as usize > 1, "{printed}"),
            Event::Start(Tag::Image { .. }) | Event::Html(_) | Event::FootnoteReference(_) => {
                panic!("{event:?} in {printed}")
            }
            Event::InlineHtml(tag) => {
                assert!(!tag.contains([' ', '=', '!']), "{tag} in {printed}");
            }
            Event::Text(text) if open_links == 0 && !is_code => {
                assert!(!text.contains("http://"), "{text} in {printed}");
            }
            _ => {}
        }
    }
}

/// The letters that a reader sees.
fn letters(text: &str) -> String {
    let mut letters = String::new();
    for event in Parser::new_ext(text, super::blocks::READ) {
        match event {
            Event::InlineHtml(html) if crate::commonmark::is_break(&html) => {}
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                letters.extend(text.chars().filter(|letter| letter.is_alphanumeric()));
            }
            _ => {}
        }
    }
    letters
}

fn texts() -> impl Strategy<Value = String> {
    let parts = proptest::sample::select(PARTS);
    proptest::collection::vec(parts, 1..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_text_is_made_of_it_is_harmless(text in texts()) {
        assert_harmless(&text);
    }

    #[test]
    fn whatever_a_text_is_made_of_it_says_the_same(text in texts()) {
        // These become words of ours, or show where they lead.
        if !text.contains("[!") && !text.contains("](") {
            let printed = lines(&text).join("\n");
            let read = super::printable(&text);
            let read = crate::commonmark::source(&read);
            prop_assert_eq!(letters(&printed), letters(&read), "{}", printed);
        }
    }
}

/// Of what texts are made that a test thinks of.
const PARTS: &[&str] = &[
    "a",
    "b c",
    " ",
    "\n",
    "\n\n",
    "\n    ",
    "\n  ",
    "- ",
    "* ",
    "1. ",
    "> ",
    "# ",
    "===",
    "---",
    "|",
    "\n|-|\n",
    "[a]",
    "[",
    "](",
    "](https://a.example)",
    ")",
    "![",
    "`",
    "```\n",
    "~~~\n",
    "*",
    "**",
    "_",
    "~~",
    "<",
    ">",
    "<b>",
    "</b>",
    "<br>",
    "<div>\n",
    "<!--",
    "-->",
    "\\",
    "&lt;",
    "http://a.example",
    "[a]: b\n",
    "[^1]",
    "[^1]: a\n",
    "[ ] ",
    "> [!NOTE]\n",
    "\t",
    "\r",
    "!",
];
