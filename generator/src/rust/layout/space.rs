//! The space that a text may take, and how wide texts are.

use unicode_width::UnicodeWidthStr;

/// No line is longer, if it can be helped.
pub(super) const LINE: usize = 100;

/// The columns of a level of indentation.
pub(super) const INDENT: usize = 4;

/// The space for a text that begins somewhere in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Space {
    /// Where the lines of the block begin that the text belongs to.
    pub(super) indent: usize,
    /// What stands in the first line before the text, the indentation apart.
    pub(super) taken: usize,
    /// What the first line of the text may take.
    pub(super) width: usize,
    /// Whether a text that is too wide whatever is done is let be.
    pub(super) lenient: bool,
}

impl Space {
    /// A line of its own.
    pub(super) fn line(indent: usize, lenient: bool) -> Self {
        Self {
            indent,
            taken: 0,
            width: LINE.saturating_sub(indent),
            lenient,
        }
    }

    /// The same line, with so many columns more before the text.
    pub(super) fn after(self, columns: usize) -> Option<Self> {
        Some(Self {
            taken: self.taken + columns,
            ..self.before(columns)?
        })
    }

    /// The same line, with so many columns kept for what follows.
    pub(super) fn before(self, columns: usize) -> Option<Self> {
        let width = match self.width.checked_sub(columns) {
            None if self.lenient => 0,
            width => width?,
        };
        Some(Self { width, ..self })
    }

    /// Whether there is no room left in the line. What is broken here only looks odd.
    pub(super) fn is_hopeless(self) -> bool {
        self.width == 0
    }

    /// The same place with no room at all.
    pub(super) fn without_room(self) -> Self {
        Self { width: 0, ..self }
    }

    /// The next line of the same block.
    pub(super) fn next_line(self) -> Self {
        Self::line(self.indent, self.lenient)
    }

    /// The next line, a level deeper.
    pub(super) fn deeper(self) -> Self {
        Self::line(self.indent + INDENT, self.lenient)
    }

    /// The column at which the text begins.
    pub(super) fn column(self) -> usize {
        self.indent + self.taken
    }

    /// The columns at the end of the line that are kept for others.
    pub(super) fn kept(self) -> usize {
        LINE.saturating_sub(self.column() + self.width)
    }

    /// Whether a finished text stays within the space.
    pub(super) fn holds(self, text: &str) -> bool {
        if self.lenient {
            return true;
        }
        if first_line_width(text) > self.width {
            return false;
        }
        !is_broken(text)
            || (text.lines().skip(1).all(|line| width(line) <= LINE)
                && last_line_width(text) <= self.column() + self.width)
    }
}

/// A line break and the indentation of the next line.
pub(super) fn break_to(indent: usize) -> String {
    let mut text = String::with_capacity(indent + 1);
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
    text
}

/// The columns that a line takes.
pub(super) fn width(line: &str) -> usize {
    if line.is_ascii() {
        line.len()
    } else {
        line.width()
    }
}

/// Whether a text has more than one line.
pub(super) fn is_broken(text: &str) -> bool {
    text.as_bytes().contains(&b'\n')
}

/// How many line breaks a text has.
pub(super) fn breaks(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

pub(super) fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or(text)
}

pub(super) fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or(text)
}

pub(super) fn first_line_width(text: &str) -> usize {
    width(first_line(text))
}

pub(super) fn last_line_width(text: &str) -> usize {
    width(last_line(text))
}

/// What the last line of a text takes beyond the place where the text begins.
pub(super) fn columns_after(text: &str, space: Space) -> usize {
    match text.rfind('\n') {
        Some(at) => text.len().saturating_sub(at + 1 + space.column()),
        None => text.len(),
    }
}

/// Whether the last line of a text is closing brackets only, so that more may follow on it.
pub(super) fn ends_with_closing(text: &str) -> bool {
    for letter in text.chars().rev() {
        match letter {
            '\n' => return true,
            '(' | ')' | ']' | '}' | '?' | '>' => {}
            letter if letter.is_whitespace() => {}
            _ => return false,
        }
    }
    true
}
