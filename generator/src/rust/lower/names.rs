//! The names of types.
//!
//! A component is called by its key. An inline type is called by where it stands: the type
//! that holds it and the field, or the action and the parameter; `x-sdkwright-name` gives it a
//! shorter one, which twins share. Where several types hold one schema, as a child holds those of
//! its parent's fields, the one that it is written in gives the name; what operations share as a
//! component, a response or a body, is called by the key of that. So a name depends on nothing but
//! its own place, and stays the same when another part of the description changes. Which of twins
//! is defined, and which are aliases of it, is decided after that (`aliases`).

use std::collections::{BTreeMap, HashMap};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{Api, Operation, Shape, Type, TypeId};
use crate::naming::{Scope, singular, type_name};
use crate::passes::Twins;

use super::super::plan::Named;
use super::aliases;
use super::enums::EnumKind;
use super::homes::Homes;
use super::mentions::{Mention, is_open, mentioned};
use super::module_names::{self, ModuleNames, TAKEN};
use super::reach::Reach;
use super::variants;

/// All names of types.
pub(super) struct Names {
    types: FxHashMap<TypeId, Named>,
    owners: HashMap<Named, TypeId>,
    twin_of: FxHashMap<TypeId, TypeId>,
    /// The types that are written as one of another id, by that id.
    stands_for: FxHashMap<TypeId, Vec<TypeId>>,
    pub(super) modules: Vec<ModuleNames>,
}

/// What naming needs while it goes on.
struct Naming<'a> {
    api: &'a Api,
    reach: &'a Reach,
    twins: &'a Twins,
    names: Names,
    scopes: BTreeMap<Option<String>, Scope>,
    /// The lists and maps without a name whose parts are named; one may hold itself.
    walked: FxHashSet<TypeId>,
    /// The component whose own schemas are named, and nothing else.
    home: Option<TypeId>,
    homes: Homes,
    /// What was named while only its own schemas were.
    at_home: Vec<(Named, TypeId)>,
}

impl Names {
    /// Names every type that is reached.
    pub(super) fn of(api: &Api, reach: &Reach, twins: &Twins) -> Self {
        let names = Self {
            types: FxHashMap::default(),
            owners: HashMap::new(),
            twin_of: FxHashMap::default(),
            stands_for: FxHashMap::default(),
            modules: module_names::modules(api),
        };
        let scopes = BTreeMap::from([(None, Scope::with(&TAKEN))]);
        let mut naming = Naming {
            api,
            reach,
            twins,
            names,
            scopes,
            walked: FxHashSet::default(),
            home: None,
            homes: Homes::of(&api.types),
            at_home: Vec::new(),
        };
        naming.components();
        naming.shared();
        naming.operations();
        naming.names.twin_of = aliases::of(api, twins, &naming.names);
        naming.find_standing();
        naming.names
    }

    /// The name of a type, if it has one.
    pub(super) fn get(&self, id: TypeId) -> Option<&Named> {
        self.types.get(&id)
    }

    /// The type that a name was given to first.
    pub(super) fn owner(&self, named: &Named) -> Option<TypeId> {
        self.owners.get(named).copied()
    }

    /// The name under which a type is defined, if it has one.
    pub(super) fn defined(&self, id: TypeId) -> Option<&Named> {
        self.get(self.twin_of(id).unwrap_or(id))
    }

    /// The twin by which a type is defined, if it is not defined itself.
    pub(super) fn twin_of(&self, id: TypeId) -> Option<TypeId> {
        self.twin_of.get(&id).copied()
    }

    /// The other types that a defined type stands for: those of its name, and its twins.
    pub(super) fn stands_for(&self, id: TypeId) -> &[TypeId] {
        self.stands_for.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The names with the types that they were given to first, in no order.
    pub(super) fn owners(&self) -> impl Iterator<Item = (&Named, TypeId)> {
        self.owners.iter().map(|(named, id)| (named, *id))
    }

    /// Every type with a name, in order of module and name.
    pub(super) fn sorted(&self) -> Vec<(&Named, TypeId)> {
        let mut sorted: Vec<_> = self.owners().collect();
        sorted.sort();
        sorted
    }
}

/// Whether a type is defined by the crate, rather than written out where it is used.
pub(super) fn is_defined(ty: &Type) -> bool {
    match &ty.shape {
        Shape::Record(_) | Shape::Union(_) | Shape::Tuple(_) => true,
        Shape::Enum(values) => !matches!(EnumKind::of(values), EnumKind::Boolean | EnumKind::Other),
        _ => false,
    }
}

impl Naming<'_> {
    fn components(&mut self) {
        let mut keyed: Vec<(&str, TypeId)> = Vec::new();
        for (id, ty) in self.api.types.iter() {
            if let Some(key) = ty.key.as_deref().filter(|_| self.reach.reached(id)) {
                keyed.push((key, id));
            }
        }
        keyed.sort_unstable();
        for (key, id) in &keyed {
            let plain = type_name(key);
            let name = self.scope(&None).claim([&plain, &format!("{plain}Type")]);
            self.set(*id, Named { module: None, name });
        }
        for (_, id) in keyed {
            if let Some(named) = self.names.types.get(&id).cloned() {
                self.home = Some(id);
                self.parts(&named, id);
            }
        }
        self.home = None;
        self.walked.clear();
        for (named, id) in std::mem::take(&mut self.at_home) {
            self.parts(&named, id);
        }
    }

    /// Whether a type is written elsewhere than in the component whose own schemas are named.
    fn is_foreign(&self, ty: &Type) -> bool {
        self.home
            .is_some_and(|home| self.homes.of_place(ty.at) != Some(home))
    }

    /// Inline types that the operations of several resources mention, because they share a
    /// parameter or a response: they belong to none of the resources.
    fn shared(&mut self) {
        let api = self.api;
        let mut resources: Vec<usize> = (0..api.resources.len()).collect();
        resources.sort_by_key(|index| &api.resources[*index].key);
        let mut users: FxHashMap<TypeId, usize> = FxHashMap::default();
        let mut shared: Vec<(TypeId, [String; 2])> = Vec::new();
        for index in resources {
            let names = &self.names.modules[index];
            let operations = api.resources[index].operations.iter();
            for (operation, request) in operations.zip(&names.requests) {
                for mention in mentioned(&api.types, operation, request) {
                    if *users.entry(mention.ty).or_insert(index) != index {
                        shared.push((mention.ty, mention.beyond(&names.handle)));
                    }
                }
            }
        }
        for (ty, [short, long]) in shared {
            self.inline(&None, [&short, &long], ty);
        }
    }

    fn operations(&mut self) {
        let api = self.api;
        for (index, resource) in api.resources.iter().enumerate() {
            let names = &self.names.modules[index];
            let module = Some(names.module.clone());
            let mut scope = Scope::with(&TAKEN);
            for taken in names
                .requests
                .iter()
                .chain(&names.errors)
                .chain(&names.successes)
                .chain(&names.forms)
                .chain(names.events.iter().chain(&names.headers).flatten())
                .chain([&names.handle])
            {
                scope.claim([taken]);
            }
            self.scopes.insert(module.clone(), scope);
            let requests = names.requests.clone();
            for (operation, request) in resource.operations.iter().zip(requests) {
                self.operation(&module, operation, &request);
            }
        }
    }

    fn operation(&mut self, module: &Option<String>, operation: &Operation, request: &str) {
        for Mention { ty, wishes, .. } in mentioned(&self.api.types, operation, request) {
            let [short, long] = wishes;
            self.inline(module, [&short, &long], ty);
        }
        for media in operation.body.iter().flat_map(|body| &body.content) {
            if let Some(ty) = media.ty.filter(|_| media.is_multipart_form()) {
                self.form(module, request, ty);
            }
        }
    }

    /// Names what the parts of a form hold; the form itself is no type of its own.
    fn form(&mut self, module: &Option<String>, request: &str, ty: TypeId) {
        let types = &self.api.types;
        if let Shape::Record(record) = &types.get(types.resolve(ty)).shape {
            for field in &record.fields {
                self.inline(module, [&format!("{request} {}", field.name)], field.ty);
            }
        }
    }

    /// Names an inline type and what it holds; a component has its name already.
    fn inline<const N: usize>(&mut self, module: &Option<String>, wishes: [&str; N], id: TypeId) {
        let api = self.api;
        let ty = api.types.get(id);
        let named = ty.key.is_some() || self.names.types.contains_key(&id);
        if named || !self.reach.reached(id) || self.is_foreign(ty) {
            return;
        }
        if is_defined(ty) {
            let wishes = wishes.map(type_name);
            let wishes = wishes.each_ref().map(String::as_str);
            let named = self
                .given(module, id)
                .unwrap_or_else(|| self.claim(module, &wishes, id));
            self.set(id, named.clone());
            self.parts(&named, id);
            return;
        }
        if !self.walked.insert(id) {
            return;
        }
        match &ty.shape {
            Shape::List(item) => {
                let wishes = wishes.map(singular);
                self.inline(module, wishes.each_ref().map(String::as_str), *item);
            }
            Shape::Map(value) => {
                let wishes = wishes.map(|wish| format!("{wish} value"));
                self.inline(module, wishes.each_ref().map(String::as_str), *value);
            }
            Shape::Alias(target) => self.inline(module, wishes, *target),
            _ => {}
        }
    }

    /// The name that the description gives an inline type, unless something else has it.
    fn given(&mut self, module: &Option<String>, id: TypeId) -> Option<Named> {
        let name = type_name(self.api.types.get(id).code_name.as_deref()?);
        let named = Named {
            module: module.clone(),
            name,
        };
        let twin = self.names.owners.get(&named).copied();
        let same = twin.is_some_and(|twin| self.twins.class(twin) == self.twins.class(id));
        let free = self.scope(module).is_free(&named.name);
        if free {
            self.scope(module).claim([&named.name]);
        }
        (same || free).then_some(named)
    }

    /// A free name; or a name that a twin has already, because it means the same.
    fn claim<const N: usize>(
        &mut self,
        module: &Option<String>,
        wishes: &[&str; N],
        id: TypeId,
    ) -> Named {
        for wish in wishes {
            let named = Named {
                module: module.clone(),
                name: (*wish).to_owned(),
            };
            let twin = self.names.owners.get(&named).copied();
            if twin.is_some_and(|twin| self.twins.class(twin) == self.twins.class(id)) {
                return named;
            }
        }
        let name = self.scope(module).claim(*wishes);
        Named {
            module: module.clone(),
            name,
        }
    }

    /// Names what a type holds.
    fn parts(&mut self, owner: &Named, id: TypeId) {
        let api = self.api;
        let name = &owner.name;
        if self.home.is_some() {
            self.at_home.push((owner.clone(), id));
        }
        match &api.types.get(id).shape {
            Shape::Record(record) => {
                let fields = record.fields.iter();
                for field in fields.filter(|field| is_open(api.types.get(field.ty))) {
                    self.inline(&owner.module, [&format!("{name} {}", field.name)], field.ty);
                }
                if let crate::ir::Rest::Typed(rest) = record.rest {
                    self.inline(&owner.module, [&format!("{name} value")], rest);
                }
            }
            Shape::Union(union) => {
                let words = variants::words(&api.types, id, union);
                for (variant, part) in union.variants.iter().zip(words) {
                    self.inline(&owner.module, [&format!("{name} {part}")], *variant);
                }
            }
            Shape::List(item) => self.inline(&owner.module, [&singular(name)], *item),
            Shape::Tuple(tuple) => {
                for (index, item) in tuple.items.iter().enumerate() {
                    let wish = format!("{name} item {}", index + 1);
                    self.inline(&owner.module, [&wish], *item);
                }
                if let Some(rest) = tuple.rest {
                    self.inline(&owner.module, [&format!("{name} item")], rest);
                }
            }
            Shape::Map(value) => self.inline(&owner.module, [&format!("{name} value")], *value),
            Shape::Alias(target) => self.inline(&owner.module, [name], *target),
            _ => {}
        }
    }

    fn set(&mut self, id: TypeId, named: Named) {
        self.names.owners.entry(named.clone()).or_insert(id);
        self.names.types.insert(id, named);
    }

    fn scope(&mut self, module: &Option<String>) -> &mut Scope {
        self.scopes.entry(module.clone()).or_default()
    }

    /// Collects what each defined type stands for.
    fn find_standing(&mut self) {
        let names = &mut self.names;
        let of_name = names.types.iter().map(|(id, named)| {
            let owner = names.owners.get(named).copied();
            (owner.unwrap_or(*id), *id)
        });
        let of_twin = names.twin_of.iter().map(|(twin, first)| (*first, *twin));
        let mut stands_for: FxHashMap<TypeId, Vec<TypeId>> = FxHashMap::default();
        for (defined, other) in of_name.chain(of_twin) {
            if defined != other {
                stands_for.entry(defined).or_default().push(other);
            }
        }
        names.stands_for = stands_for;
    }
}
