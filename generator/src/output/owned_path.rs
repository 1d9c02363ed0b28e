//! A path that a run may own: relative, normal, and never out of its destination.
//!
//! Paths come from a tree (made from a description) and from a manifest (which may come with a
//! pull request), so neither is trusted.

use std::path::{Component, Path};

use super::destination::is_companion;
use super::{Companions, MANIFEST, TEMPORARY_PREFIX};

/// The one folder outside of the root that a run may write to.
pub(super) const COMPANION_FOLDER: &str = "../lib/schemas/";

/// A checked path, `/` between folders: `docs/rest/schemas.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnedPath(String);

impl OwnedPath {
    /// Checks a path as it stands.
    ///
    /// # Errors
    ///
    /// Says in a few words why a run may not own it.
    pub fn parse(text: &str, companions: Companions) -> Result<Self, &'static str> {
        let below = if is_companion(text) {
            if companions == Companions::None {
                return Err("leaves the folder that is written to");
            }
            let name = &text[COMPANION_FOLDER.len()..];
            if name.contains('/') || !name.ends_with(".json") {
                return Err("is no JSON Schema in ../lib/schemas/");
            }
            name
        } else {
            text
        };
        below.split('/').try_for_each(check_segment)?;
        if text == MANIFEST {
            return Err("is the manifest itself");
        }
        Ok(Self(text.to_owned()))
    }

    /// Checks a path of a tree, in which `docs/await/../lib` is `docs/lib`.
    ///
    /// # Errors
    ///
    /// Says in a few words why a run may not own it.
    pub fn from_tree(text: &str, companions: Companions) -> Result<Self, &'static str> {
        Self::parse(&without_detours(text), companions)
    }

    /// The path, `/` between folders.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same for every spelling that is one file where case does not count.
    pub(super) fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl std::fmt::Display for OwnedPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

fn check_segment(segment: &str) -> Result<(), &'static str> {
    if segment == ".." {
        return Err("leaves the folder that is written to");
    }
    if segment.chars().any(|c| c == '\\' || c.is_control()) {
        return Err("has a back slash or a control character in it");
    }
    if segment.starts_with(TEMPORARY_PREFIX) {
        return Err("is named like an unfinished file");
    }
    // One normal component and nothing else: no root, no drive, no `.`, not empty.
    let mut components = Path::new(segment).components();
    match (components.next(), components.next()) {
        (Some(Component::Normal(name)), None) if name == segment => Ok(()),
        _ => Err("is not a relative path of plain names"),
    }
}

fn without_detours(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in text.split('/') {
        match (segment, kept.last()) {
            ("..", Some(&last)) if last != ".." && !last.is_empty() => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paths_are_taken() {
        for path in ["a", "a/b.md", "docs/rest/schemas.md", "a..b", ".hidden"] {
            assert_eq!(
                OwnedPath::parse(path, Companions::None).map(|own| own.0),
                Ok(path.to_owned())
            );
        }
    }

    #[test]
    fn paths_that_escape_or_confuse_are_refused() {
        for path in [
            "",
            "/etc/passwd",
            "../x",
            "a/../../x",
            "a/./b",
            "a//b",
            "a/",
            "..",
            "a\\b",
            "a\nb",
            "../lib/schemas/../../x.json",
            "../lib/schemas/deep/x.json",
            "../lib/schemas/x.sh",
            "../lib/x.json",
            ".sdkwright-manifest",
            "a/.sdkwright-tmp-1",
        ] {
            assert!(
                OwnedPath::parse(path, Companions::Schemas).is_err(),
                "{path:?} is taken"
            );
        }
    }

    #[test]
    fn the_companion_folder_must_be_allowed() {
        let path = "../lib/schemas/error.json";
        assert!(OwnedPath::parse(path, Companions::Schemas).is_ok());
        assert!(OwnedPath::parse(path, Companions::None).is_err());
    }

    #[test]
    fn a_tree_may_go_up_within_itself() {
        let path = OwnedPath::from_tree("docs/js/../lib/schemas/a.json", Companions::None);
        assert_eq!(path.map(|own| own.0), Ok("docs/lib/schemas/a.json".into()));
        assert!(OwnedPath::from_tree("docs/../../a", Companions::None).is_err());
        assert!(OwnedPath::from_tree("/../a", Companions::None).is_err());
    }
}
