//! Security schemes, and what an operation requires of its caller.

use crate::diagnostic::Problem;
use crate::ir::{Place, Requirement, RequirementPart, Scheme, SchemeId, SchemeKind};
use crate::model::{Document, Reader, SecurityScheme};
use crate::source::{Key, Node, Value, near};

/// The schemes of a description with their keys, in source order.
pub(super) type Schemes = Vec<(String, Scheme)>;

/// Reads every security scheme.
pub(super) fn schemes<'d>(document: &Document<'d>, reader: &mut Reader<'d, '_>) -> Schemes {
    let mut schemes = Vec::new();
    for (key, node) in &document.components.security_schemes {
        let Some(scheme) = SecurityScheme::read(node, reader) else {
            continue;
        };
        let Some(kind) = kind(&scheme, reader) else {
            continue;
        };
        let scheme = Scheme {
            key: key.text.to_string(),
            description: scheme.description,
            kind,
            scopes: scheme.scopes,
            flows: scheme.flows,
            deprecated: scheme.deprecated,
        };
        schemes.push((key.text.to_string(), scheme));
    }
    schemes
}

fn kind(scheme: &SecurityScheme<'_>, reader: &mut Reader<'_, '_>) -> Option<SchemeKind> {
    match scheme.kind {
        "http" => Some(http_kind(scheme.scheme.unwrap_or_else(|| {
            reader.problems.report(
                Problem::warning("incomplete-http-scheme", "this scheme has no `scheme`")
                    .at(scheme.at)
                    .label("taken as bearer")
                    .help("add the authentication scheme that HTTP uses, such as `bearer`"),
            );
            "bearer"
        }))),
        "apiKey" => api_key(scheme, reader),
        "oauth2" => Some(SchemeKind::OAuth2),
        "openIdConnect" => Some(SchemeKind::OpenIdConnect),
        "mutualTLS" => Some(SchemeKind::MutualTls),
        other => {
            reader.problems.report(
                Problem::warning(
                    "unknown-security-scheme",
                    format!("`{other}` is no type of security scheme"),
                )
                .at(scheme.kind_at)
                .label("the scheme is left out")
                .help(match &*other.to_ascii_lowercase() {
                    word @ ("bearer" | "basic") => {
                        format!("write `type: http` and `scheme: {word}`")
                    }
                    _ => "types are apiKey, http, mutualTLS, oauth2 and openIdConnect".to_owned(),
                }),
            );
            None
        }
    }
}

/// Scheme names are compared without case (RFC 9110, 11.1).
fn http_kind(scheme: &str) -> SchemeKind {
    if scheme.eq_ignore_ascii_case("bearer") {
        SchemeKind::Bearer
    } else if scheme.eq_ignore_ascii_case("basic") {
        SchemeKind::Basic
    } else {
        SchemeKind::Http(scheme.to_owned())
    }
}

fn api_key(scheme: &SecurityScheme<'_>, reader: &mut Reader<'_, '_>) -> Option<SchemeKind> {
    let place = match scheme.place {
        Some("header") => Some(Place::Header),
        Some("query") => Some(Place::Query),
        Some("cookie") => Some(Place::Cookie),
        _ => None,
    };
    let (Some(place), Some(name)) = (place, scheme.name) else {
        reader.problems.report(
            Problem::warning(
                "incomplete-api-key",
                "this API key does not say how it is sent",
            )
            .at(match place {
                Some(_) => scheme.at,
                None => scheme.place_at,
            })
            .label("the scheme is left out")
            .help(match place {
                Some(_) => "give the `name` under which it is sent",
                None => "give `in` as header, query or cookie, and its `name`",
            }),
        );
        return None;
    };
    let prefix = scheme.prefix.unwrap_or_default().to_owned();
    Some(SchemeKind::ApiKey {
        place,
        name: name.to_owned(),
        prefix,
    })
}

/// The requirements of an operation: its own, else those of the document.
pub(super) fn requirements<'d>(
    nodes: &'d [Node],
    document: &Document<'d>,
    schemes: &Schemes,
    reader: &mut Reader<'d, '_>,
) -> Vec<Requirement> {
    nodes
        .iter()
        .filter_map(|node| requirement(node, document, schemes, reader))
        .collect()
}

/// What to write instead of a scheme that is not declared.
fn instead_of(wanted: &str, schemes: &Schemes) -> String {
    let keys = || schemes.iter().map(|(key, _)| &**key);
    if let Some(meant) = near(wanted, keys()).first() {
        return format!("did you mean `{meant}`?");
    }
    let names: Vec<String> = keys().map(|key| format!("`{key}`")).collect();
    if names.is_empty() {
        "declare it under `components.securitySchemes`".to_owned()
    } else {
        format!("declared are {}", names.join(", "))
    }
}

/// The name of the scheme that a key of a requirement means: itself, or since 3.2 that of the
/// component that it is a reference to.
fn named<'d>(key: &'d Key, document: &Document<'d>, reader: &Reader<'d, '_>) -> &'d str {
    let declared = &document.components.security_schemes;
    let same = |(known, _): &&(&Key, &Node)| known.text == key.text;
    if declared.iter().any(|each| same(&each)) {
        return &key.text;
    }
    let target = reader.sources.resolve(key.at, &key.text).ok();
    let target = target.and_then(|target| {
        let mut declared = declared.iter();
        declared.find(|(_, node)| node.at == target.at)
    });
    target.map_or(&key.text, |(name, _)| &name.text)
}

fn requirement<'d>(
    node: &'d Node,
    document: &Document<'d>,
    schemes: &Schemes,
    reader: &mut Reader<'d, '_>,
) -> Option<Requirement> {
    let fields = reader.fields(node, "security requirement")?;
    let mut parts = Vec::new();
    let mut undeclared = false;
    for (key, scopes) in fields.map.iter() {
        let name = named(key, document, reader);
        let Some(index) = schemes.iter().position(|(known, _)| known == name) else {
            let declared = &document.components.security_schemes;
            if declared.iter().any(|(known, _)| known.text == key.text) {
                // What is wrong with it has been reported where it stands.
                continue;
            }
            reader.problems.report(
                Problem::warning(
                    "undefined-security-scheme",
                    format!("no security scheme is called `{}`", key.text),
                )
                .at(key.at)
                .label("not found under `components.securitySchemes`: left out")
                .help(instead_of(&key.text, schemes)),
            );
            undeclared = true;
            continue;
        };
        let scopes = match &scopes.value {
            Value::List(list) => list
                .iter()
                .filter_map(Node::as_text)
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        };
        parts.push(RequirementPart {
            scheme: SchemeId(index),
            scopes,
        });
    }
    // Nothing would be left of it but that no credentials are needed, which nobody said.
    let is_lost = undeclared && parts.is_empty();
    (!is_lost).then_some(Requirement { parts })
}
