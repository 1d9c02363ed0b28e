//! Percent-encoding (RFC 3986, section 2).

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_encode_byte, utf8_percent_encode,
};

/// All but the unreserved characters (RFC 3986, section 2.3).
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The reserved characters that may stand in a query. `#`, `[` and `]` may not.
const RESERVED: &[u8] = b":/?@!$&'()*+,;=";

/// The reserved characters that may stand in a segment of a path (RFC 3986, section 3.3).
const RESERVED_IN_PATH: &[u8] = b":@!$&'()*+,;=";

/// The reserved characters that may stand in a cookie.
const RESERVED_IN_COOKIE: &[u8] = b":/?@!$&'()*+=";

/// What cannot stand in a cookie.
const ENDS_COOKIE: &AsciiSet = &CONTROLS.add(b';');

/// Encodes a name or a value: everything outside the unreserved characters.
pub fn value(text: &str) -> String {
    utf8_percent_encode(text, VALUE).to_string()
}

/// The same, at the end of a text.
pub(crate) fn push_value(to: &mut String, text: &str) {
    to.extend(utf8_percent_encode(text, VALUE));
}

/// Encodes a value whose reserved characters stay, as `allowReserved` asks. What is
/// percent-encoded already stays as well (RFC 6570, section 3.2.3).
pub fn reserved(text: &str) -> String {
    encode_except(text, RESERVED)
}

/// The same for a value in a path, where slashes and question marks would lead elsewhere.
pub fn reserved_in_path(text: &str) -> String {
    encode_except(text, RESERVED_IN_PATH)
}

/// The same for a value in a cookie, which a semicolon would end.
pub fn reserved_in_cookie(text: &str) -> String {
    encode_except(text, RESERVED_IN_COOKIE)
}

/// Leaves a value of a cookie as it is, but for what would end it or cannot be in a header
/// (RFC 6265, section 4.1.1).
pub fn cookie(text: &str) -> String {
    utf8_percent_encode(text, ENDS_COOKIE).to_string()
}

/// Encodes the fixed text of a path, in which slashes and other characters of a path stay, at the
/// end of a text.
pub(crate) fn push_path_text(to: &mut String, text: &str) {
    push_except(to, text, b":/@!$&'()*+,;=");
}

/// Leaves a value as it is: headers are not percent-encoded.
pub fn nothing(text: &str) -> String {
    text.to_owned()
}

fn encode_except(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    push_except(&mut out, text, kept);
    out
}

fn push_except(out: &mut String, text: &str, kept: &[u8]) {
    let bytes = text.as_bytes();
    for (index, byte) in bytes.iter().copied().enumerate() {
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let triple = byte == b'%' && is_hex(bytes.get(index + 1)) && is_hex(bytes.get(index + 2));
        if unreserved || triple || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(percent_encode_byte(byte));
        }
    }
}

fn is_hex(byte: Option<&u8>) -> bool {
    byte.is_some_and(u8::is_ascii_hexdigit)
}
