//! What the description allows of values beyond their types: bounds, lengths, patterns.
//!
//! It is data: one table for the whole crate, and for each operation which of its entries its
//! parameters and bodies follow. A field costs a line of a table, and no code.

use std::cmp::Ordering;
use std::fmt;

use serde_json::{Number, Value};

use crate::runtime::check::decimal;
use crate::runtime::check::pattern;
use crate::runtime::codec::rule::Rule;

/// The limits of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The table of the crate, to which all positions refer.
    pub types: &'static [Limited],
    /// Positions of parameters, and of what their values follow.
    pub parameters: &'static [(usize, usize)],
    /// The bodies that have limits.
    pub bodies: &'static [LimitedBody],
}

/// A body that has limits.
#[derive(Clone, Copy, Debug)]
pub struct LimitedBody {
    /// The media type with which it is sent.
    pub media_type: &'static str,
    /// How it is written.
    pub form: BodyForm,
    /// The position of what its values follow.
    pub follows: usize,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BodyForm {
    /// One JSON value.
    Json,
    /// JSON values, one after the other.
    Lines,
    /// The fields of a form.
    Fields,
}

/// What values of a type must keep to.
#[derive(Clone, Copy, Debug)]
pub struct Limited {
    /// The limits of the value itself.
    pub limits: &'static [Limit],
    /// Those of what is inside it.
    pub inside: Inside,
}

/// What is inside a value, by positions in the table.
#[derive(Clone, Copy, Debug)]
pub enum Inside {
    /// Nothing that has limits.
    Nothing,
    /// Items that all follow one entry.
    Items(usize),
    /// Fields; those that are not listed have no limits.
    Fields(&'static [(&'static str, usize)]),
    /// Values of any key that all follow one entry, except those of the keys that are listed.
    Values(usize, &'static [(&'static str, Option<usize>)]),
    /// One of several types. A value that belongs to one without limits has none.
    OneOf(&'static [(Rule, Option<usize>)]),
}

/// A limit (JSON Schema 2020-12, Validation, 6). It holds for values of the JSON type that it
/// speaks of, and for all others.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// `minimum`
    Minimum(Bound),
    /// `maximum`
    Maximum(Bound),
    /// `exclusiveMinimum`
    ExclusiveMinimum(Bound),
    /// `exclusiveMaximum`
    ExclusiveMaximum(Bound),
    /// `multipleOf`
    MultipleOf(Bound),
    /// `minLength`, in Unicode code points.
    MinLength(u64),
    /// `maxLength`, in Unicode code points.
    MaxLength(u64),
    /// `pattern` (ECMA-262), found anywhere in the text.
    Pattern(&'static str),
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `uniqueItems`
    UniqueItems,
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
}

/// A number to compare with. Whole ones are compared exactly.
#[derive(Clone, Copy, Debug)]
pub enum Bound {
    /// A whole number.
    Whole(i128),
    /// Any other.
    Real(f64),
}

impl Limit {
    /// What is wrong with a value, in words that do not contain it; `None` if nothing is.
    pub(crate) fn broken(self, value: &Value) -> Option<String> {
        match value {
            Value::Number(number) => self.broken_by_number(number),
            Value::String(text) => self.broken_by_text(text),
            Value::Array(items) => self.broken_by_items(items),
            Value::Object(fields) => {
                let size = size(fields.len(), "property", "properties");
                match self {
                    Self::MinProperties(least) => few(size, least, "minProperties"),
                    Self::MaxProperties(most) => many(size, most, "maxProperties"),
                    _ => None,
                }
            }
            Value::Null | Value::Bool(_) => None,
        }
    }

    fn broken_by_number(self, number: &Number) -> Option<String> {
        let is = |wrong: &[Ordering], bound: Bound| {
            let order = bound.compare(number)?;
            wrong.contains(&order).then_some(bound)
        };
        let (less, equal, more) = (Ordering::Less, Ordering::Equal, Ordering::Greater);
        match self {
            Self::Minimum(bound) => {
                is(&[less], bound).map(|it| format!("is less than the minimum of {it}"))
            }
            Self::Maximum(bound) => {
                is(&[more], bound).map(|it| format!("is more than the maximum of {it}"))
            }
            Self::ExclusiveMinimum(bound) => is(&[less, equal], bound)
                .map(|it| format!("is not more than {it} (exclusiveMinimum)")),
            Self::ExclusiveMaximum(bound) => is(&[more, equal], bound)
                .map(|it| format!("is not less than {it} (exclusiveMaximum)")),
            Self::MultipleOf(bound) => (!decimal::is_multiple(number, bound))
                .then(|| format!("is no multiple of {bound} (multipleOf)")),
            _ => None,
        }
    }

    fn broken_by_text(self, text: &str) -> Option<String> {
        let size = || size(text.chars().count(), "character", "characters");
        match self {
            Self::MinLength(least) => few(size(), least, "minLength"),
            Self::MaxLength(most) => many(size(), most, "maxLength"),
            Self::Pattern(pattern) => (!pattern::fits(pattern, text)).then(|| {
                format!(
                    "has {}, which does not fit the pattern `{pattern}`",
                    size().words
                )
            }),
            _ => None,
        }
    }

    fn broken_by_items(self, items: &[Value]) -> Option<String> {
        let size = size(items.len(), "item", "items");
        match self {
            Self::MinItems(least) => few(size, least, "minItems"),
            Self::MaxItems(most) => many(size, most, "maxItems"),
            Self::UniqueItems => decimal::repeated(items).map(|(first, second)| {
                let words = size.words;
                format!("has {words}, of which {first} and {second} are equal (uniqueItems)")
            }),
            _ => None,
        }
    }
}

/// How many of something a value has.
struct Size {
    count: u64,
    words: String,
}

fn size(count: usize, one: &str, several: &str) -> Size {
    let word = if count == 1 { one } else { several };
    Size {
        count: u64::try_from(count).unwrap_or(u64::MAX),
        words: format!("{count} {word}"),
    }
}

fn few(size: Size, least: u64, keyword: &str) -> Option<String> {
    let words = size.words;
    (size.count < least).then(|| format!("has {words}, the least is {least} ({keyword})"))
}

fn many(size: Size, most: u64, keyword: &str) -> Option<String> {
    let words = size.words;
    (size.count > most).then(|| format!("has {words}, the most is {most} ({keyword})"))
}

impl Bound {
    /// How a number compares with this one.
    fn compare(self, number: &Number) -> Option<Ordering> {
        match (decimal::whole(number), self) {
            (Some(number), Self::Whole(bound)) => Some(number.cmp(&bound)),
            (_, bound) => number.as_f64()?.partial_cmp(&bound.as_f64()),
        }
    }

    /// The number; a whole one of more than 53 bits is rounded.
    pub(crate) fn as_f64(self) -> f64 {
        match self {
            Self::Whole(number) => number as f64,
            Self::Real(number) => number,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => write!(out, "{number}"),
            Self::Real(number) => write!(out, "{number}"),
        }
    }
}
