//! The line of a file that a problem is about, short enough to be read.
//!
//! The renderer is handed only this window: a minified description is one line of megabytes.

use std::ops::Range;

use super::Place;

/// A line of at most this many characters is shown whole.
const WHOLE_LINE: usize = 120;

/// Of a longer line, so many characters before the place are shown …
const BEFORE: usize = 40;

/// … and so many from the place on.
const AFTER: usize = 80;

/// What stands where the line was cut.
const CUT: char = '…';

/// A window of one line, and where the marked part is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The text to show.
    pub(super) text: String,
    /// The bytes of `text` to mark; at least one character, but for the end of a line.
    pub(super) span: Range<usize>,
}

/// The window around the beginning of `place`.
pub(super) fn excerpt(place: &Place<'_>) -> Option<Excerpt> {
    let start = place.span.start;
    let before = place.text.get(..start)?;
    let after = place.text.get(start..)?;
    let line_start = before.rfind('\n').map_or(0, |offset| offset + 1);
    let before = before.get(line_start..)?;
    let after = after.split('\n').next()?;
    let after = after.strip_suffix('\r').unwrap_or(after);
    let whole = before.len() + after.len() <= WHOLE_LINE;
    let left = if whole { before } else { last(before, BEFORE) };
    let mut text = String::new();
    if left.len() < before.len() {
        text.push(CUT);
    }
    text.push_str(&clean(left));
    let marked = marked(after, place.span.len());
    let shown = if whole { after } else { first(after, AFTER) };
    let begin = text.len();
    let end = begin + clean(&shown[..marked.min(shown.len())]).len();
    text.push_str(&clean(shown));
    if shown.len() < after.len() {
        text.push(CUT);
    }
    Some(Excerpt {
        text,
        span: begin..end,
    })
}

/// How many bytes of `after` are marked: up to the end of the line, but one character at least.
fn marked(after: &str, length: usize) -> usize {
    let one = after.chars().next().map_or(0, char::len_utf8);
    length.clamp(one, after.len().max(one))
}

fn last(before: &str, count: usize) -> &str {
    match before.char_indices().rev().nth(count) {
        Some((offset, left_out)) => &before[offset + left_out.len_utf8()..],
        None => before,
    }
}

fn first(after: &str, count: usize) -> &str {
    match after.char_indices().nth(count) {
        Some((offset, _)) => &after[..offset],
        None => after,
    }
}

/// Control characters would move the cursor or end the line.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\t' => ' ',
            letter if letter.is_control() || is_bidirectional(letter) => '\u{fffd}',
            letter => letter,
        })
        .collect()
}

/// Characters that turn the direction of what follows, and so could hide what a line says.
fn is_bidirectional(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, span: Range<usize>) -> (String, String) {
        let place = Place {
            path: "x",
            text,
            span,
            line: 1,
            column: 1,
            pointer: String::new(),
        };
        let excerpt = excerpt(&place).unwrap();
        let marked = excerpt.text[excerpt.span.clone()].to_owned();
        (excerpt.text, marked)
    }

    #[test]
    fn one_line_is_shown_without_its_break() {
        let text = "first\r\nb: é😀\r\nlast";
        let start = text.find('é').unwrap();
        assert_eq!(of(text, start..start + 6), ("b: é😀".into(), "é😀".into()));
        assert_eq!(of(text, start..text.len()), ("b: é😀".into(), "é😀".into()));
        assert_eq!(of(text, start..start), ("b: é😀".into(), "é".into()));
        assert_eq!(
            of(text, text.len()..text.len()),
            ("last".into(), String::new())
        );
        assert_eq!(of("", 0..0), (String::new(), String::new()));
    }

    #[test]
    fn long_lines_are_cut_on_both_sides() {
        let text = format!("{}HERE{}", "ä".repeat(100_000), "ö".repeat(100_000));
        let start = text.find("HERE").unwrap();
        let (shown, marked) = of(&text, start..start + 4);
        assert_eq!(marked, "HERE");
        assert_eq!(shown.chars().count(), 1 + BEFORE + AFTER + 1);
        assert!(shown.starts_with("…ä") && shown.ends_with("ö…"));
        let (_, marked) = of(&text, start..text.len());
        assert!(marked.starts_with("HERE") && marked.chars().count() == AFTER);
    }

    #[test]
    fn control_characters_are_not_passed_on() {
        let (shown, marked) = of("a\u{1b}[31m\tb\u{202e}c\rd", 0..1);
        assert_eq!(shown, "a\u{fffd}[31m b\u{fffd}c\u{fffd}d");
        assert_eq!(marked, "a");
    }
}
