//! The values of `enum` and `const`, with the names and texts that are given for them.

use serde_json::Value as Json;

use crate::ir::{EnumValue, TypeWord};
use crate::model::Schema;
use crate::source::Node;

/// The values, each once; `words` are the types that the schema and others around it say.
pub(super) fn enum_values(
    schema: &Schema<'_>,
    values: &[&Node],
    words: &[TypeWord],
) -> Vec<EnumValue> {
    let text =
        |list: &[Node], index: usize| list.get(index).and_then(Node::as_text).map(str::to_owned);
    let as_string = words == [TypeWord::String];
    let values = values.iter().enumerate().map(|(index, node)| EnumValue {
        value: match node.as_text() {
            // `enum: [3.10, on]` of a string type: the text is what was meant.
            Some(text) if as_string => Json::from(text),
            _ => node.to_json(),
        },
        name: text(schema.value_names, index),
        description: text(schema.value_descriptions, index),
    });
    let mut unique: Vec<EnumValue> = Vec::new();
    for value in values {
        if !unique.iter().any(|known| known.value == value.value) {
            unique.push(value);
        }
    }
    unique
}
