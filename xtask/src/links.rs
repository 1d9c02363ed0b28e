//! `cargo xtask links`: whether every link and every anchor of the built site and of
//! `generated/` leads somewhere, and whether the site asks other hosts for anything.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use html5gum::{Token, Tokenizer};

use crate::docs;

/// The same that the tests of the formats ask.
#[path = "../../generator/tests/links/mod.rs"]
mod markdown;

/// Check every link of the built site and of generated/
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the site
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let site = arguments.site.clone().unwrap_or_else(docs::folder);
    let built = match site.is_dir() {
        true => of_site(&site),
        false => Err(format!(
            "{} is not there; `cargo xtask docs` makes it",
            site.display()
        )),
    };
    match built.and_then(|dead| Ok([dead, of_generated()?].concat())) {
        Ok(dead) if dead.is_empty() => {
            println!("every link leads somewhere");
            ExitCode::SUCCESS
        }
        Ok(dead) => {
            dead.iter().for_each(|link| eprintln!("{link}"));
            eprintln!("cargo xtask links: {} links lead nowhere", dead.len());
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("cargo xtask links: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether every link of the built site and of `generated/` leads somewhere.
pub(crate) fn holds() -> bool {
    run(&Arguments { site: None }) == ExitCode::SUCCESS
}

/// The links of the Markdown in `generated/` that lead nowhere.
///
/// # Errors
///
/// When a file cannot be read.
pub(crate) fn of_generated() -> Result<Vec<String>, String> {
    let mut texts = BTreeMap::new();
    for path in docs::files(Path::new("generated"))? {
        // A build in a crate leaves more than texts.
        if !path.components().any(|part| part.as_os_str() == "target") {
            let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let name = path.display().to_string().replace('\\', "/");
            texts.insert(name, String::from_utf8_lossy(&text).into_owned());
        }
    }
    Ok(markdown::dead(
        texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    ))
}

/// What is wrong with the links of a built site, each as `page: link`.
///
/// # Errors
///
/// When a file cannot be read.
pub(crate) fn of_site(site: &Path) -> Result<Vec<String>, String> {
    let mut pages: HashMap<PathBuf, Page> = HashMap::new();
    let mut files = HashSet::new();
    for path in docs::files(site)? {
        let below = path
            .strip_prefix(site)
            .map_err(|error| error.to_string())?
            .to_owned();
        if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            let text = fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            pages.insert(below.clone(), Page::read(&text));
        }
        files.insert(below);
    }
    let mut dead: Vec<String> = pages
        .iter()
        .flat_map(|(path, page)| page.dead(path, &pages, &files))
        .collect();
    dead.sort();
    Ok(dead)
}

/// What of a page matters to links.
#[derive(Debug, Default)]
struct Page {
    links: Vec<String>,
    /// What the browser fetches by itself.
    loaded: Vec<String>,
    ids: HashSet<String>,
    twice: Vec<String>,
}

impl Page {
    fn read(html: &str) -> Self {
        let mut page = Self::default();
        for token in Tokenizer::new(html) {
            let Ok(Token::StartTag(tag)) = token else {
                continue;
            };
            let name = String::from_utf8_lossy(&tag.name).into_owned();
            for (attribute, value) in &tag.attributes {
                let attribute = String::from_utf8_lossy(attribute).into_owned();
                let value = String::from_utf8_lossy(value).into_owned();
                match (name.as_str(), attribute.as_str()) {
                    (_, "id") if page.ids.contains(&value) => page.twice.push(value),
                    (_, "id") => {
                        page.ids.insert(value);
                    }
                    ("a", "href") => page.links.push(value),
                    ("link", "href") | (_, "src") => page.loaded.push(value),
                    _ => {}
                }
            }
        }
        page
    }

    fn dead(
        &self,
        path: &Path,
        pages: &HashMap<PathBuf, Self>,
        files: &HashSet<PathBuf>,
    ) -> Vec<String> {
        let said = |what: &str, link: &str| format!("{}: {what}{link}", path.display());
        let mut dead: Vec<String> = self
            .twice
            .iter()
            .map(|id| said("an id that stands twice: #", id))
            .collect();
        let elsewhere = self.loaded.iter().filter(|link| is_elsewhere(link));
        dead.extend(elsewhere.map(|link| said("loaded from elsewhere: ", link)));
        for link in self.links.iter().chain(&self.loaded) {
            let is_whole = link.starts_with("mailto:") || link.starts_with("data:");
            if !is_whole && !is_elsewhere(link) && !lands(link, path, pages, files) {
                dead.push(said("", link));
            }
        }
        dead
    }
}

fn is_elsewhere(link: &str) -> bool {
    link.starts_with("//") || link.starts_with("http://") || link.starts_with("https://")
}

fn lands(
    link: &str,
    page: &Path,
    pages: &HashMap<PathBuf, Page>,
    files: &HashSet<PathBuf>,
) -> bool {
    let (target, fragment) = link.split_once('#').unwrap_or((link, ""));
    let target = target.split('?').next().unwrap_or_default();
    let path = match target {
        "" => page.to_owned(),
        target => joined(page, &markdown::decoded(target)),
    };
    let fragment = markdown::decoded(fragment);
    files.contains(&path)
        && (fragment.is_empty()
            || pages
                .get(&path)
                .is_none_or(|page| page.ids.contains(&fragment)))
}

fn joined(page: &Path, target: &str) -> PathBuf {
    let mut path = page.parent().unwrap_or(Path::new("")).to_owned();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dead_links_of_a_site_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put(
            "a/b.html",
            "<h2 id=x>X</h2><a href='#x'>1</a><a href='#y'>2</a><a href='../c.html#z'>3</a>\
             <a href='../c.html#n'>4</a><a href='https://far.example'>5</a><script src='//cdn.example/x.js'></script>\
             <a href='../d.html'>6</a><i id=x></i>",
        );
        put("c.html", "<p id=z>");
        let dead = of_site(folder.path()).unwrap();
        let expected = [
            "#y",
            "../c.html#n",
            "../d.html",
            "an id that stands twice: #x",
            "loaded from elsewhere: //cdn.example/x.js",
        ];
        assert_eq!(dead, expected.map(|link| format!("a/b.html: {link}")));
    }
}
