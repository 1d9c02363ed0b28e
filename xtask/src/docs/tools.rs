//! mdBook: one version, in a place of its own, installed when it is not there.

use std::path::PathBuf;
use std::process::Command;

use crate::measure;

/// The version that the theme in `templates/site` is written for.
const VERSION: &str = "0.5.4";

/// Where mdBook is; installs it if it is missing or of another version.
///
/// # Errors
///
/// When it cannot be installed.
pub(super) fn mdbook() -> Result<PathBuf, String> {
    let root = measure::target().join("tools");
    let path = root
        .join("bin")
        .join(format!("mdbook{}", std::env::consts::EXE_SUFFIX));
    if is_there(&path) {
        return Ok(path);
    }
    eprintln!(
        "mdBook {VERSION} is not in {}: building it once, which takes some minutes",
        root.display()
    );
    let status = measure::cargo()
        .args([
            "install",
            "mdbook",
            "--version",
            VERSION,
            "--locked",
            "--force",
            "--root",
        ])
        .arg(&root)
        // A folder of its own, or cargo would build it in one that it throws away.
        .env("CARGO_TARGET_DIR", root.join("build"))
        .status()
        .map_err(|error| format!("cannot start cargo: {error}"))?;
    if status.success() && is_there(&path) {
        return Ok(path);
    }
    Err(format!(
        "mdBook {VERSION} is missing and could not be installed; \
         `cargo install mdbook --version {VERSION} --locked --root {}` does it by hand",
        root.display()
    ))
}

fn is_there(path: &PathBuf) -> bool {
    let output = Command::new(path).arg("--version").output();
    output.is_ok_and(|output| {
        let said = String::from_utf8_lossy(&output.stdout);
        said.trim().trim_start_matches("mdbook v") == VERSION
    })
}
