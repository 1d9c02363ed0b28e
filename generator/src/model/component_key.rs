//! What a reference calls the response or the request body that it names.

use crate::source::Node;

/// The key in `#/components/responses/NotFound` for the group `responses`, and in `#/responses/NotFound`
/// of 2.0; `None` for what stands in its place, and for references to any other place.
pub(super) fn component_key(node: &Node, group: &str) -> Option<String> {
    let (_, pointer) = node.reference()?.as_str()?.split_once('#')?;
    let group_and_key = pointer.strip_prefix("/components").unwrap_or(pointer);
    let key = group_and_key
        .strip_prefix('/')?
        .strip_prefix(group)?
        .strip_prefix('/')?;
    (!key.contains('/')).then(|| key.to_owned())
}
