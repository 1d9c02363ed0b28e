//! Finds types that are the same in structure.
//!
//! A description without names for its small types writes them out wherever they are used: the
//! same five roles in each of three schemas. A client with three enums for them would make its
//! users convert one into the other, and cost three times as much to compile. Texts and
//! examples do not count. Components never become twins of each other, because their authors
//! gave them names to tell them apart, with one exception: OpenAPI 3.0 cannot say "this component
//! or null" beside a reference, so that descriptions hold a copy which may be null, named after
//! the other.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::FxHashMap;

use crate::ir::{Api, Rest, Shape, Type, TypeId, Types};

/// The types of an API that are the same in structure.
#[derive(Clone, Debug)]
pub struct Twins {
    classes: Vec<u64>,
    without_null: FxHashMap<TypeId, TypeId>,
}

impl Twins {
    /// The class of a type: twins have the same.
    #[must_use]
    pub fn class(&self, id: TypeId) -> u64 {
        self.classes.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// The components that are copies of others and may be null, each with the other.
    pub fn without_null(&self) -> impl Iterator<Item = (TypeId, TypeId)> {
        self.without_null.iter().map(|(copy, of)| (*copy, *of))
    }
}

/// Groups the types of an API: first by what each says itself, then again and again by the
/// classes of what it refers to, until no group falls apart any more.
#[must_use]
pub fn twins(api: &Api) -> Twins {
    let types = &api.types;
    let mut classes: Vec<u64> = types.iter().map(|(id, ty)| seed(id, ty)).collect();
    let mut groups = count(&classes);
    loop {
        classes = types
            .iter()
            .map(|(id, ty)| refined(id, ty, &classes, types))
            .collect();
        let finer = count(&classes);
        if finer == groups {
            let without_null = without_null(types, &classes);
            return Twins {
                classes,
                without_null,
            };
        }
        groups = finer;
    }
}

fn count(classes: &[u64]) -> usize {
    let unique: HashSet<_> = classes.iter().collect();
    unique.len()
}

fn seed(id: TypeId, ty: &Type) -> u64 {
    let mut hasher = DefaultHasher::new();
    match &ty.key {
        Some(_) => id.hash(&mut hasher),
        None => std::mem::discriminant(&ty.shape).hash(&mut hasher),
    }
    hasher.finish()
}

fn refined(id: TypeId, ty: &Type, classes: &[u64], types: &Types) -> u64 {
    let mut hasher = DefaultHasher::new();
    classes.get(id.0 as usize).hash(&mut hasher);
    ty.nullable.hash(&mut hasher);
    structure(ty, classes, types, &mut hasher);
    hasher.finish()
}

/// What values a type has by its own words and the classes of its parts, null apart.
fn structure(ty: &Type, classes: &[u64], types: &Types, hasher: &mut DefaultHasher) {
    ty.format.hash(hasher);
    let class = |id: TypeId| classes.get(types.resolve(id).0 as usize);
    match &ty.shape {
        Shape::Any | Shape::Boolean | Shape::Number | Shape::String => {}
        // Its bounds say how large a number holds it.
        Shape::Integer => {
            let bounds = [&ty.constraints.minimum, &ty.constraints.maximum];
            bounds
                .map(|bound| bound.as_ref().map(ToString::to_string))
                .hash(hasher);
        }
        Shape::Enum(values) => {
            for value in values {
                value.value.to_string().hash(hasher);
                value.name.hash(hasher);
            }
        }
        Shape::List(item) | Shape::Map(item) | Shape::Alias(item) => class(*item).hash(hasher),
        Shape::Tuple(tuple) => {
            (tuple.items.len(), tuple.required).hash(hasher);
            for part in tuple.parts() {
                class(part).hash(hasher);
            }
        }
        Shape::Record(record) => {
            for field in &record.fields {
                let one_sided = (field.read_only, field.write_only);
                (&field.name, field.required, one_sided, class(field.ty)).hash(hasher);
            }
            if let Rest::Typed(rest) = record.rest {
                class(rest).hash(hasher);
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                class(*variant).hash(hasher);
            }
            if let Some((property, mapping)) = &union.discriminator {
                property.hash(hasher);
                for (value, variant) in mapping {
                    (value, class(*variant)).hash(hasher);
                }
            }
            union.default.map(class).hash(hasher);
        }
    }
}

/// Components that may be null, each with one that may not and is the same apart from that: of
/// those whose name its own begins or ends with, the one with the longest.
fn without_null(types: &Types, classes: &[u64]) -> FxHashMap<TypeId, TypeId> {
    let components = || {
        types
            .iter()
            .filter_map(|(id, ty)| Some((id, ty, ty.key.as_deref()?)))
    };
    let alike = |ty: &Type| {
        let mut hasher = DefaultHasher::new();
        std::mem::discriminant(&ty.shape).hash(&mut hasher);
        structure(ty, classes, types, &mut hasher);
        hasher.finish()
    };
    let mut plain: HashMap<u64, Vec<(String, TypeId)>> = HashMap::new();
    if components().any(|(_, ty, _)| ty.nullable) {
        for (id, ty, key) in components().filter(|(_, ty, _)| !ty.nullable) {
            let named = (letters(key), id);
            plain.entry(alike(ty)).or_default().push(named);
        }
    }
    let twin = |(id, ty, key): (TypeId, &Type, &str)| {
        let name = letters(key);
        let plain = plain.get(&alike(ty))?.iter();
        let related =
            plain.filter(|(of, _)| !of.is_empty() && (name.starts_with(of) || name.ends_with(of)));
        let (_, of) = related.max_by_key(|(of, _)| of.len())?;
        Some((id, *of))
    };
    let nullable = components().filter(|(_, ty, _)| ty.nullable);
    nullable.filter_map(twin).collect()
}

/// A key without what tells words apart: `nullable-simple-user` and `NullableSimpleUser` are alike.
fn letters(key: &str) -> String {
    let letters = key.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
