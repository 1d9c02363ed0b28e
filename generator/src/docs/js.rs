//! Values as JavaScript prints them: in a cell, in a list, as JSON, in a URL.
//!
//! The published pages were printed by JavaScript, so a number is `1e+21`, never `1e21`, and a
//! whole double is `3`, never `3.0`.

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};
use serde_json::{Number, Value};

/// Lists and objects below this depth are `[Array]` and `[Object]`, as in Node.
const INSPECT_DEPTH: usize = 2;
/// Members of a list after this many are only counted, as in Node.
const INSPECT_MEMBERS: usize = 100;

/// A value as a template prints it: text as it is, lists and objects as [`inspect`] has them.
pub(super) fn display(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        // A template prints no sign before zero; inspect does.
        Value::Number(number) if number.as_f64() == Some(0.0) => "0".to_owned(),
        other => inspect(other),
    }
}

/// A value as Node's `util.inspect` prints it, always on one line: `[ 'gps', 'aws' ]`.
pub(super) fn inspect(value: &Value) -> String {
    inspect_at(value, 0)
}

/// Compact JSON, as `JSON.stringify(value)` prints it.
pub(super) fn json(value: &Value) -> String {
    write_json(value, JsNumbers(CompactFormatter))
}

/// JSON with two spaces of indent, as `JSON.stringify(value, null, 2)` prints it.
pub(super) fn pretty_json(value: &impl Serialize) -> String {
    write_json(value, JsNumbers(PrettyFormatter::new()))
}

/// Text for a query, as `encodeURIComponent` gives it (ECMA-262, 19.2.6.4).
pub(super) fn encode_uri_component(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn inspect_at(value: &Value, depth: usize) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number_text(number),
        Value::String(text) => quoted(text),
        Value::Array(list) if list.is_empty() => "[]".to_owned(),
        Value::Array(_) if depth > INSPECT_DEPTH => "[Array]".to_owned(),
        Value::Array(list) => {
            let shown = list.iter().take(INSPECT_MEMBERS);
            let mut members: Vec<String> = shown.map(|each| inspect_at(each, depth + 1)).collect();
            match list.len().saturating_sub(INSPECT_MEMBERS) {
                0 => {}
                1 => members.push("... 1 more item".to_owned()),
                more => members.push(format!("... {more} more items")),
            }
            format!("[ {} ]", members.join(", "))
        }
        Value::Object(map) if map.is_empty() => "{}".to_owned(),
        Value::Object(_) if depth > INSPECT_DEPTH => "[Object]".to_owned(),
        Value::Object(map) => {
            let entry = |(key, value): (&String, &Value)| {
                let key = if super::words::is_identifier(key) {
                    key.clone()
                } else {
                    quoted(key)
                };
                format!("{key}: {}", inspect_at(value, depth + 1))
            };
            let entries: Vec<String> = map.iter().map(entry).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// In single quotes, or in the first of `"` and `` ` `` that the text does not hold if it holds
/// a single quote.
fn quoted(text: &str) -> String {
    let quote = if !text.contains('\'') {
        '\''
    } else if !text.contains('"') {
        '"'
    } else if !text.contains('`') && !text.contains("${") {
        '`'
    } else {
        '\''
    };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_ascii_control() || ('\u{80}'..='\u{9f}').contains(&c) => {
                out.push_str(&format!("\\x{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

fn number_text(number: &Number) -> String {
    match number.as_f64() {
        Some(double) if !(number.is_i64() || number.is_u64()) => double_text(double),
        _ => number.to_string(),
    }
}

/// A double by ECMA-262, 6.1.6.1.20 (`Number::toString`), but `-0` for a negative zero.
fn double_text(double: f64) -> String {
    if double == 0.0 {
        return if double.is_sign_negative() { "-0" } else { "0" }.to_owned();
    }
    // Rust's `{:e}` has the shortest digits that are read back as the same double.
    let scientific = format!("{double:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-6..21).contains(&exponent) {
        return format!("{double}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{}", exponent.unsigned_abs())
}

fn write_json(value: &impl Serialize, formatter: impl Formatter) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    // Writing into memory does not fail where keys are texts and numbers finite.
    match value.serialize(&mut serializer) {
        Ok(()) => String::from_utf8(bytes).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

/// A formatter with JavaScript's doubles.
struct JsNumbers<F>(F);

/// Hands each call on to the formatter inside.
macro_rules! hand_on {
    ($($name:ident($($argument:ident: $ty:ty),*);)*) => {$(
        fn $name<W: ?Sized + std::io::Write>(
            &mut self,
            writer: &mut W,
            $($argument: $ty),*
        ) -> std::io::Result<()> {
            self.0.$name(writer, $($argument),*)
        }
    )*};
}

impl<F: Formatter> Formatter for JsNumbers<F> {
    fn write_f64<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        value: f64,
    ) -> std::io::Result<()> {
        let value = if value == 0.0 { 0.0 } else { value };
        writer.write_all(double_text(value).as_bytes())
    }

    hand_on! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers() {
        for (value, expected) in [
            (json!(0), "0"),
            (json!(-0.0), "0"),
            (json!(3.0), "3"),
            (json!(0.1), "0.1"),
            (json!(-2592000000_i64), "-2592000000"),
            (json!(1e21), "1e+21"),
            (json!(123456789012345680000.0), "123456789012345680000"),
            (json!(1e-7), "1e-7"),
            (json!(0.000001), "0.000001"),
            (json!(1.5e300), "1.5e+300"),
            (json!(18446744073709551615_u64), "18446744073709551615"),
        ] {
            assert_eq!(display(&value), expected);
        }
        assert_eq!(inspect(&json!(-0.0)), "-0");
        assert_eq!(json(&json!([-0.0, 1e21, 2.0])), "[0,1e+21,2]");
    }

    #[test]
    fn plain_values() {
        assert_eq!(display(&json!("my * instance")), "my * instance");
        assert_eq!(display(&json!(false)), "false");
        assert_eq!(display(&json!(null)), "null");
    }

    #[test]
    fn lists_and_objects() {
        for (value, expected) in [
            (json!(["gps", "aws"]), "[ 'gps', 'aws' ]"),
            (json!([]), "[]"),
            (json!({}), "{}"),
            (json!(["it's"]), "[ \"it's\" ]"),
            (json!(["it's \"it\""]), "[ `it's \"it\"` ]"),
            (json!(["a\n\\"]), r"[ 'a\n\\' ]"),
            (
                json!([{"key": 1, "a-b": null}]),
                "[ { key: 1, 'a-b': null } ]",
            ),
            (json!([[[["deep"]]]]), "[ [ [ [Array] ] ] ]"),
        ] {
            assert_eq!(inspect(&value), expected);
        }
        let many: Value = (0..102).collect();
        assert!(inspect(&many).ends_with("98, 99, ... 2 more items ]"));
    }

    #[test]
    fn json_is_indented_by_two_and_empty_lists_stay_on_their_line() {
        let value = json!({"b": [], "a": {"x": [1, {}]}});
        let expected =
            "{\n  \"b\": [],\n  \"a\": {\n    \"x\": [\n      1,\n      {}\n    ]\n  }\n}";
        assert_eq!(pretty_json(&value), expected);
        assert_eq!(json(&value), r#"{"b":[],"a":{"x":[1,{}]}}"#);
    }

    #[test]
    fn uri_components() {
        assert_eq!(
            encode_uri_component("example@example.com"),
            "example%40example.com"
        );
        assert_eq!(encode_uri_component("a b&ü(*)"), "a%20b%26%C3%BC(*)");
    }
}
