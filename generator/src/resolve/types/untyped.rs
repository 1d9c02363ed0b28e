//! Why a type is any JSON, or a list or map of it, although its schema says more.

use crate::ir::{EnumValue, Shape, TypeId};
use crate::model::Reader;
use crate::source::{Map, Node};

use super::TypeResolver;
use super::part::Part;
use super::union::is_null;

/// Values that are no variants in code.
const ENUM_OF_WHOLE: &str = "an enum with lists or objects among its values";

/// Keywords that say something of any value, and the reason that stands for them; the first one
/// that a schema has is named.
const REASONS: [(&str, &str); 26] = [
    ("oneOf", "its `oneOf` has no member that says a shape"),
    ("anyOf", "its `anyOf` has no member that says a shape"),
    (
        "type",
        "its `type` is none of JSON Schema, or contradicts what it is beside",
    ),
    ("not", "`not` gives no shape"),
    ("if", "`if` gives no shape"),
    ("contains", "`contains` gives no shape"),
    ("propertyNames", "`propertyNames` gives no shape"),
    ("dependentRequired", "`dependentRequired` gives no shape"),
    ("unevaluatedItems", "`unevaluatedItems` gives no shape"),
    (
        "format",
        "its `format` says no type, and there is no `type`",
    ),
    (
        "required",
        "`required` stands alone: which keys, but not of which type",
    ),
    ("items", "`items` beside a `type` that has none"),
    ("properties", "`properties` beside a `type` that has none"),
    ("minimum", "a bound without a `type`"),
    ("maximum", "a bound without a `type`"),
    ("exclusiveMinimum", "a bound without a `type`"),
    ("exclusiveMaximum", "a bound without a `type`"),
    ("multipleOf", "a bound without a `type`"),
    ("minItems", "a number of items without a `type`"),
    ("maxItems", "a number of items without a `type`"),
    ("uniqueItems", "items without a `type`"),
    ("minProperties", "a number of properties without a `type`"),
    ("maxProperties", "a number of properties without a `type`"),
    ("allOf", "its `allOf` has no member that says a shape"),
    ("enum", ENUM_OF_WHOLE),
    ("const", ENUM_OF_WHOLE),
];

/// Those of the keywords that say more of the items of a list, and of the values of a map.
const OF_ITEMS: [&str; 5] = [
    "contains",
    "unevaluatedItems",
    "properties",
    "enum",
    "const",
];
const OF_VALUES: [&str; 7] = [
    "required",
    "propertyNames",
    "oneOf",
    "anyOf",
    "items",
    "enum",
    "const",
];

impl<'d> TypeResolver<'d> {
    /// Why a shape that was found for these parts says less than they do.
    pub(super) fn untyped(
        &self,
        parts: &[Part<'d>],
        shape: &Shape,
        reader: &mut Reader<'d, '_>,
    ) -> Option<&'static str> {
        let says = |of: &dyn Fn(&str) -> bool| {
            let mut reasons = REASONS.iter().filter(|(key, _)| of(key));
            // Values are no schemas: `{}` is one of them.
            let says = |key: &str, node: &Node| key == "enum" || says_any(node);
            let said = |key: &str| {
                let mut nodes = parts.iter().filter_map(|part| part.node.get(key));
                nodes.any(|node| says(key, node))
            };
            reasons
                .find(|(key, _)| said(key))
                .map(|(_, reason)| *reason)
        };
        match shape {
            Shape::Any => {
                let only_null = parts.iter().any(|part| is_null(part.node));
                let lost = parts
                    .iter()
                    .any(|part| self.leads_nowhere(part.node, reader));
                match (only_null, lost) {
                    (true, _) => Some("`null` is its only value"),
                    (_, true) => Some("its `$ref` leads nowhere"),
                    _ => says(&|_| true),
                }
            }
            Shape::List(item) if Some(*item) == self.any => says(&|key| OF_ITEMS.contains(&key)),
            Shape::Map(value) if Some(*value) == self.any => says(&|key| OF_VALUES.contains(&key)),
            Shape::Enum(values) => unlisted(values),
            _ => None,
        }
    }

    fn leads_nowhere(&self, node: &'d Node, reader: &mut Reader<'d, '_>) -> bool {
        node.get("$ref").is_some() && self.referred(node, reader).is_none()
    }

    /// The type that stands for a reference that leads nowhere.
    pub(super) fn lost(&mut self, node: &Node) -> TypeId {
        if let Some(known) = self.lost.get(&node.at) {
            return *known;
        }
        let ty = crate::ir::Type {
            untyped: Some("its `$ref` leads nowhere"),
            ..crate::ir::Type::blank(node.at)
        };
        let id = self.types.push(ty);
        self.lost.insert(node.at, id);
        id
    }
}

/// Whether a keyword has a value that says anything: a choice of nothing but `{}` does not.
fn says_any(node: &Node) -> bool {
    let empty =
        |node: &Node| node.as_map().is_some_and(Map::is_empty) || node.as_bool() == Some(true);
    match node.as_list() {
        Some(members) => !members.iter().all(empty),
        None => true,
    }
}

/// Why an enum is any JSON, if it is.
fn unlisted(values: &[EnumValue]) -> Option<&'static str> {
    let whole = |value: &serde_json::Value| value.is_array() || value.is_object();
    let any = values.iter().any(|each| whole(&each.value));
    any.then_some(ENUM_OF_WHOLE)
}
