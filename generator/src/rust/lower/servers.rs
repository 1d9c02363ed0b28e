//! Servers: what they are called, and the variables that a client sets.

use crate::ir::{Api, EnumValue, Server, ServerVariable};
use crate::naming::{Scope, pascal, snake, suffixed, type_name, words};

use super::super::plan::{ServerChoice, ServerPlan, ServerVariablePlan};
use super::enums;

/// The names that the crate's root and the file of the client have for something else.
const TAKEN: [&str; 16] = [
    "Client",
    "ClientBuilder",
    "Server",
    "BuildError",
    "CallOptions",
    "Error",
    "Nullable",
    "SecretString",
    "Transport",
    "WithMeta",
    "Duration",
    "Result",
    "String",
    "Into",
    "Self",
    "Option",
];

/// A description of up to this many words is a name.
const WORDS_OF_A_NAME: usize = 3;

/// The servers of an API.
pub(super) fn servers(api: &Api) -> Vec<ServerPlan> {
    let mut scope = Scope::with(&["Self"]);
    let of_api = api.servers.iter();
    of_api
        .map(|server| {
            let (short, long) = names(server, &api.servers);
            plan(server, scope.claim([&short, &long]))
        })
        .collect()
}

/// A server that no one chooses by name.
pub(super) fn plan(server: &Server, variant: String) -> ServerPlan {
    let variables = server.variables.iter();
    ServerPlan {
        variant,
        url: server.template.clone(),
        docs: server.description.clone().or_else(|| server.name.clone()),
        variables: variables
            .map(|variable| (variable.name.clone(), variable.default.clone()))
            .collect(),
    }
}

/// What a server is called: by its name, by a short description, else by its host; and what it is
/// called if another has that name: with its scheme, if that is all they differ in, else with its
/// path.
fn names(server: &Server, all: &[Server]) -> (String, String) {
    let fixed = without_variables(&server.template);
    let (scheme, rest) = fixed.split_once("://").unwrap_or(("", &fixed));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let bare = |server: &Server| without_scheme(&server.template).to_owned();
    let twins = all.iter().filter(|other| bare(other) == bare(server));
    let more = if twins.count() > 1 { scheme } else { path };
    let host = host.strip_prefix("www.").unwrap_or(host);
    let short = |text: &&String| (1..=WORDS_OF_A_NAME).contains(&words(text).len());
    let said = server.name.as_ref().or(server.description.as_ref());
    let said = said.filter(|text| short(text) || server.name.is_some());
    let named = said.map_or(host, |said| said);
    let named = if words(named).is_empty() { rest } else { named };
    (pascal(named), pascal(&format!("{named} {more}")))
}

fn without_scheme(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

fn without_variables(url: &str) -> String {
    let mut fixed = String::new();
    let mut rest = url;
    while let Some((text, after)) = rest.split_once('{') {
        fixed.push_str(text);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    fixed + rest
}

/// The variables of all servers, each once; `setters` are the names of the builder's methods.
pub(super) fn variables(api: &Api, setters: &mut Scope) -> Vec<ServerVariablePlan> {
    let mut types = Scope::with(&TAKEN);
    let mut plans: Vec<ServerVariablePlan> = Vec::new();
    for variable in merged(api) {
        let plain = snake(&variable.name);
        let ty = type_name(&variable.name);
        let values: Vec<EnumValue> = variable
            .values
            .iter()
            .map(|value| enum_value(value))
            .collect();
        let choice = (!values.is_empty()).then(|| ServerChoice {
            name: types.claim([&ty, &format!("{ty}Variable")]),
            variants: enums::variants(&values),
        });
        plans.push(ServerVariablePlan {
            setter: setters.claim([&plain, &suffixed(&plain, "variable")]),
            wire: variable.name,
            docs: variable.description,
            default: variable.default,
            choice,
        });
    }
    plans
}

/// Variables of one name as one, which can be what any of them can be.
fn merged(api: &Api) -> Vec<ServerVariable> {
    let own = api
        .operations()
        .filter_map(|(_, _, each)| each.server.as_ref());
    let mut merged: Vec<ServerVariable> = Vec::new();
    for variable in api
        .servers
        .iter()
        .chain(own)
        .flat_map(|each| &each.variables)
    {
        let Some(known) = merged.iter_mut().find(|known| known.name == variable.name) else {
            merged.push(variable.clone());
            continue;
        };
        if known.values.is_empty() || variable.values.is_empty() {
            known.values.clear();
            continue;
        }
        for value in &variable.values {
            if !known.values.contains(value) {
                known.values.push(value.clone());
            }
        }
    }
    merged
}

fn enum_value(value: &str) -> EnumValue {
    EnumValue {
        value: value.into(),
        name: None,
        description: None,
    }
}
