//! Emitted Rust against rustfmt: it must find nothing to change.
//!
//! `sdkwright` needs no rustfmt; these tests do. It is a part of the toolchain of this repository.

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fs;
    use std::io::Write;
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};

    use sdkwright::diagnostic::Problems;
    use sdkwright::pipeline::{self, ClientOptions, Package};

    fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR"))
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    }

    /// A text as rustfmt would have it.
    fn formatted(text: &str) -> String {
        let mut child = Command::new("rustfmt")
            .args(["--edition", "2024", "--emit", "stdout", "--quiet"])
            .args(["--config-path", "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this test needs rustfmt: `rustup component add rustfmt`");
        // rustfmt reads all of its input before it writes any output.
        let mut input = child.stdin.take().unwrap();
        input.write_all(text.as_bytes()).unwrap();
        drop(input);
        let done = child.wait_with_output().unwrap();
        assert!(done.status.success(), "rustfmt cannot read this:\n{text}");
        String::from_utf8(done.stdout).unwrap()
    }

    #[test]
    fn the_cases_are_laid_out_as_rustfmt_does_it() {
        let tests = fs::read_to_string(root().join("src/rust/layout/tests.rs")).unwrap();
        let cases = files(&root().join("tests/layout"));
        assert!(cases.len() > 10, "{cases:?}");
        for case in cases {
            let text = fs::read_to_string(&case).unwrap();
            assert_eq!(formatted(&text), text, "{}", case.display());
            let name = case.file_stem().unwrap().to_str().unwrap();
            assert!(tests.contains(name), "no unit test reads {name}");
        }
    }

    #[test]
    fn rustfmt_finds_nothing_to_change_in_clients() {
        let mut descriptions = files(&root().join("tests/corpus"));
        descriptions.retain(|path| path.extension().is_some_and(|it| it != "md"));
        descriptions.push(root().join("tests/clients/kitchen-sink.yaml"));
        descriptions.push(root().join("../spec/losant/openapi.yaml"));
        descriptions.push(root().join("../spec/snyk/openapi.yaml"));
        let mut seen = HashSet::new();
        for path in descriptions {
            let mut problems = Problems::new();
            let api = pipeline::read(&path, &mut problems).api.unwrap();
            let options = ClientOptions {
                formats: sdkwright::formats::Formats::default(),
                checks: true,
                runtime: None,
                name: "laid-out".to_owned(),
                version: "0.1.0".to_owned(),
                license: None,
                package: Package::default(),
                description: "description".to_owned(),
            };
            let tree = pipeline::client(&api, &options, &mut problems).unwrap();
            for (file, text) in tree.iter().filter(|(file, _)| file.ends_with(".rs")) {
                // Most of the runtime is the same in all.
                if seen.insert(text.to_owned()) {
                    assert_eq!(formatted(text), text, "{}: {file}", path.display());
                }
            }
        }
        assert!(seen.len() > 200, "{}", seen.len());
    }
}
