//! Finds inline types that are the same in structure.
//!
//! A description without names for its small types writes them out wherever they are used: the
//! same five roles in each of three schemas. A client with three enums for them would make its
//! users convert one into the other, and cost three times as much to compile. Texts and
//! examples do not count; components never become twins of each other, because their authors
//! gave them names to tell them apart.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::ir::{Api, Shape, Type, TypeId, Types};

/// The class of each type: twins have the same.
#[derive(Clone, Debug)]
pub struct Twins {
    classes: Vec<u64>,
}

impl Twins {
    /// The class of a type.
    #[must_use]
    pub fn class(&self, id: TypeId) -> u64 {
        self.classes.get(id.0 as usize).copied().unwrap_or_default()
    }
}

/// Groups the types of an API: first by what each says itself, then again and again by the
/// classes of what it refers to, until no group falls apart any more.
#[must_use]
pub fn twins(api: &Api) -> Twins {
    let types = &api.types;
    let mut twins = Twins {
        classes: types.iter().map(|(id, ty)| seed(id, ty)).collect(),
    };
    let mut groups = count(&twins.classes);
    loop {
        let classes = types
            .iter()
            .map(|(id, ty)| refined(id, ty, &twins, types))
            .collect();
        twins.classes = classes;
        let finer = count(&twins.classes);
        if finer == groups {
            return twins;
        }
        groups = finer;
    }
}

fn count(classes: &[u64]) -> usize {
    let unique: std::collections::HashSet<_> = classes.iter().collect();
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

fn refined(id: TypeId, ty: &Type, twins: &Twins, types: &Types) -> u64 {
    let mut hasher = DefaultHasher::new();
    twins.class(id).hash(&mut hasher);
    ty.nullable.hash(&mut hasher);
    ty.format.hash(&mut hasher);
    let class = |id: TypeId| twins.class(types.resolve(id));
    match &ty.shape {
        Shape::Any | Shape::Boolean | Shape::Integer | Shape::Number | Shape::String => {}
        Shape::Enum(values) => {
            for value in values {
                value.value.to_string().hash(&mut hasher);
                value.name.hash(&mut hasher);
            }
        }
        Shape::List(item) | Shape::Map(item) | Shape::Alias(item) => {
            class(*item).hash(&mut hasher);
        }
        Shape::Tuple(tuple) => {
            (tuple.items.len(), tuple.required).hash(&mut hasher);
            for part in tuple.parts() {
                class(part).hash(&mut hasher);
            }
        }
        Shape::Record(record) => {
            for field in &record.fields {
                (&field.name, field.required, class(field.ty)).hash(&mut hasher);
            }
            if let crate::ir::Rest::Typed(rest) = record.rest {
                class(rest).hash(&mut hasher);
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                class(*variant).hash(&mut hasher);
            }
            if let Some((property, _)) = &union.discriminator {
                property.hash(&mut hasher);
            }
        }
    }
    hasher.finish()
}
