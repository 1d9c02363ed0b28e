//! An operation → an action with every word decided.

use super::book::{Action, Body, Event, Media, Parameter, Response, Stream};
use super::js;
use super::parameters::{Rows, indented, visible};
use super::request::{address, curl, example, preferred, url};
use super::security::security;
use super::text::{cell, code_span, handlebars};
use super::words::{self, Name};
use crate::ir::{self, MediaType, Operation, Place, RustAction, Shape, TypeId};

/// An action of a page.
pub(super) fn action(
    rows: &Rows<'_>,
    operation: &Operation,
    format: &str,
    rust: Option<&RustAction>,
) -> Action {
    let name = Name::new(&operation.action);
    let parameters = parameters(rows, operation, format);
    let of = |place| -> Vec<Parameter> {
        visible(operation, format, place)
            .map(|each| rows.parameter(each))
            .collect()
    };
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
        path: of(Place::Path),
        query: [of(Place::Query), of(Place::Querystring)].concat(),
        headers: of(Place::Header),
        cookies: of(Place::Cookie),
        body: operation.body.as_ref().and_then(|each| body(rows, each)),
        answer: first.map(|first| answer(rows, first)).unwrap_or_default(),
        no_content: first.is_some_and(|first| first.content.is_empty()),
        successes: successes.iter().map(row).collect(),
        errors: errors.iter().map(row).collect(),
        stream: operation.is_event_stream().then(|| stream(rows, operation)),
        curl: curl(rows, operation, format),
        rust: rust
            .map(|rust| rust.sample.trim_end().to_owned())
            .unwrap_or_default(),
        parameters,
        name,
    }
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

/// Path, query with the body at its place, headers, cookies; what the client sets, last.
fn parameters(rows: &Rows<'_>, operation: &Operation, format: &str) -> Vec<Parameter> {
    let path = visible(operation, format, Place::Path);
    let mut first: Vec<&ir::Parameter> = path.collect();
    let after_path = first.len();
    first.extend(visible(operation, format, Place::Query));
    first.extend(visible(operation, format, Place::Querystring));
    let mut last: Vec<&ir::Parameter> = visible(operation, format, Place::Header).collect();
    last.extend(visible(operation, format, Place::Cookie));
    // Stable: what each call sets keeps its order, and so does what the client sets.
    last.sort_by_key(|each| each.scope == ir::Scope::Client);

    let mut table: Vec<Parameter> = first.into_iter().map(|each| rows.parameter(each)).collect();
    if let Some(body) = &operation.body {
        let place = body
            .position
            .map_or(after_path, |place| place.saturating_sub(1));
        let place = place.min(table.len());
        table.splice(place..place, body_rows(rows, body));
    }
    table.extend(last.into_iter().map(|each| rows.parameter(each)));
    table
}

fn body_rows(rows: &Rows<'_>, body: &ir::Body) -> Vec<Parameter> {
    match preferred(&body.content) {
        Some(MediaType { ty: Some(ty), .. }) if is_form(body) => rows.form(*ty),
        Some(content) => vec![rows.body(body, content)],
        None => Vec::new(),
    }
}

fn is_form(body: &ir::Body) -> bool {
    preferred(&body.content).is_some_and(|content| {
        content.is_multipart_form() || content.essence() == "application/x-www-form-urlencoded"
    })
}

fn body(rows: &Rows<'_>, body: &ir::Body) -> Option<Body> {
    let content = preferred(&body.content)?;
    let schema = content.ty.and_then(|ty| rows.schemas.link(ty));
    let kind = if is_form(body) {
        "multipart"
    } else if content.is_json() {
        "json"
    } else {
        "other"
    };
    let parts = content
        .ty
        .filter(|_| schema.is_none() || kind == "multipart");
    let text = body.description.as_deref().unwrap_or_default();
    Some(Body {
        kind,
        media: code_span(&content.name),
        text: rows.options.text.block(text),
        required: body.required,
        example: if kind == "json" {
            example(rows, content)
                .map(js::pretty_json)
                .unwrap_or_default()
        } else {
            String::new()
        },
        parts: parts.map(|ty| rows.form(ty)).unwrap_or_default(),
        schema,
    })
}

fn by_status(operation: &Operation) -> Vec<&ir::Response> {
    let mut responses: Vec<&ir::Response> = operation.responses.iter().collect();
    responses.sort_by_key(|response| response.status);
    responses
}

fn response(rows: &Rows<'_>, response: &ir::Response) -> Response {
    let flavour = rows.options.text;
    let content = preferred(&response.content);
    Response {
        code: response.status.to_string(),
        ty: type_link(rows, content.and_then(|content| content.ty)),
        description: flavour.cell(&response.description),
        text: indented(&flavour.block(&response.description)),
        media: response
            .content
            .iter()
            .map(|content| Media {
                name: code_span(&content.name),
                schema: content.ty.and_then(|ty| rows.schemas.link(ty)),
            })
            .collect(),
    }
}

/// A link to the schema, or `undefined` if the type is none or refers to none.
fn type_link(rows: &Rows<'_>, ty: Option<TypeId>) -> String {
    ty.and_then(|ty| rows.schemas.link(ty)).map_or_else(
        || "undefined".to_owned(),
        |link| cell(&format!("[{}]({})", link.title, link.target)),
    )
}

fn answer(rows: &Rows<'_>, response: &ir::Response) -> String {
    preferred(&response.content)
        .filter(|content| content.is_json())
        .and_then(|content| example(rows, content))
        .map(js::pretty_json)
        .unwrap_or_default()
}

/// What a success streams: one event for each member of the schema.
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
    let types = &rows.api.types;
    let members = content
        .ty
        .map(|ty| match &types.get(types.resolve(ty)).shape {
            Shape::Union(union) => union.variants.clone(),
            _ => vec![ty],
        });
    Stream {
        text: rows.options.text.block(&response.description),
        events: members
            .unwrap_or_default()
            .into_iter()
            .filter_map(|member| event(rows, member))
            .collect(),
    }
}

/// An event: an object of `event`, whose one value is the name, and `data`.
fn event(rows: &Rows<'_>, ty: TypeId) -> Option<Event> {
    let types = &rows.api.types;
    let node = types.get(types.resolve(ty));
    let Shape::Record(record) = &node.shape else {
        return None;
    };
    let field = |name: &str| record.fields.iter().find(|field| field.name == name);
    let name = match &types.get(types.resolve(field("event")?.ty)).shape {
        Shape::Enum(values) => js::display(&values.first()?.value),
        _ => return None,
    };
    let text = node.description.as_deref().unwrap_or_default();
    Some(Event {
        name: rows.options.text.cell(&name),
        ty: type_link(rows, field("data").map(|data| data.ty)),
        description: rows.options.text.cell(text),
    })
}
