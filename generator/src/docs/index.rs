//! The list of all actions for machines.

use serde::Serialize;

use super::js;
use super::page::api_name;
use super::request::address;
use super::whole::{Printed, Shown};
use crate::ir::{Api, Body, Operation, Place};

/// The whole list.
#[derive(Serialize)]
struct Index<'a> {
    api: String,
    version: &'a str,
    actions: Vec<Action<'a>>,
}

/// What an action is, how it is sent, and where it is documented.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Action<'a> {
    id: &'a str,
    resource: &'a str,
    action: &'a str,
    operation_id: Option<&'a str>,
    title: &'a str,
    summary: Option<&'a str>,
    method: &'a str,
    path: &'a str,
    url: String,
    deprecated: bool,
    page: &'a str,
    link: &'a str,
    parameters: Vec<Parameter<'a>>,
    body: Option<BodyOf<'a>>,
    statuses: Vec<String>,
}

/// A parameter that the format shows.
#[derive(Serialize)]
struct Parameter<'a> {
    name: &'a str,
    r#in: &'static str,
    required: bool,
    deprecated: bool,
}

/// A request body.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BodyOf<'a> {
    name: &'a str,
    required: bool,
    media_types: Vec<&'a str>,
}

/// The list as JSON.
pub(super) fn index(api: &Api, pages: &[Printed<'_>], format: &str) -> String {
    let pages = pages.iter();
    let actions = pages.flat_map(|page| page.actions.iter().map(move |shown| (page, shown)));
    let index = Index {
        api: api_name(api),
        version: &api.version,
        actions: actions
            .map(|(page, shown)| action(api, page, shown, format))
            .collect(),
    };
    js::pretty_json(&index) + "\n"
}

fn action<'a>(api: &Api, page: &'a Printed<'_>, shown: &'a Shown<'_>, format: &str) -> Action<'a> {
    let Shown {
        operation, brief, ..
    } = shown;
    let statuses = operation.responses.iter();
    Action {
        id: &brief.id,
        resource: &page.place.resource.key,
        action: &operation.action,
        operation_id: operation.id.as_deref(),
        title: &brief.name,
        summary: operation.text(),
        method: operation.method.as_str(),
        path: &operation.path,
        url: address(api, operation),
        deprecated: operation.deprecated,
        page: &page.place.path,
        link: &brief.target,
        parameters: parameters(operation, format),
        body: operation.body.as_ref().map(body),
        statuses: statuses.map(|each| each.status.to_string()).collect(),
    }
}

fn parameters<'a>(operation: &'a Operation, format: &str) -> Vec<Parameter<'a>> {
    let shown = operation
        .parameters
        .iter()
        .filter(|each| each.visibility.shown_in(format));
    let parameters = shown.map(|each| Parameter {
        name: &each.name,
        r#in: match each.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
            Place::Cookie => "cookie",
            Place::Querystring => "querystring",
        },
        required: each.required,
        deprecated: each.deprecated,
    });
    parameters.collect()
}

fn body(body: &Body) -> BodyOf<'_> {
    let content = body.content.iter();
    BodyOf {
        name: &body.name,
        required: body.required,
        media_types: content.map(|each| &*each.name).collect(),
    }
}
