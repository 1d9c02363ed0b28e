//! Whole numbers that a server writes with a fraction or an exponent, such as `1.0` or `2e3`.
//!
//! To JSON Schema these are integers (2020-12, section 6.1.1 of its validation); serde takes no
//! fraction for one. As such numbers are rare, they are only looked for where an answer did not fit.

use crate::runtime::reading::place;

/// No integer of ours has more digits.
const DIGITS: usize = 20;

/// The same JSON with such numbers written as integers are; `None` if there is none, or if it is no
/// JSON.
#[cold]
pub(crate) fn plainly(text: &[u8], error: &serde_json::Error) -> Option<Vec<u8>> {
    if !error.is_data() {
        return None;
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    while let Some(first) = rest.first() {
        let token = match first {
            b'"' => string(rest),
            b'-' | b'0'..=b'9' => number(rest),
            _ => 1,
        };
        let (token, after) = rest.split_at(token);
        match whole(token) {
            Some(digits) => {
                plain.extend_from_slice(digits.as_bytes());
                changed = true;
            }
            None => plain.extend_from_slice(token),
        }
        rest = after;
    }
    changed.then_some(plain)
}

/// The length of the string that a text begins with, its quotes included.
fn string(text: &[u8]) -> usize {
    let inside = place::inside(text.get(1..).unwrap_or_default());
    text.len().min(inside.len() + 2)
}

/// The length of the number that a text begins with.
fn number(text: &[u8]) -> usize {
    let goes_on = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
    let end = text.iter().position(|byte| !goes_on(byte));
    end.unwrap_or(text.len())
}

/// The digits of a number that is whole although it has a fraction or an exponent.
fn whole(token: &[u8]) -> Option<String> {
    let token = std::str::from_utf8(token).ok()?;
    let (sign, size) = match token.strip_prefix('-') {
        Some(size) => ("-", size),
        None => ("", token),
    };
    if !size.starts_with(|first: char| first.is_ascii_digit()) || !size.contains(['.', 'e', 'E']) {
        return None;
    }
    let (digits, exponent) = size.split_once(['e', 'E']).unwrap_or((size, "0"));
    let exponent: i32 = exponent.parse().ok()?;
    let (before, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let zeros = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let mut all = format!("{before}{fraction}");
    match usize::try_from(zeros) {
        Ok(zeros) if zeros <= DIGITS => all.push_str(&"0".repeat(zeros)),
        Ok(_) => return None,
        // `100e-2`
        Err(_) => {
            let kept = all.len().checked_sub(zeros.unsigned_abs() as usize)?;
            if all.bytes().skip(kept).any(|digit| digit != b'0') {
                return None;
            }
            all.truncate(kept);
        }
    }
    match all.trim_start_matches('0') {
        "" => Some("0".to_owned()),
        size if size.len() <= DIGITS => Some(format!("{sign}{size}")),
        _ => None,
    }
}
