//! Components that are what is written in them.
//!
//! `Mood: { anyOf: [{ enum: [glad, sad] }, { type: 'null' }] }`, an `allOf` of one schema and a list
//! of constants are, once they are read, nothing but other names for a schema inside. That one
//! has no name of its own, and the component has: so the component takes what it is, and whoever
//! else refers to it refers to the component. Names of components for each other stay so.

use crate::ir::{Api, Shape, Type, TypeId, Types};

/// Gives each component that is another name for a schema without a name the shape of that schema.
pub fn give_own_shapes(api: &mut Api) {
    let types = &mut api.types;
    let mut named: Vec<(String, TypeId)> = Vec::new();
    for (id, ty) in types.iter() {
        if let (Some(key), Shape::Alias(_)) = (&ty.key, &ty.shape) {
            named.push((key.clone(), id));
        }
    }
    // Where two components stand for one schema, the same has it however they are ordered.
    named.sort_unstable();
    for (_, id) in named {
        if let Some(target) = nameless(types, id) {
            take_over(types, id, target);
        }
    }
}

/// The type without a key that a component is another name for, if code would define it.
fn nameless(types: &Types, id: TypeId) -> Option<TypeId> {
    let mut end = id;
    for _ in 0..types.iter().len() {
        let Shape::Alias(target) = types.get(end).shape else {
            break;
        };
        if types.get(target).key.is_some() {
            return None;
        }
        end = target;
    }
    let defined = matches!(
        types.get(end).shape,
        Shape::Record(_) | Shape::Union(_) | Shape::Tuple(_) | Shape::Enum(_)
    );
    defined.then_some(end)
}

/// Gives a component all that its target says and it does not; the target becomes a name for it,
/// unless it may not be `null` where the component may.
fn take_over(types: &mut Types, id: TypeId, target: TypeId) {
    let inner = types.get(target).clone();
    let own = types.get_mut(id);
    let alike = !own.nullable || inner.nullable;
    let mut constraints = std::mem::take(&mut own.constraints);
    constraints.narrow(&inner.constraints);
    *own = Type {
        title: own.title.take().or(inner.title),
        description: own.description.take().or(inner.description),
        deprecated: own.deprecated || inner.deprecated,
        nullable: own.nullable || inner.nullable,
        words: match std::mem::take(&mut own.words) {
            words if words.is_empty() => inner.words,
            words => words,
        },
        format: own.format.take().or(inner.format),
        constraints,
        default: own.default.take().or(inner.default),
        example: own.example.take().or(inner.example),
        content: own.content.or(inner.content),
        media_type: own.media_type.take().or(inner.media_type),
        untyped: own.untyped.or(inner.untyped),
        shape: inner.shape,
        code_name: own.code_name.take(),
        key: own.key.take(),
        form_of: own.form_of.take(),
        at: own.at,
    };
    if alike {
        types.get_mut(target).shape = Shape::Alias(id);
    }
}
