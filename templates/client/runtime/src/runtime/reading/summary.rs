//! One line that says what an error's body says.
//!
//! Error bodies differ from API to API, but nearly all carry a sentence for people under one of a
//! few names: RFC 9457 has `detail` and `title`, JSON:API has a list `errors`, others `message`.

use serde_json::Value;

/// Names that hold the sentence, in the order in which they are tried.
const SENTENCE: &[&str] = &[
    "message",
    "detail",
    "error_description",
    "title",
    "error",
    "errors",
];

/// The most characters that are worth a line.
const LONGEST: usize = 200;

/// How deep the sentence may be: `errors[0].detail` is four levels down, itself included.
const DEEPEST: u8 = 4;

/// The sentence in a JSON body; `None` if there is none.
pub(crate) fn of(body: &[u8]) -> Option<String> {
    let value = serde_json::from_slice(body).ok()?;
    sentence(&value, DEEPEST).map(one_line)
}

fn sentence(value: &Value, depth: u8) -> Option<&str> {
    let deeper = depth.checked_sub(1)?;
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        Value::Array(items) => sentence(items.first()?, deeper),
        Value::Object(members) => SENTENCE
            .iter()
            .filter_map(|name| members.get(*name))
            .find_map(|it| sentence(it, deeper)),
        _ => None,
    }
}

/// A text as a part of one line, cut short if it is long.
pub(crate) fn one_line(text: &str) -> String {
    let printable = |char: char| if char.is_control() { ' ' } else { char };
    let mut line: String = text.chars().take(LONGEST).map(printable).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}
