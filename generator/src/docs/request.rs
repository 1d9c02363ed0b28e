//! Where a request is sent.

use super::book::UrlPart;
use super::js;
use super::words::Name;
use crate::ir::{Api, Operation, PathPart};

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

/// Whether an operation is not sent to the API's first server.
pub(super) fn is_elsewhere(api: &Api, operation: &Operation) -> bool {
    let first = api.servers.first();
    let own = operation.server.as_ref();
    own.is_some_and(|own| first.is_none_or(|first| first.url != own.url))
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
}
