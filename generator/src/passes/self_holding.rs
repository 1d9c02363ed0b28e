//! Components that hold nothing but themselves.
//!
//! `Tree: { additionalProperties: { $ref: Tree } }` is a map of maps without end. A list or a map has
//! no name in code, so that such a one could not be written down: it becomes what has one, an
//! object without known fields, or a list without known items. Of those that hold each other, all
//! components do, whichever is looked at first.

use crate::ir::{Api, Record, Rest, Shape, Tuple, TypeId, Types};

/// Gives lists and maps of components that hold themselves a shape with a name.
pub fn name_self_holding(api: &mut Api) {
    let types = &mut api.types;
    for circle in circles(types) {
        for id in to_name(types, &circle) {
            let ty = types.get_mut(id);
            ty.shape = match ty.shape {
                Shape::Map(value) => Shape::Record(Record {
                    fields: Vec::new(),
                    rest: Rest::Typed(value),
                }),
                Shape::List(item) => Shape::Tuple(Tuple {
                    items: Vec::new(),
                    required: 0,
                    rest: Some(item),
                }),
                _ => continue,
            };
        }
    }
}

/// The lists and maps of a circle that are components; all, where a component is another name for one
/// of them, and none where nothing has a name.
fn to_name(types: &Types, circle: &[TypeId]) -> Vec<TypeId> {
    let has_key = |id: &&TypeId| types.get(**id).key.is_some();
    let lists = || {
        let lists = circle.iter();
        lists.filter(|id| !matches!(types.get(**id).shape, Shape::Alias(_)))
    };
    let own = lists().filter(has_key).count() > 0;
    match circle.iter().any(|id| has_key(&id)) {
        true => lists().filter(|id| !own || has_key(id)).copied().collect(),
        false => Vec::new(),
    }
}

/// The types of each circle. Each holds one type, so that there is one way on from each.
fn circles(types: &Types) -> Vec<Vec<TypeId>> {
    let mut walks: Vec<Option<TypeId>> = vec![None; types.iter().len()];
    let mut circles = Vec::new();
    for (start, _) in types.iter() {
        let mut id = start;
        while let Some(next) = held(types, id) {
            let walk = &mut walks[id.0 as usize];
            match *walk {
                None => *walk = Some(start),
                Some(before) => {
                    if before == start {
                        circles.push(circle(types, id));
                    }
                    break;
                }
            }
            id = next;
        }
    }
    circles
}

/// The circle that a type is in.
fn circle(types: &Types, of: TypeId) -> Vec<TypeId> {
    let mut circle = vec![of];
    let mut id = of;
    while let Some(next) = held(types, id).filter(|next| *next != of) {
        circle.push(next);
        id = next;
    }
    circle
}

/// What a list, a map or another name holds.
fn held(types: &Types, id: TypeId) -> Option<TypeId> {
    match types.get(id).shape {
        Shape::List(part) | Shape::Map(part) | Shape::Alias(part) => Some(part),
        _ => None,
    }
}
