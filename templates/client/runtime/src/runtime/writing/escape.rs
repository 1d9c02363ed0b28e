//! Percent-encoding (RFC 3986, section 2).

use percent_encoding::{AsciiSet, CONTROLS, percent_encode_byte, utf8_percent_encode};

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
    let mut out = String::with_capacity(text.len());
    push_value(&mut out, text);
    out
}

/// The same, at the end of a text.
pub(crate) fn push_value(to: &mut String, text: &str) {
    push_runs(to, text, |_, _| false);
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

fn push_except(to: &mut String, text: &str, kept: &[u8]) {
    let bytes = text.as_bytes();
    let triple = |at: usize| is_hex(bytes.get(at + 1)) && is_hex(bytes.get(at + 2));
    push_runs(to, text, |at, byte| {
        kept.contains(&byte) || (byte == b'%' && triple(at))
    });
}

/// Adds a text, run by run. What is not unreserved is encoded, unless it may stay where it is.
fn push_runs(to: &mut String, text: &str, stays: impl Fn(usize, u8) -> bool) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while let Some(run) = bytes.get(at..).and_then(other) {
        at += run;
        if let Some(&byte) = bytes.get(at)
            && !stays(at, byte)
        {
            to.push_str(text.get(from..at).unwrap_or_default());
            to.push_str(percent_encode_byte(byte));
            from = at + 1;
        }
        at += 1;
    }
    to.push_str(text.get(from..).unwrap_or_default());
}

/// Where the first byte is that is no unreserved character.
fn other(bytes: &[u8]) -> Option<usize> {
    bytes
        .iter()
        .position(|&byte| !UNRESERVED[usize::from(byte)])
}

/// Which bytes are unreserved characters (RFC 3986, section 2.3).
static UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] =
            (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    table
};

fn is_hex(byte: Option<&u8>) -> bool {
    byte.is_some_and(u8::is_ascii_hexdigit)
}
