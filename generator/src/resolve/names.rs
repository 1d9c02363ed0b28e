//! Every operation gets a resource and, in it, an action of its own.
//!
//! A dotted `operationId` is a name that somebody chose: it is given first, and two operations
//! that choose the same are an error. All others take the first of these that is free in their
//! resource: the operationId without what it repeats of the resource, the operationId, a name
//! from method and path, the same with the whole path, and that with a number. Where an
//! operationId stands twice, the later operation is named by its path, and that is worth a
//! warning. What a later operation says changes no earlier name.
//!
//! Resources whose names differ only in case and punctuation (`Users`, `users`) are one: a
//! module or a page for each could not stand side by side on every file system.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{At, Problem};
use crate::ir::Method;
use crate::model::{Operation, Reader};
use crate::naming::words;

use super::action;

/// An operation that waits for a name.
pub(super) struct Unnamed<'a, 'd> {
    /// Its method.
    pub(super) method: &'a Method,
    /// Its path.
    pub(super) path: &'d str,
    /// What it says.
    pub(super) said: &'a Operation<'d>,
}

/// The name of an operation.
pub(super) struct Name {
    /// The resource, by its index among [`Names::resources`].
    pub(super) resource: usize,
    /// The action's key in the resource.
    pub(super) action: String,
}

/// The names of all operations.
#[derive(Default)]
pub(super) struct Names {
    /// The keys of the resources, in order of their first operation.
    pub(super) resources: Vec<String>,
    /// A name for each operation; `None` for one whose chosen name is taken.
    pub(super) names: Vec<Option<Name>>,
    places: HashMap<String, usize>,
    /// The actions that somebody has: the resource, and the action's words.
    taken: HashSet<(usize, String)>,
}

/// Names all operations of a description.
pub(super) fn names(operations: &[Unnamed<'_, '_>], reader: &mut Reader<'_, '_>) -> Names {
    let mut names = Names::default();
    let mut resources = Vec::new();
    for operation in operations {
        let dotted = action::dotted(operation.said);
        let derived = || action::resource(operation.said, operation.path);
        resources.push(names.resource(dotted.map_or_else(derived, |(resource, _)| resource)));
    }
    let chosen: Vec<Option<Name>> = operations
        .iter()
        .zip(&resources)
        .map(|(operation, resource)| names.chosen(operation, *resource))
        .collect();
    let mut ids = HashMap::new();
    for ((operation, resource), chosen) in operations.iter().zip(resources).zip(chosen) {
        let first = operation.said.id.and_then(|(id, at)| {
            let first = *ids.entry(id).or_insert(at);
            (first != at).then_some(first)
        });
        let name = match chosen {
            Some(chosen) => Some(chosen),
            None => names.derived(operation, resource, first, reader),
        };
        names.names.push(name);
    }
    names
}

impl Names {
    /// The index of a resource, new or known.
    fn resource(&mut self, key: &str) -> usize {
        let spelled = [in_words(key), key.to_lowercase()];
        let known = spelled.iter().find_map(|key| self.places.get(key)).copied();
        let index = known.unwrap_or(self.resources.len());
        if known.is_none() {
            self.resources.push(key.to_owned());
        }
        for key in spelled {
            self.places.entry(key).or_insert(index);
        }
        index
    }

    /// The name that a dotted id chooses, if nobody has it yet.
    fn chosen(&mut self, operation: &Unnamed<'_, '_>, resource: usize) -> Option<Name> {
        let (_, action) = action::dotted(operation.said)?;
        self.take(resource, action)
    }

    /// Takes an action of a resource, unless another operation has it.
    fn take(&mut self, resource: usize, action: &str) -> Option<Name> {
        let free = self.taken.insert((resource, in_words(action)));
        let action = action.to_owned();
        free.then_some(Name { resource, action })
    }

    /// A name for an operation that chose none, or one that is taken. `first` is the place
    /// where its id stood before.
    fn derived(
        &mut self,
        operation: &Unnamed<'_, '_>,
        resource: usize,
        first: Option<At>,
        reader: &mut Reader<'_, '_>,
    ) -> Option<Name> {
        let key = self.resources[resource].clone();
        let name = candidates(operation, &key, first.is_some())
            .into_iter()
            .find_map(|action| self.take(resource, &action))
            .or_else(|| self.numbered(operation, resource))?;
        if let Some(first) = first {
            report_repeated(&key, &name.action, operation.said, first, reader);
        }
        Some(name)
    }

    fn numbered(&mut self, operation: &Unnamed<'_, '_>, resource: usize) -> Option<Name> {
        let stem = action::from_whole_path(operation.method, operation.path);
        (2..).find_map(|number: u32| self.take(resource, &format!("{stem}{number}")))
    }
}

/// The names that an operation may have, the shortest first, each once. An id that another
/// operation has as well is none of them.
fn candidates(operation: &Unnamed<'_, '_>, resource: &str, repeated: bool) -> Vec<String> {
    let (method, path) = (operation.method, operation.path);
    let mut candidates = Vec::new();
    if let Some((id, _)) = operation.said.id.filter(|_| !repeated) {
        candidates.push(action::without_resource(id, resource, method, path));
        candidates.push(id.to_owned());
    }
    candidates.push(action::from_path(method, path, resource));
    candidates.push(action::from_whole_path(method, path));
    let mut seen = HashSet::new();
    candidates.retain(|candidate| seen.insert(candidate.clone()));
    candidates
}

/// What stays the same of a name in any case: `listPets` and `list_pets`.
fn in_words(name: &str) -> String {
    words(name).join("_")
}

fn report_repeated(
    resource: &str,
    action: &str,
    operation: &Operation<'_>,
    first: At,
    reader: &mut Reader<'_, '_>,
) {
    let Some((id, at)) = operation.id else {
        return;
    };
    reader.problems.report(
        Problem::warning(
            "duplicate-operation-id",
            format!("two operations have the `operationId` `{id}`"),
        )
        .at(at)
        .label(format!("the second, called `{resource}.{action}`"))
        .related(first, "the first")
        .help("give each operation an `operationId` of its own"),
    );
}
