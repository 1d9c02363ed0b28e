//! The programs that samples need, and what to do when one is missing.

use super::place::folder;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program, and how it is installed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tool {
    /// What it is called.
    pub(crate) name: &'static str,
    /// What needs it.
    pub(crate) needed_for: &'static str,
    /// How it is installed.
    pub(crate) install: &'static str,
}

/// All of them, by the languages that need them.
pub(crate) const NODE: [Tool; 2] = [
    Tool {
        name: "node",
        needed_for: "JavaScript",
        install: "version 20 or later; Debian: apt-get install nodejs",
    },
    Tool {
        name: "npm",
        needed_for: "JavaScript",
        install: "it comes with Node; Debian: apt-get install npm",
    },
];
pub(crate) const RUBY: [Tool; 1] = [Tool {
    name: "ruby",
    needed_for: "Ruby",
    install: "Debian: apt-get install ruby",
}];
pub(crate) const CURL: [Tool; 1] = [Tool {
    name: "curl",
    needed_for: "curl",
    install: "Debian: apt-get install curl",
}];

/// Which of these are not there, each with what to do.
pub(crate) fn missing(tools: &[Tool]) -> Vec<String> {
    let absent = tools.iter().filter(|tool| !is_there(tool.name));
    let told = absent.map(|tool| {
        let Tool {
            name,
            needed_for,
            install,
        } = tool;
        format!("{name} is missing, without which no {needed_for} runs ({install})")
    });
    told.collect()
}

fn is_there(name: &str) -> bool {
    let mut command = Command::new(program(name));
    command.arg("--version").stdin(Stdio::null());
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn program(name: &str) -> String {
    match (name, cfg!(windows)) {
        ("npm", true) => "npm.cmd".to_owned(),
        _ => name.to_owned(),
    }
}

/// Puts the scripts of a language below target; those of JavaScript with the official client, in
/// the versions of their lock file.
///
/// # Errors
///
/// When they cannot be copied, or npm cannot install.
pub(crate) fn scripts(language: &str) -> Result<PathBuf, String> {
    let to = folder().join(language);
    fs::create_dir_all(&to).map_err(|error| format!("{}: {error}", to.display()))?;
    let is_installed = to.join("node_modules").is_dir();
    let mut lock_changed = false;
    let from = Path::new("xtask/samples").join(language);
    for path in crate::docs::files(&from)? {
        let Some(name) = path.file_name() else {
            continue;
        };
        let told = |error: std::io::Error| format!("{}: {error}", path.display());
        let text = fs::read_to_string(&path).map_err(told)?;
        let known = fs::read_to_string(to.join(name)).unwrap_or_default();
        lock_changed |= name == "package-lock.json" && (known != text || !is_installed);
        fs::write(to.join(name), text).map_err(told)?;
    }
    if lock_changed {
        install(&to)?;
    }
    Ok(to)
}

/// The folder of the scripts of JavaScript, where there is Node to run them.
///
/// # Errors
///
/// When there is none, or the official client cannot be installed.
pub(crate) fn javascript() -> Result<PathBuf, String> {
    let missing = missing(&NODE);
    match missing.is_empty() {
        true => scripts("javascript"),
        false => Err(missing.join("; ")),
    }
}

fn install(folder: &Path) -> Result<(), String> {
    eprintln!("installing the official JavaScript client");
    let status = Command::new(program("npm"))
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        .current_dir(folder)
        .status()
        .map_err(|error| format!("cannot start npm: {error}"))?;
    match status.success() {
        true => Ok(()),
        false => {
            // A half of it would be taken for the whole next time.
            let _ = fs::remove_dir_all(folder.join("node_modules"));
            Err("npm could not install the official JavaScript client".to_owned())
        }
    }
}
