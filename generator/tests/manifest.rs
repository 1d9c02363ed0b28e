//! The manifest of a client, held against the workspace in which its runtime is tested.
//!
//! A client is compiled by strangers with the versions that its own manifest names; these must
//! be the ones that the runtime was written for and tested with.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

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
        for header in ["dependencies", BROWSER] {
            for (name, value) in section("templates/client/Cargo.toml.tera", header) {
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
            let client = section("templates/client/Cargo.toml.tera", header);
            let client: Vec<String> = client.into_keys().collect();
            assert_eq!(client, runtime);
        }
    }
}
