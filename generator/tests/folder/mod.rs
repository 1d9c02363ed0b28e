//! Suites of folders: what a test folder holds, and texts compared with files in it.
//!
//! A suite lists its directory, so that no case can be forgotten, and gathers all differences,
//! so that one run shows them all. Every file of a case is either input or an expected text
//! that was compared: one that no test used fails the suite, because it would prove nothing.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use snapbox::{Assert, Data};

/// What the values of formats are held as, where a case says so.
pub(crate) const FORMATS: &str = "formats.yaml";

/// The folders of a suite, sorted by name.
pub(crate) fn cases(suite: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(suite);
    let entries = fs::read_dir(root).unwrap().map(|entry| entry.unwrap());
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert!(folders.len() > 10, "the suite has lost its cases");
    folders
}

/// A case: its folder, what is still unused in it, and what was wrong so far.
pub(crate) struct Case {
    pub(crate) folder: PathBuf,
    pub(crate) name: String,
    unused: BTreeSet<String>,
    wrong: String,
}

impl Case {
    pub(crate) fn open(folder: &Path) -> Self {
        let mut unused = BTreeSet::new();
        gather(folder, folder, &mut unused);
        Self {
            folder: folder.to_owned(),
            name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
            unused,
            wrong: String::new(),
        }
    }

    /// The files that nothing has used yet, with `/` between their parts.
    pub(crate) fn unused(&self) -> Vec<String> {
        self.unused.iter().cloned().collect()
    }

    /// A file that is input; whether it is there.
    pub(crate) fn used(&mut self, file: &str) -> bool {
        self.unused.remove(file)
    }

    /// The description of the case: the one file called `openapi.yaml` or `openapi.json`. All
    /// other files are expected texts, but for those that the description refers to, and for the
    /// choice of formats.
    pub(crate) fn description(&mut self) -> String {
        let names = ["openapi.yaml", "openapi.json"];
        let name = names.into_iter().find(|name| self.used(name));
        let name = name.unwrap_or_else(|| panic!("{}: no description", self.name));
        let text = fs::read_to_string(self.folder.join(name)).unwrap();
        self.used(FORMATS);
        self.unused
            .retain(|file| !text.contains(&format!("$ref: '{file}#")));
        name.to_owned()
    }

    /// Compares a text with an expected file; `SNAPSHOTS=overwrite` writes the file instead.
    pub(crate) fn compare(&mut self, file: &str, actual: &str) {
        self.used(file);
        let path = self.folder.join(file);
        let expected = Data::read_from(&path, None).raw();
        let assert = Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
        if let Err(error) = assert.try_eq(Some(&file), actual.to_owned().into(), expected) {
            self.fail(&error.to_string());
        }
    }

    pub(crate) fn fail(&mut self, message: &str) {
        writeln!(self.wrong, "{}: {message}", self.name).unwrap();
    }

    /// What was wrong, files included that nothing used.
    pub(crate) fn close(mut self) -> String {
        for file in self.unused() {
            self.fail(&format!("`{file}` is used by no test"));
        }
        self.wrong
    }
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let relative = path.strip_prefix(root).unwrap().to_str().unwrap();
            files.insert(relative.replace('\\', "/"));
        }
    }
}
