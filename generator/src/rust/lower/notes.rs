//! What a field's docs say beside its description: default, bounds and pattern.

use std::fmt::Display;

use crate::ir::{Constraints, Type};

use super::super::plan::Note;

/// The notes on the values of a type, one for each thing that it says.
pub(super) fn of(ty: &Type) -> Vec<Note> {
    let bounds = &ty.constraints;
    let default = ty.default.as_ref().map(|default| match default.as_str() {
        Some(text) => text.to_owned(),
        None => default.to_string(),
    });
    let notes = [
        ("Default", default),
        ("Range", value_range(bounds)),
        ("Length", range(bounds.min_length, bounds.max_length)),
        ("Items", range(bounds.min_items, bounds.max_items)),
        (
            "Properties",
            range(bounds.min_properties, bounds.max_properties),
        ),
        ("Pattern", bounds.pattern.clone()),
    ];
    notes
        .into_iter()
        .filter_map(|(label, value)| {
            let value = value.filter(|value| !value.trim().is_empty())?;
            Some(Note { label, value })
        })
        .collect()
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
