//! The plain HTML of a text, written as CommonMark.
//!
//! Many descriptions are HTML, or Markdown with HTML in it: paragraphs, breaks, lists, headings,
//! emphasis, code and links. Where CommonMark has a form for a tag, this form takes its place; a
//! tag that only changes the look, and a comment, goes away. All else stays as it is, and is for
//! whoever shows the text to make harmless.
//!
//! Blocks of HTML and paragraphs that stand on their own become as many blocks as they have. What
//! stands in a list, a quote or a table of Markdown has to stay on its lines: there a paragraph and
//! an entry begin after a break.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag as Block};

mod inline;
mod nested;
mod tag;
mod writer;

use self::tag::{Known, Role, Tag};
use self::writer::Writer;

/// What texts are read with here.
const READ: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

type Located<'a> = (Event<'a>, Range<usize>);

/// A text with its plain HTML as CommonMark; `None` if it has none.
pub(crate) fn from_html(text: &str) -> Option<String> {
    let known = Known::of(text);
    if known.is_empty() && !text.contains("<!--") {
        return None;
    }
    let events: Vec<Located<'_>> = Parser::new_ext(text, READ).into_offset_iter().collect();
    let mut writer = Writer::new(&known);
    let mut at = 0;
    let mut rest = events.as_slice();
    while let Some(length) = block(rest) {
        let (block, after) = rest.split_at(length);
        rest = after;
        let Some((first, range)) = block.first() else {
            break;
        };
        // Rules and the like stand between blocks.
        let Event::Start(start) = first else {
            continue;
        };
        writer.between(text.get(at..range.start).unwrap_or_default());
        let source = text.get(range.clone()).unwrap_or_default();
        at = range.start + source.trim_end_matches('\n').len();
        match start {
            Block::HtmlBlock => html(source, &mut writer),
            Block::Paragraph if has_tags(block, &known) => {
                paragraph(text, block, range, &mut writer);
            }
            _ if has_tags(block, &known) => {
                writer.block(&nested::edited(text, block, range, &known));
            }
            _ => writer.block(source),
        }
    }
    writer.between(text.get(at..).unwrap_or_default());
    Some(writer.finish())
}

/// How many events the first block has, or what stands for one.
fn block(events: &[Located<'_>]) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(place + 1);
        }
    }
    None
}

fn has_tags(block: &[Located<'_>], known: &Known) -> bool {
    block.iter().any(|(event, _)| match event {
        Event::InlineHtml(html) => {
            is_comment(html) || Tag::at(html).is_some_and(|tag| known.role(&tag).is_some())
        }
        Event::Html(html) => html.contains('<'),
        _ => false,
    })
}

fn is_comment(html: &str) -> bool {
    html.starts_with("<!--") && html.ends_with("-->")
}

/// A paragraph of Markdown with tags in it.
fn paragraph(text: &str, events: &[Located<'_>], range: &Range<usize>, writer: &mut Writer<'_>) {
    let mut at = range.start;
    for (event, range) in events {
        let Event::InlineHtml(html) = event else {
            continue;
        };
        writer.markdown(text.get(at..range.start).unwrap_or_default());
        at = range.end;
        if is_comment(html) {
            continue;
        }
        let source = text.get(range.clone()).unwrap_or_default();
        match Tag::at(source) {
            Some(tag) => writer.tag(&tag, text.get(at..).and_then(|rest| rest.chars().next())),
            None => writer.markdown(source),
        }
    }
    writer.markdown(text.get(at..range.end).unwrap_or_default());
    writer.end();
}

/// A block of HTML.
fn html(block: &str, writer: &mut Writer<'_>) {
    let mut rest = block;
    while let Some(place) = rest.find('<') {
        let (before, from) = rest.split_at(place);
        writer.text(before);
        if let Some((_, after)) = comment(from) {
            rest = after;
            continue;
        }
        let Some(tag) = Tag::at(from) else {
            writer.text("<");
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        let after = from.get(tag.source.len()..).unwrap_or_default();
        if tag.role == Some(Role::Typed)
            && !tag.closes
            && let Some((typed, after)) = until_end(after, &tag.name)
        {
            writer.typed(typed);
            rest = after;
            continue;
        }
        writer.tag_of_html(&tag, after.chars().next());
        rest = after;
    }
    writer.text(rest);
    writer.end();
}

/// The comment that a text begins with, and what stands behind it.
fn comment(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("<!--")?.split_once("-->")
}

/// What stands before the end tag of a name, and what stands behind it.
fn until_end<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let ends = text.match_indices("</").find_map(|(place, _)| {
        let tag = Tag::at(text.get(place..)?)?;
        (tag.name == name).then_some((place, place + tag.source.len()))
    });
    let (start, end) = ends?;
    Some((text.get(..start)?, text.get(end..)?))
}

#[cfg(test)]
mod tests;
