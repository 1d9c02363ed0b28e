//! `cargo xtask browser`: the built site in a browser, as a reader has it.
//!
//! The suite is `xtask/browser/suite.mjs`. It needs Node and Chromium; playwright-core and axe-core
//! are installed from its lock file. Pictures of the pages are left in `target/site-pictures`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::{docs, measure};

/// Where the suite and the description that makes all the trouble are.
const SUITE: &str = "xtask/browser";

/// Try the built site in Chromium
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments) -> ExitCode {
    match work() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo xtask browser: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether the site does what a reader asks of it.
pub(crate) fn holds() -> bool {
    run(&Arguments {}) == ExitCode::SUCCESS
}

fn work() -> Result<(), String> {
    let chromium = chromium()?;
    let modules = modules()?;
    let site = measure::target().join("site-tried");
    if site.exists() {
        fs::remove_dir_all(&site).map_err(|error| error.to_string())?;
    }
    let apis = docs::configured()?;
    docs::build(&apis, &site, Some("1.3"))?;
    let nasty = docs::Source {
        name: "nasty".to_owned(),
        description: PathBuf::from("generator/tests/cases/text_on_a_site/openapi.yaml"),
        config: None,
    };
    docs::build(&[apis, vec![nasty]].concat(), &site, None)?;
    let status = Command::new("node")
        .arg(modules.join("suite.mjs"))
        .arg(&site)
        .arg(measure::target().join("site-pictures"))
        .env("CHROMIUM", chromium)
        .status()
        .map_err(|error| error.to_string())?;
    match status.success() {
        true => Ok(()),
        false => Err("the site does not do what it should".to_owned()),
    }
}

/// Chromium: what the variable names, else the first of its usual names.
fn chromium() -> Result<PathBuf, String> {
    let told = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let usual = ["chromium", "chromium-browser", "google-chrome"].map(PathBuf::from);
    let mut names = told.into_iter().chain(usual);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = names.find_map(|name| {
        let folders = std::env::split_paths(&path);
        let mut files =
            std::iter::once(name.clone()).chain(folders.map(|folder| folder.join(&name)));
        files.find(|file| file.is_absolute() && file.is_file())
    });
    found.ok_or_else(|| {
        "Chromium is missing: `apt-get install chromium`, or name another with CHROMIUM=/path"
            .to_owned()
    })
}

/// The suite with its modules, in a folder below target.
fn modules() -> Result<PathBuf, String> {
    let node = Command::new("node").arg("--version").output();
    if node.is_err() {
        return Err("Node is missing: install version 20 or later, with npm".to_owned());
    }
    let folder = measure::target().join("site-suite");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let mut changed = !folder.join("node_modules").is_dir();
    for file in ["package.json", "package-lock.json", "suite.mjs"] {
        let text =
            fs::read(Path::new(SUITE).join(file)).map_err(|error| format!("{file}: {error}"))?;
        let to = folder.join(file);
        let is_same = fs::read(&to).is_ok_and(|known| known == text);
        changed |= !is_same && file != "suite.mjs";
        fs::write(&to, text).map_err(|error| error.to_string())?;
    }
    if changed {
        eprintln!("installing playwright-core and axe-core for the suite");
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let status = Command::new(npm)
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(&folder)
            .status()
            .map_err(|error| format!("npm is missing ({error}): it comes with Node"))?;
        if !status.success() {
            return Err("npm could not install playwright-core and axe-core".to_owned());
        }
    }
    Ok(folder)
}
