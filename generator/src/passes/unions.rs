//! Unions without needless variants.
//!
//! A description nests choices, repeats members and lists `string` beside the strings that it
//! knows. Code that uses the type should see one flat list of what can really be told apart:
//! choices in choices become one, members that are the same become one, `null` becomes a quality
//! of the whole, and a list of known texts swallows the plain text beside it, because enums keep
//! what they do not know.

use crate::ir::{Api, EnumValue, Shape, Type, TypeId, Types, Union};

/// A union while it is made simple.
#[derive(Default)]
struct Simple {
    variants: Vec<TypeId>,
    mapping: Vec<(String, TypeId)>,
    nullable: bool,
    /// The places of variants that stand for plain values of several formats.
    widened: Vec<usize>,
}

/// Simplifies every union; one that has only one variant left becomes another name for it.
pub fn simplify_unions(api: &mut Api) {
    let types = &mut api.types;
    let unions: Vec<TypeId> = types
        .iter()
        .filter(|(_, ty)| matches!(ty.shape, Shape::Union(_)))
        .map(|(id, _)| id)
        .collect();
    for id in unions {
        simplify(types, id);
    }
}

fn simplify(types: &mut Types, id: TypeId) {
    let Shape::Union(union) = &types.get(id).shape else {
        return;
    };
    let property = union
        .discriminator
        .as_ref()
        .map(|(property, _)| property.clone());
    let default = union.default;
    let mut simple = Simple::default();
    gather(
        types,
        union,
        property.as_deref(),
        &mut vec![id],
        &mut simple,
    );
    for index in std::mem::take(&mut simple.widened) {
        simple.variants[index] = plain(types, simple.variants[index]);
    }
    if property.is_none() {
        merge_texts(types, &mut simple.variants);
    }
    let shape = match simple.variants[..] {
        [only] => Shape::Alias(only),
        _ => Shape::Union(Union {
            variants: simple.variants,
            discriminator: property.map(|property| (property, simple.mapping)),
            default,
        }),
    };
    let ty = types.get_mut(id);
    ty.nullable |= simple.nullable;
    ty.shape = shape;
}

/// The variants of a union and of the unions in it that tell theirs apart by the same field.
fn gather(
    types: &Types,
    union: &Union,
    property: Option<&str>,
    open: &mut Vec<TypeId>,
    simple: &mut Simple,
) {
    let mapping = union.discriminator.iter().flat_map(|(_, mapping)| mapping);
    simple.mapping.extend(mapping.cloned());
    for variant in &union.variants {
        let end = types.resolve(*variant);
        let ty = types.get(end);
        simple.nullable |= ty.nullable || types.get(*variant).nullable;
        match &ty.shape {
            Shape::Union(inner) if !open.contains(&end) && flattens(inner, property) => {
                open.push(end);
                gather(types, inner, property, open, simple);
            }
            _ => simple.add(types, *variant, end),
        }
    }
}

impl Simple {
    /// Adds a variant, `end` once aliases are followed, unless it cannot be told from another.
    fn add(&mut self, types: &Types, variant: TypeId, end: TypeId) {
        let known = |known: &TypeId| same(types, *known, end);
        let Some(index) = self.variants.iter().position(known) else {
            self.variants.push(variant);
            return;
        };
        // A text that is a UUID or an address is just a text.
        let format = |id: TypeId| &types.get(types.resolve(id)).format;
        if format(self.variants[index]) != format(end) && !self.widened.contains(&index) {
            self.widened.push(index);
        }
    }
}

/// The same type without a format.
fn plain(types: &mut Types, id: TypeId) -> TypeId {
    let ty = types.get(types.resolve(id));
    if ty.format.is_none() {
        return id;
    }
    let plain = Type {
        words: ty.words.clone(),
        shape: ty.shape.clone(),
        description: ty.description.clone(),
        example: ty.example.clone(),
        ..Type::blank(ty.at)
    };
    types.push(plain)
}

fn flattens(inner: &Union, property: Option<&str>) -> bool {
    match &inner.discriminator {
        None => true,
        Some((inner, _)) => Some(&**inner) == property,
    }
}

/// Whether two types cannot be told apart on the wire.
fn same(types: &Types, a: TypeId, b: TypeId) -> bool {
    let (a, b) = (types.resolve(a), types.resolve(b));
    let (left, right) = (types.get(a), types.get(b));
    a == b || (scalar(left).is_some() && scalar(left) == scalar(right))
}

/// What kind of plain value it is; texts that are dates are told apart from others.
fn scalar(ty: &Type) -> Option<&'static str> {
    Some(match (&ty.shape, ty.format.as_deref()) {
        (Shape::Boolean, _) => "boolean",
        (Shape::Integer, Some("uint64")) => "unsigned",
        (Shape::Integer, _) => "integer",
        (Shape::Number, _) => "number",
        (Shape::String, Some("date")) => "date",
        (Shape::String, Some("date-time")) => "date-time",
        (Shape::String, _) => "text",
        _ => return None,
    })
}

/// Lets enums of texts swallow plain text, and makes one of those that are written in place.
fn merge_texts(types: &mut Types, variants: &mut Vec<TypeId>) {
    let known = |id: &TypeId| texts(types.get(types.resolve(*id))).is_some();
    if variants.iter().any(known) {
        let types = &*types;
        variants.retain(|id| scalar(types.get(types.resolve(*id))) != Some("text"));
    }
    let inline: Vec<TypeId> = variants
        .iter()
        .map(|id| types.resolve(*id))
        .filter(|id| types.get(*id).key.is_none() && texts(types.get(*id)).is_some())
        .collect();
    let [first, _, ..] = inline[..] else {
        return;
    };
    let mut merged = types.get(first).clone();
    let mut values: Vec<EnumValue> = Vec::new();
    for value in inline
        .iter()
        .filter_map(|id| texts(types.get(*id)))
        .flatten()
    {
        if !values.iter().any(|known| known.value == value.value) {
            values.push(value.clone());
        }
    }
    merged.shape = Shape::Enum(values);
    let merged = types.push(merged);
    let mut inline = inline.into_iter();
    let first = inline.next();
    let others: Vec<TypeId> = inline.collect();
    variants.retain(|id| !others.contains(&types.resolve(*id)));
    for id in variants {
        if Some(types.resolve(*id)) == first {
            *id = merged;
        }
    }
}

/// The values of an enum of texts.
fn texts(ty: &Type) -> Option<&Vec<EnumValue>> {
    match &ty.shape {
        Shape::Enum(values) if values.iter().all(|value| value.value.is_string()) => Some(values),
        _ => None,
    }
}
