//! Parameters: of the path item and of the operation.

use crate::diagnostic::Problem;
use crate::ir::{self, Api, Parameter, Place, Scope, Style, Visibility};
use crate::model::{self, Reader};
use crate::source::{Node, Value, near};

use super::operations;
use super::types::TypeResolver;

/// The parameters of an operation: those of the path item, each replaced by the operation's
/// own of the same name and place, then the operation's others.
pub(super) fn parameters<'d>(
    inherited: &[model::Parameter<'d>],
    own: &[model::Parameter<'d>],
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Vec<Parameter> {
    report_twice(inherited, reader);
    report_twice(own, reader);
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

/// Reports parameters that share name and place (3.1, 4.8.10.1: parameters).
fn report_twice(parameters: &[model::Parameter<'_>], reader: &mut Reader<'_, '_>) {
    for (index, parameter) in parameters.iter().enumerate() {
        let (name, place) = (parameter.name, parameter.place);
        let same = |known: &&model::Parameter<'_>| known.name == name && known.place == place;
        if let Some(first) = parameters[..index].iter().find(same) {
            reader.problems.report(
                Problem::warning(
                    "duplicate-parameter",
                    format!("the {place} parameter `{name}` is given twice"),
                )
                .at(parameter.at)
                .label("taken instead of the first")
                .related(first.at, "the first")
                .help("remove or rename one of the two"),
            );
        }
    }
}

fn parameter<'d>(
    parameter: &model::Parameter<'d>,
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Option<Parameter> {
    let place = place(parameter, reader)?;
    let header = &parameter.header;
    if place == Place::Path && !header.required {
        report_optional(parameter, reader);
    }
    let content = header.content.first();
    let style = style(parameter, place, reader);
    Some(Parameter {
        at: parameter.at,
        name: parameter.name.to_owned(),
        place,
        required: header.required || place == Place::Path,
        description: header.description.clone(),
        deprecated: header.deprecated,
        ty: match header.schema() {
            Some(schema) => types.type_of(schema, reader),
            None => types.any(),
        },
        style,
        explode: header.explode.unwrap_or(style.explodes()),
        allow_reserved: parameter.allow_reserved,
        content: content.map(|media| media.name.to_owned()),
        encoding: match place {
            Place::Querystring => content.map(fields).unwrap_or_default(),
            _ => Vec::new(),
        },
        example: header.example().map(Node::to_json),
        default: None,
        visibility: visibility(parameter.internal, reader),
        scope: scope(parameter),
    })
}

/// How the fields of a whole query are written.
fn fields(media: &model::MediaType<'_>) -> Vec<ir::Encoding> {
    let said = media.encoding.iter();
    said.map(|said| operations::encoding(said.clone()))
        .collect()
}

/// Reports a path parameter without `required: true` (3.1, 4.8.12.2: required).
fn report_optional(parameter: &model::Parameter<'_>, reader: &mut Reader<'_, '_>) {
    let name = parameter.name;
    reader.problems.report(
        Problem::warning(
            "optional-path-parameter",
            format!("the path parameter `{name}` is not `required: true`"),
        )
        .at(parameter.at)
        .label("taken as required")
        .help("add `required: true`; a path is nothing without its parameters"),
    );
}

fn place(parameter: &model::Parameter<'_>, reader: &mut Reader<'_, '_>) -> Option<Place> {
    match parameter.place {
        "path" => Some(Place::Path),
        "query" => Some(Place::Query),
        "header" => Some(Place::Header),
        "cookie" => Some(Place::Cookie),
        "querystring" => Some(Place::Querystring),
        other => {
            let places = ["path", "query", "querystring", "header", "cookie"];
            let meant = near(other, places.into_iter());
            reader.problems.report(
                Problem::warning(
                    "unknown-parameter-place",
                    format!("a parameter cannot be in `{other}`"),
                )
                .at(parameter.place_at)
                .label("the parameter is left out")
                .help(match (other, meant.first()) {
                    ("body" | "formData", _) => {
                        "since OpenAPI 3 a body is described by `requestBody`".to_owned()
                    }
                    (_, Some(meant)) => format!("did you mean `{meant}`?"),
                    (_, None) => "`in` is path, query, querystring, header or cookie".to_owned(),
                }),
            );
            None
        }
    }
}

/// The style of a word (3.2, 4.12.2.3; `tabDelimited` is what `tsv` of 2.0 would be called).
pub(super) fn style_word(word: &str) -> Option<Style> {
    Some(match word {
        "simple" => Style::Simple,
        "label" => Style::Label,
        "matrix" => Style::Matrix,
        "form" => Style::Form,
        "cookie" => Style::Cookie,
        "tabDelimited" => Style::TabDelimited,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        _ => return None,
    })
}

fn style(parameter: &model::Parameter<'_>, place: Place, reader: &mut Reader<'_, '_>) -> Style {
    let usual = match place {
        Place::Path | Place::Header => Style::Simple,
        Place::Query | Place::Cookie | Place::Querystring => Style::Form,
    };
    let Some((style, at)) = parameter.header.style else {
        return usual;
    };
    match style_word(style) {
        Some(style) => style,
        None => {
            reader.problems.report(
                Problem::warning(
                    "unknown-style",
                    format!("`{style}` is no style of a parameter"),
                )
                .at(at)
                .label("the usual style of its place is taken")
                .help(
                    "styles are form, simple, label, matrix, spaceDelimited, pipeDelimited, \
                     deepObject and cookie",
                ),
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
