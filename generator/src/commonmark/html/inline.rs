//! Emphasis, code and links of HTML within a line of Markdown.

use super::tag::{Role, Tag};
use crate::commonmark::links::leads_somewhere;
use crate::commonmark::literal::{code_span, literal, literal_html};

/// A line break, until a paragraph is written: no text has this letter.
pub(super) const BREAK: char = '\u{1}';

/// What was written of a paragraph, and the tags that are open in it.
#[derive(Default)]
pub(super) struct Inline {
    pub(super) written: String,
    open: Vec<Open>,
}

struct Open {
    name: String,
    role: Role,
    /// Where what stands in it begins.
    at: usize,
    /// What stands in it, of code.
    code: String,
    /// Where it leads to.
    target: Option<String>,
}

impl Inline {
    /// Text that is Markdown.
    pub(super) fn markdown(&mut self, text: &str) {
        match self.code() {
            Some(code) => code.push_str(text),
            None => self.push(text),
        }
    }

    /// Text of HTML.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(code) = self.code() {
            code.push_str(text);
            return;
        }
        for line in text.split_inclusive('\n') {
            let words = line.strip_suffix('\n');
            // Space at the end of a line means something in Markdown only.
            self.push(&literal_html(words.map_or(line, str::trim_end)));
            words.into_iter().for_each(|_| self.push("\n"));
        }
    }

    fn push(&mut self, text: &str) {
        // What stands behind a break begins its line.
        match self.written.ends_with(BREAK) {
            true => self.written.push_str(text.trim_start()),
            false => self.written.push_str(text),
        }
    }

    /// The code that is open.
    fn code(&mut self) -> Option<&mut String> {
        let open = self.open.iter_mut().find(|open| open.role == Role::Code);
        open.map(|open| &mut open.code)
    }

    /// Whether a tag is open that has to be closed on this line.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn hard_break(&mut self) {
        if let Some(code) = self.code() {
            code.push(' ');
            return;
        }
        let length = self.written.trim_end_matches([' ', '\n', '\t']).len();
        self.written.truncate(length);
        if !self.written.ends_with(BREAK) {
            self.written.push(BREAK);
        }
    }

    /// A tag that stands in a line; `next` is the letter behind it, `is_html` what it stands in.
    pub(super) fn tag(&mut self, tag: &Tag<'_>, role: Role, next: Option<char>, is_html: bool) {
        if tag.closes {
            let own = self.open.iter().rposition(|open| open.name == tag.name);
            if let Some(own) = own {
                // What was opened later ends here, too.
                let mut ended = self.open.split_off(own).into_iter().rev().peekable();
                while let Some(open) = ended.next() {
                    let next = next.filter(|_| ended.peek().is_none());
                    self.close(open, next, is_html);
                }
            }
        } else if self.code().is_none() {
            self.open.push(Open {
                name: tag.name.clone(),
                role,
                at: self.written.len(),
                code: String::new(),
                target: tag.attribute("href").map(str::to_owned),
            });
        }
    }

    fn close(&mut self, open: Open, next: Option<char>, is_html: bool) {
        if open.role == Role::Code {
            let code = code(&open.code, is_html);
            self.push(&code);
            return;
        }
        let inner = self.written.split_off(open.at.min(self.written.len()));
        let is_blank = |letter: char| letter == BREAK || letter.is_whitespace();
        let text = inner.trim_matches(is_blank);
        let start = &inner[..inner.len() - inner.trim_start_matches(is_blank).len()];
        let end = &inner[inner.trim_end_matches(is_blank).len()..];
        if text.is_empty() {
            self.written.push_str(&inner);
            return;
        }
        self.written.push_str(start);
        let before = self.written.chars().last();
        let next = end.chars().next().or(next);
        let form = match open.role {
            Role::Strong => emphasis(text, "**", "b", (before, next)),
            Role::Emphasis => emphasis(text, "*", "i", (before, next)),
            Role::Link => link(text, open.target.as_deref()),
            _ => text.to_owned(),
        };
        self.written.push_str(&form);
        self.written.push_str(end);
    }

    /// What was written; nothing is open any more.
    pub(super) fn take(&mut self) -> String {
        while let Some(open) = self.open.pop() {
            self.close(open, None, false);
        }
        std::mem::take(&mut self.written)
    }
}

/// Emphasis, with marks where these are read as such, and else with tags.
fn emphasis(text: &str, mark: &str, name: &str, around: (Option<char>, Option<char>)) -> String {
    let parts = |letter: Option<char>| {
        letter.is_none_or(|letter| letter == BREAK || !letter.is_alphanumeric())
    };
    let plain = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let first = text.chars().next();
    let last = text.chars().last();
    let is_mark = |letter: Option<char>| letter.is_some_and(|letter| "*_".contains(letter));
    let (before, next) = around;
    let begins = plain(first) || parts(before);
    let ends = plain(last) || parts(next);
    let touches = [first, last, before, next].into_iter().any(is_mark);
    match begins && ends && !touches {
        true => format!("{mark}{text}{mark}"),
        false => format!("<{name}>{text}</{name}>"),
    }
}

/// A link, if it leads anywhere.
fn link(text: &str, target: Option<&str>) -> String {
    let target = target
        .map(str::trim)
        .filter(|target| leads_somewhere(target) && !target.contains(['<', '>', '\\']));
    let brackets = |text: &str| {
        let escaped = text.matches("\\[").count() + text.matches("\\]").count();
        text.matches(['[', ']']).count() - escaped
    };
    match target {
        Some(target) if brackets(text) == 0 => {
            let text = text.replace(BREAK, " ");
            match target.contains(['(', ')']) {
                true => format!("[{text}](<{target}>)"),
                false => format!("[{text}]({target})"),
            }
        }
        _ => text.to_owned(),
    }
}

/// Code; with tags if it may be more than text.
fn code(source: &str, is_html: bool) -> String {
    let words: Vec<&str> = source.split_whitespace().collect();
    let text = words.join(" ");
    if text.is_empty() {
        return String::new();
    }
    let decoded = match is_html {
        true => decoded(&text),
        false => Some(text.clone()).filter(|text| literal(text) == *text),
    };
    match decoded {
        Some(decoded) => code_span(&decoded),
        None if is_html => format!("<code>{}</code>", literal_html(&text)),
        None => format!("<code>{text}</code>"),
    }
}

/// Text of HTML without the names of letters; `None` if one of these is not known.
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let name = after.split_once(';').filter(|(name, _)| {
            let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '#';
            !name.is_empty() && name.chars().all(is_name)
        });
        let Some((name, after)) = name else {
            out.push('&');
            rest = after;
            continue;
        };
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" | "#39" | "#x27" => '\'',
            "nbsp" | "#160" => ' ',
            _ => return None,
        });
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}
