//! Path templates: taken apart, held against the parameters and against each other.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diagnostic::{At, Problem};
use crate::ir::{Parameter, PathPart, Place, Scope, Style, Visibility};
use crate::model::{Document, Reader};
use crate::source::Key;

use super::path_query;
use super::types::TypeResolver;

/// Reports templates that no request can tell apart: `/pets/{id}` and `/pets/{name}`
/// (3.1, 4.8.8: Paths Object).
pub(super) fn check_templates(document: &Document<'_>, reader: &mut Reader<'_, '_>) {
    let mut known: HashMap<String, &Key> = HashMap::new();
    for (path, _) in &document.paths {
        let Some(first) = known.insert(without_names(&path.text), path) else {
            continue;
        };
        reader.problems.report(
            Problem::warning(
                "ambiguous-path",
                format!(
                    "no request can tell the path `{}` from `{}`",
                    path.text, first.text
                ),
            )
            .at(path.at)
            .related(first.at, "the first of the two")
            .help("put the operations of both under one path"),
        );
    }
}

fn without_names(path: &str) -> String {
    let mut bare = String::new();
    let mut rest = path;
    while let Some((text, after)) = rest.split_once('{') {
        bare.push_str(text);
        bare.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    bare + rest
}

/// The path from the root; reports one that does not begin there.
pub(super) fn from_root<'d>(path: &'d Key, reader: &mut Reader<'_, '_>) -> Cow<'d, str> {
    if path.text.starts_with('/') {
        return Cow::Borrowed(&path.text);
    }
    let rooted = format!("/{}", path.text);
    reader.problems.report(
        Problem::warning(
            "malformed-path",
            format!("the path `{}` does not begin with `/`", path.text),
        )
        .at(path.at)
        .label(format!("taken as `{rooted}`"))
        .help("paths are written from the root: `/pets`"),
    );
    Cow::Owned(rooted)
}

/// A path template taken apart; reports what is no template.
pub(super) fn parts(path: &str, at: At, reader: &mut Reader<'_, '_>) -> Vec<PathPart> {
    let mut rest = path_query::path_alone(path, at, reader);
    let mut malformed = |message: String, help: &str| {
        reader
            .problems
            .report(Problem::error("malformed-path", message).at(at).help(help));
    };
    let mut parts = Vec::new();
    while let Some(brace) = rest.find(['{', '}']) {
        let (text, from_brace) = rest.split_at(brace);
        let Some(inner) = from_brace.strip_prefix('{') else {
            malformed(
                format!("a brace of `{path}` is not opened"),
                "write parameters as `{name}`",
            );
            break;
        };
        let Some((name, after)) = inner.split_once('}') else {
            malformed(
                format!("a brace of `{path}` is not closed"),
                "write parameters as `{name}`",
            );
            break;
        };
        if name.trim().is_empty() {
            malformed(
                format!("a parameter of `{path}` has no name"),
                "write its name between the braces: `{id}`",
            );
        }
        if !text.is_empty() {
            parts.push(PathPart::Text(text.to_owned()));
        }
        parts.push(PathPart::Parameter(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(PathPart::Text(rest.to_owned()));
    }
    parts
}

/// Holds the path parameters against the path's template.
pub(super) fn check(
    path: &Key,
    parts: &[PathPart],
    parameters: &mut Vec<Parameter>,
    types: &mut TypeResolver<'_>,
    reader: &mut Reader<'_, '_>,
) {
    path_query::parameters(path, parameters, types);
    let in_path = |name: &str| {
        parts
            .iter()
            .any(|part| matches!(part, PathPart::Parameter(own) if own == name))
    };
    parameters.retain(|parameter| {
        if parameter.place != Place::Path || in_path(&parameter.name) {
            return true;
        }
        reader.problems.report(not_in_path(path, parameter));
        false
    });
    for part in parts {
        let PathPart::Parameter(name) = part else {
            continue;
        };
        let known =
            |parameter: &Parameter| parameter.place == Place::Path && parameter.name == *name;
        // One without a name has been reported as such.
        if !name.trim().is_empty() && !parameters.iter().any(known) {
            reader.problems.report(
                Problem::warning(
                    "undeclared-path-parameter",
                    format!("`{{{name}}}` of the path `{}` is not declared", path.text),
                )
                .at(path.at)
                .label("taken as a string")
                .help(format!("declare a parameter `{name}` with `in: path`")),
            );
            parameters.push(undeclared(name, path.at, types));
        }
    }
}

/// A path parameter that the path does not have: there is no place for its value, so it is left out.
/// It may be one that the name of a query parameter is made of (`/pets?{kind}=1`).
fn not_in_path(path: &Key, parameter: &Parameter) -> Problem {
    let name = &parameter.name;
    let template = format!("{{{name}}}");
    let code = "path-parameter-not-in-path";
    let message = format!("the path `{}` has no parameter `{name}`", path.text);
    let label = match path.text.contains(&template) {
        true => "stands in the query, and is never sent",
        false => "declared for the path, but never part of it: left out",
    };
    Problem::warning(code, message)
        .at(parameter.at)
        .label(label)
        .related(path.at, "the path")
        .help(format!(
            "add `{template}` to the path, or send the parameter elsewhere"
        ))
}

fn undeclared(name: &str, at: At, types: &mut TypeResolver<'_>) -> Parameter {
    Parameter {
        at,
        name: name.to_owned(),
        place: Place::Path,
        required: true,
        description: None,
        deprecated: false,
        ty: types.string(),
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        content: None,
        encoding: Vec::new(),
        example: None,
        default: None,
        visibility: Visibility::Public,
        scope: Scope::Call,
    }
}
