//! A crate that lives as long as a test: written into the target folder, built and run there.
//!
//! It is a workspace of its own that builds into the target folder of this one, with the same
//! lock file and profile, so that nothing is downloaded and dependencies are built once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::described::project;

/// What makes a crate a workspace of its own, with the profile of ours: artifacts are shared
/// only where the profiles are the same.
const WORKSPACE: &str = "
[workspace]

[profile.dev]
debug = \"line-tables-only\"
";

/// The dependency of a program that has an `async fn main`.
pub(crate) const TOKIO: &str =
    "tokio = { version = \"1\", features = [\"macros\", \"rt\", \"net\"] }\n";

/// A crate in the target folder. Files that stay the same are not written again, so that a
/// second run has little to build.
#[derive(Debug)]
pub(crate) struct Throwaway {
    name: &'static str,
    folder: PathBuf,
}

impl Throwaway {
    /// An empty crate with these dependencies, in lines of TOML.
    pub(crate) fn new(name: &'static str, dependencies: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let src = folder.join("src");
        if src.exists() {
            fs::remove_dir_all(&src).expect("a folder that can be removed");
        }
        let crate_ = Self { name, folder };
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             publish = false\n\n[dependencies]\n{dependencies}\n{WORKSPACE}"
        );
        crate_.write("Cargo.toml", &manifest);
        let lock = fs::read_to_string(project().join("Cargo.lock")).expect("a lock file");
        crate_.write("Cargo.lock", &lock);
        crate_
    }

    /// A dependency on a crate of this project, as a line of TOML.
    pub(crate) fn dependency(name: &str, path: &Path) -> String {
        format!("{name} = {{ path = {:?} }}\n", path.display().to_string())
    }

    /// Writes a file, unless it is there already.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return;
        }
        let parent = path.parent().expect("a parent");
        fs::create_dir_all(parent).expect("a folder");
        fs::write(&path, text).expect("a file");
    }

    /// Runs cargo on the crate; its output is shown if it fails.
    pub(crate) fn cargo(&self, arguments: &[&str]) {
        let output = Command::new(env!("CARGO"))
            .args(["--offline", "--quiet"])
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target())
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .expect("cargo");
        assert_good(&format!("cargo {}", arguments.join(" ")), &output);
    }

    /// Writes a file that a program is to read, and where it is.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        self.write(name, text);
        self.folder.join(name).display().to_string()
    }

    /// The built command line of a crate in it, without anything of the caller's environment.
    pub(crate) fn command_line(&self, name: &str) -> Command {
        let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        without_environment(&target().join("debug").join(name))
    }

    /// The built program.
    pub(crate) fn program(&self) -> Command {
        let name = format!("{}{}", self.name, std::env::consts::EXE_SUFFIX);
        Command::new(target().join("debug").join(name))
    }
}

/// Builds the command line of a crate of this project, and where it is.
pub(crate) fn built_with_command_line(name: &str) -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args([
            "build",
            "--offline",
            "--quiet",
            "--features",
            "cli",
            "-p",
            name,
        ])
        .current_dir(project())
        .env("CARGO_TARGET_DIR", target())
        .output()
        .expect("cargo");
    assert_good(&format!("cargo build -p {name}"), &output);
    let program = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    target().join("debug").join(program)
}

/// A program without anything of the caller's environment but what every program needs.
pub(crate) fn without_environment(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear();
    // Windows finds no network without it.
    command.envs(std::env::vars().filter(|(name, _)| name == "SystemRoot"));
    command
}

/// The target folder of this workspace.
fn target() -> &'static Path {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    temporary.parent().expect("a parent")
}

/// Fails with what a program said, if it failed.
#[track_caller]
pub(crate) fn assert_good(what: &str, output: &Output) {
    assert!(
        output.status.success(),
        "{what}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
}
