//! Bytes → text: a description is UTF-8 (RFC 8259, 8.1; YAML allows UTF-16, nobody sends it).

/// The text without a byte order mark; `Err` with what is wrong and what to do.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, (String, String)> {
    if is_utf16(&bytes) {
        return Err((
            "is written in UTF-16".to_owned(),
            "save the file as UTF-8".to_owned(),
        ));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..valid).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let byte = error.as_bytes().get(valid).copied().unwrap_or_default();
        (
            format!("is not UTF-8: line {line} holds the byte 0x{byte:02X}"),
            "save the file as UTF-8".to_owned(),
        )
    })?;
    Ok(without_mark(text))
}

/// The text without a byte order mark before it.
pub(super) fn without_mark(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

/// By its byte order mark, or by the zeros in the first two characters, which are ASCII in every
/// description (YAML 1.2, 5.2).
fn is_utf16(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, 1..=127, 0, ..] | [1..=127, 0, _, 0, ..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_with_and_without_mark() {
        assert_eq!(text(b"\xEF\xBB\xBFa: \xC3\xA9".to_vec()).unwrap(), "a: é");
        assert_eq!(text(b"a: 1".to_vec()).unwrap(), "a: 1");
        assert_eq!(text(Vec::new()).unwrap(), "");
    }

    #[test]
    fn other_encodings_are_named() {
        for bytes in [&b"\xFF\xFEa\0"[..], b"\xFE\xFF\0a", b"a\0:\0", b"\0a\0:"] {
            assert_eq!(text(bytes.to_vec()).unwrap_err().0, "is written in UTF-16");
        }
        assert_eq!(
            text(b"a: 1\nb: \xE9".to_vec()).unwrap_err().0,
            "is not UTF-8: line 2 holds the byte 0xE9"
        );
    }
}
