//! What a body or a parameter holds in each media type (OpenAPI 3.1, 4.8.14 and 4.8.15).

use super::example::{Example, example, examples, serialized};
use super::{Fields, Reader};
use crate::diagnostic::{At, Problem};
use crate::source::Node;

/// The Media Type Object with its name.
pub struct MediaType<'d> {
    /// Where it stands.
    pub at: At,
    /// The media type.
    pub name: &'d str,
    /// `schema`, else `itemSchema`
    pub schema: Option<&'d Node>,
    /// Whether the schema is that of each item of a sequence: `itemSchema`.
    pub of_items: bool,
    /// `encoding`
    pub encoding: Vec<Encoding<'d>>,
    /// `example`, else the first value of `examples`
    pub example: Option<&'d Node>,
    /// Without one, the first of `examples` that is given as it is written: `serializedValue`.
    pub serialized: Option<&'d Node>,
    /// `example`, else `examples`
    pub examples: Vec<Example<'d>>,
}

/// The Encoding Object with its field's name.
#[derive(Clone)]
pub struct Encoding<'d> {
    /// The field.
    pub field: &'d str,
    /// `contentType`
    pub content_type: Option<&'d str>,
    /// `style`
    pub style: Option<&'d str>,
    /// `explode`
    pub explode: Option<bool>,
    /// `allowReserved`
    pub allow_reserved: bool,
}

/// Reads `content`.
pub(super) fn content<'d>(fields: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<MediaType<'d>> {
    let mut content = Vec::new();
    for (name, node) in reader.entries(fields, "content") {
        let Some(node) = reader.follow(node) else {
            continue;
        };
        let Some(media) = reader.fields(node, "media type") else {
            continue;
        };
        content.push(MediaType {
            at: name.at,
            name: &name.text,
            schema: media.get("schema").or_else(|| media.get("itemSchema")),
            of_items: media.get("schema").is_none(),
            encoding: encoding(media, reader),
            example: example(media, reader),
            examples: examples(media, reader),
            serialized: serialized(media, reader),
        });
        if name.text.starts_with("multipart/") {
            report_positions(media, reader);
        }
    }
    content
}

/// Reports what is said of parts by their position (3.2, 4.14.5): such a body is handed over whole.
fn report_positions<'d>(media: Fields<'d>, reader: &mut Reader<'d, '_>) {
    for key in ["prefixEncoding", "itemEncoding"] {
        if media.get(key).is_some() {
            reader.problems.report(
                Problem::warning(
                    "unsupported-encoding",
                    "parts without names are not told apart yet",
                )
                .at(media.at(key))
                .label("passed over: the body is one run of bytes")
                .help("parts of `multipart/form-data` have names, and are written one by one"),
            );
        }
    }
}

/// Whether a part is a body of several parts itself, of which more is said (3.2, 4.15.1.3).
fn has_parts<'d>(encoding: Fields<'d>, reader: &mut Reader<'d, '_>) -> bool {
    let keys = ["encoding", "prefixEncoding", "itemEncoding"];
    let Some(key) = keys.into_iter().find(|key| encoding.get(key).is_some()) else {
        return false;
    };
    reader.problems.report(
        Problem::warning(
            "unsupported-encoding",
            "parts of a part are not written yet",
        )
        .at(encoding.at(key))
        .label("passed over: the part is given whole, as bytes")
        .help("make the part yourself, and give its media type with it"),
    );
    true
}

fn encoding<'d>(media: Fields<'d>, reader: &mut Reader<'d, '_>) -> Vec<Encoding<'d>> {
    let mut encodings = Vec::new();
    for (name, node) in reader.entries(media, "encoding") {
        let Some(fields) = reader.fields(node, "encoding") else {
            continue;
        };
        let nested = has_parts(fields, reader).then_some("multipart/mixed");
        encodings.push(Encoding {
            field: &name.text,
            content_type: reader.text(fields, "contentType").or(nested),
            style: reader.text(fields, "style"),
            explode: fields.get("explode").and_then(Node::as_bool),
            allow_reserved: reader.flag(fields, "allowReserved", false),
        });
    }
    encodings
}

/// The content of a response in 2.0: one schema in every media type that is produced.
pub(super) fn produced<'d>(fields: Fields<'d>, reader: &Reader<'d, '_>) -> Vec<MediaType<'d>> {
    let Some(schema) = fields.get("schema") else {
        return Vec::new();
    };
    let mut names = reader.produced.clone();
    if names.is_empty() {
        names.push("application/json");
    }
    let examples = fields.get("examples");
    let media = names.into_iter().map(|name| {
        let example = examples.and_then(|examples| examples.get(name));
        MediaType {
            at: schema.at,
            name,
            schema: Some(schema),
            of_items: false,
            encoding: Vec::new(),
            example,
            serialized: None,
            examples: example.into_iter().map(Example::only).collect(),
        }
    });
    media.collect()
}
