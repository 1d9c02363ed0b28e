//! The list of all actions for machines.

use serde_json::{Value, json};

use super::js;
use super::page::api_name;
use super::request::address;
use super::whole::{Placed, Whole};
use crate::ir::{Api, Operation, Place};

/// The list as JSON: what each action is, how it is sent, and where it is documented.
pub(super) fn index(api: &Api, whole: &Whole<'_>, pages: &[Placed<'_>], format: &str) -> String {
    let mut actions = Vec::new();
    for (chapter, (_, page, operations)) in whole.chapters.iter().zip(pages) {
        let listed = page.actions.iter().zip(operations).zip(&chapter.briefs);
        for ((action, operation), brief) in listed {
            actions.push(json!({
                "id": brief.id,
                "resource": page.name.key,
                "action": action.name.key,
                "operationId": operation.id,
                "title": action.name.title,
                "summary": operation.text(),
                "method": action.method,
                "path": operation.path,
                "url": address(api, operation),
                "deprecated": operation.deprecated,
                "page": chapter.path,
                "link": brief.target,
                "parameters": parameters(operation, format),
                "body": operation.body.as_ref().map(|body| json!({
                    "name": body.name,
                    "required": body.required,
                    "mediaTypes": body.content.iter().map(|each| &each.name).collect::<Vec<_>>(),
                })),
                "statuses": operation.responses.iter().map(|each| each.status.to_string()).collect::<Vec<_>>(),
            }));
        }
    }
    let index = json!({ "api": api_name(api), "version": api.version, "actions": actions });
    js::pretty_json(&index) + "\n"
}

fn parameters(operation: &Operation, format: &str) -> Vec<Value> {
    let shown = operation
        .parameters
        .iter()
        .filter(|each| each.visibility.shown_in(format));
    let parameters = shown.map(|each| {
        let place = match each.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
            Place::Cookie => "cookie",
            Place::Querystring => "querystring",
        };
        json!({ "name": each.name, "in": place, "required": each.required, "deprecated": each.deprecated })
    });
    parameters.collect()
}
