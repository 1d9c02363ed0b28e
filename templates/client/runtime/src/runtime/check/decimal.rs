//! Numbers as JSON Schema sees them: by their value, in the digits in which they are written.
//!
//! `0.3` is a multiple of `0.1`, and `1` and `1.0` are the same number.

use std::collections::HashMap;

use serde_json::{Number, Value};

use crate::runtime::check::limit::Bound;

/// A number as digits, and how many of them stand behind the point.
struct Decimal {
    digits: i128,
    behind: u32,
}

/// The number, if it is whole and written so.
pub(crate) fn whole(number: &Number) -> Option<i128> {
    let signed = number.as_i64().map(i128::from);
    signed.or_else(|| number.as_u64().map(i128::from))
}

/// Whether a number is a multiple of another. Of nothing but zero there are no others.
pub(crate) fn is_multiple(number: &Number, of: Bound) -> bool {
    let text = match (whole(number), number.as_f64()) {
        (Some(whole), _) => whole.to_string(),
        (None, Some(real)) => real.to_string(),
        (None, None) => return true,
    };
    let exact = || {
        let (number, of) = (Decimal::read(&text)?, Decimal::read(&of.to_string())?);
        let behind = number.behind.max(of.behind);
        number.with(behind)?.checked_rem(of.with(behind)?)
    };
    match exact() {
        Some(rest) => rest == 0,
        // More digits than can be counted: as well as floating point knows.
        None => {
            let times = number.as_f64().unwrap_or_default() / of.as_f64();
            !times.is_finite() || (times - times.round()).abs() <= times.abs() * 1e-9
        }
    }
}

impl Decimal {
    /// Reads `-12.5`.
    fn read(text: &str) -> Option<Self> {
        let (before, behind) = text.split_once('.').unwrap_or((text, ""));
        Some(Self {
            digits: format!("{before}{behind}").parse().ok()?,
            behind: u32::try_from(behind.len()).ok()?,
        })
    }

    /// The digits with this many behind the point.
    fn with(&self, behind: u32) -> Option<i128> {
        let more = 10_i128.checked_pow(behind.checked_sub(self.behind)?)?;
        self.digits.checked_mul(more)
    }
}

/// The positions of the first two items that are equal.
pub(crate) fn repeated(items: &[Value]) -> Option<(usize, usize)> {
    let mut seen = HashMap::new();
    for (position, item) in items.iter().enumerate() {
        let mut text = String::new();
        write(item, &mut text);
        if let Some(first) = seen.insert(text, position) {
            return Some((first, position));
        }
    }
    None
}

/// Writes a value so that equal ones are written alike.
fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for item in items {
                write(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (key, value) in fields {
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(value, out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Number(number) => match (whole(number), number.as_f64()) {
            // `1.0` is written `1`.
            (None, Some(real)) => out.push_str(&real.to_string()),
            _ => out.push_str(&number.to_string()),
        },
        value => out.push_str(&value.to_string()),
    }
}
