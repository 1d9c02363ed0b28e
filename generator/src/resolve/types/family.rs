//! Inheritance by discriminator (OpenAPI 3.1, 4.8.25): which schemas name another in their
//! `allOf`.
//!
//! A parent that has a `discriminator` and no `oneOf` stands for any of its children wherever it
//! is used as a type. Only the children say who their parent is, so the components are looked
//! through once.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::At;
use crate::source::{Node, Sources};

/// The children of each schema.
pub(super) struct Families<'d> {
    children: FxHashMap<At, Vec<&'d Node>>,
}

impl<'d> Families<'d> {
    /// The families among these components.
    pub(super) fn of(components: &[&'d Node], sources: &'d Sources) -> Self {
        let mut children: FxHashMap<At, Vec<&'d Node>> = FxHashMap::default();
        for child in components {
            for parent in parents(child, sources) {
                children.entry(parent).or_default().push(child);
            }
        }
        Self { children }
    }

    /// The children of a schema, and theirs, in source order of each.
    pub(super) fn descendants(&self, of: At) -> Vec<&'d Node> {
        let mut seen = FxHashSet::from_iter([of]);
        let mut found: Vec<&'d Node> = Vec::new();
        let mut next = vec![of];
        while let Some(parent) = next.pop() {
            for child in self.children.get(&parent).into_iter().flatten() {
                if seen.insert(child.at) {
                    found.push(child);
                    next.push(child.at);
                }
            }
        }
        found
    }

    /// Whether a schema stands for its children: it has some, and says how to tell them apart.
    pub(super) fn is_parent(&self, node: &Node) -> bool {
        node.get("discriminator").is_some()
            && node.get("oneOf").is_none()
            && node.get("anyOf").is_none()
            && self.children.contains_key(&node.at)
    }
}

/// The schemas that the `allOf` of a schema refers to, inline members looked through.
fn parents(child: &Node, sources: &Sources) -> Vec<At> {
    let mut parents = Vec::new();
    let mut waiting = vec![child];
    while let Some(node) = waiting.pop() {
        for member in node
            .get("allOf")
            .and_then(Node::as_list)
            .unwrap_or_default()
        {
            match member.reference() {
                Some(reference) => parents.extend(
                    reference
                        .as_str()
                        .and_then(|text| sources.resolve(reference.at, text).ok())
                        .map(|target| target.at),
                ),
                None => waiting.push(member),
            }
        }
    }
    parents
}
