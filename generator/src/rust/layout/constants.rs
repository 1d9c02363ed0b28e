//! Tables of constants, laid out without syntax: struct literals and lists within each other.
//!
//! A crate has thousands of them, and to read one as syntax takes ten times what it takes to
//! write it. They need few of the rules: a struct literal has a line for each field unless it is
//! tiny, a list has one line if it fits, and the further lines of a list's only element follow at
//! its end. A text is never too long.

use proc_macro2::{Literal, TokenStream};

use super::lists::{SHORT_ELEMENT, Style, fill};
use super::one_line::{CHAIN, FIELDS};
use super::space::{INDENT, LINE, Space, break_to, width};

/// A value of a table.
pub(in super::super) enum Value {
    /// A text, a number or a path.
    Word(String),
    /// A call, or a variant that holds something: `Some("this")`.
    Call(String, Vec<Value>),
    /// Fields and calls after a value: `self.name.clone()`. It has one line or one for each.
    Chain(Vec<String>),
    /// `&[…]`
    List(Vec<Value>),
    /// A struct literal.
    Record(Record),
    /// Anything else. A table that has it is laid out as syntax.
    Syntax(TokenStream),
}

/// A struct literal: its path, its fields, and what all others are taken from. A field without a
/// value has that of the variable of its name.
pub(in super::super) struct Record {
    pub(in super::super) path: String,
    pub(in super::super) fields: Vec<(String, Option<Value>)>,
    pub(in super::super) rest: Option<String>,
}

/// Where a value begins.
#[derive(Clone, Copy)]
struct Place {
    /// The indentation of its block.
    indent: usize,
    /// What stands before it in the line, the indentation apart.
    taken: usize,
    /// What follows it in the line.
    kept: usize,
    /// What it may take in the line, however much room there is.
    limit: usize,
}

impl Value {
    /// A text as a literal.
    pub(in super::super) fn text(text: &str) -> Self {
        // Most are the names of things, in which nothing needs to be escaped.
        let is_plain = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
        Self::Word(match text.bytes().all(is_plain) {
            true => format!("\"{text}\""),
            false => Literal::string(text).to_string(),
        })
    }

    /// A list of texts.
    pub(in super::super) fn texts(texts: &[String]) -> Self {
        Self::List(texts.iter().map(|text| Self::text(text)).collect())
    }

    /// `Some(value)`
    pub(in super::super) fn some(value: Self) -> Self {
        Self::Call("Some".to_owned(), vec![value])
    }

    /// `{head} = {self};`
    pub(in super::super) fn item(&self, head: &str) -> String {
        let mut text = String::new();
        self.constant(head, 0, &mut text);
        text
    }

    /// Adds `{head} = {self};` as a line or more of a block.
    pub(in super::super) fn constant(&self, head: &str, indent: usize, text: &mut String) {
        let place = Place {
            indent,
            taken: width(head) + 3,
            kept: 1,
            limit: LINE,
        };
        let below = place.below();
        let mut line = String::new();
        let on_line = self.write_line(&mut line);
        text.extend(std::iter::repeat_n(' ', indent));
        text.push_str(head);
        text.push_str(" =");
        let opens = match self {
            Self::Record(record) => place.after(" {".len()).has_room_for(&record.path),
            _ => true,
        };
        if on_line && !place.has_room_for(&line) && below.has_room_for(&line) || !opens {
            text.push_str(&break_to(below.indent));
            self.write(text, below);
        } else {
            text.push(' ');
            self.write(text, place);
        }
        text.push_str(";\n");
    }

    /// Adds the value to the begin of a line of which so many columns are kept.
    pub(super) fn follow(&self, indent: usize, kept: usize, text: &mut String) {
        let place = Place {
            indent,
            taken: 0,
            kept,
            limit: LINE,
        };
        self.write(text, place);
    }

    /// Whether the value fits on one line of so many columns.
    pub(super) fn fits(&self, columns: usize) -> bool {
        let mut line = String::new();
        self.write_line(&mut line) && width(&line) <= columns
    }

    /// Adds the value as a line or more of a block: what stands before it, and what follows it.
    pub(in super::super) fn line(
        &self,
        indent: usize,
        before: &str,
        after: &str,
        text: &mut String,
    ) {
        let place = Place {
            indent,
            taken: before.len(),
            kept: after.len(),
            limit: LINE,
        };
        text.extend(std::iter::repeat_n(' ', indent));
        text.push_str(before);
        self.write(text, place);
        text.push_str(after);
        text.push('\n');
    }

    /// The value as tokens.
    pub(in super::super) fn tokens(&self) -> syn::Result<TokenStream> {
        let mut text = String::new();
        let place = Place {
            indent: 0,
            taken: 0,
            kept: 0,
            limit: LINE,
        };
        self.write(&mut text, place);
        Ok(text.parse()?)
    }

    fn write(&self, text: &mut String, place: Place) {
        let start = text.len();
        if self.write_line(text) && place.has_room_for(&text[start..]) {
            return;
        }
        text.truncate(start);
        match self {
            Self::Word(word) => text.push_str(word),
            Self::Call(name, values) => {
                text.push_str(name);
                text.push('(');
                list(values, text, place.after(name.len() + 1));
                text.push(')');
            }
            Self::Chain(links) => {
                let below = break_to(place.indent + INDENT) + ".";
                text.push_str(&links.join(&below));
            }
            Self::List(values) => {
                text.push_str("&[");
                list(values, text, place.after(2));
                text.push(']');
            }
            Self::Record(record) => record.write(text, place.indent),
            Self::Syntax(tokens) => text.push_str(&tokens.to_string()),
        }
    }

    /// Writes the value on one line, if its kind may stand so.
    fn write_line(&self, text: &mut String) -> bool {
        match self {
            Self::Word(word) => text.push_str(word),
            Self::Call(name, values) => {
                text.push_str(name);
                text.push('(');
                if !write_list(values, text) {
                    return false;
                }
                text.push(')');
            }
            Self::Chain(links) => {
                let line = links.join(".");
                text.push_str(&line);
                return links.len() < 3 || width(&line) <= CHAIN;
            }
            Self::List(values) => {
                text.push_str("&[");
                if !write_list(values, text) {
                    return false;
                }
                text.push(']');
            }
            Self::Record(record) => return record.write_line(text),
            Self::Syntax(_) => return false,
        }
        true
    }

    /// Whether its further lines may follow at the end of a list that has it alone.
    fn may_overflow(&self) -> bool {
        !matches!(self, Self::Word(_))
    }
}

/// The elements of a list on one line, within what they may take together. One alone may take the
/// line, unless it is a call.
fn write_list(values: &[Value], text: &mut String) -> bool {
    let start = text.len();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        if !value.write_line(text) {
            return false;
        }
        if values.len() > 1 && text.len() - start > Style::ARRAY.limit * BYTES_OF_COLUMN {
            return false;
        }
    }
    let free = matches!(values, [only] if !matches!(only, Value::Call(..)));
    free || width(&text[start..]) <= Style::ARRAY.limit
}

/// No letter takes more bytes for a column.
const BYTES_OF_COLUMN: usize = 4;

/// The elements of a list that has more than a line.
fn list(values: &[Value], text: &mut String, place: Place) {
    if let [only] = values
        && only.may_overflow()
    {
        let limit = match only {
            Value::Call(..) => Style::CALL.limit,
            _ => LINE,
        };
        only.write(
            text,
            Place {
                limit,
                ..place.before(1)
            },
        );
        return;
    }
    let inside = place.indent + INDENT;
    let below = Place {
        indent: inside,
        taken: 0,
        kept: 1,
        limit: LINE,
    };
    text.push_str(&break_to(inside));
    if let Some(words) = short_words(values) {
        let nested = Space::line(inside, true);
        let nested = nested.before(1).unwrap_or(nested);
        text.push_str(&fill(&words, nested, true));
    } else {
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                text.push_str(&break_to(inside));
            }
            value.write(text, below);
            text.push(',');
        }
    }
    text.push_str(&break_to(place.indent));
}

/// The words of a list that fills its lines.
fn short_words(values: &[Value]) -> Option<Vec<String>> {
    let short = values.iter().map(|value| match value {
        Value::Word(word) if word.len() <= SHORT_ELEMENT && !word.contains("::") => {
            Some(word.clone())
        }
        _ => None,
    });
    short.collect()
}

impl Record {
    fn write(&self, text: &mut String, indent: usize) {
        let inside = indent + INDENT;
        text.push_str(&self.path);
        text.push_str(" {");
        // rustfmt counts columns to know whether they fit on one line, and bytes to know on which.
        let mut line = String::new();
        if self.write_fields(&mut line) && width(&line) <= FIELDS && line.len() > FIELDS {
            for part in [&break_to(inside), &line, &break_to(indent), "}"] {
                text.push_str(part);
            }
            return;
        }
        for (name, value) in &self.fields {
            text.push_str(&break_to(inside));
            text.push_str(name);
            let Some(value) = value else {
                text.push(',');
                continue;
            };
            text.push(':');
            let place = Place {
                indent: inside,
                taken: name.len() + 2,
                kept: 1,
                limit: LINE,
            };
            match value {
                Value::Word(path) if place.is_better_below(path) => {
                    text.push_str(&break_to(inside + INDENT));
                }
                _ => text.push(' '),
            }
            value.write(text, place);
            text.push(',');
        }
        if let Some(rest) = &self.rest {
            text.push_str(&break_to(inside));
            text.push_str("..");
            text.push_str(rest);
        }
        text.push_str(&break_to(indent));
        text.push('}');
    }

    fn write_line(&self, text: &mut String) -> bool {
        text.push_str(&self.path);
        if self.fields.is_empty() && self.rest.is_none() {
            text.push_str(" {}");
            return true;
        }
        text.push_str(" { ");
        let start = text.len();
        if !self.write_fields(text) || text.len() - start > FIELDS {
            return false;
        }
        text.push_str(" }");
        true
    }

    /// Writes the fields on one line, however long it gets, if their kinds may stand so.
    fn write_fields(&self, text: &mut String) -> bool {
        for (index, (name, value)) in self.fields.iter().enumerate() {
            if index > 0 {
                text.push_str(", ");
            }
            text.push_str(name);
            if let Some(value) = value {
                text.push_str(": ");
                if !value.write_line(text) {
                    return false;
                }
            }
        }
        if let Some(rest) = &self.rest {
            if !self.fields.is_empty() {
                text.push_str(", ");
            }
            text.push_str("..");
            text.push_str(rest);
        }
        true
    }
}

impl Place {
    fn after(self, columns: usize) -> Self {
        Self {
            taken: self.taken + columns,
            ..self
        }
    }

    fn before(self, columns: usize) -> Self {
        Self {
            kept: self.kept + columns,
            ..self
        }
    }

    /// The next line, a level deeper.
    fn below(self) -> Self {
        Self {
            indent: self.indent + INDENT,
            taken: 0,
            ..self
        }
    }

    fn has_room_for(self, text: &str) -> bool {
        let width = width(text);
        width <= self.limit && self.indent + self.taken + width + self.kept <= LINE
    }

    /// Whether a path has room on the next line only, where rustfmt does not count the comma.
    fn is_better_below(self, path: &str) -> bool {
        let below = Self {
            kept: 0,
            ..self.below()
        };
        !path.starts_with('"') && !self.has_room_for(path) && below.has_room_for(path)
    }
}
