//! What travels: request bodies and responses (OpenAPI 3.1, 4.8.13 and 4.8.17).

use super::component_key::component_key;
use super::content::{MediaType, content, produced};
use super::parameter::Header;
use super::{Fields, Reader, Version};
use crate::diagnostic::{At, Problem};
use crate::source::{Key, Node};

/// The Request Body Object.
pub struct RequestBody<'d> {
    /// Where it stands.
    pub at: At,
    /// Its key among the components, if it is referred to as one.
    pub component: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `required`
    pub required: bool,
    /// `content`
    pub content: Vec<MediaType<'d>>,
    /// `x-position`, from 1
    pub position: Option<usize>,
}

/// The Response Object.
pub struct Response<'d> {
    /// Where it stands.
    pub at: At,
    /// Its key among the components, if it is referred to as one.
    pub component: Option<String>,
    /// `description`
    pub description: String,
    /// `headers`
    pub headers: Vec<(&'d Key, Header<'d>)>,
    /// `content`
    pub content: Vec<MediaType<'d>>,
}

impl<'d> RequestBody<'d> {
    /// Reads a request body; one without content is reported and passed over.
    pub fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let component = component_key(node, "requestBodies");
        let node = reader.follow(node)?;
        let fields = reader.fields(node, "request body")?;
        let position = reader.count(fields, "x-position");
        let body = Self {
            at: fields.at,
            component,
            description: reader.prose(fields, "description"),
            required: reader.flag(fields, "required", false),
            content: content(fields, reader),
            position: position.and_then(|position| usize::try_from(position).ok()),
        };
        if body.content.is_empty() {
            reader.problems.report(
                Problem::warning("empty-body", "this request body has no `content`")
                    .at(fields.at)
                    .label("passed over")
                    .help("name the media types that it may have, such as `application/json`"),
            );
            return None;
        }
        Some(body)
    }
}

impl<'d> Response<'d> {
    /// Reads a response.
    pub fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let component = component_key(node, "responses");
        let node = reader.follow(node)?;
        let fields = reader.fields(node, "response")?;
        let mut headers = Vec::new();
        for (name, node) in reader.entries(fields, "headers") {
            if let Some(header) = Header::read(node, reader) {
                headers.push((name, header));
            }
        }
        Some(Self {
            at: fields.at,
            component,
            description: described(fields, reader).unwrap_or_default(),
            headers,
            content: match reader.version {
                Version::V2_0 => produced(fields, reader),
                _ => content(fields, reader),
            },
        })
    }
}

/// The `summary` of a response or a tag (3.2), then its `description`.
pub(super) fn described<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Option<String> {
    let summary = reader.prose(fields, "summary");
    match (summary, reader.prose(fields, "description")) {
        (Some(summary), Some(description)) if !description.starts_with(&summary) => {
            Some(format!("{summary}\n\n{description}"))
        }
        (summary, description) => description.or(summary),
    }
}
