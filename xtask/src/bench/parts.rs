//! What a user of a part of a large crate compiles: one resource's feature, and a program that
//! calls one operation.

use std::fs;
use std::io;
use std::path::Path;

use super::middle;
use crate::corpus::{Compiler, Versions};
use crate::measure::{self, Cost, PATIENCE};

/// What the parts of a large crate cost.
pub(super) struct Parts {
    /// The resource with the most code, and `cargo check` with its feature alone.
    pub(super) largest: Result<(String, Cost), String>,
    /// The same where the runtime is a crate of its own.
    pub(super) largest_sharing: Result<(String, Cost), String>,
    /// A release build of the crate, with everything on, and of a program that calls one
    /// operation of it.
    pub(super) program: Result<Program, String>,
    /// The same where the runtime is a crate of its own, which is one of the dependencies.
    pub(super) program_sharing: Result<Program, String>,
    /// The same, with a copy, with the features that the crate's README names for this operation.
    pub(super) with_its_features: Result<Program, String>,
}

/// A program that calls one operation.
pub(super) struct Program {
    /// Building it and the crate; its dependencies are built.
    pub(super) build: Cost,
    /// The size of the executable.
    pub(super) bytes: u64,
}

/// Measures the parts of the generated crate in `client`, and of the same in `sharing`, which has the
/// runtime in a crate of its own.
pub(super) fn measure(client: &Path, sharing: &Path, rounds: usize) -> Parts {
    Parts {
        largest: largest(client, rounds),
        largest_sharing: largest(sharing, rounds),
        program: program(client, rounds, Chosen::All),
        program_sharing: program(sharing, rounds, Chosen::All),
        with_its_features: program(client, rounds, Chosen::AsTheReadmeSays),
    }
}

fn largest(client: &Path, rounds: usize) -> Result<(String, Cost), String> {
    let resource = largest_resource(client)
        .map_err(|error| error.to_string())?
        .ok_or("it has no features")?;
    let compiler = Compiler::new(client, Versions::OfTheWorkspace)?;
    let mut costs = Vec::new();
    for round in 0..=rounds {
        let step = compiler.check_feature(client, &resource);
        let step = step.map_err(|error| error.to_string())?;
        match step.error {
            Some(error) => return Err(error),
            None if round > 0 => costs.push(step.cost),
            None => {}
        }
    }
    Ok((resource, middle(&costs)))
}

/// The feature whose resource has the most code.
fn largest_resource(client: &Path) -> io::Result<Option<String>> {
    let manifest = fs::read_to_string(client.join("Cargo.toml"))?;
    let mut sizes = Vec::new();
    for feature in features(&manifest) {
        let source = client.join(format!("src/{}.rs", feature.replace('-', "_")));
        if let Ok(file) = fs::metadata(source) {
            sizes.push((file.len(), feature.to_owned()));
        }
    }
    Ok(sizes.into_iter().max().map(|(_, feature)| feature))
}

/// The features that a manifest of ours counts up under `all`.
fn features(manifest: &str) -> impl Iterator<Item = &str> {
    let listed = manifest
        .split_once("\nall = [")
        .map_or("", |(_, rest)| rest);
    let listed = listed.split_once(']').map_or("", |(list, _)| list);
    listed
        .split(',')
        .map(|feature| feature.trim().trim_matches('"'))
        .filter(|feature| !feature.is_empty())
}

/// The features of the crate that the program turns on.
#[derive(Clone, Copy)]
enum Chosen {
    All,
    /// Those that the README names for its first sample.
    AsTheReadmeSays,
}

/// Builds the first sample of the crate's README as a program, again and again.
fn program(client: &Path, rounds: usize, chosen: Chosen) -> Result<Program, String> {
    let folder = client.with_extension("program");
    write(client, &folder, chosen).map_err(|error| format!("{}: {error}", folder.display()))?;
    let target = client.with_file_name("target");
    let mut costs = Vec::new();
    for round in 0..=rounds {
        let root = client.join("src/lib.rs");
        measure::touch(&root).map_err(|error| error.to_string())?;
        let mut command = measure::cargo();
        command
            .args(["build", "--release", "--quiet", "--offline"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", &target)
            .env_remove("RUSTFLAGS");
        let ran = measure::run(&mut command, PATIENCE, &folder.join("log"));
        let ran = ran.map_err(|error| error.to_string())?;
        if !ran.succeeded() {
            return Err(ran.stderr.trim().to_owned());
        }
        if round > 0 {
            costs.push(ran.cost);
        }
    }
    let name = format!("one-operation{}", std::env::consts::EXE_SUFFIX);
    let built = fs::metadata(target.join("release").join(name));
    Ok(Program {
        build: middle(&costs),
        bytes: built.map_err(|error| error.to_string())?.len(),
    })
}

fn write(client: &Path, folder: &Path, chosen: Chosen) -> io::Result<()> {
    fs::create_dir_all(folder.join("src"))?;
    let readme = fs::read_to_string(client.join("README.md"))?;
    fs::write(folder.join("src/main.rs"), main_of(&readme))?;
    fs::copy("Cargo.lock", folder.join("Cargo.lock"))?;
    let manifest = fs::read_to_string(client.join("Cargo.toml"))?;
    let name = package_name(&manifest);
    let features = match chosen {
        Chosen::All => String::new(),
        Chosen::AsTheReadmeSays => {
            format!(
                ", default-features = false, features = {}",
                advised(&readme)
            )
        }
    };
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"one-operation\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{name} = {{ path = {client:?}{features} }}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n[workspace]\n"
        ),
    )
}

/// The first Rust sample of a README as a whole program.
fn main_of(readme: &str) -> String {
    let sample = readme
        .split_once("```rust\n")
        .map_or("", |(_, rest)| rest.split("```").next().unwrap_or_default());
    format!(
        "#[tokio::main(flavor = \"current_thread\")]\n\
         async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{sample}Ok(())\n}}\n"
    )
}

/// The list of features that a README advises for its first sample, as TOML.
fn advised(readme: &str) -> &str {
    readme
        .lines()
        .find_map(|line| line.strip_prefix("features = "))
        .unwrap_or("[]")
}

fn package_name(manifest: &str) -> &str {
    let name = manifest
        .lines()
        .find_map(|line| line.strip_prefix("name = "));
    name.map_or("", |name| name.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[package]\nname = \"pets\"\n\n[features]\ndefault = [\"all\"]\nall = [\n  \"cats\",\n  \"big-dogs\",\n]\ncats = []\n";

    #[test]
    fn features_are_those_of_all() {
        let found: Vec<&str> = features(MANIFEST).collect();
        assert_eq!(found, ["cats", "big-dogs"]);
        assert_eq!(features("[package]\n").count(), 0);
    }

    #[test]
    fn the_first_sample_becomes_a_program() {
        assert_eq!(package_name(MANIFEST), "pets");
        let program = main_of("# pets\n\n```rust\nlet x = 1;\n```\n\n```rust\nno\n```\n");
        assert!(program.contains("{\nlet x = 1;\nOk(())\n}"), "{program}");
    }

    #[test]
    fn the_features_of_a_sample_are_those_that_the_readme_names() {
        let readme =
            "# pets\n\n```toml\ndefault-features = false\nfeatures = [\"rustls\", \"cats\"]\n```\n";
        assert_eq!(advised(readme), "[\"rustls\", \"cats\"]");
        assert_eq!(advised("# pets\n"), "[]");
    }
}
