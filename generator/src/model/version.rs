//! Which OpenAPI a document speaks.

use super::Reader;
use crate::diagnostic::Problem;
use crate::source::Node;

/// A version of OpenAPI, as far as reading differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0: bodies are parameters, parameters are schemas.
    V2_0,
    /// 3.0.x: schemas in a dialect of their own.
    V3_0,
    /// 3.1.x and 3.2.x: schemas are JSON Schema 2020-12.
    V3_1,
}

impl Version {
    /// Reads `openapi` at the root of a document.
    pub(super) fn read(root: &Node, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let Some(node) = root.get("openapi") else {
            return Self::swagger(root, reader);
        };
        match node.as_text() {
            Some(text) if is_minor(text, "3.0") => Some(Self::V3_0),
            Some(text) if is_minor(text, "3.1") || is_minor(text, "3.2") => Some(Self::V3_1),
            _ => {
                report_unknown("OpenAPI", node, reader);
                None
            }
        }
    }

    /// Reads `swagger`, the name of the specification up to 2.0.
    fn swagger(root: &Node, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let Some(node) = root.get("swagger") else {
            reader.problems.report(
                Problem::error(
                    "not-openapi",
                    "this is no OpenAPI description: it has no `openapi`",
                )
                .at(root.at)
                .help("add the version of the specification at the top, such as `openapi: 3.1.1`"),
            );
            return None;
        };
        // `swagger: 2` is how YAML's users shorten it.
        if node
            .as_text()
            .is_some_and(|text| is_minor(text, "2.0") || text == "2")
        {
            return Some(Self::V2_0);
        }
        report_unknown("Swagger", node, reader);
        None
    }
}

fn report_unknown(name: &str, node: &Node, reader: &mut Reader<'_, '_>) {
    let shown = node.as_text().unwrap_or(node.kind());
    reader.problems.report(
        Problem::error(
            "unsupported-version",
            format!("{name} `{shown}` is not known"),
        )
        .at(node.at)
        .label("not a version that can be read")
        .help("Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are read"),
    );
}

fn is_minor(text: &str, minor: &str) -> bool {
    text.strip_prefix(minor)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
