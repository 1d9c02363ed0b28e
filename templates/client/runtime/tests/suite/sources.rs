//! The sources can be copied into a client as they are.

use std::fs;
use std::path::Path;

#[test]
fn sources_are_flat_and_do_not_say_where_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
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
        let rest = rest.join("\n");
        let examples = examples.join("\n").replace("sdkwright_runtime::", "");
        for word in ["crate::", "cfg(test)", "sdkwright", "#!["] {
            let found = rest.contains(word) || examples.contains(word);
            assert!(!found, "{} contains `{word}`", path.display());
        }
        assert!(
            text.starts_with("//! "),
            "{} does not say what it is",
            path.display()
        );
        files += 1;
    }
    assert!(files > 30, "only {files} files");
}
