//! Checks the parameters of a request: path, query, headers and cookies.

use serde_json::Value;

use super::judge::{Finding, Judge};
use super::problem::RequestProblem;
use super::raw::{self, Kind, Raw};
use super::request::{Pair, Request, decoded, pairs};
use super::route::Captures;
use super::styles::{self, Written};
use crate::ir::{Api, Operation, Parameter, Place, Scheme, SchemeKind, Style};
use crate::passes::examples::Direction;
use crate::source::near;

/// What parameters are read from.
pub(super) struct Given<'a> {
    pub(super) request: &'a Request,
    pub(super) captures: &'a Captures,
}

/// What was read of a parameter.
enum Reading {
    /// Nothing was sent.
    Missing,
    /// This was sent.
    Value(Value),
    /// This was sent and cannot be read.
    Unreadable(String),
}

/// What is wrong with the parameters of a request.
pub(super) fn problems(
    api: &Api,
    judge: &Judge,
    operation: &Operation,
    given: &Given<'_>,
) -> Vec<RequestProblem> {
    let pairs = pairs(&given.request.query);
    let mut used = vec![false; pairs.len()];
    let mut problems = Vec::new();
    // What takes any pair comes last, so that it takes only what belongs to nothing else.
    let open = |parameter: &&Parameter| takes_any_pair(api, parameter);
    let (open, named): (Vec<&Parameter>, Vec<&Parameter>) =
        operation.parameters.iter().partition(open);
    for parameter in named.into_iter().chain(open) {
        let free: Vec<usize> = (0..pairs.len()).filter(|index| !used[*index]).collect();
        let offered: Vec<Pair> = free.iter().map(|index| pairs[*index].clone()).collect();
        let mut taken = Vec::new();
        let reading = read(api, parameter, given, &offered, &mut taken);
        for index in &taken {
            used[free[*index]] = true;
        }
        check(api, judge, parameter, reading, &mut problems);
        problems.extend(repeated(api, parameter, taken.len()));
    }
    let keys = api.schemes.iter().filter_map(query_key);
    let keys: Vec<&str> = keys.collect();
    let left = pairs.iter().zip(&used).filter(|(_, used)| !**used);
    let mut unknown: Vec<&str> = left.map(|(pair, _)| &*pair.name).collect();
    unknown.retain(|name| !keys.contains(name));
    unknown.dedup();
    problems.extend(unknown.iter().map(|name| self::unknown(operation, name)));
    problems
}

/// The name of a key that is sent in the query.
pub(super) fn query_key(scheme: &Scheme) -> Option<&str> {
    match &scheme.kind {
        SchemeKind::ApiKey {
            place: Place::Query,
            name,
            ..
        } => Some(name),
        _ => None,
    }
}

fn unknown(operation: &Operation, name: &str) -> RequestProblem {
    let parameters = operation.parameters.iter();
    let known = parameters.filter(|each| each.place == Place::Query);
    let known: Vec<&str> = known.map(|each| &*each.name).collect();
    let advice = match near(name, known.iter().copied()).first() {
        Some(meant) => format!("; did you mean `{meant}`?"),
        None => String::new(),
    };
    let message = format!("the query parameter `{name}` is not described{advice}");
    RequestProblem::named("query", name, "unknown", message).warned()
}

/// A parameter of one value that came more than once.
fn repeated(api: &Api, parameter: &Parameter, times: usize) -> Option<RequestProblem> {
    let scalar = raw::kind(&api.types, parameter.ty) == Kind::Scalar;
    let query = parameter.place == Place::Query && parameter.content.is_none();
    (times > 1 && scalar && query && parameter.style != Style::DeepObject).then(|| {
        let message = format!(
            "{} has one value, and was sent {times} times",
            called(parameter)
        );
        RequestProblem::named("query", &parameter.name, "repeated", message)
    })
}

/// Whether a parameter is an object whose fields are pairs of any name.
fn takes_any_pair(api: &Api, parameter: &Parameter) -> bool {
    parameter.place == Place::Query
        && parameter.explode
        && parameter.style == Style::Form
        && parameter.content.is_none()
        && raw::kind(&api.types, parameter.ty) == Kind::Object
        && raw::field_names(&api.types, parameter.ty).is_none()
}

fn check(
    api: &Api,
    judge: &Judge,
    parameter: &Parameter,
    reading: Reading,
    problems: &mut Vec<RequestProblem>,
) {
    let place = place_word(parameter.place);
    let named = |rule: &str, message| RequestProblem::named(place, &parameter.name, rule, message);
    match reading {
        Reading::Missing if parameter.required => {
            let message = format!("{} is required and missing", called(parameter));
            problems.push(named("required", message));
        }
        Reading::Missing => {}
        Reading::Unreadable(message) => {
            let message = format!("{} {message}", called(parameter));
            problems.push(named("content", message));
        }
        Reading::Value(value) => {
            let at = api.types.get(parameter.ty).at;
            for finding in judge.findings(at, Direction::Request, &value) {
                problems.push(RequestProblem {
                    message: sentence(&called(parameter), &finding),
                    pointer: Some(finding.pointer).filter(|pointer| !pointer.is_empty()),
                    warning: finding.warning,
                    ..named(&finding.rule, String::new())
                });
            }
        }
    }
}

/// A finding as a sentence about something.
pub(super) fn sentence(subject: &str, finding: &Finding) -> String {
    match &*finding.pointer {
        "" => format!("{subject} {}", finding.phrase),
        pointer => format!("`{pointer}` of {subject} {}", finding.phrase),
    }
}

/// What a parameter is called in a sentence.
fn called(parameter: &Parameter) -> String {
    let name = &parameter.name;
    match parameter.place {
        Place::Path => format!("the path parameter `{name}`"),
        Place::Query => format!("the query parameter `{name}`"),
        Place::Header => format!("the header `{name}`"),
        Place::Cookie => format!("the cookie `{name}`"),
        Place::Querystring => "the query".to_owned(),
    }
}

fn place_word(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query | Place::Querystring => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}

/// What was sent for a parameter; `taken` are the pairs that it is made of.
fn read(
    api: &Api,
    parameter: &Parameter,
    given: &Given<'_>,
    pairs: &[Pair],
    taken: &mut Vec<usize>,
) -> Reading {
    if parameter.place == Place::Querystring {
        taken.extend(0..pairs.len());
        return whole_query(api, parameter, &given.request.query, pairs);
    }
    let texts = texts(parameter, given, pairs, taken);
    if let Some(media) = &parameter.content {
        return match texts.first() {
            Some(text) => content(api, parameter, media, text),
            None => Reading::Missing,
        };
    }
    let written = Written {
        style: parameter.style,
        explode: parameter.explode,
        kind: raw::kind(&api.types, parameter.ty),
    };
    let name = &*parameter.name;
    let raw = match parameter.place {
        Place::Path => given
            .captures
            .get(name)
            .map(|text| styles::simple(written, name, text, true)),
        // Several headers of one name are one list (RFC 9110, 5.3).
        Place::Header => {
            (!texts.is_empty()).then(|| styles::simple(written, name, &texts.join(","), false))
        }
        Place::Query | Place::Querystring | Place::Cookie => {
            let fields = raw::field_names(&api.types, parameter.ty);
            let cookies: Vec<Pair>;
            let pairs = match parameter.place {
                Place::Cookie => {
                    cookies = cookie_pairs(given.request);
                    &cookies
                }
                _ => pairs,
            };
            styles::form(written, name, fields.as_deref(), pairs).map(|(raw, used)| {
                if parameter.place == Place::Query {
                    *taken = used;
                }
                raw
            })
        }
    };
    match raw {
        Some(raw) => Reading::Value(raw::value(&api.types, Some(parameter.ty), &raw)),
        None => Reading::Missing,
    }
}

fn cookie_pairs(request: &Request) -> Vec<Pair> {
    let cookies = request.cookies().into_iter();
    cookies.map(|(name, value)| Pair { name, value }).collect()
}

/// The texts under the name of a parameter, decoded.
fn texts(
    parameter: &Parameter,
    given: &Given<'_>,
    pairs: &[Pair],
    taken: &mut Vec<usize>,
) -> Vec<String> {
    let name = &parameter.name;
    match parameter.place {
        Place::Path => {
            let text = given.captures.get(name);
            text.map(|text| decoded(text, false)).into_iter().collect()
        }
        Place::Header => given.request.headers_of(name).map(str::to_owned).collect(),
        Place::Cookie => {
            let cookies = given.request.cookies().into_iter();
            let cookies = cookies.filter(|(key, _)| key == name);
            cookies.map(|(_, value)| decoded(&value, false)).collect()
        }
        Place::Query | Place::Querystring => {
            let own = pairs
                .iter()
                .enumerate()
                .filter(|(_, pair)| pair.name == *name);
            let own: Vec<(usize, String)> = own
                .map(|(index, pair)| (index, decoded(&pair.value, true)))
                .collect();
            taken.extend(own.iter().map(|(index, _)| *index));
            own.into_iter().map(|(_, text)| text).collect()
        }
    }
}

/// A value that is written in a media type.
fn content(api: &Api, parameter: &Parameter, media: &str, text: &str) -> Reading {
    if is_json(media) {
        return match serde_json::from_str(text) {
            Ok(value) => Reading::Value(value),
            Err(error) => Reading::Unreadable(format!("must be JSON: {error}")),
        };
    }
    let raw = Raw::Text(text.to_owned());
    Reading::Value(raw::value(&api.types, Some(parameter.ty), &raw))
}

fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// A parameter that is all that follows the question mark.
fn whole_query(api: &Api, parameter: &Parameter, query: &str, pairs: &[Pair]) -> Reading {
    if query.is_empty() {
        return Reading::Missing;
    }
    let media = parameter.content.as_deref().unwrap_or_default();
    if media.starts_with("application/x-www-form-urlencoded") {
        let value = super::forms::value(api, Some(parameter.ty), &parameter.encoding, pairs);
        return Reading::Value(value);
    }
    content(api, parameter, media, &decoded(query, false))
}
