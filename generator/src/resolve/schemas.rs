//! The component schemas as their page of docs shows them.

use crate::ir::SchemaDoc;
use crate::model::{Document, Reader, schema_json};
use crate::source::Node;

use super::types::TypeResolver;

/// The keywords that the page prints elsewhere.
const PRINTED_APART: [&str; 4] = ["title", "description", "example", "examples"];

/// Where a reference to a component leads that names it by an anchor or a URI.
fn component(
    reference: &Node,
    types: &TypeResolver<'_>,
    reader: &Reader<'_, '_>,
) -> Option<String> {
    let text = reference.as_str()?;
    if text.starts_with("#/") {
        return None;
    }
    let target = reader.sources.resolve(reference.at, text).ok()?;
    let key = types.key_of(target.at)?;
    let key = key.replace('~', "~0").replace('/', "~1");
    Some(format!("#/components/schemas/{key}"))
}

/// Every component schema, in source order.
pub(super) fn documented<'d>(
    document: &Document<'d>,
    types: &mut TypeResolver<'d>,
    reader: &mut Reader<'d, '_>,
) -> Vec<SchemaDoc> {
    let mut docs = Vec::new();
    for (key, node) in &document.components.schemas {
        let ty = types.type_of(node, reader);
        let mut definition = schema_json(node, reader.version, &|reference| {
            component(reference, types, reader)
        });
        let mut take = |keyword: &str| definition.as_object_mut()?.shift_remove(keyword);
        let [title, description, example, examples] = PRINTED_APART.map(&mut take);
        let text = |value: Option<serde_json::Value>| {
            value
                .as_ref()
                .and_then(|value| value.as_str())
                .map(|text| text.trim().to_owned())
        };
        let first = || examples.as_ref()?.get(0).cloned();
        docs.push(SchemaDoc {
            key: key.text.to_string(),
            title: text(title),
            description: text(description),
            example: example.or_else(first),
            definition,
            ty,
        });
    }
    docs
}
