//! The texts of a description as doc lines.
//!
//! A text is taken apart by a CommonMark parser and printed again as it was: paragraphs with
//! their line breaks, lists, quotes, tables, emphasis, code, and links to other sites. What rustdoc
//! would take for more than text is made harmless: brackets that are no links, tags, bare
//! addresses, and code blocks, which would be run as tests. A text's headings go below level 1,
//! which belongs to the page: rustdoc puts them below the heading of the item itself.
//!
//! Most texts are plain sentences, and stay as they are without any of this.

use std::borrow::Cow;

use crate::commonmark;

mod blocks;
mod escape;
mod inline;
mod page;
mod plain;
#[cfg(test)]
mod tests;

/// The lines of a doc comment for a text.
pub(super) fn lines(text: &str) -> Vec<String> {
    let text = printable(text);
    plain::lines(&text).unwrap_or_else(|| blocks::lines(&commonmark::source(&text)))
}

/// A short text as a part of one line.
pub(super) fn line(text: &str) -> String {
    let text = printable(text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match plain::is_plain(&text) {
        true => text,
        false => blocks::line(&commonmark::source(&text)),
    }
}

/// The lines of a text behind a label: on its line, unless the text begins with a list, a table
/// or the like.
pub(super) fn labelled(label: &str, text: &str) -> Vec<String> {
    let mut lines = lines(text);
    match lines.first_mut() {
        Some(first) if !escape::begins_block(first) => *first = format!("{label} {first}"),
        Some(_) => {
            lines.splice(0..0, [label.to_owned(), String::new()]);
        }
        None => {}
    }
    lines
}

/// The same as an entry of a list.
pub(super) fn entry(label: &str, text: &str) -> Vec<String> {
    let lines = labelled(label, text).into_iter().enumerate();
    let indented = lines.map(|(place, line)| match place {
        0 => format!("* {line}"),
        _ if line.is_empty() => line,
        _ => format!("  {line}"),
    });
    indented.collect()
}

/// Statements that rustdoc compiles and does not run, within a function that begins so.
pub(super) fn run(begin: &str, statements: &str) -> Vec<String> {
    let ticks = "`".repeat(3.max(commonmark::longest_run(statements, '`') + 1));
    let mut lines = vec![format!("{ticks}no_run"), begin.to_owned()];
    lines.extend(statements.trim_end().lines().map(|line| {
        // A mark at the beginning would hide the line.
        let hides = line.trim_start().starts_with('#');
        let line = line.replace(is_unprintable, " ");
        match hides {
            true => line.replacen('#', "##", 1),
            false => line.trim_end().to_owned(),
        }
    }));
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned(), ticks]);
    lines
}

/// A text without what no comment may hold.
fn printable(text: &str) -> Cow<'_, str> {
    let is_odd = |letter: char| !matches!(letter, '\n' | '\t') && is_unprintable(letter);
    match text.contains(is_odd) {
        true => Cow::Owned(text.replace("\r\n", "\n").replace(is_odd, " ")),
        false => Cow::Borrowed(text),
    }
}

/// A name of the description as a code span.
pub(super) fn code(text: &str) -> String {
    let plain = text.replace('`', "'").replace(is_unprintable, " ");
    format!("`{plain}`")
}

/// Control characters, which rustc refuses in comments, and the marks that change the direction
/// of text, with which a comment could hide what it says (CVE-2021-42574).
pub(super) fn is_unprintable(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text up to its first full stop, on one line.
pub(super) fn first_sentence(text: &str) -> String {
    let text = printable(text);
    let text = commonmark::source(&text);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.find(". ") {
        Some(end) => line[..end].to_owned(),
        None => line.trim_end_matches('.').to_owned(),
    }
}
