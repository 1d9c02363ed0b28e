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
        for word in ["crate::", "cfg(test)", "sdkwright", "#!["] {
            assert!(!text.contains(word), "{} contains `{word}`", path.display());
        }
        assert!(
            text.starts_with("//! "),
            "{} does not say what it is",
            path.display()
        );
        let fences = text
            .lines()
            .filter(|line| line.trim_start().starts_with("/// ```"));
        assert!(
            fences
                .clone()
                .step_by(2)
                .all(|line| line.ends_with("```text")),
            "{} has an example that is a doctest",
            path.display()
        );
        files += 1;
    }
    assert!(files > 30, "only {files} files");
}
