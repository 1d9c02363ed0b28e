//! What Swagger 2.0 says in other places than OpenAPI 3.
//!
//! The readers of this room read 2.0 where it differs only in words: a parameter or a header is
//! its own schema, definitions are components. Two things stand elsewhere. The body of a request
//! is spread over parameters (`in: body`, `in: formData`), inherited from the path; it is put
//! together here once, as the request body that 3.0 would have, from clones that keep their
//! places. And media types stand at the operation or at the root, for all responses.
//! (Swagger 2.0, Parameter Object, Response Object; OpenAPI 3.1, 4.8.13, 4.8.17.)

use std::collections::HashMap;

use super::path::METHODS;
use super::{Fields, Reader, Server};
use crate::diagnostic::{At, Problem};
use crate::source::{Key, Map, Node, Sources, Value};

/// References that refer to references are followed this far.
const LONGEST_CHAIN: usize = 32;

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// What a parameter says of itself and not of its value.
const OF_THE_PARAMETER: [&str; 6] = [
    "name",
    "in",
    "required",
    "collectionFormat",
    "allowEmptyValue",
    "x-example",
];

/// The request bodies of a 2.0 document, by the place of their operation; none of any other.
#[derive(Default)]
pub struct Bodies {
    by_operation: HashMap<At, Body>,
}

/// A request body as 3.0 would have it, and its name.
pub(super) struct Body {
    /// The Request Body Object.
    pub(super) node: Node,
    /// The name of the parameter `in: body`.
    pub(super) name: Option<String>,
    /// The parameters that it has no place for: a body is one value or a form.
    left_out: Vec<At>,
}

impl Body {
    /// Reports the parameters that are left out.
    pub(super) fn report(&self, reader: &mut Reader<'_, '_>) {
        for at in &self.left_out {
            reader.problems.report(
                Problem::warning("second-body", "a request has a body already")
                    .at(*at)
                    .label("left out: another parameter is the whole body")
                    .help("keep one that is `in: body`, or make all of them `in: formData`"),
            );
        }
    }
}

impl Bodies {
    /// Puts the bodies of all operations together.
    #[must_use]
    pub fn of(sources: &Sources) -> Self {
        let root = sources.root();
        let mut bodies = Self::default();
        if root.get("swagger").is_none() {
            return bodies;
        }
        let paths = root.get("paths").and_then(Node::as_map);
        for (_, item) in paths.into_iter().flat_map(Map::iter) {
            let Some(item) = followed(item, sources) else {
                continue;
            };
            for operation in METHODS.iter().filter_map(|method| item.get(method)) {
                let parameters = parameters(item, operation, sources);
                let media = media_types(operation, root, "consumes");
                let body = whole_body(&parameters, &media).or_else(|| form(&parameters, &media));
                bodies
                    .by_operation
                    .extend(body.map(|body| (operation.at, body)));
            }
        }
        bodies
    }

    /// The body of the operation at this place.
    pub(super) fn get(&self, operation: At) -> Option<&Body> {
        self.by_operation.get(&operation)
    }
}

/// The node itself or what its references lead to. What leads nowhere is reported when it is
/// read as a parameter.
fn followed<'d>(node: &'d Node, sources: &'d Sources) -> Option<&'d Node> {
    let mut node = node;
    for _ in 0..LONGEST_CHAIN {
        let Some(reference) = node.reference() else {
            return Some(node);
        };
        node = sources.resolve(reference.at, reference.as_str()?).ok()?;
    }
    None
}

/// The parameters of the path item, each replaced by the operation's own of that name and place.
fn parameters<'d>(item: &'d Node, operation: &'d Node, sources: &'d Sources) -> Vec<&'d Node> {
    let mut all: Vec<&Node> = Vec::new();
    for owner in [item, operation] {
        let list = owner.get("parameters").and_then(Node::as_list);
        for node in list.into_iter().flatten() {
            let Some(node) = followed(node, sources) else {
                continue;
            };
            let said = |node: &Node, key| node.get(key).and_then(Node::as_text).map(str::to_owned);
            let same = |known: &&Node| {
                ["name", "in"]
                    .iter()
                    .all(|key| said(known, key) == said(node, key))
            };
            match all.iter().position(same) {
                Some(place) => all[place] = node,
                None => all.push(node),
            }
        }
    }
    all
}

/// `consumes` or `produces` of an operation, else of the document.
fn media_types<'d>(operation: &'d Node, root: &'d Node, key: &str) -> Vec<&'d str> {
    let list = operation.get(key).or_else(|| root.get(key));
    let list = list.and_then(Node::as_list).unwrap_or_default();
    list.iter().filter_map(Node::as_str).collect()
}

fn is_in(parameter: &Node, place: &str) -> bool {
    parameter.get("in").and_then(Node::as_str) == Some(place)
}

fn is_required(parameter: &Node) -> bool {
    parameter.get("required").and_then(Node::as_bool) == Some(true)
}

/// The body that a parameter `in: body` describes; the operation's own goes before its path's.
fn whole_body(parameters: &[&Node], media: &[&str]) -> Option<Body> {
    let parameter = parameters
        .iter()
        .rfind(|parameter| is_in(parameter, "body"))?;
    let example = parameter.get("x-example");
    let examples = parameter.get("x-examples");
    let json = ["application/json"];
    let media = if media.is_empty() { &json } else { media };
    let content = media.iter().map(|name| {
        let example = examples.and_then(|all| all.get(name)).or(example);
        let mut entry = Map::default();
        add(&mut entry, parameter.at, "schema", parameter.get("schema"));
        add(&mut entry, parameter.at, "example", example);
        (*name, entry)
    });
    let content = content.collect();
    let name = parameter.get("name").and_then(Node::as_text);
    let others = parameters.iter().filter(|other| {
        other.at != parameter.at && (is_in(other, "body") || is_in(other, "formData"))
    });
    Some(Body {
        node: request_body(parameter.at, is_required(parameter), content, parameter),
        name: name.map(str::to_owned),
        left_out: others.map(|other| other.at).collect(),
    })
}

/// The form that the parameters `in: formData` are the fields of.
fn form(parameters: &[&Node], media: &[&str]) -> Option<Body> {
    let fields: Vec<&Node> = parameters
        .iter()
        .copied()
        .filter(|parameter| is_in(parameter, "formData"))
        .collect();
    let first = fields.first()?;
    let is_file = |field: &&Node| field.get("type").and_then(Node::as_str) == Some("file");
    let mut media: Vec<&str> = match fields.iter().any(is_file) {
        true => vec![MULTIPART],
        false => media
            .iter()
            .copied()
            .filter(|name| [URLENCODED, MULTIPART].contains(name))
            .collect(),
    };
    if media.is_empty() {
        media.push(URLENCODED);
    }
    let schema = form_schema(first.at, &fields);
    let encoding = form_encoding(first.at, &fields);
    let content = media.into_iter().map(|name| {
        let mut entry = Map::default();
        add(&mut entry, first.at, "schema", Some(&schema));
        add(&mut entry, first.at, "encoding", Some(&encoding));
        (name, entry)
    });
    let content = content.collect();
    let required = fields.iter().any(|field| is_required(field));
    let nothing = node(first.at, Value::Null);
    Some(Body {
        node: request_body(first.at, required, content, &nothing),
        name: None,
        left_out: Vec::new(),
    })
}

/// The object whose properties are the fields of a form. Its place is that of the first field's
/// `name`, where no other schema stands.
fn form_schema(at: At, fields: &[&Node]) -> Node {
    let at = fields
        .first()
        .and_then(|field| field.get("name"))
        .map_or(at, |name| name.at);
    let mut properties = Map::default();
    let mut required = Vec::new();
    for field in fields {
        let Some(name) = field.get("name") else {
            continue;
        };
        let text = name.as_text().unwrap_or_default();
        properties.insert(key(name.at, text), value_schema(field));
        if is_required(field) {
            required.push(name.clone());
        }
    }
    let mut schema = Map::default();
    let object = node(at, Value::String("object".into()));
    add(&mut schema, at, "type", Some(&object));
    let properties = node(at, Value::Map(properties));
    add(&mut schema, at, "properties", Some(&properties));
    let required = node(at, Value::List(required));
    add(&mut schema, at, "required", Some(&required));
    node(at, Value::Map(schema))
}

/// How the lists of a form are written: with commas, unless they say otherwise.
fn form_encoding(at: At, fields: &[&Node]) -> Node {
    let mut encodings = Map::default();
    for field in fields {
        let is_list = field.get("type").and_then(Node::as_str) == Some("array");
        let Some(name) = field.get("name").filter(|_| is_list) else {
            continue;
        };
        let said = field.get("collectionFormat");
        let at = said.map_or(field.at, |said| said.at);
        let style = match said.and_then(Node::as_str) {
            Some("ssv") => "spaceDelimited",
            Some("tsv") => "tabDelimited",
            Some("pipes") => "pipeDelimited",
            _ => "form",
        };
        let multi = said.and_then(Node::as_str) == Some("multi");
        let style = node(at, Value::String(style.into()));
        let explode = node(at, Value::Bool(multi));
        let mut encoding = Map::default();
        add(&mut encoding, at, "style", Some(&style));
        add(&mut encoding, at, "explode", Some(&explode));
        let text = name.as_text().unwrap_or_default();
        encodings.insert(key(name.at, text), node(at, Value::Map(encoding)));
    }
    node(at, Value::Map(encodings))
}

/// What a parameter says of its value.
fn value_schema(parameter: &Node) -> Node {
    let mut schema = Map::default();
    let entries = parameter.as_map().into_iter().flat_map(Map::iter);
    for (key, value) in entries.filter(|(key, _)| !OF_THE_PARAMETER.contains(&&*key.text)) {
        schema.insert(key.clone(), value.clone());
    }
    node(parameter.at, Value::Map(schema))
}

fn request_body(at: At, required: bool, content: Vec<(&str, Map)>, described: &Node) -> Node {
    let mut media = Map::default();
    for (name, entry) in content {
        media.insert(key(at, name), node(at, Value::Map(entry)));
    }
    let mut body = Map::default();
    add(&mut body, at, "description", described.get("description"));
    let required = node(at, Value::Bool(required));
    add(&mut body, at, "required", Some(&required));
    let media = node(at, Value::Map(media));
    add(&mut body, at, "content", Some(&media));
    add(&mut body, at, "x-position", described.get("x-position"));
    node(at, Value::Map(body))
}

fn node(at: At, value: Value) -> Node {
    Node { at, value }
}

fn key(at: At, text: &str) -> Key {
    let text = text.into();
    Key { at, text }
}

fn add(map: &mut Map, at: At, name: &str, value: Option<&Node>) {
    if let Some(value) = value {
        map.insert(key(at, name), value.clone());
    }
}

/// The servers that `schemes`, `host` and `basePath` name; safe ones first. A document without
/// `schemes` is taken to be served over HTTPS.
pub(super) fn servers<'d>(root: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<Server> {
    let host = reader.text(root, "host").unwrap_or_default().trim();
    let base = reader.text(root, "basePath").unwrap_or_default().trim();
    let base = base.trim_matches('/');
    let path = if base.is_empty() {
        String::new()
    } else {
        format!("/{base}")
    };
    if host.is_empty() {
        let from = if path.is_empty() { "/" } else { &path };
        let here = reader.sources.absolute_url(root.at, from);
        let said = Some(path).filter(|path| !path.is_empty());
        return here.or(said).map(Server::at).into_iter().collect();
    }
    let said = reader.list(root, "schemes").iter();
    let mut schemes: Vec<&str> = said
        .filter_map(Node::as_str)
        .filter(|scheme| ["http", "https"].contains(scheme))
        .collect();
    if schemes.is_empty() {
        schemes.push("https");
    }
    schemes.sort_by_key(|scheme| *scheme != "https");
    schemes
        .into_iter()
        .map(|scheme| Server::at(format!("{scheme}://{host}{path}")))
        .collect()
}

/// The media types that the responses of an operation have.
pub(super) fn produced<'d>(operation: Fields<'d>, sources: &'d Sources) -> Vec<&'d str> {
    let list = operation
        .get("produces")
        .or_else(|| sources.root().get("produces"));
    let list = list.and_then(Node::as_list).unwrap_or_default();
    list.iter().filter_map(Node::as_str).collect()
}

/// What `collectionFormat` is called as a style, with `explode`. Without one it is `csv`.
pub(super) fn collection<'d>(
    fields: Fields<'d>,
    reader: &mut Reader<'d, '_>,
) -> (Option<(&'static str, At)>, bool) {
    report_nested(fields, reader);
    let format = reader.text(fields, "collectionFormat");
    let at = fields.at("collectionFormat");
    match format {
        None | Some("csv") => (None, false),
        Some("multi") => (None, true),
        Some("ssv") => (Some(("spaceDelimited", at)), false),
        Some("pipes") => (Some(("pipeDelimited", at)), false),
        Some("tsv") => (Some(("tabDelimited", at)), false),
        Some(other) => {
            reader.problems.report(
                Problem::warning(
                    "unknown-style",
                    format!("`{other}` is no way to write a list"),
                )
                .at(at)
                .label("written with commas")
                .help("formats are csv, ssv, tsv, pipes and multi"),
            );
            (None, false)
        }
    }
}

/// Reports how lists within a list are written, which no style says: each is written as JSON.
fn report_nested<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) {
    let mut items = fields.get("items");
    while let Some(inner) = items {
        if let Some(format) = inner.get("collectionFormat") {
            reader.problems.report(
                Problem::warning(
                    "nested-collection",
                    "lists within a list cannot be written in a format of their own yet",
                )
                .at(format.at)
                .label("passed over: each is written as JSON")
                .help("take the list as a text, and let callers write it"),
            );
        }
        items = inner.get("items");
    }
}
