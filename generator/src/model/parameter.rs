//! Parameters and headers, which are alike but for a name and a place (OpenAPI 3.1, 4.8.12 and
//! 4.8.21).

use super::content::{MediaType, content};
use super::example::example;
use super::reader::LEFT_OUT;
use super::{Fields, Reader, Version, swagger};
use crate::diagnostic::At;
use crate::source::Node;

/// The Parameter Object.
pub struct Parameter<'d> {
    /// Where it stands.
    pub at: At,
    /// `name`
    pub name: &'d str,
    /// `in`
    pub place: &'d str,
    /// The place of `in`.
    pub place_at: At,
    /// What a parameter and a header have in common.
    pub header: Header<'d>,
    /// `allowReserved`
    pub allow_reserved: bool,
    /// `x-internal`
    pub internal: Option<&'d Node>,
    /// `x-ms-parameter-location`: `client` or `method`.
    pub location: Option<&'d str>,
}

/// The Header Object: a parameter without name and place.
pub struct Header<'d> {
    /// `description`
    pub description: Option<String>,
    /// `required`
    pub required: bool,
    /// `deprecated`
    pub deprecated: bool,
    /// `style`, with its place.
    pub style: Option<(&'d str, At)>,
    /// `explode`
    pub explode: Option<bool>,
    /// `schema`
    pub schema: Option<&'d Node>,
    /// `content`, which has one entry.
    pub content: Vec<MediaType<'d>>,
    /// `example`, else the first value of `examples`
    pub example: Option<&'d Node>,
}

impl<'d> Header<'d> {
    /// Its schema, which may stand with its media type.
    pub fn schema(&self) -> Option<&'d Node> {
        let content = self.content.first();
        self.schema
            .or_else(|| content.and_then(|media| media.schema))
    }

    /// Its example, which may stand with its media type.
    pub fn example(&self) -> Option<&'d Node> {
        let content = self.content.first();
        self.example
            .or_else(|| content.and_then(|media| media.example))
    }
}

impl<'d> Parameter<'d> {
    /// Reads a parameter.
    pub fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let node = reader.follow(node)?;
        let fields = reader.fields(node, "parameter")?;
        Some(Self {
            at: fields.at,
            name: reader.required_text(fields, "name", LEFT_OUT)?,
            place: reader.required_text(fields, "in", LEFT_OUT)?,
            place_at: fields.at("in"),
            header: Header::of(node, fields, reader),
            allow_reserved: reader.flag(fields, "allowReserved", false),
            internal: fields.get("x-internal"),
            location: reader.text(fields, "x-ms-parameter-location"),
        })
    }
}

impl<'d> Header<'d> {
    /// Reads a header.
    pub fn read(node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<Self> {
        let node = reader.follow(node)?;
        let fields = reader.fields(node, "header")?;
        Some(Self::of(node, fields, reader))
    }

    fn of(node: &'d Node, fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Self {
        let mut header = Self::of_3(fields, reader);
        if reader.version == Version::V2_0 {
            let (style, explode) = swagger::collection(fields, reader);
            header.style = style;
            header.explode = Some(explode);
            header.schema = Some(node);
            header.example = header.example.or(fields.get("x-example"));
        }
        header
    }

    fn of_3(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Self {
        Self {
            description: reader.prose(fields, "description"),
            required: reader.flag(fields, "required", false),
            deprecated: reader.flag(fields, "deprecated", false),
            style: reader
                .text(fields, "style")
                .map(|style| (style, fields.at("style"))),
            explode: fields.get("explode").and_then(Node::as_bool),
            schema: fields.get("schema"),
            content: content(fields, reader),
            example: example(fields, reader),
        }
    }
}
