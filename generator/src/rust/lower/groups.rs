//! Which types stand together in a file, and with which features they are compiled.
//!
//! In a large crate every resource is a feature, and a user of two resources should compile no
//! more than those two need. Features gate whole modules (an attribute on each item costs the
//! compiler more than it saves), so types are grouped by the set of resources that reach them:
//! all that one resource alone reaches is one module, as is what any other set of them reaches, however
//! little it is; what most of them reach is compiled always.

use std::collections::{BTreeMap, HashSet};

use rustc_hash::FxHashSet;

use crate::ir::TypeId;
use crate::naming::{Scope, snake};

use super::super::plan::{Named, ResourcePlan, TypeGroup, TypePlan};
use super::{Context, reach};

/// From this many operations on, a crate has a feature for each resource.
pub(super) const LARGE: usize = 100;

/// The resources that reach a type, by index.
type Reachers = Vec<u32>;

/// The types of the crate in groups, the one of `types` itself first.
pub(super) fn groups(
    context: &Context<'_>,
    types: Vec<TypePlan>,
    resources: &[ResourcePlan],
) -> Vec<TypeGroup> {
    if resources.iter().all(|resource| resource.feature.is_none()) {
        return vec![TypeGroup {
            module: None,
            features: Vec::new(),
            types,
        }];
    }
    let mut sets: BTreeMap<Reachers, Vec<TypePlan>> = BTreeMap::new();
    let reachers = reachers(context);
    for ty in types {
        let named = Named {
            module: None,
            name: ty.name.clone(),
        };
        let owner = context.names.owner(&named);
        let set = owner.and_then(|id| reachers.get(id.0 as usize).cloned());
        sets.entry(set.unwrap_or_default()).or_default().push(ty);
    }
    let mut scope = Scope::default();
    let mut common = TypeGroup {
        module: None,
        features: Vec::new(),
        types: Vec::new(),
    };
    let mut groups = Vec::new();
    for (set, types) in sets {
        let widely_shared = set.len() * 2 > resources.len();
        if set.is_empty() || widely_shared {
            common.types.extend(types);
            continue;
        }
        groups.push(TypeGroup {
            module: Some(scope.claim([&module(&set, &types, resources)])),
            features: set
                .iter()
                .filter_map(|index| resources[*index as usize].feature.clone())
                .collect(),
            types,
        });
    }
    keep_closed(&mut common, &mut groups, context);
    common
        .types
        .sort_by(|left, right| left.name.cmp(&right.name));
    groups.sort_by(|left, right| left.module.cmp(&right.module));
    groups.insert(0, common);
    groups.retain(|group| group.module.is_none() || !group.types.is_empty());
    groups
}

/// What is always compiled may refer only to what is always compiled: moves the rest over.
fn keep_closed(common: &mut TypeGroup, groups: &mut [TypeGroup], context: &Context<'_>) {
    let id = |ty: &TypePlan| {
        context.names.owner(&Named {
            module: None,
            name: ty.name.clone(),
        })
    };
    let mut needed: FxHashSet<TypeId> = FxHashSet::default();
    let mut waiting: Vec<TypeId> = common.types.iter().filter_map(id).collect();
    while let Some(next) = waiting.pop() {
        if needed.insert(next) {
            waiting.extend(edges(context, next));
        }
    }
    let named: HashSet<&Named> = needed
        .iter()
        .filter_map(|id| context.names.defined(*id))
        .collect();
    for group in groups {
        let (moved, kept) = std::mem::take(&mut group.types)
            .into_iter()
            .partition(|ty| {
                named.contains(&Named {
                    module: None,
                    name: ty.name.clone(),
                })
            });
        group.types = kept;
        common.types.extend::<Vec<TypePlan>>(moved);
    }
}

/// A name for the module of a set: the resource, or the first of the types they share.
fn module(set: &[u32], types: &[TypePlan], resources: &[ResourcePlan]) -> String {
    match (set, types.first()) {
        ([only], _) => resources[*only as usize].module.clone(),
        (_, Some(first)) => format!("with_{}", snake(&first.name).trim_end_matches('_')),
        _ => "others".to_owned(),
    }
}

/// The resources that reach each type.
fn reachers(context: &Context<'_>) -> Vec<Reachers> {
    let count = context.api.types.iter().len();
    let ids = context.api.types.iter().map(|(id, _)| id);
    let edges: Vec<Vec<TypeId>> = ids.map(|id| edges(context, id)).collect();
    let mut reachers = vec![Reachers::new(); count];
    for (index, resource) in (0..).zip(&context.api.resources) {
        let mut waiting: Vec<TypeId> = resource.operations.iter().flat_map(reach::roots).collect();
        while let Some(id) = waiting.pop() {
            let of_type = &mut reachers[id.0 as usize];
            if of_type.last() != Some(&index) {
                of_type.push(index);
                waiting.extend(&edges[id.0 as usize]);
            }
        }
    }
    reachers
}

/// What a type mentions: its parts, and the twin by which it is defined.
fn edges(context: &Context<'_>, id: TypeId) -> Vec<TypeId> {
    let mut edges = reach::parts(context.api.types.get(id));
    edges.extend(context.names.twin_of(id));
    edges.extend(
        context
            .names
            .get(id)
            .and_then(|named| context.names.owner(named)),
    );
    edges
}
