//! Which documents there are: what is generated, what the site would be made of, and the guides
//! that people write.
//!
//! Not among them is what tests expect (`generator/tests/cases` and its neighbours): those files
//! are pages of small descriptions, there to be compared.

use std::fs;
use std::path::Path;

use super::extract::{self, Extracted};
use crate::docs::{self, Source};

/// A document.
#[derive(Debug)]
pub(crate) struct Document {
    /// Its path from the top folder, with slashes.
    pub(crate) path: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// Its blocks.
    pub(crate) extracted: Extracted,
    /// How many lines it has.
    pub(crate) lines: usize,
}

/// What a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A page of the docs of an API.
    Page(String),
    /// The README of the client of an API.
    Readme(String),
    /// The doc comments of a file of the client of an API.
    RustDoc(String),
    /// A text that somebody wrote.
    Guide,
}

impl Document {
    /// A document of this text.
    pub(crate) fn new(path: String, kind: Kind, text: &str) -> Self {
        let extracted = match kind {
            Kind::RustDoc(_) => extract::rust_docs(text),
            _ => extract::markdown(text),
        };
        Self {
            path,
            extracted,
            lines: text.lines().count(),
            kind,
        }
    }

    /// The name of its file, without what says that it is Markdown.
    pub(crate) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".md").unwrap_or(name)
    }

    /// The group of the report that it belongs to.
    pub(crate) fn group(&self) -> String {
        match (&self.kind, self.path.rsplit_once('/')) {
            (Kind::Page(_), Some((folder, _))) => folder.to_owned(),
            (Kind::RustDoc(_), _) => {
                let folder = self.path.split_once("/src/").map(|(folder, _)| folder);
                format!("{}/src", folder.unwrap_or_default())
            }
            _ => self.path.clone(),
        }
    }
}

/// All documents; of the site as `site/…`.
///
/// # Errors
///
/// When one cannot be read, or the site's pages cannot be made.
pub(crate) fn all(apis: &[(Source, sdkwright::output::Tree)]) -> Result<Vec<Document>, String> {
    let mut all = generated()?;
    for (source, tree) in apis {
        let pages = tree.iter().filter(|(path, _)| path.ends_with(".md"));
        all.extend(pages.map(|(path, text)| {
            let kind = Kind::Page(source.name.clone());
            Document::new(format!("site/{}/{path}", source.name), kind, text)
        }));
    }
    all.extend(guides(Path::new("."))?);
    Ok(all)
}

/// The pages of both formats of JavaScript for what the official client has, as `NAME/…`.
///
/// # Errors
///
/// When the description cannot be worked with.
pub(crate) fn of_official(source: &Source) -> Result<Vec<Document>, String> {
    let mut pages = Vec::new();
    for format in ["js-await", "js-callback"] {
        let tree = docs::tree_in(source, format)?;
        let markdown = tree.iter().filter(|(path, _)| path.ends_with(".md"));
        pages.extend(markdown.map(|(path, text)| {
            let path = format!("{}/{format}/{path}", source.name);
            Document::new(path, Kind::Page(source.name.clone()), text)
        }));
    }
    Ok(pages)
}

fn generated() -> Result<Vec<Document>, String> {
    let mut documents = Vec::new();
    for path in docs::files(Path::new("generated"))? {
        let name = path.display().to_string().replace('\\', "/");
        let parts: Vec<&str> = name.split('/').collect();
        let Some(api) = parts.get(1).map(|&api| api.to_owned()) else {
            continue;
        };
        let kind = match (&parts[2..], name.rsplit_once('.').map(|(_, end)| end)) {
            // A build in a crate leaves more than texts.
            (["client", "target", ..], _) => continue,
            (["client", "README.md"], _) => Kind::Readme(api),
            (_, Some("md")) => Kind::Page(api),
            (["client", "src", ..], Some("rs")) => Kind::RustDoc(api),
            _ => continue,
        };
        documents.push(read(&path, name, kind)?);
    }
    Ok(documents)
}

/// The Markdown that is written by hand.
fn guides(top: &Path) -> Result<Vec<Document>, String> {
    let mut guides = Vec::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        let told = |error: std::io::Error| format!("{}: {error}", folder.display());
        for entry in fs::read_dir(&folder).map_err(told)? {
            let path = entry.map_err(told)?.path();
            let below = path.strip_prefix(top).unwrap_or(&path);
            let name = below.display().to_string().replace('\\', "/");
            if path.is_dir() {
                if is_ours(&path, &name) {
                    folders.push(path);
                }
            } else if name.ends_with(".md") && !is_fixture(&name) {
                guides.push(read(&path, name, Kind::Guide)?);
            }
        }
    }
    guides.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(guides)
}

/// Whether a folder is part of the project, and not made by a tool.
fn is_ours(path: &Path, name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    let made = ["target", "node_modules", "generated"].contains(&last);
    let is_hidden = last.starts_with('.') && last != ".github" && last != ".ci";
    !made && !is_hidden && !path.join("CACHEDIR.TAG").exists()
}

/// Whether a test expects it, rather than a reader. The READMEs of the suites are for readers.
fn is_fixture(name: &str) -> bool {
    let below = name.strip_prefix("generator/tests/");
    let parts = below.map(|below| below.split('/').collect::<Vec<_>>());
    parts.is_some_and(|parts| !matches!(parts[..], [_, "README.md"]))
}

fn read(path: &Path, name: String, kind: Kind) -> Result<Document, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
    Ok(Document::new(name, kind, &text))
}
