//! What calls are held against before they are sent.

use serde::Serialize;
use serde_json::Number;

use super::Rule;

/// The limits of an action, by positions in the crate's table.
#[derive(Clone, Debug, Serialize)]
pub struct ActionLimits {
    /// Positions of parameters, and of what their values follow.
    pub parameters: Vec<(usize, usize)>,
    /// The bodies: media type, `Json`, `Lines` or `Fields`, and what their values follow.
    pub bodies: Vec<(String, &'static str, usize)>,
}

/// An entry of the table: what values of a type must keep to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LimitedPlan {
    /// The limits of the value itself.
    pub limits: Vec<LimitPlan>,
    /// Those of what is inside it.
    pub inside: InsidePlan,
}

/// A limit, named as in the runtime.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum LimitPlan {
    /// A bound of numbers.
    Number(&'static str, Number),
    /// A bound of sizes.
    Size(&'static str, u64),
    /// A pattern.
    Pattern(String),
    /// No two items may be equal.
    UniqueItems,
}

/// What is inside a value, by positions in the table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub enum InsidePlan {
    /// Nothing that has limits.
    #[default]
    Nothing,
    /// Items that all follow one entry.
    Items(usize),
    /// Fields; those that are not listed have no limits.
    Fields(Vec<(String, usize)>),
    /// Values of any key that all follow one entry, except those of the keys that are listed.
    Values(usize, Vec<(String, Option<usize>)>),
    /// One of several types.
    OneOf(Vec<(Rule, Option<usize>)>),
}
