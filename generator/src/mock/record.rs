//! What is kept of a request: all of it but its secrets, with what was found.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::parameters::query_key;
use super::problem::RequestProblem;
use super::request::{Request, decoded};
use super::{Exchange, media};
use crate::ir::{Api, Place, SchemeKind};

/// What stands for a secret.
const REDACTED: &str = "[redacted]";

/// Headers that hold secrets whatever the description says.
const SECRET: [&str; 4] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
];

/// A request, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// The method.
    pub method: String,
    /// The path, escaped as it was sent.
    pub path: String,
    /// The query, escaped as it was sent; the values of keys are replaced by `[redacted]`.
    pub query: String,
    /// The headers; credentials are replaced by `[redacted]`, and several values of one name are
    /// joined by commas.
    pub headers: Map<String, Value>,
    /// The body: JSON as it is, text as a string, anything else as `{"base64": "…"}`; null if
    /// there is none.
    pub body: Value,
    /// The operation: its `operationId`, else resource and action; null if none was meant.
    pub operation: Option<String>,
    /// The status of the answer.
    pub status: u16,
    /// What is wrong with the request.
    pub problems: Vec<RequestProblem>,
}

impl Record {
    pub(super) fn of(api: &Api, request: &Request, exchange: &Exchange) -> Self {
        Self {
            method: request.method.clone(),
            path: request.path.clone(),
            query: query(api, &request.query),
            headers: headers(api, &request.headers),
            body: body(request),
            operation: exchange.operation.clone(),
            status: exchange.reply.status,
            problems: exchange.problems.clone(),
        }
    }

    /// Whether nothing is wrong but what is worth a warning.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.status < 400 || self.problems.iter().all(|problem| problem.warning)
    }
}

/// One line for people: what was asked, what it means, how it was answered, what is wrong.
impl std::fmt::Display for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            method,
            path,
            status,
            ..
        } = self;
        let operation = self.operation.as_deref().unwrap_or("-");
        write!(f, "{method} {path} {operation} {status}")?;
        for (index, problem) in self.problems.iter().enumerate() {
            let sign = if index == 0 { ":" } else { ";" };
            let kind = if problem.warning { " warning:" } else { "" };
            write!(f, "{sign}{kind} {}", one_line(&problem.message))?;
        }
        Ok(())
    }
}

/// A text that came from outside, on one line and without signs that move a terminal.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

fn query(api: &Api, query: &str) -> String {
    let keys: Vec<&str> = api.schemes.iter().filter_map(query_key).collect();
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if keys.contains(&&*decoded(name, true)) => format!("{name}={REDACTED}"),
        _ => pair.to_owned(),
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn headers(api: &Api, headers: &[(String, String)]) -> Map<String, Value> {
    let key = |name: &str| {
        api.schemes.iter().any(|scheme| match &scheme.kind {
            SchemeKind::ApiKey {
                place: Place::Header,
                name: own,
                ..
            } => own.eq_ignore_ascii_case(name),
            _ => false,
        })
    };
    let mut kept = Map::new();
    for (name, value) in headers {
        let value = match SECRET.contains(&&**name) || key(name) {
            true => REDACTED,
            false => value,
        };
        match kept.get_mut(name) {
            Some(Value::String(known)) if known != REDACTED => *known = format!("{known}, {value}"),
            Some(_) => {}
            None => {
                kept.insert(name.clone(), value.into());
            }
        }
    }
    kept
}

fn body(request: &Request) -> Value {
    if request.body.is_empty() {
        return Value::Null;
    }
    let is_json = request
        .content_type()
        .is_some_and(|name| media::is_json(&name));
    if is_json && let Ok(value) = serde_json::from_slice(&request.body) {
        return value;
    }
    match std::str::from_utf8(&request.body) {
        Ok(text) => text.into(),
        Err(_) => json!({ "base64": BASE64_STANDARD.encode(&request.body) }),
    }
}
