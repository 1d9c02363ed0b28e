//! The names of the resources' modules, and of what stands in each of them for its actions.

use crate::ir::Api;
use crate::naming::{Scope, snake, type_name};

use super::{events, headers};

/// Names that a type cannot have, because the emitted code means something else by them.
pub(super) const TAKEN: [&str; 24] = [
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

/// The names of all modules, in the order of the resources.
pub(super) fn modules(api: &Api) -> Vec<ModuleNames> {
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
