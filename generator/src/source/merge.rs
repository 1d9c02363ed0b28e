//! YAML's merge key `<<`: the entries of one mapping stand in another, too.
//!
//! Not part of YAML 1.2, but used in descriptions (yaml.org/type/merge). The keys of the mapping
//! itself win; of several merged mappings, the earlier one wins. Merged entries come where the
//! `<<` stands.

use super::tree::{Map, Node, Value};
use crate::diagnostic::{Problem, Problems};

/// Entries to merge, and before which entry of the mapping they were asked for.
pub(super) struct Merge {
    before: usize,
    entries: Map,
}

/// Adds what a `<<` names to `merges`: a mapping, or a list of mappings.
pub(super) fn gather(before: usize, node: Node, merges: &mut Vec<Merge>, problems: &mut Problems) {
    match node.value {
        Value::Map(entries) => merges.push(Merge { before, entries }),
        Value::List(list) if list.iter().all(|node| node.as_map().is_some()) => {
            for node in list {
                gather(before, node, merges, problems);
            }
        }
        _ => problems.report(
            Problem::error(
                "invalid-merge",
                "`<<` can merge only a mapping or a list of mappings",
            )
            .at(node.at)
            .help("name a mapping by an alias: `<<: *name`"),
        ),
    }
}

/// The mapping with what was merged into it.
pub(super) fn apply(map: Map, merges: Vec<Merge>) -> Map {
    if merges.is_empty() {
        return map;
    }
    let mut merges = merges.into_iter().peekable();
    let mut whole = Map::default();
    let own: std::collections::HashSet<Box<str>> =
        map.iter().map(|(key, _)| key.text.clone()).collect();
    let end = map.len();
    let mut place = 0;
    let mut entries = map.into_entries();
    loop {
        while let Some(merge) = merges.next_if(|merge| merge.before <= place) {
            for (key, node) in merge.entries.into_entries() {
                if !own.contains(&key.text) {
                    whole.insert(key, node);
                }
            }
        }
        match entries.next() {
            Some((key, node)) => whole.insert(key, node),
            None => return whole,
        };
        place = (place + 1).min(end);
    }
}
