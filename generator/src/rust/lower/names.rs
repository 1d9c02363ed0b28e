//! The names of types.
//!
//! A component is called by its key. An inline type is called by where it stands: the type
//! that holds it and the field, or the action and the parameter; `x-sdkwright-name` gives it a
//! shorter one, which twins share. Where several types hold one schema, as a child holds those of
//! its parent's fields, the one that it is written in gives the name; what operations share as a
//! component, a response or a body, is called by the key of that. So a name depends on nothing but
//! its own place, and stays the same when another part of the description changes. Of twins in
//! one module the one with the shortest name is defined; the others are aliases.

use std::collections::{BTreeMap, HashMap};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{Api, Operation, Response, Shape, Status, Type, TypeId};
use crate::naming::{Scope, singular, snake, type_name};
use crate::passes::Twins;

use super::super::plan::Named;
use super::answers;
use super::enums::EnumKind;
use super::homes::Homes;
use super::reach::Reach;
use super::variants;
use super::{events, headers};

/// Names that a type cannot have, because the emitted code means something else by them.
const TAKEN: [&str; 24] = [
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Vec",
    "String",
    "Box",
    "BTreeMap",
    "Nullable",
    "Self",
    "Clone",
    "Debug",
    "PartialEq",
    "Eq",
    "Hash",
    "Default",
    "Into",
    "From",
    "Value",
    "Iterator",
    "Send",
    "Sync",
];

/// The names of a module of a resource.
pub(super) struct ModuleNames {
    /// The module: `instance_org_invites`.
    pub(super) module: String,
    /// The struct of the resource.
    pub(super) handle: String,
    /// The struct of each action's request.
    pub(super) requests: Vec<String>,
    /// The enum of each action's errors.
    pub(super) errors: Vec<String>,
    /// The enum of each action's successes, where they differ.
    pub(super) successes: Vec<String>,
    /// The struct of each action's form, where it has one.
    pub(super) forms: Vec<String>,
    /// The enum of each action's events, where they are of several kinds.
    pub(super) events: Vec<Option<String>>,
    /// The view of each action's response headers, where it has some.
    pub(super) headers: Vec<Option<String>>,
}

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
            modules: modules(api),
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
        naming.find_twins();
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

    /// Every type with a name, in order of module and name.
    pub(super) fn sorted(&self) -> Vec<(&Named, TypeId)> {
        let mut sorted: Vec<_> = self.owners.iter().map(|(named, id)| (named, *id)).collect();
        sorted.sort();
        sorted
    }
}

/// Our own modules, files that cargo takes for more than a module, functions of the client, names
/// that Windows has no files for, and crates that emitted code names.
const TAKEN_MODULES: [&str; 22] = [
    "client",
    "types",
    "codec",
    "command_line",
    "runtime",
    "docs",
    "fakes",
    "crate_",
    "lib",
    "main",
    "builder",
    "clone",
    "new",
    "aux",
    "con",
    "nul",
    "prn",
    "std",
    "core",
    "alloc",
    "serde",
    "serde_json",
];

/// A module is a file, and rustc finds no files whose names are not ASCII.
fn module_name(key: &str) -> String {
    let name = snake(key);
    if name.is_ascii() {
        return name;
    }
    let ascii: String = name.chars().filter(char::is_ascii).collect();
    match ascii.trim_matches('_') {
        "" => "resource".to_owned(),
        rest => snake(rest),
    }
}

fn modules(api: &Api) -> Vec<ModuleNames> {
    let mut module_scope = Scope::with(&TAKEN_MODULES);
    let mut order: Vec<usize> = (0..api.resources.len()).collect();
    order.sort_by_key(|index| &api.resources[*index].key);
    let mut modules: Vec<Option<ModuleNames>> = api.resources.iter().map(|_| None).collect();
    for index in order {
        let resource = &api.resources[index];
        let module = module_scope.claim([&module_name(&resource.key)]);
        let mut scope = Scope::with(&TAKEN);
        let handle = scope.claim([&type_name(&resource.key)]);
        let requests: Vec<String> = resource
            .operations
            .iter()
            .map(|operation| {
                let plain = type_name(&operation.action);
                scope.claim([&plain, &format!("{plain}Request")])
            })
            .collect();
        let errors = requests
            .iter()
            .map(|request| scope.claim([&format!("{request}Error")]));
        let errors = errors.collect();
        let successes = requests
            .iter()
            .map(|request| scope.claim([&format!("{request}Ok")]));
        let successes = successes.collect();
        let forms = requests
            .iter()
            .map(|request| scope.claim([&format!("{request}Form")]));
        let forms = forms.collect();
        let with_headers = resource.operations.iter().map(headers::documented);
        let headers = requests.iter().zip(with_headers);
        let headers = headers
            .map(|(request, any)| any.then(|| scope.claim([&format!("{request}Headers")])))
            .collect();
        let with_events = resource.operations.iter().map(events::are_named);
        let events = requests.iter().zip(with_events);
        let events = events
            .map(|(request, any)| any.then(|| scope.claim([&format!("{request}Event")])))
            .collect();
        modules[index] = Some(ModuleNames {
            module,
            handle,
            requests,
            errors,
            successes,
            forms,
            events,
            headers,
        });
    }
    modules.into_iter().flatten().collect()
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
                for mention in mentioned(operation, request) {
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
        for Mention { ty, wishes, .. } in mentioned(operation, request) {
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
                for field in &record.fields {
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

    /// Of twins in one module, all but the one with the shortest name become aliases.
    fn find_twins(&mut self) {
        let mut groups: BTreeMap<_, Vec<(&Named, TypeId)>> = BTreeMap::new();
        for (named, id) in &self.names.owners {
            if self.api.types.get(*id).key.is_none() {
                let group = groups
                    .entry((&named.module, self.twins.class(*id)))
                    .or_default();
                group.push((named, *id));
            }
        }
        let mut twin_of = FxHashMap::default();
        for mut group in groups.into_values() {
            group.sort_by_key(|(named, _)| (named.name.len(), &named.name));
            if let Some(((_, first), others)) = group.split_first() {
                twin_of.extend(others.iter().map(|(_, id)| (*id, *first)));
            }
        }
        self.names.twin_of = twin_of;
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

/// A type that an operation mentions itself.
struct Mention {
    ty: TypeId,
    /// A short name where the place has one, and one that no other place wishes for: it begins with
    /// the action, or names the component.
    wishes: [String; 2],
    /// Whether it is written in a component, so that nothing but that gives the name.
    of_component: bool,
}

impl Mention {
    fn new(ty: TypeId, wishes: [String; 2]) -> Self {
        Self {
            ty,
            wishes,
            of_component: false,
        }
    }

    /// One in a response or a body: called by the key of the component, else by its place in the
    /// action.
    fn content(ty: TypeId, component: Option<&str>, what: &str, in_action: &str) -> Self {
        match component {
            Some(key) => Self {
                ty,
                wishes: [key.to_owned(), format!("{key} {what}")],
                of_component: true,
            },
            None => Self::new(ty, [in_action.to_owned(), in_action.to_owned()]),
        }
    }

    /// The names to wish for where the actions of other resources have theirs, too.
    fn beyond(self, resource: &str) -> [String; 2] {
        let [short, long] = self.wishes;
        match self.of_component {
            true => [short, long],
            false => [short, format!("{resource} {long}")],
        }
    }
}

fn mentioned(operation: &Operation, request: &str) -> Vec<Mention> {
    let mut mentioned = Vec::new();
    for parameter in &operation.parameters {
        let long = format!("{request} {}", parameter.name);
        let wishes = [parameter.name.clone(), long];
        mentioned.push(Mention::new(parameter.ty, wishes));
    }
    if let Some(body) = &operation.body {
        let name = format!("{request} {}", body.name);
        let key = body.component.as_deref();
        let types = body.content.iter().filter_map(|media| media.ty);
        mentioned.extend(types.map(|ty| Mention::content(ty, key, "body", &name)));
    }
    for response in &operation.responses {
        mentioned.extend(mentioned_in(response, request));
    }
    mentioned
}

fn mentioned_in(response: &Response, request: &str) -> Vec<Mention> {
    let mut mentioned = Vec::new();
    let suffix = match response.status {
        Status::Code(code) if code < 300 => "response".to_owned(),
        status => answers::variant_name(status),
    };
    let name = format!("{request} {suffix}");
    let key = response.component.as_deref();
    for media in &response.content {
        let types = media.ty.filter(|_| media.events.is_empty());
        mentioned.extend(types.map(|ty| Mention::content(ty, key, "response", &name)));
        mentioned.extend(media.events.iter().filter_map(|kind| {
            let word = kind.names.first().map_or("event", String::as_str);
            let name = format!("{request} {word}");
            Some(Mention::new(kind.data?, [name.clone(), name]))
        }));
    }
    mentioned.extend(response.headers.iter().map(|header| {
        let long = format!("{request} {}", header.name);
        Mention::new(header.ty, [header.name.clone(), long])
    }));
    mentioned
}
