//! JSON text → the places of its nodes, without judging it.
//!
//! serde_json tells no places, and the YAML parser refuses control characters that JSON allows
//! (U+0080 to U+009F), so places in JSON are found by this scanner. It takes text that serde_json
//! has read (or has read up to a mistake), needs no stack, and never fails.

use std::ops::Range;

/// What stands at a range of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// `{`
    OpenMap,
    /// `[`
    OpenList,
    /// `}` or `]`
    Close,
    /// A string, with its quotes.
    String,
    /// A number, `true`, `false` or `null`.
    Word,
}

/// The pieces of a JSON text in order; commas, colons and blanks are left out.
pub(super) struct Pieces<'t> {
    text: &'t str,
    offset: usize,
}

impl<'t> Pieces<'t> {
    /// Scans `text` from its beginning.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, offset: 0 }
    }

    /// The byte after the string whose opening quote is at `start`.
    fn string_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut offset = start + 1;
        while let Some(&byte) = bytes.get(offset) {
            match byte {
                b'"' => return offset + 1,
                b'\\' => offset += 2,
                _ => offset += 1,
            }
        }
        bytes.len()
    }

    fn word_end(&self, start: usize) -> usize {
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let end = |byte: &u8| b" \t\r\n,:{}[]\"".contains(byte);
        start + rest.iter().position(end).unwrap_or(rest.len())
    }
}

impl Iterator for Pieces<'_> {
    type Item = (Piece, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        while b" \t\r\n,:".contains(bytes.get(self.offset)?) {
            self.offset += 1;
        }
        let start = self.offset;
        let (piece, end) = match bytes.get(start)? {
            b'{' => (Piece::OpenMap, start + 1),
            b'[' => (Piece::OpenList, start + 1),
            b'}' | b']' => (Piece::Close, start + 1),
            b'"' => (Piece::String, self.string_end(start)),
            _ => (Piece::Word, self.word_end(start)),
        };
        self.offset = end;
        Some((piece, start..end))
    }
}

/// The text of a string piece, escapes undone; as it stands if they are wrong.
pub(super) fn unquoted(piece: &str) -> Box<str> {
    serde_json::from_str(piece).unwrap_or_else(|_| piece.trim_matches('"').into())
}

/// The texts of the numbers that serde_json holds as doubles, in order.
pub(super) fn doubles(text: &str) -> Vec<&str> {
    Pieces::new(text)
        .filter(|(piece, _)| *piece == Piece::Word)
        .filter_map(|(_, span)| text.get(span))
        .filter(|word| is_double(word))
        .collect()
}

fn is_double(word: &str) -> bool {
    if word.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
        return word.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    }
    match word.strip_prefix('-') {
        // serde_json keeps the sign of a zero, which only a double has.
        Some("0") => true,
        Some(digits) => {
            digits.starts_with(|c: char| c.is_ascii_digit()) && word.parse::<i64>().is_err()
        }
        None => word.starts_with(|c: char| c.is_ascii_digit()) && word.parse::<u64>().is_err(),
    }
}

/// The bytes of the node of this ordinal; the end of the text if there is none.
pub(super) fn place_of(text: &str, node: u32) -> Range<usize> {
    Pieces::new(text)
        .filter(|(piece, _)| *piece != Piece::Close)
        .nth(node as usize)
        .map_or(text.len()..text.len(), |(_, span)| span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_told_apart() {
        let text = r#" {"a\"}": [1.5, true,{}], "b":"" } "#;
        let pieces: Vec<&str> = Pieces::new(text).map(|(_, span)| &text[span]).collect();
        assert_eq!(
            pieces,
            [
                "{",
                r#""a\"}""#,
                "[",
                "1.5",
                "true",
                "{",
                "}",
                "]",
                r#""b""#,
                r#""""#,
                "}"
            ]
        );
    }

    #[test]
    fn broken_text_ends_the_scan() {
        for text in ["\"", "\"\\", "{\"a\\", "[1", "}", "é", "\"é\\é"] {
            for (_, span) in Pieces::new(text) {
                assert!(span.start < text.len(), "{text}");
            }
        }
    }

    #[test]
    fn only_what_serde_json_holds_as_a_double_is_a_double() {
        let words = "[1, -2, 3.10, -0, 1e5, 18446744073709551615, 18446744073709551616, \
                     -9223372036854775808, -9223372036854775809, true, false, null]";
        let doubles = doubles(words);
        assert_eq!(
            doubles,
            [
                "3.10",
                "-0",
                "1e5",
                "18446744073709551616",
                "-9223372036854775809"
            ]
        );
        let held = serde_json::from_str::<Vec<serde_json::Value>>(words).unwrap();
        let held = held.iter().filter(|value| value.is_f64()).count();
        assert_eq!(held, doubles.len());
    }
}
