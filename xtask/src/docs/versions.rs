//! The versions of the site: what is built without a version is at the top, each version in a
//! folder of its name beside it. Building one leaves all others as they are.
//!
//! `versions.js` at the top lists them. It is a script, because pages that are opened as files
//! may load scripts and nothing else.

use std::fs;
use std::path::Path;

use super::book::told;

const LIST: &str = "versions.js";
const START: &str = "window.siteVersions = ";

/// A version that can be the name of a folder.
pub(super) fn name(text: &str) -> Result<String, String> {
    let is_name = text.starts_with(|c: char| c.is_ascii_digit() || c == 'v')
        && text.chars().any(|c| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'));
    match is_name {
        true => Ok(text.to_owned()),
        false => Err("a version is letters, digits, `.`, `-`, `_` and `+`, like 1.3".to_owned()),
    }
}

/// Puts a built book into the site, in place of the one that was there.
pub(super) fn place(book: &Path, site: &Path, version: Option<&str>) -> Result<(), String> {
    let mut versions = listed(site)?;
    fs::create_dir_all(site).map_err(|error| told(site, &error))?;
    let to = match version {
        Some(version) => {
            let folder = site.join(version);
            if folder.exists() {
                fs::remove_dir_all(&folder).map_err(|error| told(&folder, &error))?;
            }
            if !versions.iter().any(|known| known == version) {
                versions.push(version.to_owned());
            }
            folder
        }
        None => {
            clear(site, &versions)?;
            site.to_owned()
        }
    };
    copy(book, &to)?;
    versions.sort_by_key(|version| std::cmp::Reverse(numbers(version)));
    let has_top = version.is_none() || is_top(site);
    list(site, &versions, has_top)
}

/// The versions that a site has. A folder with something else in it is none of ours.
fn listed(site: &Path) -> Result<Vec<String>, String> {
    let path = site.join(LIST);
    let Ok(text) = fs::read_to_string(&path) else {
        let is_empty = fs::read_dir(site).map_or(true, |entries| {
            entries.flatten().all(|entry| entry.file_name() == ".git")
        });
        return match is_empty {
            true => Ok(Vec::new()),
            false => Err(format!(
                "{} has files and no {LIST}, so it is no site of ours; name another folder with --out",
                site.display()
            )),
        };
    };
    let json = text
        .trim()
        .strip_prefix(START)
        .and_then(|rest| rest.strip_suffix(';'));
    let value: serde_json::Value = json
        .and_then(|json| serde_json::from_str(json).ok())
        .ok_or_else(|| format!("{}: not as `cargo xtask docs` wrote it", path.display()))?;
    let entries = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let names = entries.iter().filter(|each| each["path"] != "");
    Ok(names
        .filter_map(|each| Some(each["name"].as_str()?.to_owned()))
        .collect())
}

/// Whether a book is at the top, and not only a page that leads to a version.
fn is_top(site: &Path) -> bool {
    site.join("changelog.html").exists()
}

/// Removes the book at the top.
fn clear(site: &Path, versions: &[String]) -> Result<(), String> {
    for entry in fs::read_dir(site).map_err(|error| told(site, &error))? {
        let entry = entry.map_err(|error| told(site, &error))?;
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // A checkout's own files stay, too.
        if name == ".git" || versions.iter().any(|version| *version == name) {
            continue;
        }
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        removed.map_err(|error| told(&path, &error))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    for path in super::book::files(from)? {
        let below = path.strip_prefix(from).map_err(|error| error.to_string())?;
        let target = to.join(below);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
        }
        fs::copy(&path, &target).map_err(|error| told(&target, &error))?;
    }
    Ok(())
}

/// Writes the list, the same as a page, and, as long as no book is at the top, a page that leads
/// to the newest version.
fn list(site: &Path, versions: &[String], has_top: bool) -> Result<(), String> {
    let mut entries = Vec::new();
    if has_top {
        entries.push(serde_json::json!({ "name": "latest", "path": "" }));
    }
    let folder = |name: &String| serde_json::json!({ "name": name, "path": format!("{name}/") });
    entries.extend(versions.iter().map(folder));
    let text = format!("{START}{};\n", serde_json::Value::Array(entries.clone()));
    let links: String = entries
        .iter()
        .filter_map(|each| Some((each["name"].as_str()?, each["path"].as_str()?)))
        .map(|(name, path)| format!("<li><a href=\"{path}index.html\">{name}</a></li>\n"))
        .collect();
    let page = |head: &str| {
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n{head}<link rel=\"icon\" href=\"data:,\">\n<title>Versions</title>\n\
             </head>\n<body>\n<main>\n<h1>Versions</h1>\n<ul>\n{links}</ul>\n</main>\n</body>\n</html>\n"
        )
    };
    let mut files = vec![(LIST, text), ("versions.html", page(""))];
    if let Some(newest) = versions.first().filter(|_| !has_top) {
        let lead =
            format!("<meta http-equiv=\"refresh\" content=\"0; url={newest}/index.html\">\n");
        files.push(("index.html", page(&lead)));
    }
    for (name, text) in files {
        let path = site.join(name);
        fs::write(&path, text).map_err(|error| told(&path, &error))?;
    }
    Ok(())
}

/// A version as numbers, so that 1.10 is above 1.9; what is no number stands below all numbers.
fn numbers(version: &str) -> Vec<u64> {
    let parts = version.trim_start_matches('v').split(['.', '-', '+', '_']);
    parts
        .map(|part| part.parse().map_or(0, |number: u64| number + 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(folder: &Path, text: &str) {
        fs::create_dir_all(folder).unwrap();
        for file in ["index.html", "changelog.html"] {
            fs::write(folder.join(file), text).unwrap();
        }
    }

    #[test]
    fn versions_stay_when_others_are_built() {
        let folder = tempfile::tempdir().unwrap();
        let (made, site) = (folder.path().join("book"), folder.path().join("site"));
        book(&made, "old");
        for version in ["1.9", "1.10"] {
            place(&made, &site, Some(version)).unwrap();
        }
        let index = fs::read_to_string(site.join("index.html")).unwrap();
        assert!(index.contains("url=1.10/index.html"), "{index}");
        book(&made, "new");
        place(&made, &site, None).unwrap();
        let read = |path: &str| fs::read_to_string(site.join(path)).unwrap();
        assert_eq!(read("index.html"), "new");
        assert_eq!(read("1.9/index.html"), "old");
        assert_eq!(
            read(LIST),
            "window.siteVersions = [{\"name\":\"latest\",\"path\":\"\"},\
             {\"name\":\"1.10\",\"path\":\"1.10/\"},{\"name\":\"1.9\",\"path\":\"1.9/\"}];\n"
        );
    }

    #[test]
    fn folders_of_others_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine"), "").unwrap();
        let error = place(folder.path(), folder.path(), None).unwrap_err();
        assert!(error.contains("no site of ours"), "{error}");
    }

    #[test]
    fn versions_are_names_of_folders() {
        assert!(name("1.3").is_ok() && name("v2.0.0-rc.1").is_ok());
        assert!(name("../x").is_err() && name("latest").is_err() && name("1/2").is_err());
    }
}
