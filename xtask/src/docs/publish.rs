//! The branch that holds the published site: taken out beside the sources, built onto, committed.
//!
//! Nothing is pushed here; whoever may push does that.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::measure;

/// A checkout of the branch, new and empty if there is none.
///
/// # Errors
///
/// When git fails.
pub(super) fn checkout(branch: &str) -> Result<PathBuf, String> {
    let folder = measure::target().join("site-branch");
    let here = Path::new(".");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    }
    git(here, &["worktree", "prune"])?;
    // There may be no such branch yet, and no such place to ask.
    let remote = format!("origin/{branch}");
    let _ = git(here, &["fetch", "--quiet", "origin", branch]);
    let text = folder.display().to_string();
    let is_known = |name: &str| git(here, &["rev-parse", "--verify", "--quiet", name]).is_ok();
    if is_known(&remote) {
        git(
            here,
            &["worktree", "add", "--quiet", "-B", branch, &text, &remote],
        )?;
    } else if is_known(branch) {
        git(here, &["worktree", "add", "--quiet", &text, branch])?;
    } else {
        git(
            here,
            &[
                "worktree", "add", "--quiet", "--orphan", "-b", branch, &text,
            ],
        )?;
    }
    Ok(folder)
}

/// Commits what was built, in the name of whoever made the last commit of the sources.
///
/// # Errors
///
/// When git fails.
pub(super) fn commit(folder: &Path, version: Option<&str>) -> Result<(), String> {
    git(folder, &["add", "--all"])?;
    let here = Path::new(".");
    if git(folder, &["status", "--porcelain"])?.is_empty() {
        println!("the published site is what it was");
    } else {
        let said = |format: &str| git(here, &["log", "-1", &format!("--format={format}")]);
        let name = format!("user.name={}", said("%an")?);
        let email = format!("user.email={}", said("%ae")?);
        let of = version
            .map(|version| format!(" {version}"))
            .unwrap_or_default();
        let message = format!("Documentation{of} of {}", said("%h")?);
        git(
            folder,
            &[
                "-c", &name, "-c", &email, "commit", "--quiet", "-m", &message,
            ],
        )?;
        println!("committed: {message}");
    }
    git(
        here,
        &[
            "worktree",
            "remove",
            "--force",
            &folder.display().to_string(),
        ],
    )?;
    Ok(())
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output()
        .map_err(|error| format!("cannot start git: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("git {}: {}", arguments.join(" "), said.trim()))
}
