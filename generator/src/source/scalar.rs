//! What a YAML scalar means: the core schema of YAML 1.2 (10.3.2).
//!
//! `no`, `on`, `y` and `yes` are strings, dates too; a number keeps its text. `.inf` and `.nan`
//! are numbers, which no JSON can write: they become `null` there.

use super::tree::{Number, Value};
use super::yaml::{Scalar, Tag};

/// The value of a scalar; `Err` with what its tag asks for if it cannot be that.
pub(super) fn value(scalar: &Scalar<'_>) -> Result<Value, &'static str> {
    let text = &*scalar.text;
    match &scalar.tag {
        Tag::None | Tag::Other(_) if scalar.plain => Ok(plain(text)),
        Tag::None | Tag::Other(_) | Tag::Str => Ok(Value::String(text.into())),
        Tag::Int if is_whole(text) => Ok(number(text)),
        Tag::Int => Err("a whole number"),
        Tag::Float if is_whole(text) || is_float(text) => Ok(number(text)),
        Tag::Float => Err("a number"),
        Tag::Bool => boolean(text).map(Value::Bool).ok_or("`true` or `false`"),
        Tag::Null if is_null(text) => Ok(Value::Null),
        Tag::Null => Err("`null`"),
    }
}

fn plain(text: &str) -> Value {
    if is_null(text) {
        return Value::Null;
    }
    if let Some(value) = boolean(text) {
        return Value::Bool(value);
    }
    if is_whole(text) || is_float(text) {
        return number(text);
    }
    Value::String(text.into())
}

fn number(text: &str) -> Value {
    Value::Number(Number { text: text.into() })
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

fn is_whole(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix("0x") {
        return !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return !digits.is_empty() && digits.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    }
    let digits = unsigned(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_float(text: &str) -> bool {
    let rest = unsigned(text);
    if matches!(rest, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let whole = digits(rest);
    let (rest, fraction) = match rest[whole..].strip_prefix('.') {
        Some(after) => (&after[digits(after)..], digits(after)),
        None => (&rest[whole..], 0),
    };
    whole + fraction > 0 && (rest.is_empty() || is_exponent(rest))
}

fn is_exponent(text: &str) -> bool {
    text.strip_prefix(['e', 'E'])
        .map(unsigned)
        .is_some_and(|power| !power.is_empty() && digits(power) == power.len())
}

/// The text without one sign before it.
fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

/// How many ASCII digits the text begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> &'static str {
        match plain(text) {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) => {
                assert_eq!(&*number.text, text, "a number keeps its text");
                "number"
            }
            _ => "string",
        }
    }

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        for text in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(kind(text), "null", "{text}");
        }
        for text in ["true", "False", "TRUE"] {
            assert_eq!(kind(text), "boolean", "{text}");
        }
        for text in [
            "0",
            "-1",
            "+12",
            "044925",
            "3.10",
            "1.",
            ".5",
            "1e3",
            "-1.5E-7",
            "0x1F",
            "0o17",
            ".inf",
            "-.INF",
            ".nan",
            "99999999999999999999999999",
        ] {
            assert_eq!(kind(text), "number", "{text}");
        }
        for text in [
            "no",
            "on",
            "y",
            "yes",
            "Off",
            "nUll",
            "tRUE",
            "1_000",
            "2020-01-01",
            "1.2.3",
            "0x",
            "0o8",
            "-0x1",
            ".",
            "-",
            "+",
            "e3",
            "1e",
            "1e+",
            "12:30",
            "-.nan",
            "0b1",
            "--1",
        ] {
            assert_eq!(kind(text), "string", "{text}");
        }
    }

    #[test]
    fn numbers_that_json_cannot_write_become_null_there() {
        for text in [".inf", ".nan", "1e999"] {
            let Value::Number(number) = plain(text) else {
                panic!("{text} is a number");
            };
            assert_eq!(number.to_json(), serde_json::Value::Null, "{text}");
        }
    }
}
