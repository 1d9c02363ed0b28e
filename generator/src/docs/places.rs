//! Which resources have a page, and where it stands: decided from their keys alone, before any
//! page is made, so that a page can be printed and forgotten.

use std::collections::HashSet;

use super::options::{Options, Order, Streams};
use super::schemas::{code_units, file_stem};
use super::words::Name;
use crate::diagnostic::{Problem, Problems};
use crate::ir::{Api, Operation, Resource};

/// The place of a resource's page.
pub(super) struct Place<'a> {
    /// Where the resource stands in the API.
    pub(super) index: usize,
    /// The resource.
    pub(super) resource: &'a Resource,
    /// The operations to show with their places in the description, in the format's order; never
    /// none.
    pub(super) operations: Vec<(usize, &'a Operation)>,
    /// The path of its page.
    pub(super) path: String,
}

/// The places of all resources that have something to show, each at a path that is not `taken`, in
/// lower case.
pub(super) fn places<'a>(
    api: &'a Api,
    options: &Options,
    taken: HashSet<String>,
    problems: &mut Problems,
) -> Vec<Place<'a>> {
    let mut taken = taken;
    taken.extend(options.also.iter().map(|path| path.to_lowercase()));
    let resources = api.resources.iter().enumerate();
    let places = resources.filter_map(|(index, resource)| {
        let operations = shown(options, resource);
        if operations.is_empty() {
            return None;
        }
        let path = path(options, &resource.key);
        Some(Place {
            index,
            resource,
            operations,
            path: free_path(&path, &resource.key, &mut taken, problems),
        })
    });
    places.collect()
}

fn shown<'a>(options: &Options, resource: &'a Resource) -> Vec<(usize, &'a Operation)> {
    let operations = resource.operations.iter().enumerate();
    let mut shown: Vec<_> = operations
        .filter(|(_, operation)| options.streams == Streams::Shown || !operation.is_event_stream())
        .collect();
    if options.order == Order::ByKey {
        shown.sort_by_key(|(_, operation)| code_units(&operation.action));
    }
    shown
}

fn path(options: &Options, key: &str) -> String {
    let path = options.page.replace("{key}", &file_stem(key));
    path.replace("{kebab}", &Name::new(key).kebab)
}

/// The path, or with the first number that makes it another than those before, in any case of
/// letters: some disks do not tell `Invite.md` from `invite.md`.
fn free_path(
    path: &str,
    key: &str,
    taken: &mut HashSet<String>,
    problems: &mut Problems,
) -> String {
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, "md"));
    let mut free = path.to_owned();
    let mut number = 1;
    while !taken.insert(free.to_lowercase()) {
        number += 1;
        free = format!("{stem}-{number}.{extension}");
    }
    if free != path {
        problems.report(
            Problem::warning(
                "page-collision",
                format!("the page of `{key}` would overwrite another; it is `{free}` instead"),
            )
            .help("name the resource differently, in its tag or its operation ids"),
        );
    }
    free
}
