//! Examples of parameters, headers and media types: `example`, and the objects of `examples`.
//!
//! By the specification a `$ref` in an example is a part of it. Of an example that is nothing else
//! (`example: { $ref: "#/components/schemas/pet/example" }`) nobody means that: it is what the
//! reference leads to, if that is an example, and none if it is something else of the description.

use super::{Fields, Reader};
use crate::source::Node;

/// The Example Object with its name.
pub struct Example<'d> {
    /// Its name; `None` for `example`.
    pub name: Option<&'d str>,
    /// `dataValue`, else `value`
    pub value: Option<&'d Node>,
    /// `serializedValue`
    pub text: Option<&'d str>,
}

/// The `example`, else the first value of `examples`. Since 3.2 it may be called what it is,
/// apart from how it is written.
pub(super) fn example<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Option<&'d Node> {
    let own = fields.get("example").and_then(|node| meant(node, reader));
    own.or_else(|| in_examples(fields, &["dataValue", "value"], reader))
}

/// The first of `examples` that is given as it is written, where none is given as a value.
pub(super) fn serialized<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Option<&'d Node> {
    match example(fields, reader) {
        Some(_) => None,
        None => in_examples(fields, &["serializedValue"], reader),
    }
}

/// What the first of `examples` that has one of these keys has under it.
fn in_examples<'d>(
    fields: Fields<'d>,
    keys: &[&str],
    reader: &mut Reader<'d, '_>,
) -> Option<&'d Node> {
    let examples = reader.entries(fields, "examples").into_iter();
    let mut examples = examples.filter_map(|(_, node)| reader.follow(node));
    let value = examples.find_map(|example| keys.iter().find_map(|key| example.get(key)))?;
    meant(value, reader)
}

/// The only `example`, else all `examples` that say a value or a text.
pub(super) fn examples<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<Example<'d>> {
    if let Some(example) = fields.get("example") {
        return meant(example, reader)
            .map(Example::only)
            .into_iter()
            .collect();
    }
    let Some(entries) = fields.get("examples").and_then(Node::as_map) else {
        return Vec::new();
    };
    let examples = entries.iter().filter_map(|(name, node)| {
        let node = reader.follow(node)?;
        let value = node.get("dataValue").or_else(|| node.get("value"));
        let value = value.and_then(|value| meant(value, reader));
        let text = node.get("serializedValue").and_then(Node::as_str);
        (value.is_some() || text.is_some()).then_some(Example {
            name: Some(&*name.text),
            value,
            text,
        })
    });
    examples.collect()
}

impl<'d> Example<'d> {
    /// One without a name.
    pub(super) fn only(value: &'d Node) -> Self {
        Self {
            name: None,
            value: Some(value),
            text: None,
        }
    }
}

/// What an example is meant to be that is nothing but a reference within its file; any other is
/// itself.
fn meant<'d>(example: &'d Node, reader: &Reader<'d, '_>) -> Option<&'d Node> {
    let map = example.as_map().filter(|map| map.len() == 1);
    let reference = map.and_then(|map| map.get("$ref"));
    let reference = reference.and_then(|node| Some((node.at, node.as_str()?)));
    let within = reference.filter(|(_, text)| text.starts_with("#/"));
    let led = within.and_then(|(at, text)| Some((text, reader.sources.resolve(at, text).ok()?)));
    let Some((text, target)) = led else {
        return Some(example);
    };
    // Of `#/components/examples/pet` it is the value.
    let (holder, _) = text.rsplit_once('/').unwrap_or_default();
    if let Some(value) = target
        .get("value")
        .filter(|_| holder.ends_with("/examples"))
    {
        return Some(value);
    }
    let mut names = text.split('/');
    let is_example = names.any(|name| matches!(name, "example" | "examples" | "value"));
    is_example.then_some(target)
}
