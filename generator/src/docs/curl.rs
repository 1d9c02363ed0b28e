//! How a request is sent with curl: a command that would run.

use serde_json::Value;

use super::assignments::{assignments, fields};
use super::book::Curl;
use super::content::{preferred, sample_value};
use super::curl_body;
use super::js;
use super::options::Samples;
use super::parameters::{Rows, visible};
use super::request::url;
use super::security::{Sent, credentials};
use super::shell::quoted;
use crate::ir::{MediaType, Operation, Parameter, Place, Style};

/// How an operation is called with curl.
pub(super) fn curl(rows: &Rows<'_>, operation: &Operation, format: &str) -> Curl {
    let body = operation.body.as_ref();
    let content = body.and_then(|body| preferred(&body.content));
    let answer = answer(operation);
    let json = "application/json";
    let mut arguments = body
        .map(|body| curl_body::arguments(rows, body))
        .unwrap_or_default();
    let says_type = !arguments.is_empty() || rows.options.samples == Samples::Required;
    let mut headers = Vec::new();
    // curl says itself which boundary it puts between parts.
    if says_type && !content.is_some_and(MediaType::is_multipart_form) {
        let sent = content.map_or(json, MediaType::sent_name);
        headers.push(format!("Content-Type: {sent}"));
    }
    headers.push(format!(
        "Accept: {}",
        answer.map_or(json, MediaType::asked_name)
    ));
    let sent = credentials(rows.api, operation);
    let mut cookies = Vec::new();
    for each in &sent {
        match each.place {
            Place::Header => headers.push(format!("{}: {}", each.name, each.value)),
            Place::Cookie => cookies.push(format!("{}={}", each.name, each.value)),
            Place::Query | Place::Querystring | Place::Path => {}
        }
    }
    let required = |place| visible(operation, format, place).filter(|each| each.required);
    cookies.extend(required(Place::Cookie).flat_map(|each| as_cookies(each, &value(rows, each))));
    // Of this header there is one, however many cookies there are (RFC 6265, 5.4).
    headers.extend((!cookies.is_empty()).then(|| format!("Cookie: {}", cookies.join("; "))));
    let header = |each| as_header(each, &value(rows, each));
    headers.extend(required(Place::Header).map(|each| format!("{}: {}", each.name, header(each))));
    let is_file = answer.is_some_and(MediaType::is_file);
    arguments.extend(is_file.then(|| "-o PATH_TO_FILE".to_owned()));
    Curl {
        headers: headers.iter().map(|header| quoted(header)).collect(),
        arguments,
        url: curl_url(rows, operation, format, &sent),
    }
}

/// What is asked for: the content of the first success that has some. A stream is asked for as
/// the published pages ask for it.
fn answer(operation: &Operation) -> Option<&MediaType> {
    let successes = operation.responses.iter();
    let mut successes = successes.filter(|response| response.status.is_success());
    let answer = successes.find_map(|response| preferred(&response.content))?;
    (!answer.is_event_stream()).then_some(answer)
}

fn curl_url(rows: &Rows<'_>, operation: &Operation, format: &str, sent: &[Sent]) -> String {
    let mut address: String = url(rows.api, operation)
        .into_iter()
        .map(|part| part.text)
        .collect();
    if address.starts_with('/') {
        address.insert_str(0, "https://YOUR_SERVER");
    }
    let mut pairs: Vec<String> = Vec::new();
    for parameter in visible(operation, format, Place::Query).filter(|each| each.required) {
        pairs.extend(query_pairs(rows, parameter).iter().map(encoded));
    }
    let whole = visible(operation, format, Place::Querystring).filter(|each| each.required);
    pairs.extend(whole.flat_map(|parameter| whole_query(rows, parameter)));
    let keys = sent.iter().filter(|each| each.place == Place::Query);
    let key = |each: &Sent| format!("{}={}", js::encode_uri_component(&each.name), each.value);
    pairs.extend(keys.map(key));
    if !pairs.is_empty() {
        address.push('?');
        address.push_str(&pairs.join("&"));
    }
    // The published pages have the URL bare, even with a sign that ends a command.
    let means_something = match rows.options.samples {
        Samples::Required => "'\"\\|;<>$`()",
        Samples::WithBody => "'\"\\|;<>$`()&?*[]{}",
    };
    if address.contains(|c: char| c.is_whitespace() || means_something.contains(c)) {
        format!("'{}'", quoted(&address))
    } else {
        address
    }
}

/// What a required parameter is: its example, its default, or what its type says.
fn value(rows: &Rows<'_>, parameter: &Parameter) -> Value {
    let given = parameter.example.as_ref().or(parameter.default.as_ref());
    let of_type = || sample_value(rows, &parameter.name, parameter.ty);
    given.cloned().unwrap_or_else(of_type)
}

/// A required parameter of the query as pairs; there is one even if nothing is said of its value.
/// The published pages have brackets wherever a schema has a name.
fn query_pairs(rows: &Rows<'_>, parameter: &Parameter) -> Vec<(String, String)> {
    if rows.options.samples == Samples::Required {
        let pairs = rows.pairs(parameter);
        if !pairs.is_empty() {
            return pairs;
        }
    }
    written(parameter, &value(rows, parameter), parameter.style)
}

/// A value as pairs of its parameter: as the media type says if it has one, else by the style.
fn written(parameter: &Parameter, value: &Value, style: Style) -> Vec<(String, String)> {
    let name = &parameter.name;
    match parameter.content {
        Some(_) => vec![(name.clone(), as_content(value))],
        None => assignments(name, value, style, parameter.explode),
    }
}

/// A value in a media type; a text is taken for what it is.
fn as_content(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => js::json(value),
    }
}

/// A pair as a URL has it. Brackets in a name would be a range of URLs to curl.
fn encoded((name, value): &(String, String)) -> String {
    let encode = js::encode_uri_component;
    format!("{}={}", encode(name), encode(value))
}

/// What a header holds: members of lists and objects have commas between them.
fn as_header(parameter: &Parameter, value: &Value) -> String {
    let names = value.is_object() && parameter.explode && parameter.content.is_none();
    let pairs = written(parameter, value, Style::Simple).into_iter();
    let texts: Vec<String> = pairs
        .map(|(name, text)| match names {
            true => format!("{name}={text}"),
            false => text,
        })
        .collect();
    texts.join(",")
}

/// The cookies of a parameter, one for each member that is written on its own.
fn as_cookies(parameter: &Parameter, value: &Value) -> Vec<String> {
    let pairs = written(parameter, value, parameter.style).into_iter();
    pairs.map(|(name, text)| format!("{name}={text}")).collect()
}

/// A parameter that is the whole query: the fields of a form, JSON, or a text.
fn whole_query(rows: &Rows<'_>, parameter: &Parameter) -> Vec<String> {
    match &parameter.example {
        Some(Value::Object(_)) if fields(parameter).is_some() => {
            rows.pairs(parameter).iter().map(encoded).collect()
        }
        Some(Value::String(text)) => vec![js::encode_uri_component(text)],
        Some(value) => vec![js::encode_uri_component(&value.to_string())],
        None => Vec::new(),
    }
}
