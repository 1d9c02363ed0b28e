//! Tags in lists, quotes, tables and headings of Markdown, where all has to stay on its line.

use std::ops::Range;

use pulldown_cmark::{Event, Tag as Block, TagEnd};

use super::inline::Inline;
use super::tag::{Known, Role, Tag};
use super::{Located, comment};
use crate::commonmark::literal::literal;
use crate::commonmark::tags;

const BREAK: &str = "<br>";
const ENTRY: &str = "• ";

/// A block of Markdown with the tags in it replaced.
pub(super) fn edited(
    text: &str,
    events: &[Located<'_>],
    range: &Range<usize>,
    known: &Known,
) -> String {
    let mut line = Line {
        known,
        done: String::new(),
        inline: Inline::default(),
        waits: String::new(),
        is_begun: false,
    };
    let between = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    let mut at = range.start;
    for (event, range) in events {
        match event {
            Event::Start(Block::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(block) if !is_inline(&block.to_end()) => {
                line.inline.markdown(between(at, range.start));
                at = at.max(range.start);
                line.end();
            }
            Event::End(block) if !is_inline(block) => {
                line.inline.markdown(between(at, range.end));
                at = at.max(range.end);
                line.end();
            }
            Event::InlineHtml(_) | Event::Html(_) => {
                line.inline.markdown(between(at, range.start));
                at = range.end;
                let next = text.get(at..).and_then(|rest| rest.chars().next());
                line.html(between(range.start, range.end), next);
            }
            Event::SoftBreak | Event::HardBreak => {}
            _ => line.begin(),
        }
    }
    line.inline.markdown(between(at, range.end));
    line.end();
    line.done
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

struct Line<'a> {
    known: &'a Known,
    done: String,
    inline: Inline,
    /// What stands before the next text of the line.
    waits: String,
    /// Whether the line has text.
    is_begun: bool,
}

impl Line<'_> {
    /// Something that is read comes next.
    fn begin(&mut self) {
        self.is_begun = true;
        let waits = std::mem::take(&mut self.waits);
        self.inline.markdown(&waits);
    }

    fn end(&mut self) {
        self.done.push_str(&self.inline.take());
        self.waits.clear();
        self.is_begun = false;
    }

    fn html(&mut self, html: &str, next: Option<char>) {
        let mut rest = html;
        while let Some(place) = rest.find('<') {
            let (before, from) = rest.split_at(place);
            self.text(before);
            rest = match (comment(from), Tag::at(from)) {
                (Some((_, after)), _) => after,
                (None, Some(tag)) => {
                    let after = from.get(tag.source.len()..).unwrap_or_default();
                    self.tag(&tag, after.chars().next().or(next));
                    after
                }
                (None, None) => {
                    self.text("\\<");
                    from.get(1..).unwrap_or_default()
                }
            };
        }
        self.text(rest);
    }

    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.begin();
        }
        self.inline.markdown(text);
    }

    fn tag(&mut self, tag: &Tag<'_>, next: Option<char>) {
        match self.known.role(tag) {
            Some(Role::Break) if self.is_begun => self.inline.markdown(BREAK),
            Some(Role::Break) => {}
            Some(Role::Paragraph | Role::List(_) | Role::Heading(_)) => self.part(),
            Some(Role::Entry) => {
                self.part();
                if !tag.closes && !self.waits.ends_with(ENTRY) {
                    self.waits.push_str(ENTRY);
                }
            }
            Some(role) => {
                self.begin();
                let role = if role == Role::Typed {
                    Role::Code
                } else {
                    role
                };
                self.inline.tag(tag, role, next, false);
            }
            None => {
                self.begin();
                match tags::may_stay(tag.source) {
                    true => self.inline.markdown(tag.source),
                    false => self.inline.markdown(&literal(tag.source)),
                }
            }
        }
    }

    /// What comes next begins a line of its own.
    fn part(&mut self) {
        if self.is_begun && self.waits.is_empty() {
            self.waits.push_str(BREAK);
        }
    }
}
