//! Numbers and strings that stand for all that a type allows.

use serde_json::{Number, Value};

use super::pattern;
use crate::ir::{Constraints, Type};

/// Strings are at most this long, whatever `minLength` says.
const LETTERS: u64 = 64;

/// The least number that the bounds allow, else the greatest, else 1.
pub(super) fn number(bounds: &Constraints, whole: bool) -> Value {
    if let Some(least) = bounds
        .minimum
        .as_ref()
        .filter(|_| bounds.multiple_of.is_none())
    {
        return least.clone().into();
    }
    let as_double = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
    let chosen = match (
        as_double(&bounds.exclusive_minimum),
        as_double(&bounds.maximum),
        as_double(&bounds.exclusive_maximum),
    ) {
        (Some(above), Some(most), _) if above + 1.0 > most => above.midpoint(most),
        (Some(above), None, Some(below)) if above + 1.0 >= below => above.midpoint(below),
        (Some(above), ..) => above.floor() + 1.0,
        (None, Some(most), _) if most < 1.0 => most,
        (None, None, Some(below)) if below <= 1.0 => below.ceil() - 1.0,
        _ => as_double(&bounds.multiple_of).unwrap_or(1.0),
    };
    let chosen = as_double(&bounds.minimum).unwrap_or(chosen);
    let chosen =
        as_double(&bounds.multiple_of).map_or(chosen, |step| (chosen / step).ceil() * step);
    if whole || chosen.fract() == 0.0 {
        // A cast stays at the ends of i64 instead of wrapping.
        return (chosen.round() as i64).into();
    }
    chosen.into()
}

/// A string of a format, or one within the bounds of its length.
pub(super) fn string(node: &Type) -> String {
    let known = match node.format.as_deref().unwrap_or_default() {
        "date-time" => "2024-05-13T04:00:00.000Z",
        "date" => "2024-05-13",
        "time" => "04:00:00Z",
        "duration" => "PT1H",
        "email" | "idn-email" => "name@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "url" | "iri" => "https://example.com",
        "uri-reference" | "iri-reference" => "/path",
        "uuid" | "guid" => "f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
        "byte" => "ZXhhbXBsZQ==",
        "json-pointer" => "/pointer",
        "regex" => "^a$",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let bounds = &node.constraints;
    let least = bounds.min_length.unwrap_or(0).min(LETTERS);
    let most = bounds.max_length.unwrap_or(LETTERS).max(least);
    let letters = "string".chars().cycle();
    let length = usize::try_from(least.max(most.min(6))).unwrap_or(6);
    let plain: String = letters.take(length).collect();
    match &bounds.pattern {
        // What a pattern asks for may be long; its lengths are those of the description.
        Some(written) if !pattern::matches(written, &plain) => {
            let length = |said: u64| usize::try_from(said).unwrap_or(usize::MAX);
            let least = length(bounds.min_length.unwrap_or(0));
            let most = length(bounds.max_length.unwrap_or(u64::MAX));
            pattern::text(written, least, most).unwrap_or(plain)
        }
        _ => plain,
    }
}
