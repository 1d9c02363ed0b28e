//! Says which media type stands for a range.
//!
//! Frameworks that do not know how values will be written describe their content as `*/*` (RFC
//! 9110, 12.5.1). A client has to know: what has a structure is JSON, and a text is text. What is
//! binary, or of which nothing is said, stays bytes.

use crate::ir::{Api, MediaType, Shape, TypeId, Types};

/// Says of each range that stands for JSON or text which of them it is.
pub fn settle_ranges(api: &mut Api) {
    let types = &api.types;
    let operations = api.resources.iter_mut();
    for operation in operations.flat_map(|resource| &mut resource.operations) {
        let body = operation.body.iter_mut().flat_map(|body| &mut body.content);
        let answers = operation.responses.iter_mut();
        let answers = answers.flat_map(|response| &mut response.content);
        for media in body.chain(answers) {
            media.stands_for = stands_for(types, media);
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
