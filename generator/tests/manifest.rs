//! The manifests of a client and of a shared runtime, held against the workspace in which the runtime
//! is tested.
//!
//! They are compiled by strangers with the versions that their own manifests name; these must be the
//! ones that the runtime was written for and tested with.

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::Path;

    use sdkwright::diagnostic::Problems;
    use sdkwright::pipeline::{self, Package, RuntimeCrate};
    use sdkwright::template::Templates;

    /// What a runtime needs, in a client that has a copy and where it is a crate of its own.
    const OF_THE_RUNTIME: &str = "templates/client/_dependencies.toml.tera";

    /// What a client needs beside a runtime that it shares.
    const OF_A_SHARING_CLIENT: &str = "templates/client/Cargo.toml.tera";

    /// What a browser needs beside everything else.
    const BROWSER: &str = "target.'cfg(target_arch = \"wasm32\")'.dependencies";

    /// The dependencies in a section of a manifest, each with the text behind its `=`, spaces and
    /// the comment apart. Inline tables on one line are all that our manifests have.
    fn section(file: &str, header: &str) -> BTreeMap<String, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let text = fs::read_to_string(root.join(file)).unwrap();
        let (_, rest) = text
            .split_once(&format!("\n[{header}]\n"))
            .unwrap_or_else(|| panic!("{file} has no [{header}]"));
        let lines = rest.lines().take_while(|line| !line.starts_with('['));
        let entries: BTreeMap<String, String> = lines
            .map(|line| line.split_once('#').map_or(line, |(before, _)| before))
            .filter_map(|line| line.split_once('='))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect();
        assert!(entries.len() > 2, "{file} [{header}] is not read");
        entries
    }

    /// The version of a dependency, and what is said of default features.
    fn version(value: &str) -> (String, bool) {
        let quoted = value
            .split_once("version = ")
            .map_or(value, |(_, rest)| rest);
        let version = quoted
            .split('"')
            .nth(1)
            .unwrap_or_else(|| panic!("{value}"));
        (
            version.to_owned(),
            value.contains("default-features = false"),
        )
    }

    #[test]
    fn a_client_has_the_versions_of_the_workspace() {
        let workspace = section("Cargo.toml", "workspace.dependencies");
        for (file, header) in [
            (OF_THE_RUNTIME, "dependencies"),
            (OF_THE_RUNTIME, BROWSER),
            (OF_A_SHARING_CLIENT, "dependencies"),
        ] {
            for (name, value) in section(file, header) {
                let ours = workspace
                    .get(&name)
                    .unwrap_or_else(|| panic!("`{name}` is not in the workspace"));
                assert_eq!(version(&value), version(ours), "`{name}`");
            }
        }
    }

    #[test]
    fn a_client_depends_on_what_its_runtime_needs() {
        for header in ["dependencies", BROWSER] {
            let runtime = section("templates/client/runtime/Cargo.toml", header);
            let mut runtime: Vec<String> = runtime
                .into_keys()
                .map(|name| name.trim_end_matches(".workspace").to_owned())
                .collect();
            runtime.sort();
            let client = section(OF_THE_RUNTIME, header);
            let client: Vec<String> = client.into_keys().collect();
            assert_eq!(client, runtime);
        }
    }

    /// The features of a manifest, each with what it turns on.
    fn features(manifest: &str) -> BTreeMap<String, BTreeSet<String>> {
        let (_, rest) = manifest.split_once("\n[features]\n").unwrap();
        let (text, _) = rest.split_once("\n[").unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let text: String = lines.collect();
        let lists = text
            .split(']')
            .filter_map(|feature| feature.split_once("= ["));
        let named = lists.map(|(name, list)| {
            let turned_on = list.split('"').skip(1).step_by(2).map(str::to_owned);
            (name.trim().to_owned(), turned_on.collect())
        });
        named.collect()
    }

    #[test]
    fn a_shared_runtime_has_the_features_of_ours() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let ours = fs::read_to_string(root.join("templates/client/runtime/Cargo.toml")).unwrap();
        let mut ours = features(&ours);
        // All parts at once are for our tests; a client names its own.
        assert!(ours.remove("parts").is_some());
        let runtime = RuntimeCrate {
            name: "acme-runtime".to_owned(),
            version: "0.1.0".to_owned(),
            license: None,
            package: Package::default(),
        };
        let mut problems = Problems::new();
        let tree = pipeline::runtime(Templates::built_in(), &runtime, &mut problems).unwrap();
        let mut shared = features(tree.get("Cargo.toml").unwrap());
        // What is on unless it is turned off is what a client has on.
        ours.remove("default");
        let usual = shared.remove("default").unwrap();
        assert_eq!(
            usual,
            BTreeSet::from(["rustls", "http2"].map(str::to_owned))
        );
        assert_eq!(shared, ours);
    }
}
