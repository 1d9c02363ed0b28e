//! Bounds, lengths and patterns of values.

use serde::Serialize;
use serde_json::Number;

/// Bounds, lengths and pattern (JSON Schema 2020-12, Validation, 6).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Constraints {
    /// `minimum`
    pub minimum: Option<Number>,
    /// `maximum`
    pub maximum: Option<Number>,
    /// `exclusiveMinimum`
    pub exclusive_minimum: Option<Number>,
    /// `exclusiveMaximum`
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`
    pub multiple_of: Option<Number>,
    /// `minLength`
    pub min_length: Option<u64>,
    /// `maxLength`
    pub max_length: Option<u64>,
    /// `pattern` (ECMA-262)
    pub pattern: Option<String>,
    /// `minItems`
    pub min_items: Option<u64>,
    /// `maxItems`
    pub max_items: Option<u64>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
}

impl Constraints {
    /// Narrows bounds by more bounds.
    pub fn narrow(&mut self, more: &Self) {
        let least = |a: &mut Option<Number>, b: &Option<Number>| tighten(a, b, |a, b| b < a);
        let most = |a: &mut Option<Number>, b: &Option<Number>| tighten(a, b, |a, b| b > a);
        most(&mut self.minimum, &more.minimum);
        least(&mut self.maximum, &more.maximum);
        most(&mut self.exclusive_minimum, &more.exclusive_minimum);
        least(&mut self.exclusive_maximum, &more.exclusive_maximum);
        self.multiple_of = more.multiple_of.clone().or(self.multiple_of.take());
        self.min_length = self.min_length.max(more.min_length);
        self.max_length = smaller(self.max_length, more.max_length);
        self.min_items = self.min_items.max(more.min_items);
        self.max_items = smaller(self.max_items, more.max_items);
        self.pattern = more.pattern.clone().or(self.pattern.take());
        self.unique_items |= more.unique_items;
        self.min_properties = self.min_properties.max(more.min_properties);
        self.max_properties = smaller(self.max_properties, more.max_properties);
    }
}

fn tighten(known: &mut Option<Number>, more: &Option<Number>, tighter: fn(f64, f64) -> bool) {
    let value = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
    let replace = match (value(known), value(more)) {
        (Some(known), Some(more)) => tighter(known, more),
        (known, _) => known.is_none(),
    };
    if replace {
        known.clone_from(more);
    }
}

fn smaller(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
