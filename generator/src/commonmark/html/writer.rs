//! Blocks, one after the other, within the lists that HTML opens.

use super::inline::{BREAK, Inline, decoded};
use super::tag::{Known, Role, Tag};
use crate::commonmark::literal::{line_start, literal, longest_run};
use crate::commonmark::tags;

/// A list that is open.
struct List {
    /// The number of the next entry.
    number: Option<usize>,
    /// Whether no tag opened it.
    is_implied: bool,
    entry: Option<Entry>,
    /// Whether an entry was written.
    has_entries: bool,
}

struct Entry {
    /// The mark, until it is written.
    mark: Option<String>,
    /// How far its lines are indented.
    width: usize,
}

/// What is written.
pub(super) struct Writer<'a> {
    known: &'a Known,
    out: String,
    inline: Inline,
    /// The level of the heading that is open.
    heading: Option<usize>,
    lists: Vec<List>,
    /// What stands before the next block, if the source says it.
    between: Option<String>,
    /// What the next block of the source is indented by.
    indent: String,
    /// Whether what was written last stands in an entry.
    was_in_entry: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(known: &'a Known) -> Self {
        Self {
            known,
            out: String::new(),
            inline: Inline::default(),
            heading: None,
            lists: Vec::new(),
            between: None,
            indent: String::new(),
            was_in_entry: false,
        }
    }

    /// What stands between two blocks of the source: blank lines, rules, targets of links.
    pub(super) fn between(&mut self, text: &str) {
        let start = text.len() - text.trim_start().len();
        let (blank, rest) = text.split_at(start);
        self.blank(blank);
        if !rest.is_empty() {
            self.block(rest.trim_end());
            self.blank(rest.get(rest.trim_end().len()..).unwrap_or_default());
        }
    }

    /// Blank lines, and what the next line is indented by.
    fn blank(&mut self, text: &str) {
        let (lines, indent) = text.rsplit_once('\n').unwrap_or(("", text));
        let breaks = text.matches('\n').count();
        self.between = (breaks > 0).then(|| format!("{lines}\n").replace([' ', '\t'], ""));
        self.indent = indent.to_owned();
    }

    /// A block of Markdown.
    pub(super) fn block(&mut self, text: &str) {
        self.flush();
        self.end_implied();
        let indent = std::mem::take(&mut self.indent);
        self.write(&format!("{indent}{}", text.trim_end_matches('\n')));
    }

    /// A part of a paragraph of Markdown.
    pub(super) fn markdown(&mut self, text: &str) {
        self.inline.markdown(text);
    }

    /// A tag in a paragraph of Markdown.
    pub(super) fn tag(&mut self, tag: &Tag<'_>, next: Option<char>) {
        match self.known.role(tag) {
            // Typed text within a line is code.
            Some(Role::Typed) => self.inline.tag(tag, Role::Code, next, false),
            Some(role) => self.act(tag, role, next, false),
            None if tags::may_stay(tag.source) => self.inline.markdown(tag.source),
            None => self.inline.markdown(&literal(tag.source)),
        }
    }

    /// Text of a block of HTML.
    pub(super) fn text(&mut self, text: &str) {
        self.inline.text(text);
    }

    /// A tag in a block of HTML.
    pub(super) fn tag_of_html(&mut self, tag: &Tag<'_>, next: Option<char>) {
        match self.known.role(tag) {
            Some(Role::Typed) => self.inline.tag(tag, Role::Code, next, true),
            Some(role) => self.act(tag, role, next, true),
            None if tags::may_stay(tag.source) => self.inline.markdown(tag.source),
            None => self.inline.text(tag.source),
        }
    }

    fn act(&mut self, tag: &Tag<'_>, role: Role, next: Option<char>, is_html: bool) {
        match role {
            Role::Break => self.line_break(),
            Role::Paragraph => self.flush(),
            Role::Heading(level) => {
                self.flush();
                self.heading = (!tag.closes).then_some(level);
            }
            Role::List(is_numbered) => {
                self.flush();
                match tag.closes {
                    true => drop(self.lists.pop()),
                    false => self.lists.push(List::new(is_numbered.then_some(1))),
                }
            }
            Role::Entry => {
                self.flush();
                self.entry(tag.closes);
            }
            role => self.inline.tag(tag, role, next, is_html),
        }
    }

    /// A break, or the end of the paragraph if one stands there already.
    fn line_break(&mut self) {
        let ends = self.inline.written.trim_end().ends_with(BREAK);
        match ends && !self.inline.is_open() && self.heading.is_none() {
            true => self.flush(),
            false => self.inline.hard_break(),
        }
    }

    fn entry(&mut self, closes: bool) {
        if closes {
            if let Some(list) = self.lists.last_mut() {
                list.entry = None;
            }
            return;
        }
        if self.lists.is_empty() {
            self.lists.push(List {
                is_implied: true,
                ..List::new(None)
            });
        }
        if let Some(list) = self.lists.last_mut() {
            let mark = match &mut list.number {
                Some(number) => {
                    *number += 1;
                    format!("{}. ", *number - 1)
                }
                None => "- ".to_owned(),
            };
            list.entry = Some(Entry {
                width: mark.len(),
                mark: Some(mark),
            });
        }
    }

    fn end_implied(&mut self) {
        if self.lists.last().is_some_and(|list| list.is_implied) {
            self.lists.pop();
        }
    }

    /// Text as it was typed, in a block of HTML.
    pub(super) fn typed(&mut self, source: &str) {
        self.flush();
        let mut text = String::new();
        let mut rest = source;
        while let Some(place) = rest.find('<') {
            let (before, from) = rest.split_at(place);
            text.push_str(before);
            let tag = Tag::at(from).filter(|tag| tag.role.is_some());
            let length = tag.map_or(1, |tag| {
                text.extend((tag.role == Some(Role::Break)).then_some('\n'));
                tag.source.len()
            });
            text.extend((length == 1).then_some('<'));
            rest = from.get(length..).unwrap_or_default();
        }
        text.push_str(rest);
        let text = decoded(&text).unwrap_or(text);
        let text = text.trim_matches('\n').trim_end();
        if !text.is_empty() {
            let ticks = "`".repeat(3.max(longest_run(text, '`') + 1));
            self.write(&format!("{ticks}\n{text}\n{ticks}"));
        }
    }

    /// A paragraph or a block of HTML ends.
    pub(super) fn end(&mut self) {
        self.flush();
    }

    pub(super) fn finish(mut self) -> String {
        self.flush();
        self.out.truncate(self.out.trim_end().len());
        self.out
    }

    /// Writes the paragraph that is open.
    fn flush(&mut self) {
        let heading = self.heading.take();
        let written = self.inline.take();
        let is_blank = |letter: char| letter == BREAK || letter.is_whitespace();
        let written = written.trim_matches(is_blank);
        if written.is_empty() {
            return;
        }
        if let Some(level) = heading {
            let words = written.split(is_blank).filter(|word| !word.is_empty());
            let words: Vec<&str> = words.collect();
            self.write(&format!("{} {}", "#".repeat(level), words.join(" ")));
            return;
        }
        let lines = written.split_inclusive([BREAK, '\n']).filter_map(|line| {
            let text = line.trim_end_matches([BREAK, '\n']).trim_start();
            match line.ends_with(BREAK) {
                true => Some(format!("{}\\", line_start(text.trim_end()))),
                false if text.trim().is_empty() => None,
                // Two spaces at the end are a break.
                false => Some(line_start(text)),
            }
        });
        let mut lines: Vec<String> = lines.collect();
        // A tag that has the first line to itself would begin a block of HTML.
        if lines.len() > 1 && tags::may_stay(lines[0].trim_end()) {
            let tag = lines.remove(0);
            lines[0] = format!("{} {}", tag.trim_end(), lines[0]);
        }
        self.write(&lines.join("\n"));
    }

    /// Writes a block, below the entries that are open.
    fn write(&mut self, block: &str) {
        // What stands right behind an entry would belong to it.
        let in_entry = self.lists.iter().any(|list| list.entry.is_some());
        let was_in_entry = std::mem::replace(&mut self.was_in_entry, in_entry);
        let between = self.between.take().filter(|_| !was_in_entry);
        if !self.out.is_empty() {
            let new_entry = self.lists.iter().rposition(|list| list.has_mark());
            let is_next = new_entry.is_some_and(|at| self.lists[at].has_entries || at > 0);
            self.out.push_str(match &between {
                _ if is_next => "\n",
                Some(between) if new_entry.is_none() && between.contains('\n') => between,
                _ => "\n\n",
            });
        }
        for (place, line) in block.split('\n').enumerate() {
            let start = self.out.len();
            for list in &mut self.lists {
                list.begin_line(&mut self.out);
            }
            self.out.push_str(line);
            if line.trim().is_empty() && place > 0 {
                self.out.truncate(start);
            }
            self.out.push('\n');
        }
        self.out.pop();
    }
}

impl List {
    fn new(number: Option<usize>) -> Self {
        Self {
            number,
            is_implied: false,
            entry: None,
            has_entries: false,
        }
    }

    fn has_mark(&self) -> bool {
        self.entry
            .as_ref()
            .is_some_and(|entry| entry.mark.is_some())
    }

    fn begin_line(&mut self, out: &mut String) {
        let Some(entry) = &mut self.entry else {
            return;
        };
        match entry.mark.take() {
            Some(mark) => {
                out.push_str(&mark);
                self.has_entries = true;
            }
            None => out.extend(std::iter::repeat_n(' ', entry.width)),
        }
    }
}
