//! Parameters: of the path item and of the operation, checked against the path.

use crate::diagnostic::{At, Problem};
use crate::ir::{self, Api, Parameter, PathPart, Place, Scope, Style, Visibility};
use crate::model::{self, Reader};
use crate::source::{Node, Value};

use super::types::TypeResolver;

/// The parameters of an operation: those of the path item, each replaced by the operation's
/// own of the same name and place, then the operation's others.
pub(super) fn parameters<'d>(
    inherited: &[model::Parameter<'d>],
    own: &[model::Parameter<'d>],
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Vec<Parameter> {
    let mut all: Vec<&model::Parameter<'d>> = Vec::new();
    for parameter in inherited.iter().chain(own) {
        let same = |known: &&model::Parameter<'d>| {
            known.name == parameter.name && known.place == parameter.place
        };
        match all.iter().position(same) {
            Some(index) => all[index] = parameter,
            None => all.push(parameter),
        }
    }
    all.into_iter()
        .filter_map(|parameter| self::parameter(parameter, types, reader))
        .collect()
}

fn parameter<'d>(
    parameter: &model::Parameter<'d>,
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Option<Parameter> {
    let place = place(parameter, reader)?;
    let header = &parameter.header;
    let content = header.content.first();
    let schema = header
        .schema
        .or_else(|| content.and_then(|media| media.schema));
    let example = header
        .example
        .or_else(|| content.and_then(|media| media.example));
    let style = style(parameter, place, reader);
    Some(Parameter {
        at: parameter.at,
        name: parameter.name.to_owned(),
        place,
        required: header.required || place == Place::Path,
        description: header.description.clone(),
        deprecated: header.deprecated,
        ty: match schema {
            Some(schema) => types.type_of(schema, reader),
            None => types.any(),
        },
        style,
        explode: header.explode.unwrap_or(style == Style::Form),
        allow_reserved: parameter.allow_reserved,
        content: content.map(|media| media.name.to_owned()),
        example: example.map(Node::to_json),
        default: None,
        visibility: visibility(parameter.internal, reader),
        scope: scope(parameter),
    })
}

fn place(parameter: &model::Parameter<'_>, reader: &mut Reader<'_, '_>) -> Option<Place> {
    match parameter.place {
        "path" => Some(Place::Path),
        "query" => Some(Place::Query),
        "header" => Some(Place::Header),
        "cookie" => Some(Place::Cookie),
        other => {
            reader.problems.report(
                Problem::error(
                    "unknown-parameter-place",
                    format!("a parameter cannot be in `{other}`"),
                )
                .at(parameter.at)
                .help("`in` is path, query, header or cookie"),
            );
            None
        }
    }
}

fn style(parameter: &model::Parameter<'_>, place: Place, reader: &mut Reader<'_, '_>) -> Style {
    let usual = match place {
        Place::Path | Place::Header => Style::Simple,
        Place::Query | Place::Cookie => Style::Form,
    };
    match parameter.header.style {
        None => usual,
        Some("simple") => Style::Simple,
        Some("label") => Style::Label,
        Some("matrix") => Style::Matrix,
        Some("form" | "cookie") => Style::Form,
        Some("spaceDelimited") => Style::SpaceDelimited,
        Some("pipeDelimited") => Style::PipeDelimited,
        Some("deepObject") => Style::DeepObject,
        Some(other) => {
            reader.problems.report(
                Problem::warning(
                    "unknown-style",
                    format!("`{other}` is no style of a parameter"),
                )
                .at(parameter.at)
                .help("the usual style of its place is taken"),
            );
            usual
        }
    }
}

/// `x-internal: true` hides from all docs, a list from those formats.
fn visibility(node: Option<&Node>, reader: &mut Reader<'_, '_>) -> Visibility {
    match node.map(|node| (&node.value, node.at)) {
        None | Some((Value::Bool(false), _)) => Visibility::Public,
        Some((Value::Bool(true), _)) => Visibility::Internal,
        Some((Value::List(formats), _)) => {
            let formats = formats.iter().filter_map(Node::as_text);
            Visibility::HiddenIn(formats.map(str::to_owned).collect())
        }
        Some((_, at)) => {
            reader.problems.report(
                Problem::warning("wrong-type", "`x-internal` is neither a boolean nor a list")
                    .at(at)
                    .help("write `true`, or the formats that leave the parameter out: `[rest]`"),
            );
            Visibility::Public
        }
    }
}

fn scope(parameter: &model::Parameter<'_>) -> Scope {
    if parameter.location == Some("client") {
        Scope::Client
    } else {
        Scope::Call
    }
}

/// A path template taken apart; reports braces that do not close.
pub(super) fn path_parts(path: &str, at: At, reader: &mut Reader<'_, '_>) -> Vec<PathPart> {
    let mut parts = Vec::new();
    let mut rest = path;
    while let Some((text, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            reader.problems.report(
                Problem::error(
                    "malformed-path",
                    format!("a brace of `{path}` is not closed"),
                )
                .at(at)
                .help("write parameters as `{name}`"),
            );
            break;
        };
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
pub(super) fn check_path(
    path: &str,
    path_at: At,
    parts: &[PathPart],
    parameters: &mut Vec<Parameter>,
    types: &mut TypeResolver<'_>,
    reader: &mut Reader<'_, '_>,
) {
    let in_path = |name: &str| {
        parts
            .iter()
            .any(|part| matches!(part, PathPart::Parameter(own) if own == name))
    };
    parameters.retain(|parameter| {
        if parameter.place != Place::Path || in_path(&parameter.name) {
            return true;
        }
        let name = &parameter.name;
        reader.problems.report(
            Problem::error(
                "path-parameter-not-in-path",
                format!("the path `{path}` has no parameter `{name}`"),
            )
            .at(parameter.at)
            .label("declared for the path, but never part of it")
            .related(path_at, "the path")
            .help(format!(
                "add `{{{name}}}` to the path, or send the parameter elsewhere"
            )),
        );
        false
    });
    for part in parts {
        let PathPart::Parameter(name) = part else {
            continue;
        };
        let known =
            |parameter: &Parameter| parameter.place == Place::Path && parameter.name == *name;
        if !parameters.iter().any(known) {
            reader.problems.report(
                Problem::warning(
                    "undeclared-path-parameter",
                    format!("`{{{name}}}` of the path `{path}` is not declared"),
                )
                .at(path_at)
                .label("taken as a string")
                .help(format!("declare a parameter `{name}` with `in: path`")),
            );
            parameters.push(undeclared(name, path_at, types));
        }
    }
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
        example: None,
        default: None,
        visibility: Visibility::Public,
        scope: Scope::Call,
    }
}

/// Gives parameters, media types and headers the example and the default of their types.
pub(super) fn inherit_from_types(api: &mut Api) {
    let types = &api.types;
    let example_of = |ty: ir::TypeId| {
        let own = types.get(ty);
        own.example
            .clone()
            .or_else(|| types.get(types.resolve(ty)).example.clone())
    };
    let operations = api
        .resources
        .iter_mut()
        .flat_map(|resource| &mut resource.operations);
    for operation in operations {
        for parameter in &mut operation.parameters {
            let ty = types.get(parameter.ty);
            parameter.default = ty.default.clone();
            parameter.example = parameter
                .example
                .take()
                .or_else(|| example_of(parameter.ty));
        }
        let bodies = operation.body.iter_mut().flat_map(|body| &mut body.content);
        let answers = operation
            .responses
            .iter_mut()
            .flat_map(|response| &mut response.content);
        for media in bodies.chain(answers) {
            media.example = media
                .example
                .take()
                .or_else(|| media.ty.and_then(example_of));
        }
        for header in operation
            .responses
            .iter_mut()
            .flat_map(|response| &mut response.headers)
        {
            header.example = header.example.take().or_else(|| example_of(header.ty));
        }
    }
}
