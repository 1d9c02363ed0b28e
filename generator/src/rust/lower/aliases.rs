//! Which types are aliases of others, because they are the same in structure.
//!
//! Of inline types in one module, the one with the shortest name is defined. An inline type of a
//! resource is an alias of one that belongs to no resource if the operations of that resource reach
//! it anyway, so that no resource comes to need what another brings along; and if there is enough to
//! it that being the same is no accident. A component that another is a copy of which may be null is
//! defined once: whether a value may be null is said where it stands.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{Api, Shape, Type, TypeId};
use crate::passes::Twins;

use super::super::plan::Named;
use super::names::{Names, is_defined};
use super::reach;

/// From this many fields, values or variants on, two types are no twins by accident.
const ENOUGH: usize = 2;

/// The aliases, each with the type that is defined.
pub(super) fn of(api: &Api, twins: &Twins, names: &Names) -> FxHashMap<TypeId, TypeId> {
    let mut aliases = FxHashMap::default();
    let mut groups: BTreeMap<_, Vec<(&Named, TypeId)>> = BTreeMap::new();
    for (named, id) in names.owners() {
        if api.types.get(id).key.is_none() {
            let group = groups.entry((&named.module, twins.class(id))).or_default();
            group.push((named, id));
        }
    }
    // Those of no resource come first.
    let mut defined: FxHashMap<u64, TypeId> = FxHashMap::default();
    let mut reached = Reached::new(api, twins, names);
    for ((module, class), group) in groups {
        let shortest = group
            .iter()
            .min_by_key(|(named, _)| (named.name.len(), &named.name));
        let Some(&(_, shortest)) = shortest else {
            continue;
        };
        let first = match module {
            None => *defined.entry(class).or_insert(shortest),
            Some(module) => {
                let shared = defined.get(&class).copied();
                let shared = shared.filter(|id| says_enough(api.types.get(*id)));
                let shared = shared.filter(|_| reached.by(module).contains(&class));
                shared.unwrap_or(shortest)
            }
        };
        let others = group.iter().filter(|(_, id)| *id != first);
        aliases.extend(others.map(|(_, id)| (*id, first)));
    }
    let is_alias = |(copy, of): &(TypeId, TypeId)| {
        [copy, of].iter().all(|id| names.get(**id).is_some()) && is_defined(api.types.get(*of))
    };
    aliases.extend(twins.without_null().filter(is_alias));
    aliases
}

fn says_enough(ty: &Type) -> bool {
    let parts = match &ty.shape {
        Shape::Record(record) => record.fields.len(),
        Shape::Enum(values) => values.len(),
        Shape::Union(union) => union.variants.len(),
        Shape::Tuple(tuple) => tuple.items.len(),
        _ => 0,
    };
    parts >= ENOUGH
}

/// The classes of inline types of no resource that each resource reaches.
struct Reached<'a> {
    api: &'a Api,
    twins: &'a Twins,
    names: &'a Names,
    by_module: FxHashMap<String, FxHashSet<u64>>,
}

impl<'a> Reached<'a> {
    fn new(api: &'a Api, twins: &'a Twins, names: &'a Names) -> Self {
        Self {
            api,
            twins,
            names,
            by_module: FxHashMap::default(),
        }
    }

    /// Those of the resource with this module. Few ask, so it is found out when one does.
    fn by(&mut self, module: &str) -> &FxHashSet<u64> {
        let Self {
            api, twins, names, ..
        } = *self;
        let find = || {
            let modules = names.modules.iter().zip(&api.resources);
            let resource = modules.filter(|(names, _)| names.module == module);
            let operations = resource.flat_map(|(_, resource)| &resource.operations);
            let reached = reach::from(&api.types, operations.flat_map(reach::roots));
            let of_none = reached.into_iter().filter(|id| {
                let named = names.get(*id);
                named.is_some_and(|named| named.module.is_none())
            });
            of_none.map(|id| twins.class(id)).collect()
        };
        self.by_module.entry(module.to_owned()).or_insert_with(find)
    }
}
