//! The OpenAPI Object and what stands at its top (OpenAPI 3.1, 4.8.1).

use std::path::Path;

use super::message::described;
use super::reader::LEFT_OUT;
use super::{Fields, Reader, Version, callback, swagger};
use crate::diagnostic::{At, Problem};
use crate::ir::{Callback, Flow, FlowKind};
use crate::source::{Key, Node, Value};

/// A whole description.
pub struct Document<'d> {
    /// Where it stands.
    pub at: At,
    /// `info`
    pub info: Info,
    /// `servers`
    pub servers: Vec<Server>,
    /// `tags`
    pub tags: Vec<Tag<'d>>,
    /// `security`, if it is there.
    pub security: Option<&'d [Node]>,
    /// `paths`: templates and path items.
    pub paths: Vec<(&'d Key, &'d Node)>,
    /// `components`
    pub components: Components<'d>,
    /// `webhooks`
    pub webhooks: Vec<Callback>,
}

/// The Info Object.
pub struct Info {
    /// `title`
    pub title: String,
    /// `version`
    pub version: String,
    /// `summary`, else `description`
    pub description: Option<String>,
}

/// The Server Object.
#[derive(Clone)]
pub struct Server {
    /// `url`, its variables replaced by their defaults.
    pub url: String,
    /// `url`, with its variables.
    pub template: String,
    /// `name`
    pub name: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `variables`, as far as they have a default.
    pub variables: Vec<ServerVariable>,
}

/// The Server Variable Object with its name.
#[derive(Clone)]
pub struct ServerVariable {
    /// What stands between the braces.
    pub name: String,
    /// `description`
    pub description: Option<String>,
    /// `enum`; empty: any text.
    pub values: Vec<String>,
    /// `default`
    pub default: String,
}

/// The Tag Object.
pub struct Tag<'d> {
    /// `name`
    pub name: &'d str,
    /// `summary`, then `description`
    pub description: Option<String>,
    /// `parent`, with its place.
    pub parent: Option<(&'d str, At)>,
    /// `kind`
    pub kind: Option<&'d str>,
}

/// The Components Object, as far as it is read as a whole; the rest is reached by reference.
#[derive(Default)]
pub struct Components<'d> {
    /// `schemas`
    pub schemas: Vec<(&'d Key, &'d Node)>,
    /// `securitySchemes`
    pub security_schemes: Vec<(&'d Key, &'d Node)>,
}

/// The Security Scheme Object.
pub struct SecurityScheme<'d> {
    /// Where it stands.
    pub at: At,
    /// `type`
    pub kind: &'d str,
    /// The place of `type`.
    pub kind_at: At,
    /// `description`
    pub description: Option<String>,
    /// `name`
    pub name: Option<&'d str>,
    /// `in`
    pub place: Option<&'d str>,
    /// The place of `in`; of the whole scheme if it has none.
    pub place_at: At,
    /// `scheme`
    pub scheme: Option<&'d str>,
    /// `x-prefix`: what stands before an API key.
    pub prefix: Option<&'d str>,
    /// The scopes of all flows, or `x-scopes`: keys and titles.
    pub scopes: Vec<(String, String)>,
    /// `flows`, in the words of 3.1
    pub flows: Vec<Flow>,
    /// `deprecated`
    pub deprecated: bool,
}

impl<'d> Document<'d> {
    /// Reads the top of a description; `None` if it is none.
    pub fn read(root: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let fields = reader.needed_fields(root, "description")?;
        reader.version = Version::read(root, reader)?;
        let servers = match reader.version {
            Version::V2_0 => swagger::servers(fields, reader),
            _ => listed_servers(fields, reader),
        };
        let tags = reader.list(fields, "tags");
        Some(Self {
            at: root.at,
            info: Info::read(fields, reader),
            servers,
            tags: tags
                .iter()
                .filter_map(|node| Tag::read(node, reader))
                .collect(),
            security: reader.security(fields),
            paths: path_entries(fields, reader),
            components: Components::read(fields, reader),
            webhooks: callback::webhooks(fields, reader),
        })
    }
}

fn listed_servers<'d>(root: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<Server> {
    let servers = reader.list(root, "servers").iter();
    let mut servers: Vec<Server> = servers
        .filter_map(|node| Server::read(node, reader))
        .collect();
    // Without one the API is where the description is (3.1, 4.8.1.1: servers).
    if servers.is_empty() {
        let here = reader.sources.absolute_url(root.at, "/");
        servers.extend(here.map(Server::at));
    }
    servers
}

fn path_entries<'d>(root: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<(&'d Key, &'d Node)> {
    // `paths:` with nothing behind it is a description that begins.
    let said = root.get("paths").filter(|node| node.value != Value::Null);
    let Some(node) = said else {
        if !["components", "webhooks"]
            .iter()
            .any(|key| root.get(key).is_some())
        {
            reader.missing(root, "paths", "taken as an API without actions");
        }
        return Vec::new();
    };
    let node = reader.whole(node);
    let Some(fields) = node.and_then(|node| reader.needed_fields(node, "`paths`")) else {
        return Vec::new();
    };
    let paths = fields.map.iter();
    paths
        .filter(|(path, _)| !path.text.starts_with("x-"))
        .collect()
}

impl Info {
    fn read<'d>(root: Fields<'d>, reader: &mut Reader<'d, '_>) -> Self {
        let node = root.get("info");
        if node.is_none() {
            reader.missing(root, "info", "the API is called after its file");
        }
        let node = node.and_then(|node| reader.whole(node));
        let Some(fields) = node.and_then(|node| reader.fields(node, "`info`")) else {
            return Self {
                title: file_stem(root, reader),
                version: String::new(),
                description: None,
            };
        };
        let summary = reader.prose(fields, "summary");
        let description = reader.prose(fields, "description");
        let title = reader.required_text(fields, "title", "the API is called after its file");
        let version = reader.required_text(fields, "version", "taken as an API without a version");
        Self {
            title: title.map_or_else(|| file_stem(root, reader), |title| title.trim().to_owned()),
            version: version.unwrap_or_default().trim().to_owned(),
            description: description.or(summary),
        }
    }
}

/// The name of the file that `root` stands in, without folders and extension.
fn file_stem(root: Fields<'_>, reader: &Reader<'_, '_>) -> String {
    let name = reader.sources.name(root.at.file).unwrap_or_default();
    let stem = Path::new(name).file_stem();
    stem.map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

impl Server {
    /// A server that is nothing but its URL.
    pub(super) fn at(url: String) -> Self {
        let url = url.trim_end_matches('/').to_owned();
        Self {
            template: url.clone(),
            url,
            name: None,
            description: None,
            variables: Vec::new(),
        }
    }

    /// Reads a server. A URL without a host is relative to that of the description, if that is
    /// known.
    pub fn read<'d>(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let fields = reader.fields(node, "server")?;
        let said = reader.required_text(fields, "url", LEFT_OUT)?.trim();
        let here = || reader.sources.absolute_url(fields.at, said);
        let relative = !said.contains("://") && !said.starts_with('{');
        let whole = relative.then(here).flatten();
        let template = whole.unwrap_or_else(|| said.to_owned());
        let template = template.trim_end_matches('/').to_owned();
        let variables = server_variables(&template, fields, reader);
        let mut url = template.clone();
        for variable in &variables {
            url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
        }
        report_undeclared(&url, fields, reader);
        Some(Self {
            url: url.trim_end_matches('/').to_owned(),
            template,
            name: reader.prose(fields, "name"),
            description: reader.prose(fields, "description"),
            variables,
        })
    }
}

/// What becomes of a variable that has no value to begin with.
const IRREPLACEABLE: &str = "a client cannot replace it";

/// The variables of a server that its URL has.
fn server_variables<'d>(
    template: &str,
    server: Fields<'d>,
    reader: &mut Reader<'d, '_>,
) -> Vec<ServerVariable> {
    let mut variables = Vec::new();
    for (name, node) in reader.entries(server, "variables") {
        let Some(fields) = reader.fields(node, "server variable") else {
            continue;
        };
        let values = reader.list(fields, "enum").iter();
        let values: Vec<String> = values
            .filter_map(Node::as_text)
            .map(str::to_owned)
            .collect();
        let instead = match values.first() {
            Some(first) => format!("`{first}` is taken, the first of its values"),
            None => IRREPLACEABLE.to_owned(),
        };
        let said = reader.required_text(fields, "default", &instead);
        let Some(default) = said.or(values.first().map(String::as_str)) else {
            continue;
        };
        let default = default.to_owned();
        if !values.is_empty() && values.iter().all(|value| *value != default) {
            report_other_default(&default, &values, fields, reader);
        }
        if template.contains(&format!("{{{}}}", name.text)) {
            variables.push(ServerVariable {
                name: name.text.to_string(),
                description: reader.prose(fields, "description"),
                values,
                default,
            });
        }
    }
    variables
}

/// Reports a default that is none of the values (3.1, 4.8.6.1: default).
fn report_other_default(
    default: &str,
    values: &[String],
    fields: Fields<'_>,
    reader: &mut Reader<'_, '_>,
) {
    let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    reader.problems.report(
        Problem::warning(
            "server-default-not-in-enum",
            format!("the default `{default}` is none of the values of this variable"),
        )
        .at(fields.at("default"))
        .label("taken all the same")
        .help(format!("the values are {}", values.join(", "))),
    );
}

/// Reports variables of a server's URL that nothing declares.
fn report_undeclared<'d>(url: &str, fields: Fields<'d>, reader: &mut Reader<'d, '_>) {
    let variables = fields.get("variables").and_then(Node::as_map);
    let names = url.split('{').skip(1);
    for name in names.filter_map(|rest| rest.split_once('}').map(|(name, _)| name)) {
        if variables.is_some_and(|known| known.get(name).is_some()) {
            continue;
        }
        reader.problems.report(
            Problem::warning(
                "undeclared-server-variable",
                format!("`{{{name}}}` of this URL is not declared"),
            )
            .at(fields.at("url"))
            .label(IRREPLACEABLE)
            .help(format!(
                "declare `{name}` under `variables`, with its `default`"
            )),
        );
    }
}

impl<'d> Tag<'d> {
    fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let fields = reader.fields(node, "tag")?;
        let parent = reader.text(fields, "parent");
        Some(Self {
            name: reader.required_text(fields, "name", LEFT_OUT)?,
            description: described(fields, reader),
            parent: parent.map(|parent| (parent, fields.at("parent"))),
            kind: reader.text(fields, "kind"),
        })
    }
}

impl<'d> Components<'d> {
    fn read(root: Fields<'d>, reader: &mut Reader<'d, '_>) -> Self {
        if reader.version == Version::V2_0 {
            return Self {
                schemas: reader.entries(root, "definitions"),
                security_schemes: reader.entries(root, "securityDefinitions"),
            };
        }
        let node = root.get("components").and_then(|node| reader.whole(node));
        let Some(fields) = node.and_then(|node| reader.fields(node, "`components`")) else {
            return Self::default();
        };
        Self {
            schemas: reader.entries(fields, "schemas"),
            security_schemes: reader.entries(fields, "securitySchemes"),
        }
    }
}

impl<'d> SecurityScheme<'d> {
    /// Reads a security scheme.
    pub fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let node = reader.follow(node)?;
        let fields = reader.fields(node, "security scheme")?;
        let mut scopes = Vec::new();
        let mut flows = Vec::new();
        for (kind, flow) in reader.entries(fields, "flows") {
            if let Some(flow) = reader.fields(flow, "OAuth flow") {
                add_scopes(&mut scopes, flow, "scopes", reader);
                flows.extend(oauth_flow(&kind.text, flow, reader));
            }
        }
        let mut kind = reader.required_text(fields, "type", LEFT_OUT)?;
        let mut scheme = reader.text(fields, "scheme");
        if reader.version == Version::V2_0 {
            add_scopes(&mut scopes, fields, "scopes", reader);
            if let Some(flow) = reader.text(fields, "flow") {
                flows.extend(oauth_flow(flow, fields, reader));
            }
            if kind == "basic" {
                (kind, scheme) = ("http", Some("basic"));
            }
        }
        add_scopes(&mut scopes, fields, "x-scopes", reader);
        Some(Self {
            at: node.at,
            kind,
            kind_at: fields.at("type"),
            description: reader.prose(fields, "description"),
            name: reader.text(fields, "name"),
            place: reader.text(fields, "in"),
            place_at: fields.at("in"),
            scheme,
            prefix: reader.text(fields, "x-prefix"),
            scopes,
            flows,
            deprecated: reader.flag(fields, "deprecated", false),
        })
    }
}

/// Reads a flow of OAuth 2.0; `None` if there is no such flow.
fn oauth_flow<'d>(kind: &str, fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Option<Flow> {
    let kind = match kind {
        "implicit" => FlowKind::Implicit,
        "password" => FlowKind::Password,
        "clientCredentials" | "application" => FlowKind::ClientCredentials,
        "authorizationCode" | "accessCode" => FlowKind::AuthorizationCode,
        "deviceAuthorization" => FlowKind::DeviceAuthorization,
        _ => return None,
    };
    let mut url = |key| reader.text(fields, key).map(str::to_owned);
    Some(Flow {
        kind,
        authorization_url: url("authorizationUrl"),
        token_url: url("tokenUrl"),
        refresh_url: url("refreshUrl"),
    })
}

fn add_scopes<'d>(
    scopes: &mut Vec<(String, String)>,
    fields: Fields<'d>,
    key: &str,
    reader: &mut Reader<'d, '_>,
) {
    for (scope, title) in reader.entries(fields, key) {
        if !scopes.iter().any(|(known, _)| **known == *scope.text) {
            scopes.push((
                scope.text.to_string(),
                title.as_text().unwrap_or_default().to_owned(),
            ));
        }
    }
}
