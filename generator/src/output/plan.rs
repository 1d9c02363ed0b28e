//! What a run will change: a tree compared with what stands at its destination.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

use super::disk::{self, Standing};
use super::manifest::{self, Manifest};
use super::{Destination, MANIFEST, OwnedPath, Tree};
use crate::diagnostic::{Problem, Problems};

/// What a run will change.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) destination: Destination,
    pub(super) files: Vec<PlannedFile>,
    pub(super) removed: Vec<OwnedPath>,
    pub(super) leftovers: Vec<PathBuf>,
    pub(super) manifest: ManifestPlan,
}

/// A file of the tree, and what has to be done for it.
#[derive(Clone, Debug)]
pub struct PlannedFile {
    /// Its path.
    pub path: OwnedPath,
    /// Its text, as it will stand on the disk.
    pub text: String,
    /// What has to be done.
    pub action: Action,
}

/// What has to be done for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is not there.
    Create,
    /// Other bytes stand there: these.
    Change(Vec<u8>),
    /// It is as it should be, and is not touched.
    Keep,
}

/// The manifest's three texts.
#[derive(Clone, Debug)]
pub(super) struct ManifestPlan {
    /// On disk now.
    pub(super) before: Option<String>,
    /// While the run is under way: old and new paths.
    pub(super) during: Option<String>,
    /// In the end; `None` if nothing was owned and nothing will be.
    pub(super) after: Option<String>,
}

impl Plan {
    /// Compares a tree with its destination; writes nothing.
    ///
    /// `None` if it cannot be carried out, with the reasons in `problems`: a foreign file or a
    /// folder in the way, a symbolic link, a manifest or a path that cannot be trusted.
    #[must_use]
    pub fn new(tree: Tree, destination: &Destination, problems: &mut Problems) -> Option<Self> {
        let wanted = checked_paths(tree, destination, problems)?;
        let manifest = match manifest::read(destination) {
            Ok(manifest) => manifest,
            Err(problem) => {
                problems.report(problem);
                return None;
            }
        };
        let stale: BTreeSet<OwnedPath> = manifest
            .paths
            .iter()
            .filter(|path| !wanted.contains_key(path))
            .cloned()
            .collect();
        let compare = Compare {
            destination,
            owned: &manifest.paths,
            stale_folded: stale.iter().map(OwnedPath::folded).collect(),
            stale: &stale,
        };
        let files = gather(wanted, problems, |(path, text)| compare.file(path, text));
        let removed = gather(&stale, problems, |path| compare.removal(path));
        let (files, removed) = (files?, removed?);
        Some(Self {
            leftovers: leftovers(destination, &files, &manifest),
            manifest: ManifestPlan::new(manifest, &files),
            removed: removed.into_iter().flatten().collect(),
            destination: destination.clone(),
            files,
        })
    }

    /// Whether the disk is as it should be.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.removed.is_empty()
            && self.leftovers.is_empty()
            && self.manifest.before == self.manifest.after
            && self.files.iter().all(|file| file.action == Action::Keep)
    }

    /// The files of the tree, in order of path.
    #[must_use]
    pub fn files(&self) -> &[PlannedFile] {
        &self.files
    }

    /// The files that an earlier run made and this one does not.
    #[must_use]
    pub fn removed(&self) -> &[OwnedPath] {
        &self.removed
    }
}

impl ManifestPlan {
    fn new(before: Manifest, files: &[PlannedFile]) -> Self {
        let new = files.iter().map(|file| &file.path);
        let nothing = before.text.is_none() && files.is_empty();
        Self {
            during: (!nothing).then(|| manifest::print(before.paths.iter().chain(new.clone()))),
            after: (!nothing).then(|| manifest::print(new)),
            before: before.text,
        }
    }
}

/// All results, or `None` if one was a problem; every problem is reported.
fn gather<T, R>(
    items: impl IntoIterator<Item = T>,
    problems: &mut Problems,
    mut step: impl FnMut(T) -> Result<R, Problem>,
) -> Option<Vec<R>> {
    let mut results = Some(Vec::new());
    for item in items {
        match (step(item), &mut results) {
            (Ok(result), Some(list)) => list.push(result),
            (Ok(_), None) => {}
            (Err(problem), _) => {
                problems.report(problem);
                results = None;
            }
        }
    }
    results
}

/// The paths of a tree, each one that may be written, no two of them the same file or one the
/// folder of another, even where case does not count.
fn checked_paths(
    tree: Tree,
    destination: &Destination,
    problems: &mut Problems,
) -> Option<BTreeMap<OwnedPath, String>> {
    let mut wanted: BTreeMap<OwnedPath, String> = BTreeMap::new();
    let done = gather(tree.into_files(), problems, |(path, text)| {
        let own = OwnedPath::from_tree(&path, destination.allows())
            .map_err(|reason| bad_path(&path, reason))?;
        let text = match text.contains("\r\n") {
            true => text.replace("\r\n", "\n"),
            false => text,
        };
        match wanted.get(&own) {
            Some(other) if *other != text => Err(collision(own.as_str(), own.as_str())),
            _ => {
                wanted.insert(own, text);
                Ok(())
            }
        }
    });
    let folded: HashMap<String, &OwnedPath> =
        wanted.keys().map(|path| (path.folded(), path)).collect();
    let apart = gather(wanted.keys(), problems, |path| {
        let own = path.folded();
        let ends = own
            .match_indices('/')
            .map(|(end, _)| end)
            .chain([own.len()]);
        for end in ends {
            match folded.get(&own[..end]) {
                Some(&other) if other != path => {
                    return Err(collision(other.as_str(), path.as_str()));
                }
                _ => {}
            }
        }
        Ok(())
    });
    (done.is_some() && apart.is_some()).then_some(wanted)
}

/// What a single path is held against.
struct Compare<'a> {
    destination: &'a Destination,
    owned: &'a BTreeSet<OwnedPath>,
    stale: &'a BTreeSet<OwnedPath>,
    stale_folded: HashSet<String>,
}

impl Compare<'_> {
    /// What has to be done for a file, or why it cannot be.
    fn file(&self, path: OwnedPath, text: String) -> Result<PlannedFile, Problem> {
        let action = match self.look(&path)? {
            Standing::Nothing => Action::Create,
            // Where case does not count, this is the old spelling, which goes away.
            Standing::File(_) if self.is_another_spelling(&path) => Action::Create,
            Standing::File(bytes) if bytes == text.as_bytes() => Action::Keep,
            Standing::File(bytes) if self.may_replace(&path) => Action::Change(bytes),
            Standing::File(_) => return Err(self.not_ours(&path)),
            Standing::Folder if self.will_be_empty(&path) => Action::Create,
            Standing::Folder => return Err(self.in_the_way(&path, "a folder")),
            Standing::FileAsFolder(_, segments) if self.goes_away(&path, segments) => {
                Action::Create
            }
            Standing::FileAsFolder(place, _) => {
                return Err(in_the_way(
                    &place.display().to_string(),
                    "a file",
                    "a folder",
                ));
            }
            Standing::Link(place) => return Err(symlink(&place.display().to_string())),
            Standing::Other => return Err(self.in_the_way(&path, "no plain file")),
        };
        Ok(PlannedFile { path, text, action })
    }

    /// A stale path that has to be removed; `None` if there is no file.
    fn removal(&self, path: &OwnedPath) -> Result<Option<OwnedPath>, Problem> {
        match self.look(path)? {
            Standing::File(_) => Ok(Some(path.clone())),
            Standing::Link(place) => Err(symlink(&place.display().to_string())),
            _ => Ok(None),
        }
    }

    fn look(&self, path: &OwnedPath) -> Result<Standing, Problem> {
        disk::inspect(self.destination, path).map_err(|error| {
            let name = self.destination.show(path);
            Problem::error("cannot-read", format!("cannot read `{name}`: {error}"))
                .help("make it readable, or move it away")
        })
    }

    fn may_replace(&self, path: &OwnedPath) -> bool {
        self.owned.contains(path) || self.destination.replaces_foreign()
    }

    fn is_another_spelling(&self, path: &OwnedPath) -> bool {
        self.stale_folded.contains(&path.folded())
            && !disk::is_spelled_so(&self.destination.on_disk(path))
    }

    /// Whether all that a folder holds is stale.
    fn will_be_empty(&self, path: &OwnedPath) -> bool {
        let below = disk::files_below(&self.destination.on_disk(path));
        below.is_ok_and(|names| {
            !names.is_empty()
                && names.iter().all(|name| {
                    OwnedPath::parse(&format!("{path}/{name}"), self.destination.allows())
                        .is_ok_and(|own| self.stale.contains(&own))
                })
        })
    }

    /// Whether the file named by the first segments of a path is stale.
    fn goes_away(&self, path: &OwnedPath, segments: usize) -> bool {
        let folders: Vec<&str> = path.as_str().split('/').take(segments).collect();
        OwnedPath::parse(&folders.join("/"), self.destination.allows())
            .is_ok_and(|own| self.stale.contains(&own))
    }

    fn in_the_way(&self, path: &OwnedPath, what: &str) -> Problem {
        in_the_way(&self.destination.show(path), what, "a file")
    }

    fn not_ours(&self, path: &OwnedPath) -> Problem {
        let name = self.destination.show(path);
        let manifest = self.destination.show_text(MANIFEST);
        Problem::error(
            "not-ours",
            format!(
                "`{name}` is in the way: it has other contents and `{manifest}` does not name it"
            ),
        )
        .help("move it away; or run with `--force` to replace it")
    }
}

/// Unfinished files in the folders of old and new paths.
fn leftovers(destination: &Destination, files: &[PlannedFile], old: &Manifest) -> Vec<PathBuf> {
    let paths = files.iter().map(|file| &file.path).chain(&old.paths);
    let mut folders: BTreeSet<PathBuf> = paths
        .filter_map(|path| Some(destination.on_disk(path).parent()?.to_path_buf()))
        .collect();
    folders.insert(destination.root().to_path_buf());
    folders
        .iter()
        .flat_map(|folder| disk::leftovers(folder))
        .collect()
}

fn bad_path(path: &str, reason: &str) -> Problem {
    Problem::error(
        "bad-path",
        format!("the file `{path}` cannot be made: its path {reason}"),
    )
    .help("rename what the file is named after in the description")
}

fn collision(one: &str, other: &str) -> Problem {
    Problem::error(
        "path-collision",
        format!("`{one}` and `{other}` would be one file where case does not count"),
    )
    .help("rename one of the two in the description")
}

fn symlink(place: &str) -> Problem {
    Problem::error(
        "symlink",
        format!("`{place}` is a symbolic link, and is not followed"),
    )
    .help("replace the link by a plain folder or file, or write somewhere else")
}

fn in_the_way(place: &str, what: &str, needed: &str) -> Problem {
    Problem::error(
        "in-the-way",
        format!("`{place}` is {what}, and {needed} has to be there"),
    )
    .help("move it away")
}
