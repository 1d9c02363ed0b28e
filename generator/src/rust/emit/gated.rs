//! The runtime without what only a crate that checks its calls needs.
//!
//! It stands behind the feature `check-values`: an attribute, then what it belongs to, in one line. A
//! crate that has no such feature gets neither the lines nor the files of such modules.

use super::limits::FEATURE;

/// The files of the modules that the root gates.
pub(super) fn files(root: &str) -> Vec<String> {
    let kept = without(root);
    let modules = |text: &str| -> Vec<String> {
        let names = text.lines().filter_map(|line| {
            let item = line.strip_prefix("pub ").unwrap_or(line);
            item.strip_prefix("mod ")?.strip_suffix(';')
        });
        names.map(|name| format!("{name}.rs")).collect()
    };
    let kept = modules(&kept);
    let mut gated = modules(root);
    gated.retain(|file| !kept.contains(file));
    gated
}

/// The text without gated lines.
pub(super) fn without(text: &str) -> String {
    let gate = format!("#[cfg(feature = \"{FEATURE}\")]");
    let mut kept = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        if line.trim() != gate {
            kept.push_str(line);
            continue;
        }
        let about = |line: &str| line.trim().starts_with("///") || line.trim().starts_with("#[");
        // The docs and other attributes of the item, then the item.
        let _item = lines.by_ref().find(|line| !about(line));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str =
        "mod a;\n#[cfg(feature = \"check-values\")]\n/// Docs.\npub mod b;\nmod c;\n";

    #[test]
    fn gated_lines_and_files_are_left_out() {
        assert_eq!(without(ROOT), "mod a;\nmod c;\n");
        assert_eq!(files(ROOT), ["b.rs"]);
    }
}
