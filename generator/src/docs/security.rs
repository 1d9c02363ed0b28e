//! Who may call an action, in words.
//!
//! Requirements are alternatives; within one, everything is needed. Alternatives that need the
//! same scopes (one per scheme, say) are one alternative to a reader.

use super::book::{Credential, Scheme, Security};
use super::text::{Flavour, cell, code_span, handlebars};
use super::words::listed;
use crate::ir::{Api, Operation, Place, Requirement, SchemeKind};

/// The security of an operation.
pub(super) fn security(api: &Api, operation: &Operation, flavour: Flavour) -> Security {
    let requirements = &operation.security;
    let token = if requirements.is_empty() {
        "none"
    } else if requirements.iter().any(|each| each.parts.is_empty()) {
        "optional"
    } else {
        "required"
    };
    let sets = scope_sets(requirements);
    let needs = match sets.as_slice() {
        [] => "none",
        [only] if only.len() == 1 => "one",
        [_] => "all",
        sets if sets.iter().all(|set| set.len() == 1) => "any",
        _ => "sets",
    };
    let items: Vec<String> = match sets.as_slice() {
        [only] => only.iter().map(|scope| handlebars(scope)).collect(),
        sets => sets
            .iter()
            .map(|set| handlebars(&set.join(" + ")))
            .collect(),
    };
    let scopes = match items.as_slice() {
        [one, two] if needs == "all" => format!("{one} and {two}"),
        items if needs == "all" => listed(items, "and"),
        items => listed(items, "or"),
    };
    Security {
        token,
        needs,
        scopes,
        permissions: permissions(api, requirements, &sets, flavour),
        schemes: schemes(api, requirements, flavour),
        headers: credentials(api, operation)
            .into_iter()
            .filter(|sent| sent.place == Place::Header)
            .map(|sent| Credential {
                name: cell(&sent.name),
                text: cell(&sent.meaning),
            })
            .collect(),
    }
}

/// What a call sends to identify the caller, by the first requirement that asks for anything.
pub(super) struct Sent {
    /// Where it is sent.
    pub(super) place: Place,
    /// The name of the header, query parameter or cookie.
    pub(super) name: String,
    /// A value with a word in capitals to replace.
    pub(super) value: String,
    meaning: String,
}

/// See [`Sent`].
pub(super) fn credentials(api: &Api, operation: &Operation) -> Vec<Sent> {
    let requirement = operation
        .security
        .iter()
        .find(|each| !each.parts.is_empty());
    let parts = requirement
        .map(|each| each.parts.as_slice())
        .unwrap_or_default();
    let authorization = |value: &str, meaning: &str| Sent {
        place: Place::Header,
        name: "Authorization".to_owned(),
        value: value.to_owned(),
        meaning: meaning.to_owned(),
    };
    parts
        .iter()
        .filter_map(|part| match &api.scheme(part.scheme).kind {
            SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
                Some(authorization(
                    "Bearer YOUR_API_ACCESS_TOKEN",
                    "The token for authenticating the request, prepended with Bearer",
                ))
            }
            SchemeKind::Basic => Some(authorization(
                "Basic YOUR_CREDENTIALS",
                "User name and password in base 64, prepended with Basic",
            )),
            SchemeKind::Http(scheme) => Some(authorization(
                &format!("{scheme} YOUR_CREDENTIALS"),
                &format!("The credentials, prepended with {scheme}"),
            )),
            SchemeKind::ApiKey {
                place,
                name,
                prefix,
            } => Some(Sent {
                place: *place,
                name: name.clone(),
                value: format!("{prefix}YOUR_API_KEY"),
                meaning: if prefix.trim().is_empty() {
                    "The key for authenticating the request".to_owned()
                } else {
                    format!(
                        "The key for authenticating the request, prepended with {}",
                        prefix.trim()
                    )
                },
            }),
            SchemeKind::MutualTls => None,
        })
        .collect()
}

/// The distinct sets of scopes, any one of which is enough. Empty if some alternative needs
/// none: then none has to be named.
fn scope_sets(requirements: &[Requirement]) -> Vec<Vec<String>> {
    let mut sets: Vec<Vec<String>> = Vec::new();
    for requirement in requirements.iter().filter(|each| !each.parts.is_empty()) {
        let mut set: Vec<String> = Vec::new();
        for scope in requirement.parts.iter().flat_map(|part| &part.scopes) {
            if !set.contains(scope) {
                set.push(scope.clone());
            }
        }
        if set.is_empty() {
            return Vec::new();
        }
        if !sets.contains(&set) {
            sets.push(set);
        }
    }
    sets
}

/// The scopes as a list of permissions: what each is called, its key in parentheses. Members of
/// a set of several alternatives stand together.
fn permissions(
    api: &Api,
    requirements: &[Requirement],
    sets: &[Vec<String>],
    flavour: Flavour,
) -> Vec<String> {
    let name = |scope: &String| {
        let titles = requirements
            .iter()
            .flat_map(|requirement| &requirement.parts)
            .flat_map(|part| &api.scheme(part.scheme).scopes);
        let title = titles
            .filter(|(key, title)| key == scope && !title.trim().is_empty())
            .map(|(_, title)| title)
            .next();
        match title {
            Some(title) => {
                let title = match flavour {
                    Flavour::Safe => Flavour::Safe.cell(title),
                    Flavour::Html | Flavour::Markdown => Flavour::Markdown.cell(title),
                };
                format!("{title} ({})", code_span(scope))
            }
            None => code_span(scope),
        }
    };
    match sets {
        [only] => only.iter().map(name).collect(),
        sets => sets
            .iter()
            .map(|set| set.iter().map(name).collect::<Vec<_>>().join(" and "))
            .collect(),
    }
}

fn schemes(api: &Api, requirements: &[Requirement], flavour: Flavour) -> Vec<Scheme> {
    let mut listed: Vec<Vec<_>> = Vec::new();
    for requirement in requirements.iter().filter(|each| !each.parts.is_empty()) {
        let ids: Vec<_> = requirement.parts.iter().map(|part| part.scheme).collect();
        if !listed.contains(&ids) {
            listed.push(ids);
        }
    }
    let describe = |ids: Vec<_>| {
        let schemes = ids.iter().map(|&id| api.scheme(id));
        let sends: Vec<String> = schemes.clone().map(|scheme| sends(&scheme.kind)).collect();
        let texts: Vec<String> = schemes
            .filter_map(|scheme| scheme.description.as_deref())
            .map(|text| flavour.cell(text))
            .filter(|text| !text.is_empty())
            .collect();
        Scheme {
            sends: sends.join(", together with "),
            text: texts.join(" "),
        }
    };
    listed.into_iter().map(describe).collect()
}

/// What a scheme sends, in words.
pub(super) fn sends(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Bearer => "Bearer token in the header `Authorization`".to_owned(),
        SchemeKind::OAuth2 => {
            "OAuth 2.0 access token, as a bearer token in the header `Authorization`".to_owned()
        }
        SchemeKind::OpenIdConnect => {
            "OpenID Connect token, as a bearer token in the header `Authorization`".to_owned()
        }
        SchemeKind::Basic => "User name and password (HTTP Basic)".to_owned(),
        SchemeKind::Http(scheme) => {
            let value = code_span(scheme);
            format!("HTTP authentication {value} in the header `Authorization`")
        }
        SchemeKind::ApiKey {
            place,
            name,
            prefix,
        } => {
            let name = code_span(name);
            let place = match place {
                Place::Header | Place::Path => "header",
                Place::Query | Place::Querystring => "query parameter",
                Place::Cookie => "cookie",
            };
            if prefix.trim().is_empty() {
                format!("API key in the {place} {name}")
            } else {
                let prefix = code_span(prefix.trim());
                format!("API key in the {place} {name}, prepended with {prefix}")
            }
        }
        SchemeKind::MutualTls => "Client certificate (mutual TLS)".to_owned(),
    }
}
