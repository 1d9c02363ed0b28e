//! Which resource an operation belongs to, and what it is called there.
//!
//! `operationId: instanceOrgInvite.resendInvite` says both. Without a dot, the resource is the
//! first tag, else the first fixed segment of the path, and the action is the operationId
//! without what it repeats of the resource; without an operationId, method and path name it.

use crate::diagnostic::At;
use crate::ir::Method;
use crate::model::Operation;
use crate::naming::{camel, words};

/// The name of an operation.
pub(super) struct Name {
    /// The resource's key.
    pub(super) resource: String,
    /// The action's key in the resource.
    pub(super) action: String,
    /// The place that says so.
    pub(super) at: At,
}

/// The name of an operation.
pub(super) fn name(operation: &Operation<'_>, method: Method, path: &str) -> Name {
    let at = operation.id.map_or(operation.at, |(_, at)| at);
    let id = operation.id.map(|(id, _)| id);
    if let Some((resource, action)) = id.and_then(dotted) {
        return Name {
            resource: resource.to_owned(),
            action: action.to_owned(),
            at,
        };
    }
    let tag = operation
        .tags
        .iter()
        .map(|tag| tag.trim())
        .find(|tag| !tag.is_empty());
    let resource = tag.or_else(|| first_fixed_segment(path)).unwrap_or("root");
    let action = match id {
        Some(id) => without_resource(id, resource),
        None => from_path(method, path, resource),
    };
    Name {
        resource: resource.to_owned(),
        action,
        at,
    }
}

fn dotted(id: &str) -> Option<(&str, &str)> {
    id.rsplit_once('.')
        .filter(|(resource, action)| !resource.is_empty() && !action.is_empty())
}

fn first_fixed_segment(path: &str) -> Option<&str> {
    path.split('/')
        .find(|segment| !segment.is_empty() && !segment.contains('{'))
}

/// `repos/list-for-user` of `repos` is `listForUser`; an id that repeats nothing stays as it is.
fn without_resource(id: &str, resource: &str) -> String {
    let id_words = words(id);
    let resource_words = words(resource);
    let repeated = id_words
        .windows(resource_words.len().max(1))
        .position(|window| !resource_words.is_empty() && same_words(window, &resource_words));
    let Some(start) = repeated else {
        return id.to_owned();
    };
    let mut kept = id_words;
    kept.drain(start..start + resource_words.len());
    if kept.is_empty() {
        id.to_owned()
    } else {
        camel(&kept.join(" "))
    }
}

/// Whether two runs of words are the same but for case and number: `pet` and `Pets`.
fn same_words(left: &[String], right: &[String]) -> bool {
    let singular = |word: &String| {
        let word = word.to_lowercase();
        word.strip_suffix('s').map(str::to_owned).unwrap_or(word)
    };
    left.iter().map(singular).eq(right.iter().map(singular))
}

/// `GET /orgs/{org_id}/members` of `orgs` is `getMembers`; of a path that ends in a parameter,
/// `getByOrgId`.
fn from_path(method: Method, path: &str, resource: &str) -> String {
    let resource_words = words(resource);
    let mut name = vec![method.as_str().to_lowercase()];
    let segments: Vec<&str> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    for (index, segment) in segments.iter().enumerate() {
        let parameter = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        match parameter {
            Some(parameter) if index + 1 == segments.len() => {
                name.push("by".to_owned());
                name.extend(words(parameter));
            }
            Some(_) => {}
            None => {
                let segment_words = words(segment);
                if !same_words(&segment_words, &resource_words) {
                    name.extend(segment_words);
                }
            }
        }
    }
    camel(&name.join(" "))
}
