//! Text of a paragraph, and what stands in it, so that rustdoc takes it for no more.

use crate::commonmark::{self, line_start};

/// What stands for text in a paragraph of a description, its escapes as they are, with what
/// rustdoc would take for more escaped.
pub(super) fn edited(source: &str, within: Within, out: &mut String) {
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let length = letter.len_utf8();
        if letter == 'h'
            && !within.link
            && let Some(length) = address(rest)
        {
            out.extend(["<", &unescaped(&rest[..length]), ">"]);
            rest = &rest[length..];
            continue;
        }
        rest = &rest[length..];
        match letter {
            '\\' => match rest.chars().next() {
                Some(escaped) if escaped.is_ascii_punctuation() => {
                    out.extend(['\\', escaped]);
                    rest = &rest[1..];
                }
                Some(_) if address(rest).is_none() => out.push('\\'),
                // What is printed next must not be escaped.
                _ => out.push_str("\\\\"),
            },
            '[' | ']' | '<' | '`' => out.extend(['\\', letter]),
            '|' if within.table => out.push_str("\\|"),
            '\t' => out.push(' '),
            letter => out.push(letter),
        }
    }
}

/// What a text stands in.
#[derive(Clone, Copy, Default)]
pub(super) struct Within {
    pub(super) link: bool,
    pub(super) table: bool,
}

/// Whether a printed line begins a block that is no paragraph.
pub(super) fn begins_block(line: &str) -> bool {
    line.starts_with("```") || line.starts_with('|') || line_start(line) != line
}

/// The target of a link, so that it ends where it ends.
pub(super) fn target(target: &str, table: bool) -> String {
    let mut out = String::with_capacity(target.len());
    for letter in target.trim().chars() {
        let escapes =
            matches!(letter, '\\' | '(' | ')' | '<' | '>' | '*' | '&') || (letter == '|' && table);
        // An ampersand is common in addresses, and means something with a semicolon only.
        let escapes = escapes && (letter != '&' || target.contains(';'));
        out.extend(escapes.then_some('\\'));
        out.push(letter);
    }
    out
}

/// A code span.
pub(super) fn code(text: &str, table: bool) -> String {
    let text = text.replace('\t', " ");
    match table {
        true => commonmark::code_span(&text.replace('|', "\\|")),
        false => commonmark::code_span(&text),
    }
}

/// The length of the address that a text starts with.
fn address(text: &str) -> Option<usize> {
    let scheme = ["http://", "https://"];
    let scheme = scheme.iter().find(|scheme| text.starts_with(**scheme))?;
    let mut open = 0_usize;
    let end = text.char_indices().find(|(place, letter)| match letter {
        '(' => {
            open += 1;
            false
        }
        ')' => match open.checked_sub(1) {
            Some(fewer) => {
                open = fewer;
                false
            }
            None => true,
        },
        ']' | '[' | '>' | '<' | '"' | '`' | '\'' | '|' => true,
        '&' => is_entity(&text[*place..]),
        letter => letter.is_whitespace(),
    });
    let address = &text[..end.map_or(text.len(), |(end, _)| end)];
    let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\\']);
    (address.len() > scheme.len()).then_some(address.len())
}

/// Whether a text begins with a letter by its name or number, an ampersand apart.
fn is_entity(text: &str) -> bool {
    let name = text[1..].split_once(';').map(|(name, _)| name);
    name.is_some_and(|name| {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '#';
        name != "amp" && !name.is_empty() && name.chars().all(is_name)
    })
}

/// An address without the escapes of Markdown, which mean nothing between angle brackets.
fn unescaped(address: &str) -> String {
    let address = address.replace("&amp;", "&");
    let mut out = String::with_capacity(address.len());
    let mut letters = address.chars().peekable();
    while let Some(letter) = letters.next() {
        let escapes = letters.peek().is_some_and(char::is_ascii_punctuation);
        if letter != '\\' || !escapes {
            out.push(letter);
        } else {
            out.extend(letters.next());
        }
    }
    out
}
