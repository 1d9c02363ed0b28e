//! What the tags of a description say of its resources: which of them group operations, and which
//! group belongs to another (OpenAPI 3.2, 4.22).

use crate::diagnostic::Problem;
use crate::model::{Document, Reader, Tag};

/// The kinds of tags that label operations here and there, and group nothing.
const LABELS: [&str; 2] = ["audience", "badge"];

/// Puts the tags of an operation that only label it behind those that group it.
pub(super) fn put_groups_first(tags: &mut [&str], document: &Document<'_>) {
    let labels = |name: &str| {
        let kind = declared(name, document).and_then(|tag| tag.kind);
        kind.is_some_and(|kind| LABELS.contains(&kind))
    };
    tags.sort_by_key(|name| labels(name));
}

/// What is said of the tag that a resource follows, and of the group that it belongs to.
pub(super) fn about(key: &str, document: &Document<'_>) -> Option<String> {
    let tag = declared(key, document)?;
    let parent = tag.parent.and_then(|(name, _)| declared(name, document));
    let parent = parent.map(|parent| format!("Part of `{}`.", parent.name));
    match (&tag.description, parent) {
        (Some(description), Some(parent)) => Some(format!("{description}\n\n{parent}")),
        (description, parent) => description.clone().or(parent),
    }
}

/// Reports parents that are no tags, and tags that belong to themselves.
pub(super) fn check(document: &Document<'_>, reader: &mut Reader<'_, '_>) {
    for tag in &document.tags {
        let Some((name, at)) = tag.parent else {
            continue;
        };
        let problem = if declared(name, document).is_none() {
            Problem::warning("unknown-tag", format!("there is no tag `{name}`"))
                .help("add it to `tags`, or correct the name")
        } else if is_within_itself(tag, document) {
            Problem::warning(
                "circular-tag",
                format!("the tag `{}` belongs to itself", tag.name),
            )
            .help("let one of the tags that belong to each other have no `parent`")
        } else {
            continue;
        };
        reader.problems.report(problem.at(at));
    }
}

fn is_within_itself(tag: &Tag<'_>, document: &Document<'_>) -> bool {
    let above = |tag: &&Tag<'_>| declared(tag.parent?.0, document);
    let line = std::iter::successors(above(&tag), above);
    // A circle is no longer than there are tags.
    line.take(document.tags.len())
        .any(|each| each.name == tag.name)
}

fn declared<'a, 'd>(name: &str, document: &'a Document<'d>) -> Option<&'a Tag<'d>> {
    document.tags.iter().find(|tag| tag.name == name)
}
