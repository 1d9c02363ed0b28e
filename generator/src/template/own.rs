//! A user's folder of templates → its files.
//!
//! Read are all files below `docs/`, and the templates of crates. Nothing else in the folder is ours
//! to judge; the sources below `client/runtime` are code that is tested as one, and no templates.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::files::OF_CRATES;
use super::set::File;
use crate::diagnostic::{Problem, Problems};

/// How deep folders may lie in one another.
const DEEPEST: usize = 8;

/// How large a file may be, in bytes.
const LARGEST: u64 = 4 << 20;

/// The files by their paths below the folder, with `/` between folders.
pub(super) fn read(folder: &Path, problems: &mut Problems) -> BTreeMap<String, File> {
    let mut found = BTreeMap::new();
    if !folder.is_dir() {
        let message = format!("there is no folder `{}`", shown(folder));
        let help = "templates of your own stand in `docs/<format>/` below it";
        problems.report(Problem::error("no-templates", message).help(help));
        return found;
    }
    list(&folder.join("docs"), "docs", DEEPEST, &mut found, problems);
    for name in OF_CRATES {
        let path = folder.join(name);
        if path.is_file() {
            add(&path, name.to_owned(), &mut found, problems);
        }
    }
    found
}

fn list(
    folder: &Path,
    prefix: &str,
    depth: usize,
    found: &mut BTreeMap<String, File>,
    problems: &mut Problems,
) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().map(|name| name.to_string_lossy());
        let Some(name) = name.filter(|name| !name.starts_with('.')) else {
            continue;
        };
        let below = format!("{prefix}/{name}");
        if !path.is_dir() {
            add(&path, below, found, problems);
        } else if depth > 0 {
            list(&path, &below, depth - 1, found, problems);
        }
    }
}

fn add(path: &Path, below: String, found: &mut BTreeMap<String, File>, problems: &mut Problems) {
    let is_text = below.ends_with(".tera") || below.ends_with("/format.yaml");
    let text = match is_text {
        true => text(path),
        // What it says does not count; that it is there may be a mistake.
        false => Ok(String::new()),
    };
    match text {
        Ok(text) => {
            let file = File {
                text: text.into(),
                shown: shown(path),
                own: true,
            };
            found.insert(below, file);
        }
        Err(reason) => {
            let message = format!("cannot read `{}`: {reason}", shown(path));
            let help = "a template is text in UTF-8";
            problems.report(Problem::error("cannot-read", message).help(help));
        }
    }
}

fn text(path: &Path) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > LARGEST {
        return Err(format!("it has {size} bytes"));
    }
    fs::read_to_string(path).map_err(|error| error.to_string())
}

fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
