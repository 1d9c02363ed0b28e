//! CommonMark of a description → CommonMark that is safe on a page of HTML.
//!
//! The text is taken apart by a CommonMark parser, what could do harm or lead astray is replaced,
//! and the rest is written again. Headings go below the heading that they stand under; of HTML
//! only plain tags in pairs are left, and all else is shown as text; links lead to `http`,
//! `https` and `mailto` alone; a picture becomes a link to it, so that a page asks no other host
//! for anything. Tables, lists and fences stay whole.
//!
//! What was written is read back. If it would not be read as what was meant, the text is printed
//! with each of its marks escaped: then it looks plain, but it is safe whatever it holds.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use pulldown_cmark_to_cmark::{Options as Written, calculate_code_block_token_count};

use crate::commonmark::{self, is_break, leads_somewhere};

/// What the pages are read with, and so what a description is read with.
fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// Text of any number of paragraphs, below a heading of this level.
pub(super) fn block(text: &str, below: usize) -> String {
    let text = commonmark::source(text);
    if is_plain(&text) {
        return text.into_owned();
    }
    let events = harmless(&text, below);
    let written = write(&events);
    if reads_as(&written, &events) {
        written
    } else {
        escaped(&text)
    }
}

/// The same on one line, for a cell of a table or an entry of a list: paragraphs, lines and
/// entries are parted by `<br/>`.
pub(super) fn line(text: &str) -> String {
    let text = commonmark::source(text);
    if is_plain(&text) {
        return text.into_owned();
    }
    let events = inline(harmless(&text, 0));
    let written = write(&events);
    if written.contains('\n') || !reads_as(&written, &events) {
        return escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    written
}

/// Whether no character of a text means anything: most texts are one plain sentence.
fn is_plain(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || " ,.;:'\"/?%()-".contains(c))
}

/// The events of a text, without what could do harm.
fn harmless(text: &str, below: usize) -> Vec<Event<'static>> {
    let parsed: Vec<Event<'_>> = Parser::new_ext(text, options()).collect();
    let shift = shift(&parsed, below);
    let paired = commonmark::paired_tags(parsed.iter());
    // For each link that is open, whether it leads anywhere.
    let mut links = Vec::new();
    let mut events = Vec::new();
    for (place, event) in parsed.into_iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => events.push(heading(level, shift)),
            Event::End(TagEnd::Heading(level)) => {
                events.push(Event::End(TagEnd::Heading(moved(level, shift))));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                // A link within a link is none, and a heading is one to itself.
                let in_heading = events.iter().rev().find_map(|event| match event {
                    Event::Start(Tag::Heading { .. }) => Some(true),
                    Event::End(TagEnd::Heading(_)) => Some(false),
                    _ => None,
                });
                let leads = !in_heading.unwrap_or_default()
                    && links.iter().all(|open| !open)
                    && leads_somewhere(&dest_url);
                links.push(leads);
                events.extend(leads.then(|| Event::Start(link(&dest_url))));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let leads = links.pop().unwrap_or_default();
                events.extend(leads.then_some(Event::End(TagEnd::Link)));
            }
            Event::InlineHtml(html) if is_break(&html) => events.push(Event::HardBreak),
            Event::InlineHtml(html) if paired[place] => {
                events.push(Event::InlineHtml(html.to_ascii_lowercase().into()));
            }
            Event::InlineHtml(html) => events.push(Event::Text(html.into_string().into())),
            Event::Start(Tag::HtmlBlock) => events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => events.push(Event::End(TagEnd::Paragraph)),
            Event::Html(html) => shown(&html, &mut events),
            Event::End(TagEnd::CodeBlock) => {
                // A fence that nobody closed ends without a line break, and would not be closed.
                let is_open =
                    matches!(events.last(), Some(Event::Text(text)) if !text.ends_with('\n'));
                events.extend(is_open.then(|| Event::Text("\n".into())));
                events.push(Event::End(TagEnd::CodeBlock));
            }
            other => events.push(other.into_static()),
        }
    }
    merged(events.into_iter())
}

/// How far headings move, so that the highest stands right below the heading above the text.
fn shift(events: &[Event<'_>], below: usize) -> isize {
    let highest = commonmark::highest_heading(events.iter()).unwrap_or(1);
    let signed = |level: usize| isize::try_from(level).unwrap_or(0);
    signed(below) + 1 - signed(highest)
}

fn moved(level: HeadingLevel, shift: isize) -> HeadingLevel {
    let level = (level as isize + shift).clamp(1, 6);
    let level = usize::try_from(level).ok();
    level
        .and_then(|level| HeadingLevel::try_from(level).ok())
        .unwrap_or(HeadingLevel::H6)
}

/// A heading with a class: without one, braces at its end would be read as attributes.
fn heading(level: HeadingLevel, shift: isize) -> Event<'static> {
    Event::Start(Tag::Heading {
        level: moved(level, shift),
        id: None,
        classes: vec!["said".into()],
        attrs: Vec::new(),
    })
}

fn link(target: &str) -> Tag<'static> {
    Tag::Link {
        link_type: pulldown_cmark::LinkType::Inline,
        dest_url: target.trim().to_owned().into(),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    }
}

/// A line of HTML as the text that it is.
fn shown(html: &str, events: &mut Vec<Event<'static>>) {
    let is_first = matches!(events.last(), Some(Event::Start(_)));
    let text = html.trim();
    if text.is_empty() {
        return;
    }
    events.extend((!is_first).then_some(Event::SoftBreak));
    events.push(Event::Text(text.to_owned().into()));
}

/// Neighbouring texts as one, and no block that is empty.
fn merged<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut merged: Vec<Event<'a>> = Vec::new();
    for event in events {
        match (merged.last_mut(), event) {
            (Some(Event::Text(before)), Event::Text(text)) => {
                *before = format!("{before}{text}").into();
            }
            (Some(Event::Start(Tag::Paragraph)), Event::End(TagEnd::Paragraph)) => {
                merged.pop();
            }
            (_, event) => merged.push(event),
        }
    }
    merged
}

/// Blocks as one paragraph.
fn inline(events: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let mut line: Vec<Event<'static>> = Vec::new();
    // Each open list: the number of its next entry, if it has numbers.
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut code: Option<String> = None;
    for event in events {
        match event {
            Event::Start(Tag::List(first)) => lists.push(first),
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                part(&mut line);
            }
            Event::Start(Tag::Item) => {
                part(&mut line);
                line.push(Event::Text(bullet(lists.last_mut()).into()));
            }
            Event::Start(Tag::CodeBlock(_)) => code = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => {
                part(&mut line);
                code_lines(&code.take().unwrap_or_default(), &mut line);
                part(&mut line);
            }
            Event::Text(text) if code.is_some() => {
                code.iter_mut().for_each(|code| code.push_str(&text));
            }
            Event::Start(Tag::Heading { .. }) => {
                part(&mut line);
                line.push(Event::Start(Tag::Strong));
            }
            Event::End(TagEnd::Heading(_)) => {
                line.push(Event::End(TagEnd::Strong));
                part(&mut line);
            }
            Event::Start(Tag::TableCell) => {
                let is_first = line.last().is_none_or(is_parting);
                line.extend((!is_first).then(|| Event::Text(" · ".into())));
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::BlockQuote(_),
            )
            | Event::Rule
            | Event::HardBreak => part(&mut line),
            Event::SoftBreak => line.push(Event::Text(" ".into())),
            Event::TaskListMarker(done) => {
                line.push(Event::Text(if done { "☑ " } else { "☐ " }.into()));
            }
            Event::Start(
                Tag::Paragraph
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::BlockQuote(_),
            )
            | Event::End(TagEnd::Table | TagEnd::TableCell) => {}
            kept => line.push(kept),
        }
    }
    while line.last().is_some_and(is_parting) {
        line.pop();
    }
    let mut paragraph = vec![Event::Start(Tag::Paragraph)];
    paragraph.extend(line);
    paragraph.push(Event::End(TagEnd::Paragraph));
    merged(paragraph.into_iter())
}

fn bullet(list: Option<&mut Option<u64>>) -> String {
    match list {
        Some(Some(number)) => {
            let bullet = format!("{number}. ");
            *number += 1;
            bullet
        }
        _ => "• ".to_owned(),
    }
}

fn code_lines(code: &str, line: &mut Vec<Event<'static>>) {
    for (place, text) in code.trim_end().lines().enumerate() {
        if place > 0 {
            part(line);
        }
        if !text.trim().is_empty() {
            line.push(Event::Code(text.to_owned().into()));
        }
    }
}

/// A line break, unless there is one or nothing stands before it.
fn part(line: &mut Vec<Event<'static>>) {
    if line.last().is_some_and(|last| !is_parting(last)) {
        line.push(Event::InlineHtml("<br/>".into()));
    }
}

fn is_parting(event: &Event<'_>) -> bool {
    matches!(event, Event::InlineHtml(html) if is_break(html))
}

fn write(events: &[Event<'_>]) -> String {
    let mut text = String::new();
    let options = Written {
        code_block_token_count: calculate_code_block_token_count(events).unwrap_or(3),
        ..Written::default()
    };
    let written = pulldown_cmark_to_cmark::cmark_with_options(
        events.iter(),
        &mut text,
        self::options(),
        options,
    );
    match written {
        Ok(_) => text.trim_end().to_owned(),
        // Nothing is read as these events, so the text is escaped instead.
        Err(_) => String::new(),
    }
}

/// Whether a text is read as these events, and ends where they end: what follows it on a page is
/// none of its fences and lists.
fn reads_as(text: &str, events: &[Event<'_>]) -> bool {
    let options = options() | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_FOOTNOTES;
    let followed = format!("{text}\n\n# end");
    let read = merged(Parser::new_ext(&followed, options));
    let end: Vec<Event<'_>> = Parser::new_ext("# end", options).collect();
    let mut expected = essence(events);
    expected.extend(essence(&end));
    essence(&read) == expected
}

/// What is compared: how a link was written, how wide a table is drawn and what parts words does
/// not count.
#[derive(PartialEq)]
enum Essence<'a> {
    Words(String),
    Link(&'a str),
    Fence(&'a str),
    Heading(HeadingLevel, &'a [CowStr<'a>]),
    Other(&'a Event<'a>),
}

fn essence<'a>(events: &'a [Event<'a>]) -> Vec<Essence<'a>> {
    let mut essence = Vec::new();
    let mut words = String::new();
    for event in events {
        match event {
            Event::Text(text) => words.push_str(text),
            Event::SoftBreak => words.push(' '),
            other => {
                flush(&mut words, &mut essence);
                essence.extend(mark(other));
            }
        }
    }
    flush(&mut words, &mut essence);
    essence
}

/// What an event is, for comparing; nothing for what does not count.
fn mark<'a>(event: &'a Event<'a>) -> Option<Essence<'a>> {
    Some(match event {
        // A list is loose or tight by blank lines, which are not kept.
        Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => return None,
        Event::Start(Tag::Link { dest_url, .. }) => Essence::Link(dest_url),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => Essence::Fence(language),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Essence::Fence(""),
        Event::Start(Tag::Heading { level, classes, .. }) => Essence::Heading(*level, classes),
        other => Essence::Other(other),
    })
}

fn flush(words: &mut String, essence: &mut Vec<Essence<'_>>) {
    let mut text = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    essence.extend((!text.is_empty()).then_some(Essence::Words(text)));
    words.clear();
}

/// Text with each of its marks escaped, lines kept.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim();
        for c in line.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                c if c.is_ascii_punctuation() => out.extend(['\\', c]),
                c => out.push(c),
            }
        }
        out.push('\n');
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text that is all of the trouble that descriptions make.
    const NASTY: &str = "# Top\n\nPipes | and `ticks | here`\n\n### Lower {#id}\n\n\
        <script>alert(1)</script> <img src=x onerror=alert(1)> <b>bold</b> <b>open\n\n\
        [run](javascript:alert(1)) [run](JaVaScRiPt:x) ![far](https://far.example/p.png) \
        [near](./near) [ok](https://ok.example/a|b)\n\n| a | b |\n| - | - |\n| 1 \\| 2 | `x` |\n\n\
        ```js\n<script>\n# kept\n```\n\n<div onclick=\"x()\">\nraw\n</div>\n\n\
        {{#include /etc/passwd}} &lt;i&gt; [^1]: no\n\nשלום *עולם* 🎉";

    /// No event of a page can run code or leave the page unasked.
    fn assert_harmless(markdown: &str) {
        for event in Parser::new_ext(markdown, options()) {
            match event {
                Event::Html(html) => panic!("{html} in {markdown}"),
                Event::InlineHtml(html) => {
                    let plain = ["<b>", "</b>", "<br/>", "<br>"];
                    assert!(plain.contains(&&*html), "{html} in {markdown}");
                }
                Event::Start(Tag::Link { dest_url, .. }) => assert!(leads_somewhere(&dest_url)),
                Event::Start(Tag::Image { .. }) => panic!("a picture in {markdown}"),
                _ => {}
            }
        }
    }

    #[test]
    fn what_could_do_harm_is_gone() {
        assert_harmless(&block(NASTY, 2));
        assert_harmless(&line(NASTY));
        insta::assert_snapshot!(block(NASTY, 2) + "\n\n=====\n\n" + &line(NASTY));
    }

    #[test]
    fn headings_go_below_the_heading_above() {
        assert_eq!(
            block("# A\n\n### B", 2),
            "### A { .said }\n\n##### B { .said }"
        );
        assert_eq!(block("A\n=", 5), "###### A { .said }");
        assert_eq!(line("# A\nb"), "**A**<br/>b");
        assert_eq!(block("# [A](https://a.example)", 1), "## A { .said }");
    }

    #[test]
    fn an_open_fence_is_closed() {
        assert_eq!(block("a\n\n~~~\nb", 1), "a\n\n```\nb\n```");
    }

    #[test]
    fn plain_sentences_are_not_touched() {
        let text = "Gets a thing (by its id), if there is one.";
        assert_eq!(block(text, 1), text);
        assert_eq!(line(text), text);
    }

    #[test]
    fn a_cell_has_one_line() {
        assert_eq!(
            line("a\nb\n\n- c\n- `d|e`\n\n```\nf\n```"),
            "a b<br/>• c<br/>• `d|e`<br/>`f`"
        );
        assert_eq!(line("1. a\n2. b"), "1\\. a<br/>2\\. b");
    }

    #[test]
    fn tags_stay_in_pairs_only() {
        assert_eq!(line("a<sup>2</sup> <sub>b"), "a<sup>2</sup> \\<sub>b");
        assert_eq!(line("<b>*a</b>*"), "\\<b>*a\\</b>*");
        assert_eq!(line("<b title=x>a</b>"), "**a**");
        assert_eq!(line("<sub title=x>a</sub>"), "\\<sub title=x>a\\</sub>");
    }

    #[test]
    fn escaped_text_is_only_text() {
        for text in [NASTY, "- a\n- b", "    code", "a\n---", "&amp; <b>"] {
            let escaped = escaped(text);
            let events = Parser::new_ext(&escaped, options()).map(Event::into_static);
            for event in events.collect::<Vec<_>>() {
                let is_text = matches!(
                    event,
                    Event::Text(_)
                        | Event::SoftBreak
                        | Event::Start(Tag::Paragraph)
                        | Event::End(TagEnd::Paragraph)
                );
                assert!(is_text, "{event:?}");
            }
        }
    }
}
