//! Text → a tree, by the reader that fits: YAML and JSON are told apart by content.
//!
//! What begins with a bracket is tried as JSON first, which is quick and tells JSON's mistakes
//! in JSON's words. If it is none, it may still be YAML, which allows brackets, comments in them
//! and a comma too many.

use super::fault::{Fault, FaultKind};
use super::tree::Node;
use super::{json_tree, yaml_tree};
use crate::diagnostic::{FileId, Problems};

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

/// The root of `text` and how it is written, or why it could not be read.
pub(super) fn read(
    text: &str,
    file: FileId,
    problems: &mut Problems,
) -> (Format, Result<Node, Fault>) {
    if !text.trim_start().starts_with(['{', '[']) {
        return (Format::Yaml, yaml_tree::build(text, file, problems));
    }
    let mut found = Problems::new();
    let fault = match json_tree::build(text, file, &mut found) {
        Err(fault) if fault.kind == FaultKind::Syntax => fault,
        result => {
            problems.append(found);
            return (Format::Json, result);
        }
    };
    let mut found = Problems::new();
    match yaml_tree::build(text, file, &mut found) {
        Err(yaml) if yaml.kind == FaultKind::Syntax && looks_like_json(text) => {
            (Format::Json, Err(fault))
        }
        result => {
            problems.append(found);
            (Format::Yaml, result)
        }
    }
}

/// Whether the author meant JSON: the first thing within the first bracket is one of JSON's.
fn looks_like_json(text: &str) -> bool {
    let inner = text.trim_start().get(1..).unwrap_or_default().trim_start();
    inner.is_empty() || inner.starts_with(['"', '{', '[', '}', ']'])
}
