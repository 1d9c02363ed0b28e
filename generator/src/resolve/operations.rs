//! Paths and their operations → resources.

use serde_json::Value;

use crate::diagnostic::{Problem, Problems};
use crate::ir::{self, Body, MediaType, Method, Operation, Resource, Response, Status};
use crate::model::{self, Document, PathItem, Reader};
use crate::parallel;
use crate::source::{Key, Node};

use super::headers_of_http;
use super::names::{self, Unnamed};
use super::parameters;
use super::paths;
use super::security::{self, Schemes};
use super::tags;
use super::types::TypeResolver;

/// Reads every operation and groups them, resources in order of their first operation.
pub(super) fn resources<'d>(
    document: &Document<'d>,
    schemes: &Schemes,
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Vec<Resource> {
    paths::check_templates(document, reader);
    tags::check(document, reader);
    let items = found(document, reader);
    let unnamed: Vec<Unnamed<'_, 'd>> = items.iter().flat_map(|found| found.unnamed()).collect();
    let names = names::names(&unnamed, reader);
    let mut resources = empty_resources(names.resources, document);
    let mut named = names.names.into_iter();
    for found in items {
        let context = Context {
            document,
            schemes,
            path: found.path,
            item: &found.item,
        };
        for (method, said) in found.operations {
            let Some(name) = named.next().flatten() else {
                continue;
            };
            let operation = operation(&context, said, method, name.action, types, reader);
            resources[name.resource].operations.push(operation);
        }
    }
    resources.retain(|resource| !resource.operations.is_empty());
    resources
}

/// A path and what was read below it.
struct Found<'d> {
    path: &'d Key,
    item: PathItem<'d>,
    operations: Vec<(Method, model::Operation<'d>)>,
}

impl<'d> Found<'d> {
    fn unnamed(&self) -> impl Iterator<Item = Unnamed<'_, 'd>> {
        self.operations.iter().map(|(method, said)| Unnamed {
            method,
            path: &self.path.text,
            said,
        })
    }
}

/// Reads every path. They are independent of each other, and so are their problems, which are
/// reported in their order.
fn found<'d>(document: &Document<'d>, reader: &mut Reader<'d, '_>) -> Vec<Found<'d>> {
    let whole = &*reader;
    let all = parallel::map(&document.paths, |(path, node)| {
        let mut problems = Problems::new();
        let found = found_at(path, node, document, &mut whole.apart(&mut problems));
        (found, problems)
    });
    let all = all.into_iter().filter_map(|(found, problems)| {
        reader.problems.append(problems);
        found
    });
    all.collect()
}

fn found_at<'d>(
    path: &'d Key,
    node: &'d Node,
    document: &Document<'d>,
    reader: &mut Reader<'d, '_>,
) -> Option<Found<'d>> {
    let item = PathItem::read(node, reader)?;
    let mut operations = Vec::new();
    for (method, node) in &item.operations {
        if let Some(mut said) = model::Operation::read(node, reader) {
            tags::put_groups_first(&mut said.tags, document);
            operations.push((method.clone(), said));
        }
    }
    Some(Found {
        path,
        item,
        operations,
    })
}

/// The resources of these keys, still without operations.
fn empty_resources(keys: Vec<String>, document: &Document<'_>) -> Vec<Resource> {
    let resource = |key: String| Resource {
        description: tags::about(&key, document),
        operations: Vec::new(),
        key,
    };
    keys.into_iter().map(resource).collect()
}

/// What an operation inherits from.
struct Context<'a, 'd> {
    document: &'a Document<'d>,
    schemes: &'a Schemes,
    path: &'a Key,
    item: &'a PathItem<'d>,
}

fn operation<'d>(
    context: &Context<'_, 'd>,
    said: model::Operation<'d>,
    method: Method,
    action: String,
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Operation {
    let path = paths::from_root(context.path, reader);
    let at = context.path.at;
    let item = context.item;
    let path_parts = paths::parts(&path, at, reader);
    let requirements = said
        .security
        .or(context.document.security)
        .unwrap_or_default();
    let mut parameters = parameters::parameters(&item.parameters, &said.parameters, types, reader);
    let said_elsewhere = headers_of_http::SaidElsewhere {
        credentials: !requirements.is_empty(),
        media_type: said.body.as_ref().is_none_or(headers_of_http::is_told),
    };
    headers_of_http::leave_out(&mut parameters, &said_elsewhere, reader);
    paths::check(context.path, &path_parts, &mut parameters, types, reader);
    Operation {
        at: said.at,
        action,
        id: said.id.map(|(id, _)| id.to_owned()),
        method,
        path: path.into_owned(),
        path_parts,
        summary: said.summary.or_else(|| item.summary.clone()),
        description: said.description.or_else(|| item.description.clone()),
        deprecated: said.deprecated,
        parameters,
        body: said
            .body
            .map(|body| self::body(body, said.body_name, types, reader)),
        responses: responses(said.responses, types, reader),
        security: security::requirements(requirements, context.document, context.schemes, reader),
        server: said.server.or_else(|| item.server.clone()).map(server),
        tags: said.tags.iter().map(|tag| (*tag).to_owned()).collect(),
        said_pagination: said.pagination,
        pagination: None,
        callbacks: said.callbacks,
    }
}

/// A server of the API.
pub(super) fn server(server: model::Server) -> ir::Server {
    let variable = |variable: model::ServerVariable| ir::ServerVariable {
        name: variable.name,
        description: variable.description,
        values: variable.values,
        default: variable.default,
    };
    ir::Server {
        url: server.url,
        template: server.template,
        name: server.name,
        description: server.description,
        variables: server.variables.into_iter().map(variable).collect(),
    }
}

fn body<'d>(
    body: model::RequestBody<'d>,
    name: Option<&str>,
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Body {
    Body {
        at: body.at,
        component: body.component,
        name: name.unwrap_or("body").to_owned(),
        position: body.position,
        description: body.description,
        required: body.required,
        content: content(body.content, types, reader),
    }
}

fn content<'d>(
    content: Vec<model::MediaType<'d>>,
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Vec<MediaType> {
    let media = content.into_iter().map(|said| {
        let mut media = MediaType {
            at: said.at,
            name: said.name.to_owned(),
            stands_for: None,
            ty: said.schema.map(|schema| types.type_of(schema, reader)),
            of_items: said.of_items && said.schema.is_some(),
            events: Vec::new(),
            encoding: said.encoding.into_iter().map(encoding).collect(),
            example: said.example.map(Node::to_json),
            examples: said.examples.iter().map(named).collect(),
        };
        if let Some(serialized) = said.serialized {
            media.example = written(&media, serialized, reader);
        }
        media
    });
    media.collect()
}

fn named(said: &model::Example<'_>) -> ir::NamedExample {
    ir::NamedExample {
        name: said.name.map(str::to_owned),
        value: said.value.map(crate::source::Node::to_json),
        text: said.text.map(str::to_owned),
    }
}

/// The value of an example that is given as it is written: of JSON what it says, of text itself.
fn written(media: &MediaType, example: &Node, reader: &mut Reader<'_, '_>) -> Option<Value> {
    let text = example.as_str()?;
    if media.is_text() {
        return Some(text.into());
    }
    let value = if media.is_json_lines() {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.map(serde_json::from_str::<Value>).collect()
    } else if media.is_json() {
        serde_json::from_str(text)
    } else {
        return None;
    };
    match value {
        Ok(value) => Some(value),
        Err(error) => {
            reader.problems.report(
                Problem::warning(
                    "malformed-example",
                    format!("this is no example of `{}`: {error}", media.name),
                )
                .at(example.at)
                .label("passed over")
                .help("write the text of a body here, or its value as `dataValue`"),
            );
            None
        }
    }
}

pub(super) fn encoding(said: model::Encoding<'_>) -> ir::Encoding {
    ir::Encoding {
        field: said.field.to_owned(),
        content_type: said.content_type.map(str::to_owned),
        style: said.style.and_then(parameters::style_word),
        explode: said.explode,
        allow_reserved: said.allow_reserved,
    }
}

fn responses<'d>(
    said: Vec<(&'d Key, model::Response<'d>)>,
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Vec<Response> {
    let mut responses = Vec::new();
    for (key, response) in said {
        let Some(status) = status(key, reader) else {
            continue;
        };
        responses.push(Response {
            at: response.at,
            component: response.component,
            status,
            description: response.description,
            headers: headers(response.headers, types, reader),
            content: content(response.content, types, reader),
        });
    }
    responses
}

/// The headers of a response; `Content-Type` is none of them, as `content` says it (3.1, 4.8.17.1:
/// headers).
fn headers<'d>(
    said: Vec<(&'d Key, model::Header<'d>)>,
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Vec<ir::Header> {
    let said = said.into_iter();
    let said = said.filter(|(name, _)| !name.text.eq_ignore_ascii_case("content-type"));
    let headers = said.map(|(name, header)| ir::Header {
        name: name.text.to_string(),
        description: header.description.clone(),
        required: header.required,
        deprecated: header.deprecated,
        ty: match header.schema() {
            Some(schema) => types.type_of(schema, reader),
            None => types.any(),
        },
        explode: header.explode.unwrap_or_default(),
        content: header.content.first().map(|media| media.name.to_owned()),
        example: header.example().map(Node::to_json),
    });
    headers.collect()
}

fn status(key: &Key, reader: &mut Reader<'_, '_>) -> Option<Status> {
    let text = &*key.text;
    if text.eq_ignore_ascii_case("default") {
        return Some(Status::Default);
    }
    let range = text.strip_suffix("XX").or_else(|| text.strip_suffix("xx"));
    let status = match range {
        Some(hundreds) => hundreds
            .parse()
            .ok()
            .filter(|n| (1..=5).contains(n))
            .map(Status::Range),
        None => text
            .parse()
            .ok()
            .filter(|n| (100..=599).contains(n))
            .map(Status::Code),
    };
    if status.is_none() {
        reader.problems.report(
            Problem::warning("unknown-status", format!("`{text}` is no HTTP status"))
                .at(key.at)
                .label("this response is passed over")
                .help("write a status such as `404`, a range such as `4XX`, or `default`"),
        );
    }
    status
}
