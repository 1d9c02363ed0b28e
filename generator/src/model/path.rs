//! Path items, operations and their parts (OpenAPI 3.1, 4.8.9 to 4.8.17).

use super::component_key::component_key;
use super::example::{Example, example, examples, serialized};
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

/// The Parameter Object.
pub struct Parameter<'d> {
    /// Where it stands.
    pub at: At,
    /// `name`
    pub name: &'d str,
    /// `in`
    pub place: &'d str,
    /// The place of `in`.
    pub place_at: At,
    /// What a parameter and a header have in common.
    pub header: Header<'d>,
    /// `allowReserved`
    pub allow_reserved: bool,
    /// `x-internal`
    pub internal: Option<&'d Node>,
    /// `x-ms-parameter-location`: `client` or `method`.
    pub location: Option<&'d str>,
}

/// The Header Object: a parameter without name and place.
pub struct Header<'d> {
    /// `description`
    pub description: Option<String>,
    /// `required`
    pub required: bool,
    /// `deprecated`
    pub deprecated: bool,
    /// `style`, with its place.
    pub style: Option<(&'d str, At)>,
    /// `explode`
    pub explode: Option<bool>,
    /// `schema`
    pub schema: Option<&'d Node>,
    /// `content`, which has one entry.
    pub content: Vec<MediaType<'d>>,
    /// `example`, else the first value of `examples`
    pub example: Option<&'d Node>,
}

impl<'d> Header<'d> {
    /// Its schema, which may stand with its media type.
    pub fn schema(&self) -> Option<&'d Node> {
        let content = self.content.first();
        self.schema
            .or_else(|| content.and_then(|media| media.schema))
    }

    /// Its example, which may stand with its media type.
    pub fn example(&self) -> Option<&'d Node> {
        let content = self.content.first();
        self.example
            .or_else(|| content.and_then(|media| media.example))
    }
}

/// The Media Type Object with its name.
pub struct MediaType<'d> {
    /// Where it stands.
    pub at: At,
    /// The media type.
    pub name: &'d str,
    /// `schema`, else `itemSchema`
    pub schema: Option<&'d Node>,
    /// Whether the schema is that of each item of a sequence: `itemSchema`.
    pub of_items: bool,
    /// `encoding`
    pub encoding: Vec<Encoding<'d>>,
    /// `example`, else the first value of `examples`
    pub example: Option<&'d Node>,
    /// Without one, the first of `examples` that is given as it is written: `serializedValue`.
    pub serialized: Option<&'d Node>,
    /// `example`, else `examples`
    pub examples: Vec<Example<'d>>,
}

/// The Encoding Object with its field's name.
#[derive(Clone)]
pub struct Encoding<'d> {
    /// The field.
    pub field: &'d str,
    /// `contentType`
    pub content_type: Option<&'d str>,
    /// `style`
    pub style: Option<&'d str>,
    /// `explode`
    pub explode: Option<bool>,
    /// `allowReserved`
    pub allow_reserved: bool,
}

/// The Request Body Object.
pub struct RequestBody<'d> {
    /// Where it stands.
    pub at: At,
    /// Its key among the components, if it is referred to as one.
    pub component: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `required`
    pub required: bool,
    /// `content`
    pub content: Vec<MediaType<'d>>,
    /// `x-position`, from 1
    pub position: Option<usize>,
}

/// The Response Object.
pub struct Response<'d> {
    /// Where it stands.
    pub at: At,
    /// Its key among the components, if it is referred to as one.
    pub component: Option<String>,
    /// `description`
    pub description: String,
    /// `headers`
    pub headers: Vec<(&'d Key, Header<'d>)>,
    /// `content`
    pub content: Vec<MediaType<'d>>,
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

impl<'d> Parameter<'d> {
    /// Reads a parameter.
    pub fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let node = reader.follow(node)?;
        let fields = reader.fields(node, "parameter")?;
        Some(Self {
            at: fields.at,
            name: reader.required_text(fields, "name", LEFT_OUT)?,
            place: reader.required_text(fields, "in", LEFT_OUT)?,
            place_at: fields.at("in"),
            header: Header::of(node, fields, reader),
            allow_reserved: reader.flag(fields, "allowReserved", false),
            internal: fields.get("x-internal"),
            location: reader.text(fields, "x-ms-parameter-location"),
        })
    }
}

impl<'d> Header<'d> {
    /// Reads a header.
    pub fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let node = reader.follow(node)?;
        let fields = reader.fields(node, "header")?;
        Some(Self::of(node, fields, reader))
    }

    fn of(node: &'d Node, fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Self {
        let mut header = Self::of_3(fields, reader);
        if reader.version == Version::V2_0 {
            let (style, explode) = swagger::collection(fields, reader);
            header.style = style;
            header.explode = Some(explode);
            header.schema = Some(node);
            header.example = header.example.or(fields.get("x-example"));
        }
        header
    }

    fn of_3(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Self {
        Self {
            description: reader.prose(fields, "description"),
            required: reader.flag(fields, "required", false),
            deprecated: reader.flag(fields, "deprecated", false),
            style: reader
                .text(fields, "style")
                .map(|style| (style, fields.at("style"))),
            explode: fields.get("explode").and_then(Node::as_bool),
            schema: fields.get("schema"),
            content: content(fields, reader),
            example: example(fields, reader),
        }
    }
}

fn content<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<MediaType<'d>> {
    let mut content = Vec::new();
    for (name, node) in reader.entries(fields, "content") {
        let Some(node) = reader.follow(node) else {
            continue;
        };
        let Some(media) = reader.fields(node, "media type") else {
            continue;
        };
        content.push(MediaType {
            at: name.at,
            name: &name.text,
            schema: media.get("schema").or_else(|| media.get("itemSchema")),
            of_items: media.get("schema").is_none(),
            encoding: encoding(media, reader),
            example: example(media, reader),
            examples: examples(media, reader),
            serialized: serialized(media, reader),
        });
        if name.text.starts_with("multipart/") {
            report_positions(media, reader);
        }
    }
    content
}

/// Reports what is said of parts by their position (3.2, 4.14.5): such a body is handed over whole.
fn report_positions<'d>(media: Fields<'d>, reader: &mut Reader<'d, '_>) {
    for key in ["prefixEncoding", "itemEncoding"] {
        if media.get(key).is_some() {
            reader.problems.report(
                Problem::warning(
                    "unsupported-encoding",
                    "parts without names are not told apart yet",
                )
                .at(media.at(key))
                .label("passed over: the body is one run of bytes")
                .help("parts of `multipart/form-data` have names, and are written one by one"),
            );
        }
    }
}

/// Whether a part is a body of several parts itself, of which more is said (3.2, 4.15.1.3).
fn has_parts<'d>(encoding: Fields<'d>, reader: &mut Reader<'d, '_>) -> bool {
    let keys = ["encoding", "prefixEncoding", "itemEncoding"];
    let Some(key) = keys.into_iter().find(|key| encoding.get(key).is_some()) else {
        return false;
    };
    reader.problems.report(
        Problem::warning(
            "unsupported-encoding",
            "parts of a part are not written yet",
        )
        .at(encoding.at(key))
        .label("passed over: the part is given whole, as bytes")
        .help("make the part yourself, and give its media type with it"),
    );
    true
}

fn encoding<'d>(media: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<Encoding<'d>> {
    let mut encodings = Vec::new();
    for (name, node) in reader.entries(media, "encoding") {
        let Some(fields) = reader.fields(node, "encoding") else {
            continue;
        };
        let nested = has_parts(fields, reader).then_some("multipart/mixed");
        encodings.push(Encoding {
            field: &name.text,
            content_type: reader.text(fields, "contentType").or(nested),
            style: reader.text(fields, "style"),
            explode: fields.get("explode").and_then(Node::as_bool),
            allow_reserved: reader.flag(fields, "allowReserved", false),
        });
    }
    encodings
}

impl<'d> RequestBody<'d> {
    /// Reads a request body; one without content is reported and passed over.
    pub fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let component = component_key(node, "requestBodies");
        let node = reader.follow(node)?;
        let fields = reader.fields(node, "request body")?;
        let position = reader.count(fields, "x-position");
        let body = Self {
            at: fields.at,
            component,
            description: reader.prose(fields, "description"),
            required: reader.flag(fields, "required", false),
            content: content(fields, reader),
            position: position.and_then(|position| usize::try_from(position).ok()),
        };
        if body.content.is_empty() {
            reader.problems.report(
                Problem::warning("empty-body", "this request body has no `content`")
                    .at(fields.at)
                    .label("passed over")
                    .help("name the media types that it may have, such as `application/json`"),
            );
            return None;
        }
        Some(body)
    }
}

impl<'d> Response<'d> {
    /// Reads a response.
    pub fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let component = component_key(node, "responses");
        let node = reader.follow(node)?;
        let fields = reader.fields(node, "response")?;
        let mut headers = Vec::new();
        for (name, node) in reader.entries(fields, "headers") {
            if let Some(header) = Header::read(node, reader) {
                headers.push((name, header));
            }
        }
        Some(Self {
            at: fields.at,
            component,
            description: described(fields, reader).unwrap_or_default(),
            headers,
            content: match reader.version {
                Version::V2_0 => produced(fields, reader),
                _ => content(fields, reader),
            },
        })
    }
}

/// The `summary` of a response or a tag (3.2), then its `description`.
pub(super) fn described<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Option<String> {
    let summary = reader.prose(fields, "summary");
    match (summary, reader.prose(fields, "description")) {
        (Some(summary), Some(description)) if !description.starts_with(&summary) => {
            Some(format!("{summary}\n\n{description}"))
        }
        (summary, description) => description.or(summary),
    }
}

/// The content of a response in 2.0: one schema in every media type that is produced.
fn produced<'d>(fields: Fields<'d>, reader: &Reader<'d, '_>) -> Vec<MediaType<'d>> {
    let Some(schema) = fields.get("schema") else {
        return Vec::new();
    };
    let mut names = reader.produced.clone();
    if names.is_empty() {
        names.push("application/json");
    }
    let examples = fields.get("examples");
    let media = names.into_iter().map(|name| {
        let example = examples.and_then(|examples| examples.get(name));
        MediaType {
            at: schema.at,
            name,
            schema: Some(schema),
            of_items: false,
            encoding: Vec::new(),
            example,
            serialized: None,
            examples: example.into_iter().map(Example::only).collect(),
        }
    });
    media.collect()
}
