//! The codec of an enum of texts: two matches, and short functions over them.
//!
//! It compares, hashes and is shown by its text, because what a derive makes of that takes the compiler
//! longer. A large crate has ten thousand of these enums, so they are written as text at once.

use super::super::layout::{Value, heads};
use super::super::plan::{TypePlan, VariantPlan};
use super::super::print::Item;

/// The implementations of an enum of texts, written in the directions in which it travels.
pub(super) fn items(plan: &TypePlan, variants: &[VariantPlan], path: &str) -> Vec<Item> {
    let mut items = vec![
        as_str(variants, path),
        from_text(variants, path),
        function("impl PartialEq", path, EQ),
        heads::marker("impl Eq", path),
        function("impl std::hash::Hash", path, HASH),
        function("impl std::fmt::Debug", path, DEBUG),
        function("impl std::fmt::Display", path, DISPLAY),
    ];
    if plan.decode {
        items.push(function("impl<'de> Deserialize<'de>", path, DESERIALIZE));
    }
    if plan.encode {
        items.push(function("impl Serialize", path, SERIALIZE));
    }
    items.into_iter().map(Item::Lines).collect()
}

const EQ: &str = "fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }";

const HASH: &str = "fn hash<H: std::hash::Hasher>(&self, to: &mut H) {
        self.as_str().hash(to);
    }";

const DEBUG: &str = "fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self.as_str(), to)
    }";

const DISPLAY: &str = "fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(self.as_str())
    }";

const DESERIALIZE: &str =
    "fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::text(from)
    }";

const SERIALIZE: &str = "fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }";

/// An implementation of a trait that has one function.
fn function(name: &str, path: &str, function: &str) -> String {
    let head = heads::of_trait(name, path);
    format!("{head}    #[inline]\n    {function}\n}}\n")
}

fn as_str(variants: &[VariantPlan], path: &str) -> String {
    let mut text = heads::of_type(path);
    text.push_str(
        "    /// The value as it is sent.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
",
    );
    for variant in variants {
        let (name, wire) = (&variant.name, Value::text(&variant.wire));
        wire.line(12, &format!("Self::{name} => "), ",", &mut text);
    }
    text.push_str("            Self::Unrecognized(text) => text,\n        }\n    }\n}\n");
    text
}

fn from_text(variants: &[VariantPlan], path: &str) -> String {
    let mut text = heads::of_trait("impl From<&str>", path);
    text.push_str(
        "    #[inline]
    fn from(text: &str) -> Self {
        match text {
",
    );
    for variant in variants {
        Value::text(&variant.wire).line(12, "", &format!(" => Self::{},", variant.name), &mut text);
    }
    text.push_str("            _ => Self::Unrecognized(text.to_owned()),\n        }\n    }\n}\n");
    text
}
