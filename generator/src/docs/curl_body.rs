//! The body of a request as arguments of curl: JSON, a form, a text, a file.

use serde_json::Value;

use super::assignments::assignments;
use super::content::{example, in_samples, preferred, sample_value};
use super::js;
use super::parameters::{Files, Rows};
use super::shell::{quoted, verbatim};
use super::words::Name;
use crate::ir::{Body, Direction, Field, MediaType, Style};

/// The arguments that send a body; none if samples do not have it, but for the parts of a form
/// that a form must have.
pub(super) fn arguments(rows: &Rows<'_>, body: &Body) -> Vec<String> {
    let Some(content) = preferred(&body.content) else {
        return Vec::new();
    };
    if content.is_multipart_form() || content.is_form() {
        let fields = needed(rows, body, content).into_iter();
        return fields
            .flat_map(|field| match content.is_form() {
                true => pairs(rows, content, field),
                false => parts(rows, content, field),
            })
            .collect();
    }
    let sent = in_samples(rows, body).then(|| data(rows, body, content));
    sent.flatten().into_iter().collect()
}

/// The fields that must be there; the first if none must although the body is required.
fn needed<'a>(rows: &'a Rows<'_>, body: &Body, content: &MediaType) -> Vec<&'a Field> {
    let fields = rows.fields(content);
    let required: Vec<&Field> = fields
        .iter()
        .copied()
        .filter(|field| field.required)
        .collect();
    if !required.is_empty() || !body.required {
        return required;
    }
    let first = fields.into_iter().find(|field| !field.deprecated);
    first.into_iter().collect()
}

/// A field of a form like a query: a pair for each value, encoded by curl.
fn pairs(rows: &Rows<'_>, content: &MediaType, field: &Field) -> Vec<String> {
    let encoding = content
        .encoding
        .iter()
        .find(|each| each.field == field.name);
    let style = encoding
        .and_then(|encoding| encoding.style)
        .unwrap_or(Style::Form);
    let explode = encoding.and_then(|encoding| encoding.explode);
    let explode = explode.unwrap_or(style.explodes());
    let value = sample_value(rows, &field.name, field.ty);
    let pairs = assignments(&field.name, &value, style, explode);
    let pairs = pairs.into_iter();
    pairs
        .map(|(name, value)| {
            // curl encodes what follows the sign, so a name that needs it is encoded here.
            let name = js::encode_uri_component(&name);
            format!(
                "--data-urlencode '{}'",
                verbatim(&format!("{name}={value}"))
            )
        })
        .collect()
}

/// A part of a form; a file's value is a path after `@`.
fn parts(rows: &Rows<'_>, content: &MediaType, field: &Field) -> Vec<String> {
    let encoding = content
        .encoding
        .iter()
        .find(|each| each.field == field.name);
    let media = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let media = media.filter(|media| !media.contains([',', '*']));
    let is_file = rows.files(field, content) != Files::None;
    if is_file {
        let path = format!("@PATH_TO_{}", Name::new(&field.name).screaming);
        return vec![part(field, &path, media)];
    }
    let members = match sample_value(rows, &field.name, field.ty) {
        Value::Array(members) if !members.iter().any(is_structure) => members,
        value => vec![value],
    };
    let parts = members.iter().map(|member| match is_structure(member) {
        true => part(
            field,
            &unparted(&js::json(member)),
            media.or(Some("application/json")),
        ),
        false => plain_part(field, &js::display(member), media),
    });
    parts.collect()
}

fn is_structure(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

fn part(field: &Field, value: &str, media: Option<&str>) -> String {
    let media = media
        .map(|media| format!(";type={media}"))
        .unwrap_or_default();
    format!(
        "-F '{}'",
        verbatim(&format!("{}={value}{media}", field.name))
    )
}

/// JSON as `-F` takes it: in quotes if there is what would end it.
fn unparted(json: &str) -> String {
    match json.contains(';') {
        true => format!("\"{}\"", json.replace('\\', r"\\").replace('"', r#"\""#)),
        false => json.to_owned(),
    }
}

/// A text; one that would mean something to `-F` is sent as it is.
fn plain_part(field: &Field, value: &str, media: Option<&str>) -> String {
    if value.starts_with(['@', '<', '"']) || value.contains(';') {
        return format!(
            "--form-string '{}'",
            verbatim(&format!("{}={value}", field.name))
        );
    }
    part(field, value, media)
}

/// A body that is one value.
fn data(rows: &Rows<'_>, body: &Body, content: &MediaType) -> Option<String> {
    let example = example(rows, content, Direction::Request);
    if content.is_json() {
        return example.map(|example| format!("-d '{}'", quoted(&js::json(example))));
    }
    let name = Name::new(&body.name).screaming;
    if content.is_json_lines() {
        let lines: Vec<String> = match example {
            Some(Value::Array(lines)) => lines.iter().map(js::json).collect(),
            Some(line) => vec![js::json(line)],
            None => return Some(format!("--data-binary @PATH_TO_{name}")),
        };
        return Some(format!("--data-binary '{}'", verbatim(&lines.join("\n"))));
    }
    match example {
        // `-d` takes what begins with this sign for the name of a file.
        Some(Value::String(text)) if text.starts_with('@') => {
            Some(format!("--data-raw '{}'", verbatim(text)))
        }
        Some(Value::String(text)) if content.is_text() => Some(format!("-d '{}'", verbatim(text))),
        _ => Some(format!("--data-binary @PATH_TO_{name}")),
    }
}
