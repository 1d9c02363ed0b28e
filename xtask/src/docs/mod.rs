//! `cargo xtask docs`: the documentation of all APIs as one static site.
//!
//! Each API of `sdkwright.yaml` is printed in the format `site`; here the pages become one book,
//! mdBook makes it HTML, and the HTML is put beside the versions that are there already.

mod book;
mod pages;
mod publish;
mod serve;
mod tools;
mod versions;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::{links, measure};

pub(crate) use book::{Source, configured, files, tree, tree_in};

/// Make the documentation site of all APIs, in target/site
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Put it into a folder of this version, beside those that are there
    #[arg(long, value_name = "V", value_parser = versions::name)]
    version: Option<String>,

    /// Show it in the browser
    #[arg(long)]
    open: bool,

    /// Serve it on this machine until stopped
    #[arg(long)]
    serve: bool,

    /// The folder of the site
    #[arg(long, value_name = "DIR", conflicts_with = "publish")]
    out: Option<PathBuf>,

    /// Build onto what this branch holds, and commit it there; nothing is pushed
    #[arg(long, value_name = "BRANCH")]
    publish: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let told = work(arguments);
    if let Err(error) = &told {
        eprintln!("cargo xtask docs: {error}");
    }
    told.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

/// Whether the site can be made, and every link of it leads somewhere.
pub(crate) fn holds() -> bool {
    let arguments = Arguments {
        version: None,
        open: false,
        serve: false,
        out: None,
        publish: None,
    };
    run(&arguments) == ExitCode::SUCCESS
}

fn work(arguments: &Arguments) -> Result<(), String> {
    let version = arguments.version.as_deref();
    let site = match (&arguments.publish, &arguments.out) {
        (Some(branch), _) => publish::checkout(branch)?,
        (None, Some(out)) => out.clone(),
        (None, None) => folder(),
    };
    build(&configured()?, &site, version)?;
    let dead = links::of_site(&site)?;
    for link in &dead {
        eprintln!("{link}");
    }
    if !dead.is_empty() {
        return Err(format!("{} links of the site lead nowhere", dead.len()));
    }
    if arguments.publish.is_some() {
        return publish::commit(&site, version);
    }
    let index = site.join("index.html");
    println!("wrote {}", index.display());
    if arguments.serve {
        return serve::serve(&site, arguments.open);
    }
    if arguments.open {
        open(&index.display().to_string())?;
    }
    Ok(())
}

/// Where the site is unless somebody says otherwise.
pub(crate) fn folder() -> PathBuf {
    measure::target().join("site")
}

/// Sees to it that mdBook is there.
///
/// # Errors
///
/// When it cannot be installed.
pub(crate) fn prepare() -> Result<(), String> {
    tools::mdbook().map(|_| ())
}

/// Builds a site of these APIs.
///
/// # Errors
///
/// When mdBook cannot be had, a description has errors, or a file cannot be written.
pub(crate) fn build(apis: &[Source], site: &Path, version: Option<&str>) -> Result<(), String> {
    let mdbook = tools::mdbook()?;
    let work = measure::target().join("site-book");
    book::write(apis, &work, version)?;
    let output = Command::new(&mdbook)
        .arg("build")
        .arg(&work)
        .output()
        .map_err(|error| format!("cannot start {}: {error}", mdbook.display()))?;
    let said = String::from_utf8_lossy(&output.stderr);
    // What it warns about is wrong with a page of ours, but for a search index that is large
    // because an API is.
    let is_wrong = |line: &str| line.contains("ERROR") || line.contains("WARN");
    let expected = |line: &str| line.contains("search index is very large");
    let mut lines = said.lines();
    if !output.status.success() || lines.any(|line| is_wrong(line) && !expected(line)) {
        return Err(format!("mdBook does not make the book:\n{said}"));
    }
    book::add_markdown(&work)?;
    versions::place(&work.join("book"), site, version)
}

/// Shows a file or an address as this system does.
fn open(what: &str) -> Result<(), String> {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let status = Command::new(program).args(first).arg(what).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("`{program} {what}` failed; open it by hand")),
        Err(error) => Err(format!(
            "cannot start `{program}`: {error}; open {what} by hand"
        )),
    }
}
