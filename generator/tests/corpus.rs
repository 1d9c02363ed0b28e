//! The small corpus: a client and docs of every format from each kind of description that is out
//! there. `cargo xtask corpus --dir generator/tests/corpus` compiles the crates as well.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use sdkwright::diagnostic::Problems;
    use sdkwright::docs;
    use sdkwright::formats::Formats;
    use sdkwright::pipeline::{self, ClientOptions, Package};

    /// The descriptions of the folder, sorted.
    fn descriptions() -> Vec<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
        let mut paths: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|it| it != "md"))
            .collect();
        paths.sort();
        paths
    }

    #[test]
    fn every_kind_of_description_becomes_a_client_and_docs() {
        let descriptions = descriptions();
        assert!(descriptions.len() >= 15, "{descriptions:?}");
        for path in descriptions {
            let mut problems = Problems::new();
            let api = pipeline::read(&path, &mut problems).api;
            assert!(!problems.has_errors(), "{path:?}: {:?}", problems.sorted());
            let api = api.unwrap();
            let options = ClientOptions {
                name: "of-the-corpus".to_owned(),
                version: "0.1.0".to_owned(),
                license: None,
                package: Package::default(),
                formats: Formats::default(),
                description: "description".to_owned(),
                checks: false,
                runtime: None,
            };
            let client = pipeline::client(&api, &options, &mut problems);
            assert!(client.is_some(), "{path:?}: {:?}", problems.sorted());
            for (format, _) in docs::formats() {
                let pages = pipeline::docs(&api, &format, &options, &mut problems);
                assert!(
                    pages.is_some(),
                    "{path:?}, {format}: {:?}",
                    problems.sorted()
                );
            }
            assert!(!problems.has_errors(), "{path:?}: {:?}", problems.sorted());
        }
    }

    #[test]
    fn the_table_names_every_description() {
        let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/README.md");
        let readme = fs::read_to_string(readme).unwrap();
        let named: Vec<&str> = readme
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.split(" |").next())
            .filter(|name| name.contains('.'))
            .collect();
        let paths = descriptions();
        let there: Vec<&str> = paths
            .iter()
            .map(|path| path.file_name().unwrap().to_str().unwrap())
            .collect();
        assert_eq!(named, there);
    }
}
