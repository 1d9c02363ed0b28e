//! What most tests ask for: the pages of an API in a format.

use sdkwright::diagnostic::Problems;
use sdkwright::docs;
use sdkwright::ir::{Api, RustActions};
use sdkwright::output::Tree;

/// The pages of a format; no problem is expected.
pub(crate) fn pages(api: &Api, format: &str) -> Tree {
    let mut problems = Problems::new();
    let tree = docs::render(api, format, &RustActions::new(), &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    tree.unwrap()
}

/// One page of a format.
pub(crate) fn page(api: &Api, format: &str, path: &str) -> String {
    let tree = pages(api, format);
    let paths: Vec<&str> = tree.iter().map(|(path, _)| path).collect();
    let page = tree.get(path);
    page.unwrap_or_else(|| panic!("no {path} in {paths:?}"))
        .to_owned()
}
