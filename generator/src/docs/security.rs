//! Who may call an action, in words.
//!
//! Requirements are alternatives; within one, everything is needed. Alternatives that need the
//! same scopes (one per scheme, say) are one alternative to a reader.

use super::book::{Credential, Scheme, Security};
use super::text::{Flavour, cell, code_span, handlebars};
use super::words::listed;
use crate::ir::{Access, Api, Need, Operation, Place, Requirement, SchemeKind, Way};

/// The security of an operation.
pub(super) fn security(api: &Api, operation: &Operation, flavour: Flavour) -> Security {
    let Access {
        need,
        ways,
        scopes: sets,
    } = operation.access();
    let token = match need {
        Need::Nothing => "none",
        Need::Optional => "optional",
        Need::Required => "required",
    };
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
        permissions: permissions(api, &operation.security, &sets, flavour),
        schemes: schemes(api, ways, flavour),
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

fn schemes(api: &Api, ways: Vec<Way>, flavour: Flavour) -> Vec<Scheme> {
    let describe = |way: Way| {
        let schemes = way.schemes.iter().map(|&id| api.scheme(id));
        let sends: Vec<String> = schemes
            .clone()
            .map(|scheme| scheme.kind.sends(code_span))
            .collect();
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
    ways.into_iter().map(describe).collect()
}
