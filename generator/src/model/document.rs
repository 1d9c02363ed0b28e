//! The OpenAPI Object and what stands at its top (OpenAPI 3.1, 4.8.1).

use super::{Fields, Reader, Version, swagger};
use crate::diagnostic::{At, Problem};
use crate::source::{Key, Node};

/// A whole description.
pub struct Document<'d> {
    /// Where it stands.
    pub at: At,
    /// `info`
    pub info: Info,
    /// `servers`
    pub servers: Vec<Server>,
    /// `tags`
    pub tags: Vec<Tag>,
    /// `security`, if it is there.
    pub security: Option<&'d [Node]>,
    /// `paths`: templates and path items.
    pub paths: Vec<(&'d Key, &'d Node)>,
    /// `components`
    pub components: Components<'d>,
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

/// The Server Object, its variables replaced by their defaults.
pub struct Server {
    /// The URL.
    pub url: String,
    /// `description`
    pub description: Option<String>,
}

/// The Tag Object.
pub struct Tag {
    /// `name`
    pub name: String,
    /// `description`
    pub description: Option<String>,
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
}

impl<'d> Document<'d> {
    /// Reads the top of a description; `None` if it is none.
    pub fn read(root: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let fields = reader.fields(root, "description")?;
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
        })
    }
}

fn listed_servers<'d>(root: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<Server> {
    let servers = reader.list(root, "servers").iter();
    servers
        .filter_map(|node| Server::read(node, reader))
        .collect()
}

fn path_entries<'d>(root: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<(&'d Key, &'d Node)> {
    let Some(node) = root.get("paths") else {
        if !["components", "webhooks"]
            .iter()
            .any(|key| root.get(key).is_some())
        {
            reader.missing(root, "paths");
        }
        return Vec::new();
    };
    let Some(fields) = reader.fields(node, "`paths`") else {
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
            reader.missing(root, "info");
        }
        let Some(fields) = node.and_then(|node| reader.fields(node, "`info`")) else {
            return Self {
                title: String::new(),
                version: String::new(),
                description: None,
            };
        };
        let summary = reader.prose(fields, "summary");
        let description = reader.prose(fields, "description");
        Self {
            title: reader
                .required_text(fields, "title")
                .unwrap_or_default()
                .trim()
                .to_owned(),
            version: reader
                .required_text(fields, "version")
                .unwrap_or_default()
                .trim()
                .to_owned(),
            description: description.or(summary),
        }
    }
}

impl Server {
    /// Reads a server and puts the defaults of its variables into its URL.
    pub fn read<'d>(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let fields = reader.fields(node, "server")?;
        let mut url = reader.required_text(fields, "url")?.trim().to_owned();
        for (name, variable) in reader.entries(fields, "variables") {
            let Some(variable) = reader.fields(variable, "server variable") else {
                continue;
            };
            if let Some(default) = reader.required_text(variable, "default") {
                url = url.replace(&format!("{{{}}}", name.text), default);
            }
        }
        report_undeclared(&url, fields, reader);
        let url = url.trim_end_matches('/').to_owned();
        Some(Self {
            url,
            description: reader.prose(fields, "description"),
        })
    }
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
            .label("a client cannot replace it")
            .help(format!(
                "declare `{name}` under `variables`, with its `default`"
            )),
        );
    }
}

impl Tag {
    fn read<'d>(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let fields = reader.fields(node, "tag")?;
        Some(Self {
            name: reader.required_text(fields, "name")?.to_owned(),
            description: reader.prose(fields, "description"),
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
        let Some(node) = root.get("components") else {
            return Self::default();
        };
        let Some(fields) = reader.fields(node, "`components`") else {
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
        for (_, flow) in reader.entries(fields, "flows") {
            if let Some(flow) = reader.fields(flow, "OAuth flow") {
                add_scopes(&mut scopes, flow, "scopes", reader);
            }
        }
        let mut kind = reader.required_text(fields, "type")?;
        let mut scheme = reader.text(fields, "scheme");
        if reader.version == Version::V2_0 {
            add_scopes(&mut scopes, fields, "scopes", reader);
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
        })
    }
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
