//! Where a request is sent, and how it is sent with curl.

use serde_json::Value;

use super::book::{Curl, UrlPart};
use super::js;
use super::parameters::{Rows, fields, visible};
use super::security::credentials;
use super::words::Name;
use crate::ir::{Api, MediaType, Operation, Parameter, PathPart, Place};

/// The server's address and the path, parameters in capitals.
pub(super) fn url(api: &Api, operation: &Operation) -> Vec<UrlPart> {
    let text = |text: &str| UrlPart {
        text: encoded(text),
        parameter: false,
    };
    let mut parts: Vec<UrlPart> = Vec::new();
    parts.extend(server(api, operation).map(text));
    parts.extend(operation.path_parts.iter().map(|part| match part {
        PathPart::Text(part) => text(part),
        PathPart::Parameter(name) => UrlPart {
            text: Name::new(name).screaming,
            parameter: true,
        },
    }));
    merged(parts)
}

/// The server's address and the path template as it is written.
pub(super) fn address(api: &Api, operation: &Operation) -> String {
    let server = server(api, operation).unwrap_or_default();
    format!("{server}{}", operation.path)
}

/// What some URLs have in common from the start, in whole path segments.
pub(super) fn common(urls: &[Vec<UrlPart>]) -> Vec<UrlPart> {
    let mut segmented = urls.iter().map(|url| segments(url));
    let Some(mut common) = segmented.next() else {
        return Vec::new();
    };
    for other in segmented {
        let shared = common
            .iter()
            .zip(&other)
            .take_while(|(one, two)| one == two)
            .count();
        common.truncate(shared);
    }
    let slash = UrlPart {
        text: "/".to_owned(),
        parameter: false,
    };
    let mut parts = Vec::new();
    for (place, segment) in common.into_iter().enumerate() {
        parts.extend((place > 0).then(|| slash.clone()));
        parts.extend(segment);
    }
    merged(parts)
}

/// How an operation is called with curl.
pub(super) fn curl(rows: &Rows<'_>, operation: &Operation, format: &str) -> Curl {
    let body = operation.body.as_ref();
    let content = body.and_then(|body| preferred(&body.content));
    let is_form = content.is_some_and(MediaType::is_multipart_form);
    let answer = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success())
        .find_map(|response| preferred(&response.content))
        .filter(|answer| answer.is_json());
    let json = "application/json";
    let mut headers = Vec::new();
    if !is_form {
        let sent = content.map_or(json, |content| content.name.as_str());
        headers.push(format!("Content-Type: {sent}"));
    }
    headers.push(format!(
        "Accept: {}",
        answer.map_or(json, |answer| answer.name.as_str())
    ));
    let sent = credentials(rows.api, operation);
    for each in &sent {
        match each.place {
            Place::Header => headers.push(format!("{}: {}", each.name, each.value)),
            Place::Cookie => headers.push(format!("Cookie: {}={}", each.name, each.value)),
            Place::Query | Place::Querystring | Place::Path => {}
        }
    }
    let required = visible(operation, format, Place::Header).filter(|each| each.required);
    headers.extend(required.map(|each| {
        let example = each.example.as_ref().map(js::display).unwrap_or_default();
        format!("{}: {example}", each.name)
    }));
    Curl {
        headers: headers.iter().map(|header| shell(header)).collect(),
        data: content
            .filter(|_| !is_form && body.is_some_and(|body| body.required))
            .and_then(|content| data(rows, content))
            .map(|data| shell(&data))
            .unwrap_or_default(),
        form: content
            .filter(|_| is_form)
            .map(|content| form(rows, content))
            .unwrap_or_default(),
        url: curl_url(rows, operation, format, &sent),
    }
}

/// The content that is documented where only one can be: JSON if there is some, else the first.
pub(super) fn preferred(content: &[MediaType]) -> Option<&MediaType> {
    let json = content.iter().find(|each| each.is_json());
    json.or_else(|| content.first())
}

/// The example of a body: the media type's own, else its schema's.
pub(super) fn example<'a>(
    rows: &'a Rows<'_>,
    content: &'a MediaType,
) -> Option<&'a serde_json::Value> {
    let own = content.example.as_ref();
    own.or_else(|| content.ty.and_then(|ty| rows.schemas.example(ty)))
}

fn data(rows: &Rows<'_>, content: &MediaType) -> Option<String> {
    let example = example(rows, content)?;
    match example {
        serde_json::Value::String(text) if !content.is_json() => Some(text.clone()),
        example => Some(js::json(example)),
    }
}

/// The required parts; a file's value is a path after `@`.
fn form(rows: &Rows<'_>, content: &MediaType) -> Vec<String> {
    let parts = content.ty.map(|ty| rows.form(ty)).unwrap_or_default();
    let required = parts.into_iter().filter(|part| part.required);
    required
        .map(|part| {
            let file = part.ty == "file";
            let value = if file {
                format!("@PATH_TO_{}", part.name.screaming)
            } else {
                format!("YOUR_{}", part.name.screaming)
            };
            shell(&format!("{}={value}", part.name.key))
        })
        .collect()
}

fn curl_url(
    rows: &Rows<'_>,
    operation: &Operation,
    format: &str,
    sent: &[super::security::Sent],
) -> String {
    let mut address: String = url(rows.api, operation)
        .into_iter()
        .map(|part| part.text)
        .collect();
    let mut pairs: Vec<String> = Vec::new();
    for parameter in visible(operation, format, Place::Query).filter(|each| each.required) {
        for (name, value) in rows.pairs(parameter) {
            pairs.push(format!("{name}={}", js::encode_uri_component(&value)));
        }
    }
    let whole = visible(operation, format, Place::Querystring).filter(|each| each.required);
    pairs.extend(whole.flat_map(|parameter| whole_query(rows, parameter)));
    let keys = sent.iter().filter(|each| each.place == Place::Query);
    pairs.extend(keys.map(|each| format!("{}={}", each.name, each.value)));
    if !pairs.is_empty() {
        address.push('?');
        address.push_str(&pairs.join("&"));
    }
    // The published pages have the URL bare; a shell needs quotes only for what is not in them.
    if address.contains(|c: char| c.is_whitespace() || "'\"\\|;<>$`()".contains(c)) {
        format!("'{}'", shell(&address))
    } else {
        address
    }
}

/// A parameter that is the whole query: the fields of a form, JSON, or a text.
fn whole_query(rows: &Rows<'_>, parameter: &Parameter) -> Vec<String> {
    match &parameter.example {
        Some(Value::Object(_)) if fields(parameter).is_some() => {
            let pairs = rows.pairs(parameter).into_iter();
            pairs
                .map(|(name, value)| format!("{name}={}", js::encode_uri_component(&value)))
                .collect()
        }
        Some(Value::String(text)) => vec![js::encode_uri_component(text)],
        Some(value) => vec![js::encode_uri_component(&value.to_string())],
        None => Vec::new(),
    }
}

/// Text between single quotes of a shell (POSIX, Shell Command Language, 2.2.2).
fn shell(text: &str) -> String {
    text.replace('\'', r"'\''").replace(['\n', '\r'], " ")
}

/// Text of a URL, with what cannot stand in one encoded (RFC 3986, 2.1).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || matches!(c, ' ' | '<' | '>' | '"' | '`' | '|' | '\\') {
            out.push_str(&js::encode_uri_component(&c.to_string()));
        } else {
            out.push(c);
        }
    }
    out
}

fn server<'a>(api: &'a Api, operation: &'a Operation) -> Option<&'a str> {
    let server = operation.server.as_ref().or_else(|| api.servers.first());
    server.map(|server| server.url.as_str())
}

/// A URL cut at its slashes; the two of `https://` stand in the first segments.
fn segments(url: &[UrlPart]) -> Vec<Vec<UrlPart>> {
    let mut segments: Vec<Vec<UrlPart>> = vec![Vec::new()];
    for part in url {
        if part.parameter {
            segments
                .last_mut()
                .into_iter()
                .for_each(|last| last.push(part.clone()));
            continue;
        }
        for (place, text) in part.text.split('/').enumerate() {
            if place > 0 {
                segments.push(Vec::new());
            }
            let piece = UrlPart {
                text: text.to_owned(),
                parameter: false,
            };
            if !text.is_empty() {
                segments
                    .last_mut()
                    .into_iter()
                    .for_each(|last| last.push(piece.clone()));
            }
        }
    }
    segments
}

/// Neighbouring texts in one.
fn merged(parts: Vec<UrlPart>) -> Vec<UrlPart> {
    let mut merged: Vec<UrlPart> = Vec::new();
    for part in parts {
        match merged.last_mut() {
            Some(last) if !last.parameter && !part.parameter => last.text.push_str(&part.text),
            _ => merged.push(part),
        }
    }
    merged.retain(|part| !part.text.is_empty());
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(url: &str) -> Vec<UrlPart> {
        let pieces = url.split(['{', '}']).enumerate();
        let parts = pieces.map(|(place, text)| UrlPart {
            text: text.to_owned(),
            parameter: place % 2 == 1,
        });
        merged(parts.collect())
    }

    #[test]
    fn urls_have_whole_segments_in_common() {
        let common = |urls: &[&str]| -> String {
            let urls: Vec<_> = urls.iter().map(|url| parts(url)).collect();
            let text = |part: UrlPart| {
                if part.parameter {
                    format!("{{{}}}", part.text)
                } else {
                    part.text
                }
            };
            super::common(&urls).into_iter().map(text).collect()
        };
        assert_eq!(
            common(&["https://a.b/auth/user", "https://a.b/auth/device"]),
            "https://a.b/auth"
        );
        assert_eq!(
            common(&["https://a.b/me", "https://a.b/me/invites"]),
            "https://a.b/me"
        );
        assert_eq!(
            common(&["https://a.b/user", "https://a.b/users"]),
            "https://a.b"
        );
        assert_eq!(
            common(&["https://a.b/x/{ID}/y", "https://a.b/x/{ID}"]),
            "https://a.b/x/{ID}"
        );
        assert_eq!(
            common(&["https://a.b/x/{ID}", "https://a.b/x/{NAME}"]),
            "https://a.b/x"
        );
    }

    #[test]
    fn an_apostrophe_ends_and_begins_the_quotes() {
        assert_eq!(shell("it's"), r"it'\''s");
    }
}
