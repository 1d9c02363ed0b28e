//! The component schemas as their page of docs shows them.

use crate::ir::{SchemaDoc, TypeId};
use crate::model::{Document, Reader, schema_json};
use crate::parallel;
use crate::source::{Key, Node, Sources};

use super::types::TypeResolver;

/// The keywords that the page prints elsewhere.
const PRINTED_APART: [&str; 4] = ["title", "description", "example", "examples"];

/// Where a reference to a component leads that names it by an anchor or a URI.
fn component(reference: &Node, types: &TypeResolver<'_>, sources: &Sources) -> Option<String> {
    let text = reference.as_str()?;
    if text.starts_with("#/") {
        return None;
    }
    let target = sources.resolve(reference.at, text).ok()?;
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
    let schemas = document.components.schemas.iter();
    let typed = schemas.map(|(key, node)| (*key, *node, types.type_of(node, reader)));
    let typed: Vec<(&Key, &Node, TypeId)> = typed.collect();
    let (types, sources, version) = (&*types, reader.sources, reader.version);
    parallel::map(&typed, |(key, node, ty)| {
        let definition = schema_json(node, version, &|reference| {
            component(reference, types, sources)
        });
        doc(key, definition, *ty)
    })
}

fn doc(key: &Key, mut definition: serde_json::Value, ty: TypeId) -> SchemaDoc {
    let mut take = |keyword: &str| definition.as_object_mut()?.shift_remove(keyword);
    let [title, description, example, examples] = PRINTED_APART.map(&mut take);
    let text = |value: Option<serde_json::Value>| {
        value
            .as_ref()
            .and_then(|value| value.as_str())
            .map(|text| text.trim().to_owned())
    };
    let first = || examples.as_ref()?.get(0).cloned();
    SchemaDoc {
        key: key.text.to_string(),
        title: text(title),
        description: text(description),
        example: example.or_else(first),
        example_sent: None,
        example_answered: None,
        definition,
        ty,
    }
}
