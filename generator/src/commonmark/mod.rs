//! What holds of CommonMark wherever a text of a description is shown.
//!
//! Pages of docs and doc comments write a text anew, each in its own way. What a text is before
//! that, which of its HTML is CommonMark, which tags may stay, where a link may lead and how deep
//! its headings are, is the same for both and stands here.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag};

mod html;
mod links;
mod literal;
mod tags;

pub(crate) use html::from_html;
pub(crate) use links::leads_somewhere;
pub(crate) use literal::{code_span, line_start, literal, longest_run};
pub(crate) use tags::{is_break, paired_tags};

/// A text as it is read: lines end in `\n`, nothing blank stands around it, what all of its lines
/// are indented by is gone, since that came from where the text stood, and plain HTML is
/// CommonMark.
pub(crate) fn source(text: &str) -> Cow<'_, str> {
    let text = unindented(text);
    match from_html(&text) {
        Some(text) => Cow::Owned(text),
        None => text,
    }
}

fn unindented(text: &str) -> Cow<'_, str> {
    let text = text.trim_end();
    let ends = text.contains('\r');
    let begins = text.starts_with(|letter: char| !letter.is_whitespace());
    if begins && !ends {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = text.lines().skip_while(|line| line.trim().is_empty());
    let indent = lines.clone().filter(|line| !line.trim().is_empty());
    let indent = indent.map(indent_of).min().unwrap_or(0);
    let lines = lines.map(|line| line.get(indent..).unwrap_or_default());
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The highest level of the headings of a text, 1 being the highest of all.
pub(crate) fn highest_heading<'a>(events: impl Iterator<Item = &'a Event<'a>>) -> Option<usize> {
    let levels = events.filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as usize),
        _ => None,
    });
    levels.min()
}

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn a_text_begins_and_ends_with_text() {
        assert_eq!(source("\n\n  a\r\n  b\r  \n"), "a\nb");
    }

    #[test]
    fn what_all_lines_are_indented_by_is_gone() {
        assert_eq!(source("    a\n\n      b\n    c"), "a\n\n  b\nc");
        assert_eq!(source("a\n    b"), "a\n    b");
    }
}
