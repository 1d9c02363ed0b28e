//! What one operation says about its name: the resource, and names for the action.
//!
//! `operationId: instanceOrgInvite.resendInvite` says both. Without a dot, the resource is the
//! first tag that has a letter or digit (`tags` has put those that group first), else the first
//! fixed segment of the path that is not a version, and the action is the operationId without what
//! it repeats of the resource; without an operationId, method and path name it. Which of the names
//! an operation gets, where two want the same, is decided in `names`.

use crate::ir::Method;
use crate::model::Operation;
use crate::naming::{camel, words};

/// The resource and the action that an `operationId` with a dot says.
pub(super) fn dotted<'d>(operation: &Operation<'d>) -> Option<(&'d str, &'d str)> {
    let (id, _) = operation.id?;
    id.rsplit_once('.')
        .filter(|(resource, action)| !resource.is_empty() && !action.is_empty())
}

/// The resource of an operation whose id does not say it.
pub(super) fn resource<'a>(operation: &Operation<'a>, path: &'a str) -> &'a str {
    let mut tags = operation.tags.iter().map(|tag| tag.trim());
    tags.find(|tag| !words(tag).is_empty())
        .or_else(|| first_fixed_segment(path))
        .unwrap_or("root")
}

/// `/v1/{org}/users` is of `users`; a path with no other fixed segment is of its version.
fn first_fixed_segment(path: &str) -> Option<&str> {
    let fixed = || {
        path.split('/')
            .filter(|segment| !segment.contains('{') && !words(segment).is_empty())
    };
    fixed()
        .find(|segment| !is_version(segment))
        .or_else(|| fixed().next())
}

/// `v1`, `V2.1`, `v1beta3`, `2`, `1.0`, `2024-01-31`
fn is_version(segment: &str) -> bool {
    let digits = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_digit())
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))
    };
    let lower = segment.to_ascii_lowercase();
    let Some(number) = lower.strip_prefix('v') else {
        return digits(&lower);
    };
    let stage = ["alpha", "beta", "rc"]
        .iter()
        .find_map(|stage| number.split_once(stage));
    match stage {
        Some((number, "")) => digits(number),
        Some((number, stage)) => digits(number) && digits(stage),
        None => digits(number),
    }
}

/// `repos/list-for-user` of `repos` is `listForUser`; an id that repeats nothing stays as it is, and so
/// does one that spells out the path down to the resource: `get-companies-company_id-payrolls` without
/// `payrolls` would be the id of a company.
pub(super) fn without_resource(id: &str, resource: &str, method: &Method, path: &str) -> String {
    let id_words = words(id);
    let resource_words = words(resource);
    let repeated = id_words
        .windows(resource_words.len().max(1))
        .position(|window| !resource_words.is_empty() && same_words(window, &resource_words));
    let Some(start) = repeated.filter(|start| !is_below(&id_words, *start, method, path)) else {
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

/// Whether an id spells out its path, and other segments of it before the word at `start`.
fn is_below(id: &[String], start: usize, method: &Method, path: &str) -> bool {
    let above = id.iter().take(start).skip(1);
    above.filter(|word| !is_version(word)).count() > 0 && spells(id, method, path)
}

/// Whether an id is method and path, `get-v1-orgs-org_id-members`: each fixed segment in order, and
/// for a parameter some words. A version that stands in the address of the server may be first.
fn spells(id: &[String], method: &Method, path: &str) -> bool {
    let Some((first, mut left)) = id.split_first() else {
        return false;
    };
    let mut in_parameter = false;
    let mut segments = segments(path).peekable();
    let versioned = segments.peek().is_some_and(|segment| is_version(segment));
    if let Some((_, rest)) = left
        .split_first()
        .filter(|(word, _)| is_version(word) && !versioned)
    {
        left = rest;
    }
    for segment in segments {
        if parameter(segment).is_some() {
            let Some((_, rest)) = left.split_first() else {
                return false;
            };
            left = rest;
            in_parameter = true;
            continue;
        }
        let said = words(segment);
        if said.is_empty() {
            continue;
        }
        let place = left.windows(said.len()).position(|window| window == said);
        match place {
            Some(place) if place == 0 || in_parameter => left = &left[place + said.len()..],
            _ => return false,
        }
        in_parameter = false;
    }
    first.eq_ignore_ascii_case(method.as_str()) && (in_parameter || left.is_empty())
}

/// Whether two runs of words are the same but for case and number: `pet` and `Pets`.
fn same_words(left: &[String], right: &[String]) -> bool {
    let singular = |word: &String| {
        let word = word.to_lowercase();
        word.strip_suffix('s').map(str::to_owned).unwrap_or(word)
    };
    left.iter().map(singular).eq(right.iter().map(singular))
}

/// `GET /v1/orgs/{org_id}/members` of `orgs` is `getMembers`; of a path that ends in a
/// parameter, `getByOrgId`.
pub(super) fn from_path(method: &Method, path: &str, resource: &str) -> String {
    let resource_words = words(resource);
    let mut name = vec![method.as_str().to_lowercase()];
    let segments: Vec<&str> = segments(path).collect();
    for (index, segment) in segments.iter().enumerate() {
        match parameter(segment) {
            Some(parameter) if index + 1 == segments.len() => {
                name.push("by".to_owned());
                name.extend(words(parameter));
            }
            Some(_) => {}
            None => {
                let segment_words = words(segment);
                if !is_version(segment) && !same_words(&segment_words, &resource_words) {
                    name.extend(segment_words);
                }
            }
        }
    }
    camel(&name.join(" "))
}

/// The same with everything that the path says: `getV1OrgsByOrgIdMembers`.
pub(super) fn from_whole_path(method: &Method, path: &str) -> String {
    let mut name = vec![method.as_str().to_lowercase()];
    for segment in segments(path) {
        let said = parameter(segment);
        name.extend(said.map(|_| "by".to_owned()));
        name.extend(words(said.unwrap_or(segment)));
    }
    camel(&name.join(" "))
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

fn parameter(segment: &str) -> Option<&str> {
    segment
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_spells_out_its_path_is_not_cut_short() {
        let cut = |id: &str, resource: &str, path: &str| {
            without_resource(id, resource, &Method::Get, path)
        };
        let path = "/v1/companies/{id}/payrolls";
        let id = "get-v1-companies-company_id-payrolls";
        assert_eq!(cut(id, "Payroll", path), id);
        assert_eq!(cut(id, "Payroll", "/companies/{id}/payrolls"), id);
        assert_eq!(cut(id, "Companies", path), "getV1CompanyIdPayrolls");
        assert_eq!(cut("get-payrolls", "Payroll", "/payrolls"), "get");
        assert_eq!(cut("getUserRepos", "repos", "/users/{id}/repos"), "getUser");
    }

    #[test]
    fn versions_are_told_from_names() {
        for version in [
            "v1",
            "V2",
            "v2.1",
            "v1beta3",
            "v1alpha",
            "2",
            "1.0",
            "2024-01-31",
        ] {
            assert!(is_version(version), "{version}");
        }
        for name in ["v", "vms", "v1users", "users", "3d", "beta", "", "vip2"] {
            assert!(!is_version(name), "{name}");
        }
    }
}
