//! Paths and their operations → resources.

use std::collections::HashMap;

use crate::diagnostic::{At, Problem};
use crate::ir::{self, Body, MediaType, Method, Operation, Resource, Response, Status};
use crate::model::{self, Document, PathItem, Reader};
use crate::source::Key;

use super::action::{self, Name};
use super::parameters;
use super::paths;
use super::security::{self, Schemes};
use super::types::TypeResolver;

/// Reads every operation and groups them, resources in order of their first operation.
pub(super) fn resources<'d>(
    document: &Document<'d>,
    schemes: &Schemes,
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Vec<Resource> {
    paths::check_templates(document, reader);
    let mut gathered = Gathered::default();
    for (path, node) in &document.paths {
        let Some(item) = PathItem::read(node, reader) else {
            continue;
        };
        for (method, node) in &item.operations {
            let Some(said) = model::Operation::read(node, reader) else {
                continue;
            };
            let Some(method) = self::method(&method.text) else {
                continue;
            };
            let name = action::name(&said, method, &path.text);
            let context = Context {
                document,
                schemes,
                path,
                item: &item,
            };
            let operation = operation(&context, said, method, &name, types, reader);
            gathered.add(name, operation, document, reader);
        }
    }
    gathered.resources
}

/// What an operation inherits from.
struct Context<'a, 'd> {
    document: &'a Document<'d>,
    schemes: &'a Schemes,
    path: &'a Key,
    item: &'a PathItem<'d>,
}

/// The resources so far.
#[derive(Default)]
struct Gathered {
    resources: Vec<Resource>,
    places: HashMap<String, usize>,
    names: HashMap<(String, String), At>,
}

impl Gathered {
    fn add(
        &mut self,
        name: Name,
        operation: Operation,
        document: &Document<'_>,
        reader: &mut Reader<'_, '_>,
    ) {
        let key = (name.resource.clone(), name.action.clone());
        if let Some(first) = self.names.get(&key) {
            reader.problems.report(
                Problem::error(
                    "duplicate-action",
                    format!("two actions are called `{}.{}`", name.resource, name.action),
                )
                .at(name.at)
                .label("the second of this name")
                .related(*first, "the first")
                .help("give each operation an `operationId` of its own"),
            );
            return;
        }
        self.names.insert(key, name.at);
        let place = *self.places.entry(name.resource.clone()).or_insert_with(|| {
            let tag = document.tags.iter().find(|tag| tag.name == name.resource);
            self.resources.push(Resource {
                key: name.resource.clone(),
                description: tag.and_then(|tag| tag.description.clone()),
                operations: Vec::new(),
            });
            self.resources.len() - 1
        });
        self.resources[place].operations.push(operation);
    }
}

fn method(key: &str) -> Option<Method> {
    Some(match key {
        "get" => Method::Get,
        "put" => Method::Put,
        "post" => Method::Post,
        "delete" => Method::Delete,
        "options" => Method::Options,
        "head" => Method::Head,
        "patch" => Method::Patch,
        "trace" => Method::Trace,
        "query" => Method::Query,
        _ => return None,
    })
}

fn operation<'d>(
    context: &Context<'_, 'd>,
    said: model::Operation<'d>,
    method: Method,
    name: &Name,
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Operation {
    let path = &context.path.text;
    let at = context.path.at;
    let item = context.item;
    let path_parts = paths::parts(path, at, reader);
    let mut parameters = parameters::parameters(&item.parameters, &said.parameters, types, reader);
    paths::check(context.path, &path_parts, &mut parameters, types, reader);
    let requirements = said
        .security
        .or(context.document.security)
        .unwrap_or_default();
    Operation {
        at: said.at,
        action: name.action.clone(),
        id: said.id.map(|(id, _)| id.to_owned()),
        method,
        path: path.to_string(),
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
        server: said
            .server
            .or_else(|| {
                item.server.as_ref().map(|server| model::Server {
                    url: server.url.clone(),
                    description: server.description.clone(),
                })
            })
            .map(server),
        pagination: None,
    }
}

/// A server of the API.
pub(super) fn server(server: model::Server) -> ir::Server {
    ir::Server {
        url: server.url,
        description: server.description,
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
    let media = content.into_iter().map(|media| MediaType {
        at: media.at,
        name: media.name.to_owned(),
        ty: media.schema.map(|schema| types.type_of(schema, reader)),
        example: media.example.map(crate::source::Node::to_json),
    });
    media.collect()
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
        let mut headers = Vec::new();
        for (name, header) in response.headers {
            headers.push(ir::Header {
                name: name.text.to_string(),
                description: header.description,
                required: header.required,
                ty: match header.schema {
                    Some(schema) => types.type_of(schema, reader),
                    None => types.any(),
                },
                example: header.example.map(crate::source::Node::to_json),
            });
        }
        responses.push(Response {
            at: response.at,
            status,
            description: response.description,
            headers,
            content: content(response.content, types, reader),
        });
    }
    responses
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
