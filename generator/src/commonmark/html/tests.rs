//! One construct a test, and what holds of all texts.

use proptest::prelude::*;
use pulldown_cmark::{Event, Parser};

use super::from_html;

#[track_caller]
fn assert_becomes(html: &str, markdown: &str) {
    assert_eq!(from_html(html).as_deref(), Some(markdown));
}

#[test]
fn without_tags_nothing_is_done() {
    for text in [
        "a",
        "a < b > c",
        "List<String> `<br/>`x",
        "<https://a.example>",
        "/<section>/<b",
    ] {
        assert!(from_html(text).is_none_or(|same| same == text), "{text}");
    }
}

#[test]
fn paragraphs_are_parted() {
    assert_becomes("<p>a\n  b</p><p class=\"c\">d</p>e", "a\nb\n\nd\n\ne");
    assert_becomes("a<p>b<P/>c", "a\n\nb\n\nc");
    assert_becomes(
        "<div><p>a</p></div>\n\n*b*\n- c\n\n<p>d",
        "a\n\n*b*\n- c\n\nd",
    );
}

#[test]
fn breaks_are_kept() {
    assert_becomes("a<br>b <br/>\nc<BR clear=all>", "a\\\nb\\\nc");
    assert_becomes("<p>a<br>b</p>", "a\\\nb");
    assert_becomes("a  \nb <br> c", "a  \nb\\\nc");
    assert_becomes("a<br><br/>b", "a\n\nb");
    assert_becomes("<b>a<br><br>b</b>", "**a\\\nb**");
}

#[test]
fn lists_are_lists() {
    assert_becomes(
        "<p>a:</p> <ul> <li> <p>b</p> </li> <li> <p>c</p> <p>d</p> </li> </ul> <p>e</p>",
        "a:\n\n- b\n- c\n\n  d\n\ne",
    );
    assert_becomes(
        "a:<ol><li>b<li>c<ul><li>d</ul></ol>e",
        "a:\n\n1. b\n2. c\n   - d\n\ne",
    );
    assert_becomes(
        "a\n<ul>\n<li>b</li>\n\n<li>**c**\n</ul>\n\n*d*",
        "a\n\n- b\n- \\*\\*c\\*\\*\n\n*d*",
    );
    assert_becomes(
        "<ul>\n<li>\n\n*a*\n\n```\nb\n```\n</li>\n</ul>\n\nc",
        "- *a*\n\n  ```\n  b\n  ```\n\nc",
    );
    assert_becomes("a <li>b\n\nc", "a\n\n- b\n\nc");
}

#[test]
fn headings_are_headings() {
    assert_becomes("<h3>A <b>b</b></h3>c", "### A **b**\n\nc");
}

#[test]
fn emphasis_has_marks_where_these_are_read() {
    assert_becomes("<b>a</b> <i> b </i>c<em>d</em>", "**a**  *b* c*d*");
    assert_becomes("<b>Note:</b> a, <strong>b.</strong>", "**Note:** a, **b.**");
    assert_becomes("<b>Note:</b>a", "<b>Note:</b>a");
    assert_becomes("<b>*a*</b> <b></b>b", "<b>*a*</b> b");
    assert_becomes("<p><i>a</p>b</i>", "*a*\n\nb");
}

#[test]
fn code_is_code() {
    assert_becomes("<p><code>a_*&lt;<i>b</i>&gt;</code></p>", "`a_*<b>`");
    assert_becomes(
        "the <code>a_b</code> <code>*a* b</code>",
        "the `a_b` <code>*a* b</code>",
    );
    assert_becomes("<p><code>&eacute;*</code></p>", "<code>&eacute;\\*</code>");
    assert_becomes("a <pre>b</pre>", "a `b`");
    assert_becomes(
        "<pre><code>a &lt;\n\n  b`</code></pre>c",
        "```\na <\n\n  b`\n```\n\nc",
    );
}

#[test]
fn links_lead_to_other_sites() {
    assert_becomes(
        "<a target=x href=\"https://a.example/b?c=d&amp;e\">f</a> <a>g</a> <a href='#h'>h</a>",
        "[f](https://a.example/b?c=d&amp;e) g h",
    );
    assert_becomes("<a href=\"javascript:x\">a</a>", "a");
    assert_becomes(
        "<p><a href=\"https://a.example/(b)\">[c]</a>",
        "[\\[c\\]](<https://a.example/(b)>)",
    );
    assert_becomes(
        "<a href=\"https://a.example\">[b](https://b.example)</a>",
        "[b](https://b.example)",
    );
}

#[test]
fn what_stands_in_markdown_stays_on_its_line() {
    assert_becomes("- a<p>b</p>\n- <b>c</b><br>d", "- a<br>b\n- **c**<br>d");
    assert_becomes(
        "|a|b|\n|-|-|\n|<ul><li>c</li><li>d</li></ul>|<p>e</p><p>f</p>|",
        "|a|b|\n|-|-|\n|• c<br>• d|e<br>f|",
    );
    assert_becomes(
        "> <p>a</p>\n> <a href=\"https://a.example\">b</a>",
        "> a\n> <br>[b](https://a.example)",
    );
    assert_becomes(
        "# <a href=\"https://a.example\">b</a>",
        "# [b](https://a.example)",
    );
}

#[test]
fn comments_are_for_nobody() {
    assert_becomes("a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf", "a  c\n\nf");
}

#[test]
fn blocks_of_markdown_are_left_alone() {
    assert_becomes(
        "<p>a</p>\n\n> b\n\n[c]: https://c.example\n\n***\n\n    d\n\n|e|\n|-|\n\n~~~\n  open",
        "a\n\n> b\n\n[c]: https://c.example\n\n***\n\n    d\n\n|e|\n|-|\n\n~~~\n  open",
    );
}

#[test]
fn what_is_indented_stays_so() {
    assert_becomes(
        "<b>a</b>:\n\n    b\n    c\n\n  - d\n  - e",
        "**a**:\n\n    b\n    c\n\n  - d\n  - e",
    );
    assert_becomes("<ul><li>\n\n      a\n</ul>", "-       a");
}

#[test]
fn all_else_is_text() {
    assert_becomes(
        "<p>a <table><tr onclick=x> *b* _c_ [d]\n- e # f</p>",
        "a \\<table>\\<tr onclick=x> \\*b\\* \\_c\\_ \\[d\\]\n\\- e # f",
    );
    assert_becomes(
        "<p>a<sub>2</sub> &lt;b&gt;<script>c()</script>",
        "a<sub>2</sub> &lt;b&gt;\\<script>c()\\</script>",
    );
    assert_becomes("a<p>- b<p>1. c", "a\n\n\\- b\n\n1\\. c");
}

/// What a reader sees of a text, letters only, whatever stands around them.
fn letters(text: &str) -> String {
    let mut letters = String::new();
    for event in Parser::new_ext(text, super::READ) {
        if let Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) =
            event
        {
            // The names of the tags below have these letters, and the texts have others.
            letters.extend(text.chars().filter(|letter| "xyz".contains(*letter)));
        }
    }
    letters
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_letter_is_lost(parts in proptest::collection::vec(proptest::sample::select(PARTS), 1..14)) {
        let text = parts.concat();
        if let Some(markdown) = from_html(&text) {
            prop_assert_eq!(letters(&markdown), letters(&text), "{}", markdown);
        }
    }

    #[test]
    fn done_again_it_is_the_same(parts in proptest::collection::vec(proptest::sample::select(PARTS), 1..14)) {
        let once = from_html(&parts.concat()).unwrap_or_default();
        let again = from_html(&once).unwrap_or_else(|| once.clone());
        prop_assert_eq!(letters(&again), letters(&once), "{}", once);
    }
}

const PARTS: &[&str] = &[
    "x",
    "y z",
    " ",
    "\n",
    "\n\n",
    "<p>",
    "</p>",
    "<ul>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<li>",
    "</li>",
    "<br>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<div>",
    "</div>",
    "<a href='https://a.b'>",
    "</a>",
    "<h2>",
    "</h2>",
    "- ",
    "1. ",
    "> ",
    "# ",
    "|",
    "\n|-|\n",
    "`",
    "*",
    "**",
    "_",
    "&lt;",
    "[",
    "]",
    "\\",
    "<table>",
    "<u",
    ">",
    "    ",
    "```\n",
];
