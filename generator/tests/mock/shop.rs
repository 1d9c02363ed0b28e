//! The shop, and requests to it.

use std::path::{Path, PathBuf};

use sdkwright::mock::{Exchange, Mock, Request};
use sdkwright::pipeline;
use serde_json::Value;

pub(crate) fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mock/shop.yaml")
}

pub(crate) fn mock() -> Mock {
    pipeline::mocked(&path()).unwrap_or_else(|problems| panic!("{problems}"))
}

/// `GET /path?query` without headers and body.
pub(crate) fn request(line: &str) -> Request {
    let (method, target) = line.split_once(' ').unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        ..Request::default()
    }
}

pub(crate) fn with(line: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let headers = headers.iter();
    Request {
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.into(),
        ..request(line)
    }
}

/// The shop's answer.
pub(crate) fn ask(request: &Request) -> Exchange {
    mock().answer(request)
}

pub(crate) fn get(line: &str) -> Exchange {
    ask(&request(line))
}

/// The messages of all problems, warnings marked.
pub(crate) fn messages(exchange: &Exchange) -> Vec<String> {
    let problems = exchange.problems.iter();
    let messages = problems.map(|problem| match problem.warning {
        true => format!("(warning) {}", problem.message),
        false => problem.message.clone(),
    });
    messages.collect()
}

pub(crate) fn header<'e>(exchange: &'e Exchange, name: &str) -> Option<&'e str> {
    let mut headers = exchange.reply.headers.iter();
    headers
        .find(|(key, _)| key == name)
        .map(|(_, value)| &**value)
}

pub(crate) fn text(exchange: &Exchange) -> &str {
    std::str::from_utf8(&exchange.reply.body).unwrap()
}

pub(crate) fn json(exchange: &Exchange) -> Value {
    serde_json::from_slice(&exchange.reply.body).unwrap()
}
