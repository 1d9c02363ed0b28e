//! Where a run writes, and what it may do there.

use std::path::{Path, PathBuf};

use super::OwnedPath;
use super::owned_path::COMPANION_FOLDER;

/// Where a run writes, and what it may do there.
#[derive(Clone, Debug)]
pub struct Destination {
    root: PathBuf,
    companions: Companions,
    foreign: Foreign,
}

/// Whether a run may write to the one folder beside its root that some docs formats fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Companions {
    /// `../lib/schemas/*.json`, which the JavaScript pages link to.
    Schemas,
    /// None: everything stays below the root.
    None,
}

/// What to do with a file in our way that the manifest does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Refuse to run.
    Refuse,
    /// Replace it, and own it from now on (`--force`).
    Replace,
}

impl Destination {
    /// The folder `root`, which need not exist; foreign files are refused.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            companions: Companions::None,
            foreign: Foreign::Refuse,
        }
    }

    /// With or without the folder beside it.
    #[must_use]
    pub fn companions(mut self, companions: Companions) -> Self {
        self.companions = companions;
        self
    }

    /// What to do with foreign files.
    #[must_use]
    pub fn foreign(mut self, foreign: Foreign) -> Self {
        self.foreign = foreign;
        self
    }

    /// The root, as it was given.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn allows(&self) -> Companions {
        self.companions
    }

    pub(super) fn replaces_foreign(&self) -> bool {
        self.foreign == Foreign::Replace
    }

    /// The folder from which a path counts, and its segments from there.
    pub(super) fn anchor<'a>(&self, path: &'a OwnedPath) -> (PathBuf, Vec<&'a str>) {
        let text = path.as_str();
        match text.strip_prefix("../") {
            Some(beside) => (self.beside(), beside.split('/').collect()),
            None => (self.root.clone(), text.split('/').collect()),
        }
    }

    /// The path as the operating system takes it.
    pub(super) fn on_disk(&self, path: &OwnedPath) -> PathBuf {
        let (mut place, segments) = self.anchor(path);
        place.extend(segments);
        place
    }

    /// The path as messages show it.
    pub(super) fn show(&self, path: &OwnedPath) -> String {
        self.show_text(path.as_str())
    }

    pub(super) fn show_text(&self, path: &str) -> String {
        if self.root.as_os_str().is_empty() || self.root == Path::new(".") {
            return path.to_owned();
        }
        format!("{}/{path}", self.root.display())
    }

    /// The folder that holds the root, also while the root does not exist.
    fn beside(&self) -> PathBuf {
        if let Ok(real) = self.root.canonicalize() {
            return real.parent().map_or(real.clone(), Path::to_path_buf);
        }
        match self.root.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        }
    }
}

/// Whether a path stands in the folder beside the root.
pub(super) fn is_companion(path: &str) -> bool {
    path.starts_with(COMPANION_FOLDER)
}
