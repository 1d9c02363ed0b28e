//! Which OpenAPI a document speaks.

use super::Reader;
use crate::diagnostic::Problem;
use crate::source::Node;

/// A version of OpenAPI, as far as reading differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 3.0.x: schemas in a dialect of their own.
    V3_0,
    /// 3.1.x and 3.2.x: schemas are JSON Schema 2020-12.
    V3_1,
}

impl Version {
    /// Reads `openapi` at the root of a document.
    pub(super) fn read(root: &Node, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let Some(node) = root.get("openapi") else {
            let problem = if root.get("swagger").is_some() {
                Problem::error("unsupported-version", "Swagger 2.0 is not supported yet")
                    .help("convert the description to OpenAPI 3")
            } else {
                Problem::error(
                    "not-openapi",
                    "this is no OpenAPI description: it has no `openapi`",
                )
                .help("add the version of the specification at the top, such as `openapi: 3.1.1`")
            };
            reader.problems.report(problem.at(root.at));
            return None;
        };
        match node.as_text() {
            Some(text) if is_minor(text, "3.0") => Some(Self::V3_0),
            Some(text) if is_minor(text, "3.1") || is_minor(text, "3.2") => Some(Self::V3_1),
            _ => {
                let shown = node.as_text().unwrap_or(node.kind());
                reader.problems.report(
                    Problem::error(
                        "unsupported-version",
                        format!("OpenAPI `{shown}` is not known"),
                    )
                    .at(node.at)
                    .label("not a version that can be read")
                    .help("versions 3.0, 3.1 and 3.2 are read"),
                );
                None
            }
        }
    }
}

fn is_minor(text: &str, minor: &str) -> bool {
    text.strip_prefix(minor)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
