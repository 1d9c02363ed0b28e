//! The schemas that a type is made of, and how each of them counts.

use crate::source::{Node, Value};

/// A schema that holds for the values of a type.
#[derive(Clone, Copy)]
pub(super) struct Part<'d> {
    pub(super) node: &'d Node,
    pub(super) form: Form,
}

/// How much of a schema counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Form {
    /// All that it says.
    Whole,
    /// What it says of every value, its `oneOf` and `anyOf` and its children left aside.
    Bare,
    /// Its properties, none of them required.
    Sometimes,
}

impl<'d> Part<'d> {
    pub(super) fn whole(node: &'d Node) -> Self {
        Self {
            node,
            form: Form::Whole,
        }
    }

    pub(super) fn bare(node: &'d Node) -> Self {
        Self {
            node,
            form: Form::Bare,
        }
    }
}

/// The keywords that give values a shape of their own, beyond the word of a `type`.
const SHAPING: [&str; 15] = [
    "properties",
    "required",
    "items",
    "prefixItems",
    "patternProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "enum",
    "const",
    "then",
    "else",
    "dependentSchemas",
    "discriminator",
    "unevaluatedProperties",
];

/// Whether a schema says a shape: by a reference or a keyword, and not only texts and bounds.
pub(super) fn says_shape(node: &Node) -> bool {
    node.reference().is_some() || stands_alone(node)
}

/// Whether a schema says a shape by its own keywords, a reference left aside.
pub(super) fn stands_alone(node: &Node) -> bool {
    let typed = |node: &Node| !matches!(node.value, Value::Bool(_));
    let says = |key: &&str| node.get(key).is_some_and(|value| !is_empty(value));
    SHAPING.iter().any(says) || node.get("additionalProperties").is_some_and(typed)
}

/// Whether a schema says nothing at all of the values, or only which keys they must have.
pub(super) fn says_nothing(node: &Node) -> bool {
    let only_required = SHAPING
        .iter()
        .filter(|key| **key != "required")
        .all(|key| node.get(key).is_none());
    only_required
        && node.reference().is_none()
        && ["type", "format", "additionalProperties"]
            .iter()
            .all(|key| node.get(key).is_none())
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::List(list) => list.is_empty(),
        Value::Map(map) => map.iter().next().is_none(),
        Value::Null => true,
        _ => false,
    }
}
