//! Whether the values that a schema gives — its default, its example, its enum — are of the type
//! that it says.
//!
//! A value that is not stays as it is written, since nobody knows which of the two is meant.

use crate::diagnostic::Problem;
use crate::ir::TypeWord;
use crate::source::{Node, Value};

use super::{Fields, Reader};

/// Reports values of another type than the words of `type`.
pub(super) fn check(fields: Fields<'_>, words: &[TypeWord], reader: &mut Reader<'_, '_>) {
    if words.is_empty() {
        return;
    }
    let listed = |key: &str| fields.get(key).and_then(Node::as_list).unwrap_or_default();
    let single = ["default", "example", "const"].map(|key| (key, fields.get(key)));
    let single = single
        .into_iter()
        .filter_map(|(key, node)| Some((key, node?)));
    let several = ["enum", "examples"].map(|key| (key, listed(key)));
    let several = several
        .into_iter()
        .flat_map(|(key, list)| list.iter().map(move |node| (key, node)));
    for (key, node) in single.chain(several) {
        // `null` says that there is none, whatever the type.
        let null = matches!(node.value, Value::Null);
        if !null && !words.iter().any(|word| fits(node, *word)) {
            report(key, node, words, reader);
        }
    }
}

/// Whether a value is of a type, as JSON Schema tells them apart. YAML reads `1.0` and `yes` as
/// no strings, though a string was meant.
fn fits(node: &Node, word: TypeWord) -> bool {
    match (&node.value, word) {
        (Value::String(_) | Value::Number(_) | Value::Bool(_), TypeWord::String)
        | (Value::Number(_), TypeWord::Number)
        | (Value::Bool(_), TypeWord::Boolean)
        | (Value::List(_), TypeWord::Array)
        | (Value::Map(_), TypeWord::Object) => true,
        (Value::Number(number), TypeWord::Integer) => {
            number.as_f64().is_some_and(|real| real.fract() == 0.0)
        }
        _ => false,
    }
}

fn report(key: &str, node: &Node, words: &[TypeWord], reader: &mut Reader<'_, '_>) {
    let types: Vec<String> = words
        .iter()
        .map(|word| format!("`{}`", word.as_str()))
        .collect();
    let types = types.join(" or ");
    let subject = match key {
        "enum" => "a value of `enum`".to_owned(),
        "examples" => "an example".to_owned(),
        key => format!("`{key}`"),
    };
    reader.problems.report(
        Problem::warning(
            "value-of-wrong-type",
            format!("{subject} is not of type {types}"),
        )
        .at(node.at)
        .label(node.phrase())
        .help("change the value or the `type`"),
    );
}
