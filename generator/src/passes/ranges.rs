//! Says which media type stands for a range.
//!
//! Frameworks that do not know how values will be written describe their content as `*/*` (RFC
//! 9110, 12.5.1). A client has to know: what has a structure is JSON, and a text is text. What is
//! binary, or of which nothing is said, stays bytes. Some say JSON of all that they answer, and binary
//! of the schema of a download: no JSON is that, so the schema counts.

use crate::ir::{Api, MediaType, Shape, TypeId, Types};

/// Says of each range that stands for JSON or text which of them it is, and of answers that are no
/// JSON that they are bytes.
pub fn settle_ranges(api: &mut Api) {
    let types = &api.types;
    let operations = api.resources.iter_mut();
    for operation in operations.flat_map(|resource| &mut resource.operations) {
        let body = operation.body.iter_mut().flat_map(|body| &mut body.content);
        for media in body {
            media.stands_for = stands_for(types, media);
        }
        let answers = operation.responses.iter_mut();
        for media in answers.flat_map(|response| &mut response.content) {
            media.stands_for = match is_download(types, media) {
                true => Some("application/octet-stream"),
                false => stands_for(types, media),
            };
        }
    }
}

fn stands_for(types: &Types, media: &MediaType) -> Option<&'static str> {
    let kind = media.name.split('/').next().unwrap_or_default().trim();
    if !media.is_range() || !matches!(kind, "*" | "application" | "text") {
        return None;
    }
    let json = is_structure(types, media.ty?)?;
    match (kind, json) {
        ("*", true) | ("application", true) => Some("application/json"),
        ("*", false) | ("text", _) => Some("text/plain"),
        _ => None,
    }
}

/// Whether bytes are described as JSON.
fn is_download(types: &Types, media: &MediaType) -> bool {
    let ty = media.ty.map(|ty| types.get(types.resolve(ty)));
    media.is_json()
        && ty.is_some_and(|ty| {
            matches!(ty.shape, Shape::String) && ty.format.as_deref() == Some("binary")
        })
}

/// Whether a value has a structure, or is text; `None` if it is neither, or nobody says.
fn is_structure(types: &Types, ty: TypeId) -> Option<bool> {
    let ty = types.get(types.resolve(ty));
    match ty.shape {
        Shape::Any | Shape::Alias(_) => None,
        Shape::String if matches!(ty.format.as_deref(), Some("binary" | "byte")) => None,
        Shape::String => Some(false),
        _ => Some(true),
    }
}
