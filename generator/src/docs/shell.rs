//! Texts that stand in the command line of a shell.

/// Text between single quotes, on one line (POSIX, Shell Command Language, 2.2.2).
pub(super) fn quoted(text: &str) -> String {
    verbatim(text).replace(['\n', '\r'], " ")
}

/// Text between single quotes with its line breaks.
pub(super) fn verbatim(text: &str) -> String {
    text.replace('\'', r"'\''")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apostrophe_ends_and_begins_the_quotes() {
        assert_eq!(quoted("it's\nhere"), r"it'\''s here");
        assert_eq!(verbatim("it's\nhere"), "it'\\''s\nhere");
    }
}
