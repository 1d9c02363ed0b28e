//! Unions without needless variants.
//!
//! A description nests choices, repeats members and lists `string` beside the strings that it
//! knows. Code that uses the type should see one flat list of what can really be told apart:
//! choices in choices become one, members that are the same become one, `null` becomes a quality
//! of the whole, and a list of known texts swallows the plain text beside it, because enums keep
//! what they do not know. Constants beside each other are one list, in which each keeps what is said
//! of it; what is said of the choice is said of the list.

use serde_json::Value;

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
        drop_known_text(types, &mut simple.variants);
        for kind in [Value::is_string, Value::is_i64] {
            let merged = merge_lists(types, &mut simple.variants, kind);
            if let (Some(merged), [_]) = (merged, &simple.variants[..]) {
                describe(types, merged, id);
            }
        }
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

/// A kind of values.
type Kind = fn(&Value) -> bool;

/// Lets enums of texts swallow plain text.
fn drop_known_text(types: &Types, variants: &mut Vec<TypeId>) {
    let listed = |id: &TypeId| lists(types.get(types.resolve(*id)), Value::is_string);
    if variants.iter().any(listed) {
        variants.retain(|id| scalar(types.get(types.resolve(*id))) != Some("text"));
    }
}

/// Makes one enum of those of a kind that are written in place, and gives it out.
fn merge_lists(types: &mut Types, variants: &mut Vec<TypeId>, kind: Kind) -> Option<TypeId> {
    let inline: Vec<TypeId> = variants
        .iter()
        .map(|id| types.resolve(*id))
        .filter(|id| types.get(*id).key.is_none() && lists(types.get(*id), kind))
        .collect();
    let [first, _, ..] = inline[..] else {
        return None;
    };
    let merged = one_list(types, &inline);
    let merged = types.push(merged);
    let others = &inline[1..];
    variants.retain(|id| !others.contains(&types.resolve(*id)));
    for id in variants {
        if types.resolve(*id) == first {
            *id = merged;
        }
    }
    Some(merged)
}

/// Whether a type is an enum of values of a kind.
fn lists(ty: &Type, kind: Kind) -> bool {
    values(ty).is_some_and(|values| values.iter().all(|value| kind(&value.value)))
}

fn values(ty: &Type) -> Option<&Vec<EnumValue>> {
    match &ty.shape {
        Shape::Enum(values) => Some(values),
        _ => None,
    }
}

/// The enum of the values of several, each once.
fn one_list(types: &Types, lists: &[TypeId]) -> Type {
    let lists: Vec<&Type> = lists.iter().map(|id| types.get(*id)).collect();
    let mut values: Vec<EnumValue> = Vec::new();
    for value in lists.iter().flat_map(|ty| described_values(ty)) {
        if !values.iter().any(|known| known.value == value.value) {
            values.push(value);
        }
    }
    let first = lists.first().copied();
    Type {
        code_name: first.and_then(|ty| ty.code_name.clone()),
        deprecated: lists.iter().all(|ty| ty.deprecated),
        nullable: first.is_some_and(|ty| ty.nullable),
        words: first.map(|ty| ty.words.clone()).unwrap_or_default(),
        shape: Shape::Enum(values),
        ..Type::blank(first.map(|ty| ty.at).unwrap_or_default())
    }
}

/// The values of an enum. What is said of an enum of one value is said of the value, and a number,
/// which has no words of its own, is called by the title.
fn described_values(ty: &Type) -> Vec<EnumValue> {
    let mut values = values(ty).cloned().unwrap_or_default();
    if let [only] = &mut values[..] {
        let said = ty.description.as_ref().or(ty.title.as_ref());
        only.description = only.description.take().or_else(|| said.cloned());
        if only.value.is_number() {
            only.name = only.name.take().or_else(|| ty.title.clone());
        }
    }
    values
}

/// Says of the list of values what is said of the choice that it stands for.
fn describe(types: &mut Types, list: TypeId, choice: TypeId) {
    let said = types.get(choice).clone();
    let list = types.get_mut(list);
    list.code_name = said.code_name.or(list.code_name.take());
    list.title = said.title;
    list.description = said.description;
    list.deprecated |= said.deprecated;
}
