//! The sources can be copied into a client as they are.

use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder and of those in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => files(&path),
            false => vec![path],
        })
        .collect()
}

#[test]
fn sources_do_not_say_where_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/runtime");
    let all = files(&folder);
    assert!(all.len() > 30, "only {} files", all.len());
    for path in all {
        assert_eq!(
            path.extension().unwrap(),
            "rs",
            "{} is no source file",
            path.display()
        );
        let text = fs::read_to_string(&path).unwrap();
        // Examples say it; a client has its own name there.
        let (examples, rest): (Vec<&str>, Vec<&str>) = text
            .lines()
            .partition(|line| line.trim_start().starts_with("///"));
        // The module has the same name in a client.
        let rest = rest.join("\n").replace("crate::runtime", "");
        let examples = examples.join("\n").replace("sdkwright_runtime::", "");
        let examples = examples.replace("crate::runtime", "");
        for word in ["crate::", "cfg(test)", "sdkwright", "#!["] {
            let found = rest.contains(word) || examples.contains(word);
            assert!(!found, "{} contains `{word}`", path.display());
        }
        assert!(
            text.starts_with("//! "),
            "{} does not say what it is",
            path.display()
        );
    }
}
