//! The values of a discriminator as rules of a union (OpenAPI 3.1, 4.8.25).
//!
//! Objects with the same keys can be told apart only by the one field that says what they are.
//! The description maps its values to schemas; a schema that it does not map is meant by its own
//! key.

use super::super::plan::Rule;
use crate::ir::{TypeId, Types, Union};

/// The rule of a variant with the value that the union's discriminator has for it.
pub(super) fn apply(rule: Rule, union: &Union, variant: TypeId, types: &Types) -> Rule {
    let Some((property, mapping)) = &union.discriminator else {
        return rule;
    };
    let Rule::Object {
        mut required,
        mut constants,
    } = rule
    else {
        return rule;
    };
    if constants.iter().all(|(key, _)| key != property)
        && let Some(value) = value(mapping, variant, types)
    {
        required.retain(|key| key != property);
        constants.push((property.clone(), value));
    }
    Rule::Object {
        required,
        constants,
    }
}

/// The only value that means a variant; `None` if several do, or none can be named.
fn value(mapping: &[(String, TypeId)], variant: TypeId, types: &Types) -> Option<String> {
    let mut mapped = mapping
        .iter()
        .filter(|(_, target)| types.resolve(*target) == types.resolve(variant));
    match (mapped.next(), mapped.next()) {
        (Some((value, _)), None) => Some(value.clone()),
        (None, _) => types.get(variant).key.clone(),
        _ => None,
    }
}
