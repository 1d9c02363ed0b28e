//! What stands in a paragraph, a heading or a cell.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

use super::escape::{self, Within};
use crate::commonmark;

/// A line break that is shown, until the lines of a paragraph are taken: no text has this letter.
const BREAK: char = '\u{1}';

/// What was printed of a paragraph so far.
#[derive(Default)]
pub(super) struct Inline {
    printed: String,
    /// Text of the source that was not looked at yet, and where it ends.
    text: String,
    text_end: usize,
    links: Vec<Link>,
    table: bool,
}

/// A link that is open.
struct Link {
    kind: LinkType,
    /// Where it leads; nowhere, if it must not be followed.
    target: Option<String>,
    /// Where its label begins.
    label: usize,
}

impl Inline {
    /// Of a cell of a table.
    pub(super) fn in_table(&mut self, table: bool) {
        self.table = table;
    }

    /// Text as it stands in the source; the escape before it belongs to it.
    pub(super) fn text(&mut self, source: &str, range: Range<usize>) {
        let before = range.start.checked_sub(1);
        let escape = before.filter(|before| *before >= self.text_end);
        let is_escaped = escape.is_some_and(|at| source.as_bytes().get(at) == Some(&b'\\'));
        self.text.extend(is_escaped.then_some('\\'));
        self.text
            .push_str(source.get(range.clone()).unwrap_or_default());
        self.text_end = range.end;
    }

    /// Text that is no Markdown.
    pub(super) fn literal(&mut self, text: &str) {
        self.text.push_str(&commonmark::literal(text));
    }

    /// What is printed as it is: a tag or a mark of emphasis.
    pub(super) fn raw(&mut self, text: &str, range: &Range<usize>) {
        self.settle();
        self.printed.push_str(text);
        self.text_end = range.end;
    }

    pub(super) fn code(&mut self, text: &str, range: &Range<usize>) {
        let code = escape::code(text, self.table);
        self.raw(&code, range);
    }

    /// The end of a line of the source, which shows as a space.
    pub(super) fn soft_break(&mut self) {
        self.settle();
        if !self.printed.ends_with(BREAK) {
            self.printed.push('\n');
        }
    }

    pub(super) fn hard_break(&mut self) {
        self.settle();
        match self.table {
            true => self.printed.push_str("<br>"),
            false => self.printed.push(BREAK),
        }
    }

    pub(super) fn open_link(&mut self, kind: LinkType, target: &CowStr<'_>) {
        self.settle();
        let target = match kind {
            LinkType::Email => Some(target.to_string()),
            _ => commonmark::leads_somewhere(target).then(|| target.to_string()),
        };
        // A link within a link is none.
        let target = target.filter(|_| !self.is_in_link());
        self.links.push(Link {
            kind,
            target,
            label: self.printed.len(),
        });
    }

    pub(super) fn close_link(&mut self) {
        self.settle();
        let Some(link) = self.links.pop() else {
            return;
        };
        let Some(target) = link.target else {
            return;
        };
        let label = self.printed.split_off(link.label);
        let is_bare = matches!(link.kind, LinkType::Autolink | LinkType::Email);
        let label = without_breaks(&label);
        if is_bare || label.is_empty() {
            let target = target.trim().replace('<', "%3C").replace('>', "%3E");
            self.printed.extend(["<", &target, ">"]);
            return;
        }
        // An exclamation mark before it would make a picture of it.
        if self.printed.ends_with('!') && !self.printed.ends_with("\\!") {
            self.printed.pop();
            self.printed.push_str("\\!");
        }
        let target = escape::target(&target, self.table);
        self.printed.extend(["[", label, "](", &target, ")"]);
    }

    fn is_in_link(&self) -> bool {
        self.links.iter().any(|link| link.target.is_some())
    }

    fn settle(&mut self) {
        let within = Within {
            link: self.is_in_link(),
            table: self.table,
        };
        escape::edited(&self.text, within, &mut self.printed);
        self.text.clear();
    }

    /// The lines of what was printed; a new paragraph begins.
    pub(super) fn take_lines(&mut self) -> Vec<String> {
        let printed = self.take();
        let mut lines: Vec<String> = Vec::new();
        for line in without_breaks(&printed).split_inclusive(['\n', BREAK]) {
            let text = line.trim_end_matches([BREAK, '\n']).trim();
            match line.ends_with(BREAK) {
                true => lines.push(format!("{text}\\")),
                false if text.is_empty() => {}
                false => lines.push(text.to_owned()),
            }
        }
        lines
    }

    /// The same as one line.
    pub(super) fn take_line(&mut self) -> String {
        let printed = self.take();
        without_breaks(&printed).replace(['\n', BREAK], " ")
    }

    fn take(&mut self) -> String {
        self.settle();
        self.links.clear();
        std::mem::take(&mut self.printed)
    }
}

/// A text without breaks and space around it.
fn without_breaks(text: &str) -> &str {
    text.trim_matches(|letter: char| letter == BREAK || letter.is_whitespace())
}
