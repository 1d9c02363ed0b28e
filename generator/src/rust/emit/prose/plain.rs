//! Texts in which no character means anything: most of a description, and no parser is needed.

/// The lines of a text, if all of them are plain.
pub(super) fn lines(text: &str) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim().split('\n') {
        if line.trim().is_empty() {
            let parts = lines.last().is_some_and(|last| !last.is_empty());
            lines.extend(parts.then(String::new));
            continue;
        }
        // Two spaces at the end of a line keep the break.
        if !is_plain(line) || line.ends_with("  ") {
            return None;
        }
        lines.push(line.trim_end().to_owned());
    }
    Some(lines)
}

/// Whether a line is read as what stands there: it begins with a letter, and has no mark of
/// Markdown.
pub(super) fn is_plain(line: &str) -> bool {
    let bytes = line.as_bytes();
    let mut before = b' ';
    line.starts_with(char::is_alphabetic)
        && bytes.iter().enumerate().all(|(place, byte)| {
            let plain = match byte {
                b'`' | b'[' | b']' | b'<' | b'*' | b'\\' | b'~' | b'|' | b'\t' => false,
                b'_' => {
                    let after = bytes.get(place + 1);
                    before.is_ascii_alphanumeric() && after.is_some_and(u8::is_ascii_alphanumeric)
                }
                b'/' => before != b'/' || !line[..place].ends_with(":/"),
                _ => true,
            };
            before = *byte;
            plain
        })
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn sentences_are_plain() {
        let text = "Gets a thing (by its snake_case & id).\nIt's #1 > 2;\n\n\n\nthat's all. ";
        let kept = [
            "Gets a thing (by its snake_case & id).",
            "It's #1 > 2;",
            "",
            "that's all.",
        ];
        assert_eq!(lines(text).unwrap(), kept);
        assert_eq!(lines(" \n").unwrap(), [""; 0]);
    }

    #[test]
    fn marks_are_not() {
        for text in [
            "a *b", "a _b_", "- a", "a\n- b", "a\n  b", "http://a", "a  \nb", "1. a", "`",
        ] {
            assert_eq!(lines(text), None, "{text}");
        }
    }
}
