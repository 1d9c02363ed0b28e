//! What the descriptions say: the examples of answers, read by the generator itself, so that the
//! tests copy none of them.

use std::path::{Path, PathBuf};

use sdkwright::diagnostic::Problems;
use sdkwright::ir::{Api, MediaType, Operation, Status};
use sdkwright::pipeline;
use sdkwright::source::Sources;
use serde_json::Value;

use crate::server::Answer;

/// The folder of the whole project.
pub(crate) fn project() -> PathBuf {
    let generator = Path::new(env!("CARGO_MANIFEST_DIR"));
    generator.parent().expect("a parent").to_owned()
}

/// The API that a description describes; `path` counts from the project's folder.
pub(crate) fn api(path: &str) -> Api {
    let mut problems = Problems::new();
    let sources = Sources::load(&project().join(path), &mut problems);
    let api = sources.and_then(|sources| pipeline::api(&sources, &mut problems));
    api.filter(|_| !problems.has_errors())
        .unwrap_or_else(|| panic!("{path}: {:#?}", problems.sorted()))
}

/// The Losant API.
pub(crate) fn losant() -> Api {
    api("spec/losant/openapi.yaml")
}

/// The Snyk API.
pub(crate) fn snyk() -> Api {
    api("spec/snyk/openapi.yaml")
}

/// The operation that the client calls `<resource>.<action>`.
pub(crate) fn operation<'a>(api: &'a Api, name: &str) -> &'a Operation {
    let mut all = api.operations();
    all.find(|(_, resource, operation)| name == format!("{}.{}", resource.key, operation.action))
        .map(|(_, _, operation)| operation)
        .unwrap_or_else(|| panic!("no operation {name}"))
}

/// The documented answers of an operation: each status with the example of its body.
pub(crate) fn answers(operation: &Operation) -> Vec<(u16, Option<Value>)> {
    let responses = operation.responses.iter();
    let answers = responses.filter_map(|response| match response.status {
        Status::Code(code) => Some((code, response.content.iter().find_map(example))),
        Status::Range(_) | Status::Default => None,
    });
    answers.collect()
}

/// The example of the answer of this status.
pub(crate) fn body(operation: &Operation, status: u16) -> Value {
    let mut answers = answers(operation).into_iter();
    answers
        .find_map(|(code, body)| body.filter(|_| code == status))
        .unwrap_or_else(|| panic!("no example for {status}"))
}

fn example(media: &MediaType) -> Option<Value> {
    media.example.clone()
}

/// The answer of this status and example.
pub(crate) fn answer(status: u16, body: Option<&Value>) -> Answer {
    match body {
        Some(body) => Answer::json(status, body),
        None => Answer::new(status, ""),
    }
}
