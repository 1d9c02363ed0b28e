//! Whether a request has the credentials that its operation asks for. Nobody knows which keys are
//! good, so any is.

use super::problem::RequestProblem;
use super::request::{Request, decoded, pairs};
use crate::ir::{Api, Operation, Place, Requirement, Scheme, SchemeKind};

/// What is missing, by the requirement that is nearest to being met; nothing if one is met.
pub(super) fn problems(api: &Api, operation: &Operation, request: &Request) -> Vec<RequestProblem> {
    let missing = operation
        .security
        .iter()
        .map(|requirement| missing(api, requirement, request));
    missing.min_by_key(Vec::len).unwrap_or_default()
}

fn missing(api: &Api, requirement: &Requirement, request: &Request) -> Vec<RequestProblem> {
    let schemes = requirement.parts.iter().map(|part| api.scheme(part.scheme));
    schemes
        .filter_map(|scheme| problem(scheme, request))
        .collect()
}

/// What is wrong with the credentials of a scheme.
fn problem(scheme: &Scheme, request: &Request) -> Option<RequestProblem> {
    match &scheme.kind {
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            authorization(scheme, request, "Bearer")
        }
        SchemeKind::Basic => authorization(scheme, request, "Basic"),
        SchemeKind::Http(name) => authorization(scheme, request, name),
        SchemeKind::ApiKey {
            place,
            name,
            prefix,
        } => key(scheme, request, *place, name, prefix),
        // That is settled before the first request.
        SchemeKind::MutualTls => None,
    }
}

/// `Authorization: Scheme …`
fn authorization(scheme: &Scheme, request: &Request, word: &str) -> Option<RequestProblem> {
    let sent = request.header("authorization").unwrap_or_default();
    let (sent_word, rest) = sent.split_once(' ').unwrap_or((sent, ""));
    if sent_word.eq_ignore_ascii_case(word) && !rest.trim().is_empty() {
        return None;
    }
    let message = format!(
        "`{}` asks for the header `Authorization: {word} …`, {}",
        scheme.key,
        match sent {
            "" => "which is missing".to_owned(),
            _ if sent_word.eq_ignore_ascii_case(word) => "and nothing follows the word".to_owned(),
            _ => "and something else was sent".to_owned(),
        }
    );
    Some(RequestProblem::named(
        "header",
        "Authorization",
        "security",
        message,
    ))
}

fn key(
    scheme: &Scheme,
    request: &Request,
    place: Place,
    name: &str,
    prefix: &str,
) -> Option<RequestProblem> {
    let (word, sent) = match place {
        Place::Header => ("header", request.header(name).map(str::to_owned)),
        Place::Cookie => {
            let mut cookies = request.cookies().into_iter();
            (
                "cookie",
                cookies.find(|(key, _)| key == name).map(|(_, value)| value),
            )
        }
        Place::Query | Place::Querystring | Place::Path => {
            let mut pairs = pairs(&request.query).into_iter();
            let pair = pairs.find(|pair| pair.name == name);
            ("query", pair.map(|pair| decoded(&pair.value, true)))
        }
    };
    let start = |text: &str| {
        let start = text.get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    let said = match place {
        Place::Query | Place::Querystring | Place::Path => "query parameter",
        _ => word,
    };
    let reason = match &sent {
        Some(text) if text.len() > prefix.len() && start(text) => return None,
        Some(text) if start(text) => "and nothing stands in it".to_owned(),
        Some(_) => format!("which must begin with `{prefix}`"),
        None => "which is missing".to_owned(),
    };
    let message = format!("`{}` asks for the {said} `{name}`, {reason}", scheme.key);
    Some(RequestProblem::named(word, name, "security", message))
}

/// What a caller without credentials is told (RFC 9110, 11.6.1).
pub(super) fn challenge(api: &Api, operation: &Operation) -> String {
    let parts = operation.security.iter().flat_map(|each| &each.parts);
    let words = parts.map(|part| match &api.scheme(part.scheme).kind {
        SchemeKind::Basic => "Basic".to_owned(),
        SchemeKind::Http(name) => name.clone(),
        SchemeKind::ApiKey { .. } | SchemeKind::MutualTls => "ApiKey".to_owned(),
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => "Bearer".to_owned(),
    });
    let mut each: Vec<String> = Vec::new();
    for word in words {
        if !each.contains(&word) {
            each.push(word);
        }
    }
    let each: Vec<String> = each
        .iter()
        .map(|word| format!("{word} realm=\"mock\""))
        .collect();
    each.join(", ")
}
