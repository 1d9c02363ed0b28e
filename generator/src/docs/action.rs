//! An operation → an action with every word decided.

use super::book::{Action, AnswerHeader, Body, Event, Media, Parameter, Response, Stream, Way};
use super::content::{example, in_samples, preferred};
use super::curl::curl;
use super::js;
use super::parameters::{Rows, indented, visible};
use super::request::{address, url};
use super::security::security;
use super::text::{cell, code_span, handlebars};
use super::words::{self, Name};
use crate::ir::{self, Direction, EventKind, MediaType, Operation, Place, RustAction, Shape};

/// An action of a page.
pub(super) fn action(
    rows: &Rows<'_>,
    operation: &Operation,
    format: &str,
    rust: Option<&RustAction>,
) -> Action {
    let name = Name::new(&operation.action);
    let by_place = ByPlace::new(rows, operation, format);
    let parameters = parameters(rows, operation, format, &by_place);
    let (successes, errors): (Vec<_>, Vec<_>) = by_status(operation)
        .into_iter()
        .partition(|response| response.status.is_success());
    let first = successes.first();
    let row = |response: &&ir::Response| self::response(rows, response);
    Action {
        anchor: words::anchor(&name.title),
        mark: handlebars(&operation.action),
        text: text(rows, operation),
        deprecated: operation.deprecated,
        method: operation.method.as_str().to_owned(),
        url: url(rows.api, operation),
        address: code_span(&address(rows.api, operation)),
        security: security(rows.api, operation, rows.options.text),
        required: parameters
            .iter()
            .filter(|each| each.required)
            .map(|each| each.name.clone())
            .collect(),
        sampled: sampled(rows, operation, &parameters),
        path: by_place.path,
        query: by_place.query,
        headers: by_place.headers,
        cookies: by_place.cookies,
        body: operation.body.as_ref().and_then(|each| body(rows, each)),
        answer: first.map(|first| answer(rows, first)).unwrap_or_default(),
        no_content: first.is_some_and(|first| first.content.is_empty()),
        successes: successes.iter().map(row).collect(),
        errors: errors.iter().map(row).collect(),
        answer_headers: answer_headers(rows, operation),
        ways: ways(rows, operation),
        stream: operation.is_event_stream().then(|| stream(rows, operation)),
        curl: curl(rows, operation, format),
        rust: rust
            .map(|rust| rust.sample.trim_end().to_owned())
            .unwrap_or_default(),
        detail: None,
        parameters,
        name,
    }
}

/// The names of what a sample hands over.
fn sampled(rows: &Rows<'_>, operation: &Operation, parameters: &[Parameter]) -> Vec<Name> {
    let body = operation.body.as_ref();
    let body = body.filter(|body| in_samples(rows, body));
    let is_body = |name: &Name| body.is_some_and(|body| body.name == name.key);
    let sampled = parameters.iter();
    let sampled = sampled.filter(|each| each.required || is_body(&each.name));
    sampled.map(|each| each.name.clone()).collect()
}

/// The summary and the description, each a paragraph; one if they begin alike.
fn text(rows: &Rows<'_>, operation: &Operation) -> String {
    let summary = operation.summary.as_deref().unwrap_or_default().trim();
    let description = operation.description.as_deref().unwrap_or_default().trim();
    let text = if summary.is_empty() || description.starts_with(summary) {
        description.to_owned()
    } else if description.is_empty() {
        summary.to_owned()
    } else {
        format!("{summary}\n\n{description}")
    };
    rows.options.text.block(&text)
}

/// The rows of the parameters that are shown.
struct ByPlace {
    path: Vec<Parameter>,
    query: Vec<Parameter>,
    headers: Vec<Parameter>,
    cookies: Vec<Parameter>,
}

impl ByPlace {
    fn new(rows: &Rows<'_>, operation: &Operation, format: &str) -> Self {
        let of = |place| -> Vec<Parameter> {
            visible(operation, format, place)
                .map(|each| rows.parameter(each))
                .collect()
        };
        Self {
            path: of(Place::Path),
            query: [of(Place::Query), of(Place::Querystring)].concat(),
            headers: of(Place::Header),
            cookies: of(Place::Cookie),
        }
    }
}

/// Path, query with the body at its place, headers, cookies; what the client sets, last.
fn parameters(
    rows: &Rows<'_>,
    operation: &Operation,
    format: &str,
    by_place: &ByPlace,
) -> Vec<Parameter> {
    let mut table = [&by_place.path[..], &by_place.query[..]].concat();
    if let Some(body) = &operation.body {
        let after_path = by_place.path.len();
        let place = body
            .position
            .map_or(after_path, |place| place.saturating_sub(1));
        let place = place.min(table.len());
        table.splice(place..place, body_rows(rows, body));
    }
    let last = [Place::Header, Place::Cookie].into_iter();
    let last = last.flat_map(|place| visible(operation, format, place));
    let mut last: Vec<(&ir::Parameter, &Parameter)> = last
        .zip(by_place.headers.iter().chain(&by_place.cookies))
        .collect();
    // Stable: what each call sets keeps its order, and so does what the client sets.
    last.sort_by_key(|(each, _)| each.scope == ir::Scope::Client);
    table.extend(last.into_iter().map(|(_, row)| row.clone()));
    table
}

fn body_rows(rows: &Rows<'_>, body: &ir::Body) -> Vec<Parameter> {
    match preferred(&body.content) {
        Some(content) if is_form(content) && content.ty.is_some() => rows.form(content),
        Some(content) => vec![rows.body(body, content)],
        None => Vec::new(),
    }
}

fn is_form(content: &MediaType) -> bool {
    content.is_multipart_form() || content.is_form()
}

fn body(rows: &Rows<'_>, body: &ir::Body) -> Option<Body> {
    let first = preferred(&body.content)?;
    let others = body.content.iter().filter(|other| other.at != first.at);
    Some(Body {
        others: others.map(|other| content(rows, body, other)).collect(),
        ..content(rows, body, first)
    })
}

/// A body in one of its media types.
fn content(rows: &Rows<'_>, body: &ir::Body, content: &MediaType) -> Body {
    let types = &rows.api.types;
    let item = content
        .ty
        .map(|ty| match types.get(types.resolve(ty)).shape {
            Shape::List(item) if content.is_json_lines() && !content.of_items => item,
            _ => ty,
        });
    let schema = item.and_then(|ty| rows.schemas.link(ty)).cloned();
    let kind = if content.is_json_lines() {
        "lines"
    } else if content.is_multipart_form() {
        "multipart"
    } else if content.is_form() {
        "form"
    } else if content.is_json() {
        "json"
    } else {
        "other"
    };
    let text = body.description.as_deref().unwrap_or_default();
    Body {
        kind,
        media: code_span(&content.name),
        text: rows.options.text.block(text),
        required: body.required,
        example: if kind == "json" {
            example(rows, content, Direction::Request)
                .map(js::pretty_json)
                .unwrap_or_default()
        } else {
            String::new()
        },
        parts: if schema.is_none() || is_form(content) {
            rows.form(content)
        } else {
            Vec::new()
        },
        items: content.ty.and_then(|ty| rows.items(ty)).cloned(),
        schema,
        others: Vec::new(),
    }
}

fn by_status(operation: &Operation) -> Vec<&ir::Response> {
    let mut responses: Vec<&ir::Response> = operation.responses.iter().collect();
    responses.sort_by_key(|response| response.status);
    responses
}

fn response(rows: &Rows<'_>, response: &ir::Response) -> Response {
    let flavour = rows.options.text;
    Response {
        code: response.status.to_string(),
        ty: types_of(rows, &response.content),
        description: flavour.cell(&response.description),
        text: indented(&flavour.block(&response.description)),
        media: response
            .content
            .iter()
            .map(|content| media(rows, content))
            .collect(),
    }
}

fn media(rows: &Rows<'_>, content: &MediaType) -> Media {
    let schema = content.ty.and_then(|ty| rows.schemas.link(ty));
    let item = content.ty.and_then(|ty| rows.items(ty));
    let facts = match (schema, item, content.ty) {
        (None, None, Some(ty)) => rows.facts(ty),
        _ => String::new(),
    };
    Media {
        name: code_span(&content.name),
        is_list: item.is_some(),
        schema: schema.or(item).cloned(),
        facts,
    }
}

/// The types of a response: of the media type that is preferred, then of those that hold
/// something else.
fn types_of(rows: &Rows<'_>, content: &[MediaType]) -> String {
    let Some(first) = preferred(content) else {
        return rows.nothing().to_owned();
    };
    let said = rows.content(first);
    let mut types = vec![said.clone().unwrap_or_else(|| rows.nothing().to_owned())];
    for other in content {
        let name = cell(&handlebars(&other.name));
        match rows.content(other) {
            same if same == said => {}
            None => types.push(name),
            Some(ty) => types.push(format!("{ty} ({name})")),
        }
    }
    types.retain(|ty| !ty.is_empty());
    types.join(" or ")
}

/// The headers of all responses, each with the statuses that have it.
fn answer_headers(rows: &Rows<'_>, operation: &Operation) -> Vec<AnswerHeader> {
    let mut headers: Vec<(Parameter, Vec<String>)> = Vec::new();
    for response in by_status(operation) {
        for header in &response.headers {
            let row = rows.header(header);
            let same = |known: &&mut (Parameter, Vec<String>)| {
                let name = known.0.name.key.eq_ignore_ascii_case(&header.name);
                name && known.0.ty == row.ty && known.0.facts == row.facts
            };
            let status = response.status.to_string();
            match headers.iter_mut().find(same) {
                Some((_, statuses)) => statuses.push(status),
                None => headers.push((row, vec![status])),
            }
        }
    }
    let codes = |statuses: Vec<String>| match statuses.len() == operation.responses.len() {
        true => "all".to_owned(),
        false => statuses.join(", "),
    };
    let headers = headers.into_iter().map(|(header, statuses)| AnswerHeader {
        header,
        codes: codes(statuses),
    });
    headers.collect()
}

/// The methods of the client that send the body in its further media types.
fn ways(rows: &Rows<'_>, operation: &Operation) -> Vec<Way> {
    let content = operation.body.iter().flat_map(|body| &body.content);
    let named = content.filter_map(|content| {
        let method = rows.names?.get(&content.name)?;
        Some(Way {
            method: code_span(method),
            media: code_span(&content.name),
        })
    });
    named.collect()
}

fn answer(rows: &Rows<'_>, response: &ir::Response) -> String {
    preferred(&response.content)
        .filter(|content| content.is_json())
        .and_then(|content| example(rows, content, Direction::Answer))
        .map(js::pretty_json)
        .unwrap_or_default()
}

/// What a success streams, by kind of event.
fn stream(rows: &Rows<'_>, operation: &Operation) -> Stream {
    let success = operation.responses.iter().find_map(|response| {
        let content = response
            .content
            .iter()
            .find(|each| each.is_event_stream())?;
        response.status.is_success().then_some((response, content))
    });
    let Some((response, content)) = success else {
        return Stream {
            text: String::new(),
            events: Vec::new(),
        };
    };
    Stream {
        text: rows.options.text.block(&response.description),
        events: content
            .events
            .iter()
            .map(|kind| event(rows, kind))
            .collect(),
    }
}

fn event(rows: &Rows<'_>, kind: &EventKind) -> Event {
    let name = match kind.names.is_empty() {
        true => "any".to_owned(),
        false => kind.names.join(", "),
    };
    let text = kind.description.as_deref().unwrap_or_default();
    Event {
        name: rows.options.text.cell(&name),
        ty: match kind.data {
            Some(data) => rows.linked(data),
            None => rows.nothing().to_owned(),
        },
        description: rows.options.text.cell(text),
    }
}
