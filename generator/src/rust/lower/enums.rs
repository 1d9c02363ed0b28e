//! Enums: what kind of values they have, and what their variants are called.

use serde_json::Value;

use crate::ir::EnumValue;
use crate::naming::{Scope, pascal};

use super::super::plan::{Ty, ValueVariant, VariantPlan, WholeVariant};

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EnumKind {
    /// Texts.
    Text,
    /// Whole numbers of 64 bits.
    Whole,
    /// Numbers.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Several of these.
    Mixed,
    /// Lists or objects as well.
    Other,
}

impl EnumKind {
    /// The kind of these values.
    pub(super) fn of(values: &[EnumValue]) -> Self {
        let all = |holds: fn(&Value) -> bool| values.iter().all(|each| holds(&each.value));
        if all(Value::is_string) {
            Self::Text
        } else if all(Value::is_i64) {
            Self::Whole
        } else if all(Value::is_number) {
            Self::Number
        } else if all(Value::is_boolean) {
            Self::Boolean
        } else if all(|value| !value.is_array() && !value.is_object()) {
            Self::Mixed
        } else {
            Self::Other
        }
    }

    /// The type of a value that no enum is defined for.
    pub(super) fn spelled(self) -> Ty {
        match self {
            Self::Text => Ty::String,
            Self::Whole => Ty::I64,
            Self::Number => Ty::F64,
            Self::Boolean => Ty::Bool,
            Self::Mixed | Self::Other => Ty::Json,
        }
    }
}

/// The variant of an enum that has only one.
pub(super) fn only(values: &[EnumValue]) -> Option<String> {
    let names: Vec<String> = match EnumKind::of(values) {
        EnumKind::Text => variants(values).into_iter().map(|each| each.name).collect(),
        EnumKind::Whole => {
            let variants = whole_variants(values).into_iter();
            variants.map(|each| each.name).collect()
        }
        EnumKind::Number | EnumKind::Mixed => {
            let variants = value_variants(values).into_iter();
            variants.map(|each| each.name).collect()
        }
        EnumKind::Boolean | EnumKind::Other => Vec::new(),
    };
    match &names[..] {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// The variants of an enum of texts.
pub(super) fn variants(values: &[EnumValue]) -> Vec<VariantPlan> {
    let mut scope = Scope::with(&["Unrecognized"]);
    let mut order: Vec<usize> = (0..values.len()).collect();
    // Of two that differ in case only, the one in lower case gets the plain name.
    order.sort_by_key(|index| is_upper(text(&values[*index])));
    let mut plans: Vec<Option<VariantPlan>> = values.iter().map(|_| None).collect();
    for index in order {
        let value = &values[index];
        let wire = text(value);
        let plain = pascal(value.name.as_deref().unwrap_or(wire));
        let case = if is_upper(wire) { "Upper" } else { "Other" };
        plans[index] = Some(VariantPlan {
            name: scope.claim([&plain, &format!("{plain}{case}")]),
            wire: wire.to_owned(),
            docs: value.description.clone(),
        });
    }
    plans.into_iter().flatten().collect()
}

/// The variants of an enum of whole numbers.
pub(super) fn whole_variants(values: &[EnumValue]) -> Vec<WholeVariant> {
    let mut scope = Scope::with(&["Unrecognized"]);
    let numbers = values
        .iter()
        .filter_map(|value| Some((value, value.value.as_i64()?)));
    numbers
        .map(|(value, wire)| {
            let plain = match &value.name {
                Some(name) => pascal(name),
                None if wire < 0 => format!("Minus{}", wire.unsigned_abs()),
                None => format!("Value{wire}"),
            };
            WholeVariant {
                name: scope.claim([&plain, &format!("{plain}Value{}", wire.unsigned_abs())]),
                wire,
                docs: value.description.clone(),
            }
        })
        .collect()
}

fn text(value: &EnumValue) -> &str {
    value.value.as_str().unwrap_or_default()
}

fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// The variants of an enum of numbers, or of values of several kinds.
pub(super) fn value_variants(values: &[EnumValue]) -> Vec<ValueVariant> {
    let mut scope = Scope::with(&["Unrecognized"]);
    let mut variants: Vec<ValueVariant> = Vec::new();
    for value in values {
        // `1` and `1.0` are one value.
        let same = |other: &ValueVariant| {
            other.wire.is_number() && other.wire.as_f64() == value.value.as_f64()
        };
        if !variants.iter().any(same) {
            let plain = value_name(value);
            variants.push(ValueVariant {
                name: scope.claim([&plain, &format!("{plain}{}", kind_word(&value.value))]),
                wire: value.value.clone(),
                docs: value.description.clone(),
            });
        }
    }
    variants
}

/// `Value0_5`, `Minus1`, `True`, or the text.
fn value_name(value: &EnumValue) -> String {
    match (&value.name, &value.value) {
        (Some(name), _) => pascal(name),
        (None, Value::String(text)) => pascal(text),
        (None, Value::Bool(true)) => "True".to_owned(),
        (None, Value::Bool(false)) => "False".to_owned(),
        (None, number) => number_name(number),
    }
}

/// What tells the text `1` from the number.
fn kind_word(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "Text",
        Value::Bool(_) => "Flag",
        _ => "Number",
    }
}

/// A number as part of a name: without an exponent, and with `_` for the point.
fn number_name(number: &Value) -> String {
    let plain = match number.as_i64() {
        Some(whole) => whole.to_string(),
        None => number.as_f64().unwrap_or_default().to_string(),
    };
    let plain = plain.replace('.', "_");
    match plain.strip_prefix('-') {
        Some(digits) => format!("Minus{digits}"),
        None => format!("Value{plain}"),
    }
}
