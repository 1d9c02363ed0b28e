//! Path items and their operations (OpenAPI 3.1, 4.8.9 and 4.8.10).

use super::message::{RequestBody, Response};
use super::parameter::Parameter;
use super::reader::LEFT_OUT;
use super::{Fields, Reader, Server, Version, callback, pagination, swagger};
use crate::diagnostic::{At, Problem};
use crate::ir::{Callback, Method, SaidPagination};
use crate::source::{Key, Map, Node, near};

/// The Path Item Object.
pub struct PathItem<'d> {
    /// `summary`
    pub summary: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `servers`, the first.
    pub server: Option<Server>,
    /// `parameters`
    pub parameters: Vec<Parameter<'d>>,
    /// The operations by their methods, those of `additionalOperations` last.
    pub operations: Vec<(Method, &'d Node)>,
}

/// The Operation Object.
pub struct Operation<'d> {
    /// Where it stands.
    pub at: At,
    /// `tags`
    pub tags: Vec<&'d str>,
    /// `operationId`, with its place.
    pub id: Option<(&'d str, At)>,
    /// `summary`
    pub summary: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// `servers`, the first.
    pub server: Option<Server>,
    /// `security`, if it is there.
    pub security: Option<&'d [Node]>,
    /// `parameters`
    pub parameters: Vec<Parameter<'d>>,
    /// `requestBody`
    pub body: Option<RequestBody<'d>>,
    /// `x-pagination`, else `x-ms-pageable`
    pub pagination: SaidPagination,
    /// `x-codegen-request-body-name`
    pub body_name: Option<&'d str>,
    /// `responses`: statuses and responses.
    pub responses: Vec<(&'d Key, Response<'d>)>,
    /// `callbacks`
    pub callbacks: Vec<Callback>,
}

pub(super) const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// What else a path item may have (3.1, 4.8.9.1; the last of 3.2).
const FIELDS: [&str; 5] = [
    "summary",
    "description",
    "servers",
    "parameters",
    "additionalOperations",
];

impl<'d> PathItem<'d> {
    /// Reads a path item. Beside its reference may stand more, which counts where the target says
    /// something else (3.1, 4.8.9.1: `$ref`).
    pub fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let target = reader.follow(node)?;
        let item = Self::written(target, reader)?;
        if target.at == node.at {
            return Some(item);
        }
        Some(item.with(Self::written(node, reader)?))
    }

    /// This one with what stands beside the reference to it.
    fn with(mut self, beside: Self) -> Self {
        let name = |each: &Parameter<'d>| (each.name, each.place);
        let names: Vec<_> = beside.parameters.iter().map(name).collect();
        self.parameters.retain(|each| !names.contains(&name(each)));
        self.parameters.extend(beside.parameters);
        let is_beside =
            |method: &Method| beside.operations.iter().any(|(other, _)| other == method);
        self.operations.retain(|(method, _)| !is_beside(method));
        self.operations.extend(beside.operations);
        Self {
            summary: beside.summary.or(self.summary),
            description: beside.description.or(self.description),
            server: beside.server.or(self.server),
            ..self
        }
    }

    /// Reads what is written in a place.
    fn written(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let fields = reader.fields(node, "path item")?;
        report_unknown(fields, reader);
        let known = fields.map.iter();
        let known = known.filter_map(|(key, node)| Some((method(&key.text)?, node)));
        let mut operations: Vec<(Method, &Node)> = known.collect();
        operations.extend(additional_operations(fields, reader));
        Some(Self {
            summary: reader.prose(fields, "summary"),
            description: reader.prose(fields, "description"),
            server: first_server(fields, reader),
            parameters: parameters(fields, reader),
            operations,
        })
    }
}

/// The method that a field of a path item stands for.
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

/// The operations of methods that have no field of their own (3.2, 4.9.1).
fn additional_operations<'d>(
    fields: Fields<'d>,
    reader: &mut Reader<'d, '_>,
) -> Vec<(Method, &'d Node)> {
    let mut operations = Vec::new();
    for (key, node) in reader.entries(fields, "additionalOperations") {
        let text = &*key.text;
        if !is_token(text) {
            reader.problems.report(
                Problem::warning(
                    "malformed-method",
                    format!("`{text}` cannot be a method of HTTP"),
                )
                .at(key.at)
                .label(LEFT_OUT)
                .help("a method is a word such as `COPY`: letters, digits and a few signs"),
            );
            continue;
        }
        let Some(own) = method(&text.to_ascii_lowercase()).filter(|own| own.as_str() == text)
        else {
            operations.push((Method::Other(text.into()), node));
            continue;
        };
        let field = text.to_ascii_lowercase();
        let problem = Problem::warning(
            "additional-method",
            format!("`{text}` is no additional operation: it has a field of its own"),
        )
        .at(key.at)
        .help(format!(
            "write it as `{field}`, beside `additionalOperations`"
        ));
        if let Some(first) = fields.get(&field) {
            let problem = problem.label("passed over");
            reader
                .problems
                .report(problem.related(first.at, "the one that is read"));
        } else {
            reader.problems.report(problem.label("read all the same"));
            operations.push((own, node));
        }
    }
    operations
}

/// Whether a text is a token (RFC 9110, 5.6.2).
fn is_token(text: &str) -> bool {
    let is_sign = |letter: char| "!#$%&'*+-.^_`|~".contains(letter);
    !text.is_empty()
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || is_sign(letter))
}

/// Reports keys that are neither methods nor fields of a path item: a `gett` would vanish.
fn report_unknown<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) {
    for (key, node) in fields.map.iter() {
        let text = &*key.text;
        let known = METHODS.contains(&text) || FIELDS.contains(&text) || text.starts_with("x-");
        if known || text == "$ref" {
            continue;
        }
        let problem = Problem::warning("unknown-method", format!("a path item knows no `{text}`"))
            .at(key.at)
            .label("passed over");
        let meant = near(text, METHODS.into_iter().chain(FIELDS));
        reader.problems.report(match meant.first() {
            Some(meant) => problem.help(format!("did you mean `{meant}`?")),
            None if node.as_map().is_some() => {
                problem.help(format!("methods are {}", METHODS.join(", ")))
            }
            None => problem.help("names of your own begin with `x-`"),
        });
    }
}

fn first_server<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Option<Server> {
    let node = reader.list(fields, "servers").first()?;
    Server::read(node, reader)
}

fn parameters<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<Parameter<'d>> {
    let nodes = reader.list(fields, "parameters");
    let mut parameters: Vec<Parameter<'d>> = nodes
        .iter()
        .filter_map(|node| Parameter::read(node, reader))
        .collect();
    if reader.version == Version::V2_0 {
        parameters.retain(|parameter| !["body", "formData"].contains(&parameter.place));
    }
    parameters
}

impl<'d> Operation<'d> {
    /// Reads an operation.
    pub fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let fields = reader.fields(node, "operation")?;
        let id = reader
            .text(fields, "operationId")
            .filter(|id| !id.trim().is_empty());
        let id_at = fields.at("operationId");
        let lifted = reader.bodies.get(fields.at);
        if let Some(lifted) = lifted {
            lifted.report(reader);
        }
        let body = lifted.map(|body| &body.node).or(fields.get("requestBody"));
        let lifted_name = lifted.and_then(|body| body.name.as_deref());
        reader.produced = swagger::produced(fields, reader.sources);
        Some(Self {
            at: fields.at,
            tags: reader
                .list(fields, "tags")
                .iter()
                .filter_map(Node::as_text)
                .collect(),
            id: id.map(|id| (id.trim(), id_at)),
            summary: reader.prose(fields, "summary"),
            description: reader.prose(fields, "description"),
            deprecated: reader.flag(fields, "deprecated", false),
            server: first_server(fields, reader),
            security: reader.security(fields),
            parameters: parameters(fields, reader),
            body: body.and_then(|node| RequestBody::read(node, reader)),
            body_name: reader
                .text(fields, "x-codegen-request-body-name")
                .or(lifted_name),
            pagination: pagination::said(fields, reader),
            responses: responses(fields, reader),
            callbacks: callback::callbacks(fields, reader),
        })
    }
}

fn responses<'d>(
    operation: Fields<'d>,
    reader: &mut Reader<'d, '_>,
) -> Vec<(&'d Key, Response<'d>)> {
    if operation
        .get("responses")
        .is_none_or(|node| node.as_map().is_some_and(Map::is_empty))
    {
        reader.problems.report(
            Problem::warning("no-responses", "this operation has no responses")
                .at(operation.at("responses"))
                .label("taken as one whose success holds nothing")
                .help("add `responses` with at least the one of success, such as `200`"),
        );
    }
    let mut responses = Vec::new();
    for (status, node) in reader.entries(operation, "responses") {
        if status.text.starts_with("x-") {
            continue;
        }
        if let Some(response) = Response::read(node, reader) {
            responses.push((status, response));
        }
    }
    responses
}
