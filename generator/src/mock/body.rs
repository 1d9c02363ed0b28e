//! Checks the body of a request against what is described for its media type.

use serde_json::Value;

use super::forms;
use super::judge::Judge;
use super::media;
use super::parameters::sentence;
use super::problem::RequestProblem;
use super::raw::{self, Kind};
use super::request::{Request, pairs};
use crate::ir::{Api, Body, MediaType, Operation, Shape, TypeId};
use crate::passes::examples::Direction;

/// No more than this many lines of a sequence that are wrong are told.
const LINES_TOLD: usize = 5;

/// What is wrong with the body of a request.
pub(super) fn problems(
    api: &Api,
    judge: &Judge,
    operation: &Operation,
    request: &Request,
) -> Vec<RequestProblem> {
    let Some(body) = &operation.body else {
        return undescribed(request).into_iter().collect();
    };
    if request.body.is_empty() && request.content_type().is_none() {
        return missing(body).into_iter().collect();
    }
    let content = match described(body, request) {
        Ok(content) => content,
        // An empty body needs no media type.
        Err(_) if request.body.is_empty() && !body.required => return Vec::new(),
        Err(problem) => return vec![problem],
    };
    if request.body.is_empty() {
        // Forms and texts may well be empty.
        let empty = content.is_form() || content.is_multipart_form() || content.is_text();
        if !empty {
            return missing(body).into_iter().collect();
        }
    }
    let check = Check {
        api,
        judge,
        content,
    };
    check.body(request)
}

fn undescribed(request: &Request) -> Option<RequestProblem> {
    (!request.body.is_empty()).then(|| {
        let message = "a body was sent, and none is described".to_owned();
        RequestProblem::of_body("unknown", message).warned()
    })
}

fn missing(body: &Body) -> Option<RequestProblem> {
    let names = names(body);
    body.required.then(|| {
        let message = format!("a body is required and missing; send {names}");
        RequestProblem::of_body("required", message)
    })
}

fn names(body: &Body) -> String {
    let names = body.content.iter().map(|each| format!("`{}`", each.name));
    names.collect::<Vec<_>>().join(" or ")
}

/// The described content that the body says to be.
fn described<'a>(body: &'a Body, request: &Request) -> Result<&'a MediaType, RequestProblem> {
    let header =
        |rule: &str, message| RequestProblem::named("header", "Content-Type", rule, message);
    let Some(sent) = request.content_type() else {
        let message = format!(
            "the header `Content-Type` is missing; the body can be {}",
            names(body)
        );
        return Err(header("required", message));
    };
    let mut fitting: Vec<(u8, &MediaType)> = body
        .content
        .iter()
        .filter_map(|each| Some((media::fit(&each.essence(), &sent)?, each)))
        .collect();
    fitting.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    match fitting.first() {
        Some((_, content)) => Ok(content),
        None => {
            let message = format!("the body cannot be `{sent}`, but {}", names(body));
            Err(header("enum", message))
        }
    }
}

/// A body in its media type.
struct Check<'a> {
    api: &'a Api,
    judge: &'a Judge,
    content: &'a MediaType,
}

impl Check<'_> {
    fn body(&self, request: &Request) -> Vec<RequestProblem> {
        let content = self.content;
        // What stands behind a pattern of media types is what was sent.
        let sent = request.content_type().unwrap_or_default();
        let is_json = match content.is_range() {
            true => media::is_json(&sent),
            false => content.is_json(),
        };
        if is_json {
            match serde_json::from_slice(&request.body) {
                Ok(value) => self.value(&value),
                Err(error) => vec![RequestProblem::of_body(
                    "json",
                    format!("the body is no JSON: {error}"),
                )],
            }
        } else if content.is_json_lines() {
            self.lines(&request.body)
        } else if content.is_form() {
            let pairs = pairs(&String::from_utf8_lossy(&request.body));
            self.value(&forms::value(
                self.api,
                content.ty,
                &content.encoding,
                &pairs,
            ))
        } else if content.is_multipart_form() {
            let header = request.header("content-type").unwrap_or_default();
            match forms::parts(header, &request.body) {
                Ok(parts) => self.value(&forms::value_of_parts(self.api, content.ty, &parts)),
                Err(message) => vec![RequestProblem::of_body(
                    "content",
                    format!("the body {message}"),
                )],
            }
        } else if content.essence().starts_with("text/") && self.is_scalar() {
            let text = String::from_utf8_lossy(&request.body).into_owned();
            let text = raw::Raw::Text(text);
            self.value(&raw::value(&self.api.types, content.ty, &text))
        } else {
            Vec::new()
        }
    }

    fn is_scalar(&self) -> bool {
        let kind = self.content.ty.map(|ty| raw::kind(&self.api.types, ty));
        kind == Some(Kind::Scalar)
    }

    fn value(&self, value: &Value) -> Vec<RequestProblem> {
        match self.content.ty {
            Some(ty) => self.of_type(ty, value, "the body"),
            None => Vec::new(),
        }
    }

    fn of_type(&self, ty: TypeId, value: &Value, subject: &str) -> Vec<RequestProblem> {
        let at = self.api.types.get(ty).at;
        let findings = self.judge.findings(at, Direction::Request, value);
        let problems = findings.into_iter().map(|finding| RequestProblem {
            pointer: Some(finding.pointer.clone()),
            warning: finding.warning,
            ..RequestProblem::of_body(&finding.rule, sentence(subject, &finding))
        });
        problems.collect()
    }

    /// A sequence of JSON values. A schema that is not said to be that of each item is, unless it
    /// is a list.
    fn lines(&self, body: &[u8]) -> Vec<RequestProblem> {
        let types = &self.api.types;
        let item = self
            .content
            .ty
            .map(|ty| match &types.get(types.resolve(ty)).shape {
                Shape::List(member) if !self.content.of_items => *member,
                _ => ty,
            });
        let lines = body.split(|byte| [b'\n', 0x1e].contains(byte));
        let mut problems = Vec::new();
        let mut told = 0;
        for (index, line) in lines
            .filter(|line| !line.trim_ascii().is_empty())
            .enumerate()
        {
            let subject = format!("item {} of the body", index + 1);
            let found = match (serde_json::from_slice(line), item) {
                (Err(error), _) => vec![RequestProblem::of_body(
                    "json",
                    format!("{subject} is no JSON: {error}"),
                )],
                (Ok(value), Some(ty)) => self.of_type(ty, &value, &subject),
                (Ok(_), None) => Vec::new(),
            };
            told += usize::from(!found.is_empty());
            problems.extend(found);
            if told == LINES_TOLD {
                break;
            }
        }
        problems
    }
}
