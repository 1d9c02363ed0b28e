//! Only the chosen operations stay, and only the documented schemas that they reach.
//!
//! A large API is often used in part. Everything that follows is made from what is left, so
//! types that no chosen operation reaches are never generated.

use std::collections::HashSet;

use serde_json::Value as Json;

use crate::diagnostic::{Problem, Problems};
use crate::ir::{Api, Operation, Resource, Rest, Shape, Type, TypeId};
use crate::source::near;

/// Which operations to keep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Those to keep; all of them if nothing is named.
    pub only: Chosen,
    /// Those to leave out of these.
    pub except: Chosen,
}

/// Names of operations: one of them is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Tags, or the keys of resources.
    pub tags: Vec<String>,
    /// Patterns of paths: `*` is any text without a slash, `**` any text.
    pub paths: Vec<String>,
    /// An `operationId`, or `resource.action`.
    pub operations: Vec<String>,
}

/// Takes away what is not chosen. Names that nothing has are reported.
pub fn select(api: &mut Api, selection: &Selection, problems: &mut Problems) {
    if *selection == Selection::default() {
        return;
    }
    report_unknown(api, "only", &selection.only, problems);
    report_unknown(api, "except", &selection.except, problems);
    let all = selection.only == Chosen::default();
    for resource in &mut api.resources {
        let key = resource.key.clone();
        resource.operations.retain(|operation| {
            (all || selection.only.names(&key, operation))
                && !selection.except.names(&key, operation)
        });
    }
    api.resources
        .retain(|resource| !resource.operations.is_empty());
    if api.resources.is_empty() && !problems.has_errors() {
        problems.report(
            Problem::error("empty-selection", "no operation is left of this API")
                .help("`only` names what to keep, and `except` what to leave out of it"),
        );
    }
    keep_reached_schemas(api);
}

impl Chosen {
    fn names(&self, resource: &str, operation: &Operation) -> bool {
        let has_tag = |tag: &String| tag == resource || operation.tags.iter().any(|own| own == tag);
        self.tags.iter().any(has_tag)
            || self.paths.iter().any(|path| fits(path, &operation.path))
            || self
                .operations
                .iter()
                .any(|name| is_called(name, resource, operation))
    }
}

fn is_called(name: &str, resource: &str, operation: &Operation) -> bool {
    let dotted = name.rsplit_once('.');
    operation.id.as_deref() == Some(name) || dotted == Some((resource, &operation.action))
}

/// Whether a path fits a pattern.
fn fits(pattern: &str, path: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == path;
    };
    let Some(rest) = path.strip_prefix(before) else {
        return false;
    };
    let (after, end) = match after.strip_prefix('*') {
        Some(after) => (after, rest.len()),
        None => (after, rest.find('/').unwrap_or(rest.len())),
    };
    let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.any(|at| at <= end && fits(after, &rest[at..]))
}

fn report_unknown(api: &Api, list: &str, chosen: &Chosen, problems: &mut Problems) {
    let every = || {
        api.operations()
            .map(|(_, resource, operation)| (resource, operation))
    };
    let tags = every().flat_map(|(resource, operation)| {
        let own = operation.tags.iter().map(String::as_str);
        own.chain([&*resource.key])
    });
    let tags: Vec<&str> = tags.collect();
    for tag in chosen.tags.iter().filter(|tag| !tags.contains(&&***tag)) {
        problems.report(unknown(list, "tag", tag, tags.iter().copied()));
    }
    let paths = || every().map(|(_, operation)| &*operation.path);
    for path in &chosen.paths {
        if !paths().any(|known| fits(path, known)) {
            problems.report(unknown(list, "path", path, paths()));
        }
    }
    for name in &chosen.operations {
        if !every().any(|(resource, operation)| is_called(name, &resource.key, operation)) {
            let names: Vec<String> = every().flat_map(names_of).collect();
            let names = names.iter().map(String::as_str);
            problems.report(unknown(list, "operation", name, names));
        }
    }
}

fn names_of((resource, operation): (&Resource, &Operation)) -> Vec<String> {
    let dotted = format!("{}.{}", resource.key, operation.action);
    operation.id.iter().cloned().chain([dotted]).collect()
}

fn unknown<'n>(
    list: &str,
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'n str>,
) -> Problem {
    let mut seen = HashSet::new();
    let known = known.filter(|name| seen.insert(*name));
    let problem = Problem::error(
        "unknown-selection",
        format!("`{list}` names the {what} `{name}`, which no operation has"),
    );
    match near(name, known).first() {
        Some(meant) => problem.help(format!("did you mean `{meant}`?")),
        None => problem.help("`sdkwright inspect SPEC --stage ir` shows what there is"),
    }
}

/// Keeps the documented schemas that the operations, or other kept schemas, refer to.
fn keep_reached_schemas(api: &mut Api) {
    let mut keys = HashSet::new();
    let mut waiting: Vec<TypeId> = api
        .operations()
        .flat_map(|(_, _, operation)| types_of(operation))
        .collect();
    let mut seen = HashSet::new();
    while let Some(id) = waiting.pop() {
        if seen.insert(id) {
            let ty = api.types.get(id);
            keys.extend(ty.key.clone());
            waiting.extend(parts(ty));
        }
    }
    let mut waiting: Vec<String> = keys.iter().cloned().collect();
    while let Some(key) = waiting.pop() {
        let schema = api.schemas.iter().find(|schema| schema.key == key);
        for name in schema
            .into_iter()
            .flat_map(|schema| referred(&schema.definition))
        {
            if keys.insert(name.clone()) {
                waiting.push(name);
            }
        }
    }
    api.schemas.retain(|schema| keys.contains(&schema.key));
}

fn types_of(operation: &Operation) -> Vec<TypeId> {
    let body = operation.body.iter().flat_map(|body| &body.content);
    let answers = operation.responses.iter();
    let headers = answers.clone().flat_map(|response| &response.headers);
    let media = body.chain(answers.flat_map(|response| &response.content));
    let parameters = operation.parameters.iter();
    parameters
        .map(|parameter| parameter.ty)
        .chain(media.filter_map(|media| media.ty))
        .chain(headers.map(|header| header.ty))
        .collect()
}

fn parts(ty: &Type) -> Vec<TypeId> {
    let mut parts = parts_of(ty);
    parts.extend(ty.content);
    parts
}

fn parts_of(ty: &Type) -> Vec<TypeId> {
    match &ty.shape {
        Shape::List(part) | Shape::Map(part) | Shape::Alias(part) => vec![*part],
        Shape::Record(record) => {
            let fields = record.fields.iter().map(|field| field.ty);
            let rest = match record.rest {
                Rest::Typed(rest) => Some(rest),
                _ => None,
            };
            fields.chain(rest).collect()
        }
        Shape::Tuple(tuple) => tuple.parts().collect(),
        Shape::Union(union) => union.variants.clone(),
        _ => Vec::new(),
    }
}

/// The keys of the schemas that a definition refers to.
fn referred(definition: &Json) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![definition];
    while let Some(json) = waiting.pop() {
        match json {
            Json::Array(list) => waiting.extend(list),
            Json::Object(map) => {
                let reference = map.get("$ref").and_then(Json::as_str);
                let key = reference.and_then(|text| text.rsplit_once('/'));
                found.extend(key.map(|(_, key)| key.replace("~1", "/").replace("~0", "~")));
                waiting.extend(map.values());
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_ends_at_a_slash_and_two_do_not() {
        for (pattern, path, fit) in [
            ("/pets", "/pets", true),
            ("/pets", "/pets/{id}", false),
            ("/pets/*", "/pets/{id}", true),
            ("/pets/*", "/pets/{id}/photo", false),
            ("/pets/**", "/pets/{id}/photo", true),
            ("/pets**", "/pets", true),
            ("**/photo", "/pets/{id}/photo", true),
            ("/*/{id}", "/pets/{id}", true),
            ("/*/x", "/pets/{id}", false),
            ("*", "/pets", false),
            ("**", "/käse", true),
        ] {
            assert_eq!(fits(pattern, path), fit, "{pattern} {path}");
        }
    }
}
