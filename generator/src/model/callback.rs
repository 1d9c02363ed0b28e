//! What the server sends on its own account: callbacks of an operation, and webhooks
//! (OpenAPI 3.1, 4.8.18 and 4.8.1.1).
//!
//! Docs list them. No client is made of them, so their bodies are followed no further than to
//! the component that they are.

use super::path::METHODS;
use super::{Fields, Reader};
use crate::ir::Callback;
use crate::source::Node;

/// The callbacks of an operation.
pub(super) fn callbacks<'d>(operation: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<Callback> {
    let mut all = Vec::new();
    for (name, node) in reader.entries(operation, "callbacks") {
        let expressions = reader.follow(node).and_then(Node::as_map);
        for (expression, item) in expressions.into_iter().flat_map(|map| map.iter()) {
            if !expression.text.starts_with("x-") {
                requests(&name.text, &expression.text, item, reader, &mut all);
            }
        }
    }
    all
}

/// The webhooks of a description.
pub(super) fn webhooks<'d>(root: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<Callback> {
    let mut all = Vec::new();
    for (name, item) in reader.entries(root, "webhooks") {
        requests(&name.text, "", item, reader, &mut all);
    }
    all
}

/// The requests of a path item.
fn requests<'d>(
    name: &str,
    expression: &str,
    item: &'d Node,
    reader: &mut Reader<'d, '_>,
    all: &mut Vec<Callback>,
) {
    let item = reader.follow(item).and_then(Node::as_map);
    for (method, operation) in item.into_iter().flat_map(|item| item.iter()) {
        if !METHODS.contains(&&*method.text) {
            continue;
        }
        let text = |key: &str| {
            operation
                .get(key)
                .and_then(Node::as_text)
                .map(str::to_owned)
        };
        let deprecated = operation.get("deprecated").and_then(Node::as_bool);
        all.push(Callback {
            name: name.to_owned(),
            expression: expression.to_owned(),
            method: method.text.to_uppercase(),
            summary: text("summary"),
            description: text("description"),
            deprecated: deprecated.unwrap_or_default(),
            schema: schema(operation, reader),
        });
    }
}

/// The key of the component that the first body of a request is.
fn schema<'d>(operation: &'d Node, reader: &mut Reader<'d, '_>) -> Option<String> {
    let body = reader.follow(operation.get("requestBody")?)?;
    let (_, media) = body.get("content")?.as_map()?.iter().next()?;
    let reference = media.get("schema")?.reference()?.as_str()?;
    let key = reference.strip_prefix("#/components/schemas/")?;
    Some(key.replace("~1", "/").replace("~0", "~"))
}
