//! What the docs of a field or a parameter say beside its description: default, bounds, pattern
//! and example.

use std::fmt::Display;

use serde_json::Value;

use crate::ir::{Constraints, Parameter, Type};

use super::super::plan::Note;

/// How long an example is that still stands in a line.
const LONGEST_EXAMPLE: usize = 120;

/// The notes on the values of a type, one for each thing that it says.
pub(super) fn of(ty: &Type) -> Vec<Note> {
    let default = ("Default", ty.default.as_ref().map(text));
    let mut notes = said([default]);
    notes.extend(of_bounds(ty));
    notes
}

/// The notes on a parameter: on the values of its type, and an example.
///
/// An example that is the default says nothing new, and a long one stands in the sample of the
/// call, if anywhere.
pub(super) fn of_parameter(parameter: &Parameter, ty: &Type) -> Vec<Note> {
    let example = parameter.example.as_ref();
    let example = example.filter(|example| parameter.default.as_ref() != Some(example));
    let example = example
        .map(text)
        .filter(|text| text.len() <= LONGEST_EXAMPLE);
    let mut notes = of_bounds(ty);
    notes.extend(said([("Example", example)]));
    notes
}

/// The notes on the values of a type without the default.
pub(super) fn of_bounds(ty: &Type) -> Vec<Note> {
    let bounds = &ty.constraints;
    said([
        ("Range", value_range(bounds)),
        ("Length", range(bounds.min_length, bounds.max_length)),
        ("Items", range(bounds.min_items, bounds.max_items)),
        (
            "Properties",
            range(bounds.min_properties, bounds.max_properties),
        ),
        ("Pattern", bounds.pattern.clone()),
    ])
}

/// A value as docs show it.
pub(super) fn text(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    }
}

fn said<const N: usize>(notes: [(&'static str, Option<String>); N]) -> Vec<Note> {
    let notes = notes.into_iter().filter_map(|(label, value)| {
        let value = value.filter(|value| !value.trim().is_empty())?;
        Some(Note { label, value })
    });
    notes.collect()
}

/// `1..=9`, `0..`: as Rust writes ranges; an exclusive lower bound, which Rust has no sign for,
/// as a comparison.
fn value_range(bounds: &Constraints) -> Option<String> {
    if let Some(above) = &bounds.exclusive_minimum {
        let below = bounds.exclusive_maximum.as_ref();
        let end = match (below, &bounds.maximum) {
            (Some(below), _) => format!(", < {below}"),
            (None, Some(most)) => format!(", <= {most}"),
            _ => String::new(),
        };
        return Some(format!("> {above}{end}"));
    }
    match &bounds.exclusive_maximum {
        Some(below) => {
            let least = bounds.minimum.as_ref().map(ToString::to_string);
            Some(format!("{}..{below}", least.unwrap_or_default()))
        }
        None => range(bounds.minimum.as_ref(), bounds.maximum.as_ref()),
    }
}

fn range<T: Display>(least: Option<T>, most: Option<T>) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least}..={most}")),
        (Some(least), None) => Some(format!("{least}..")),
        (None, Some(most)) => Some(format!("..={most}")),
        (None, None) => None,
    }
}
