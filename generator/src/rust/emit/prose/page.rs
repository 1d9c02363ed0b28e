//! Lines that are printed within quotes and entries of lists.

use crate::commonmark;

/// What a line stands in.
enum Around {
    Quote,
    Entry(Entry),
}

struct Entry {
    /// The mark, until it is printed.
    mark: Option<String>,
    /// How far its lines are indented.
    width: usize,
    /// Whether it stands right behind a paragraph.
    is_joined: bool,
}

/// What was printed last in what is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// Nothing yet.
    Nothing,
    /// A paragraph.
    Text,
    /// A heading.
    Heading,
    /// A list, a quote or a fence: what may follow a paragraph without a blank line.
    Opens,
    /// A table, a rule or the like.
    Other,
}

/// The lines so far.
pub(super) struct Page {
    lines: Vec<String>,
    around: Vec<Around>,
    last: Block,
    /// Whether the last block stands right behind a paragraph.
    is_joined: bool,
}

impl Page {
    pub(super) fn new() -> Self {
        Self {
            lines: Vec::new(),
            around: Vec::new(),
            last: Block::Nothing,
            is_joined: false,
        }
    }

    /// Begins a block: after a blank line, unless it can do without and had none in the source.
    pub(super) fn begin(&mut self, block: Block, had_blank: bool) {
        let joins = match (self.last, block) {
            (Block::Nothing, _) => true,
            (Block::Text, Block::Opens | Block::Heading) | (Block::Heading, _) => !had_blank,
            _ => false,
        };
        if !joins {
            self.blank();
        }
        self.is_joined = joins && self.last == Block::Text;
        self.last = block;
    }

    pub(super) fn open_quote(&mut self) {
        self.around.push(Around::Quote);
        self.last = Block::Nothing;
    }

    pub(super) fn open_entry(&mut self, mark: &str) {
        self.around.push(Around::Entry(Entry {
            mark: Some(mark.to_owned()),
            width: mark.len() + 1,
            is_joined: std::mem::take(&mut self.is_joined),
        }));
        self.last = Block::Nothing;
    }

    /// Closes the quote or entry that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(Around::Entry(entry)) = self.around.last()
            && entry.mark.is_some()
        {
            // An empty entry right behind a paragraph would be text of it.
            if entry.is_joined {
                self.blank();
            }
            self.print("");
        }
        self.around.pop();
        self.last = Block::Other;
    }

    /// Whether an entry is open, and nothing within it.
    pub(super) fn is_in_entry(&self) -> bool {
        matches!(self.around.last(), Some(Around::Entry(..)))
    }

    pub(super) fn print(&mut self, line: &str) {
        let mut printed = String::with_capacity(line.len() + 2 * self.around.len());
        for around in &mut self.around {
            match around {
                Around::Quote => printed.push_str("> "),
                Around::Entry(entry) => match entry.mark.take() {
                    Some(mark) => {
                        printed.push_str(&mark);
                        printed.push(' ');
                    }
                    None => printed.extend(std::iter::repeat_n(' ', entry.width)),
                },
            }
        }
        printed.push_str(line);
        printed.truncate(printed.trim_end().len());
        self.lines.push(printed);
    }

    /// A blank line, within quotes, but never the mark of an entry.
    pub(super) fn blank(&mut self) {
        let mut printed = String::new();
        for around in &self.around {
            match around {
                Around::Quote => printed.push_str("> "),
                Around::Entry(entry) if entry.mark.is_some() => break,
                Around::Entry(entry) => printed.extend(std::iter::repeat_n(' ', entry.width)),
            }
        }
        printed.truncate(printed.trim_end().len());
        if self.lines.last().is_some_and(|last| *last != printed) {
            self.lines.push(printed);
        }
    }

    /// A code block, which is never run.
    pub(super) fn fence(&mut self, code: &str) {
        let ticks = "`".repeat(3.max(commonmark::longest_run(code, '`') + 1));
        self.print(&format!("{ticks}text"));
        for line in code.trim_end().split('\n') {
            self.print(&line.replace('\t', "    "));
        }
        self.print(&ticks);
    }

    pub(super) fn into_lines(mut self) -> Vec<String> {
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        self.lines
    }
}
