//! Carries a plan out.

use std::io;
use std::path::{Path, PathBuf};

use super::disk;
use super::plan::PlannedFile;
use super::{Action, MANIFEST, OwnedPath, Plan};
use crate::diagnostic::Problem;
use crate::parallel;

/// So many files are written by one thread, one after the other, up to the first that is refused.
const SHARE: usize = 64;

impl Plan {
    /// Carries the plan out; a current one touches nothing.
    ///
    /// First the manifest names old and new paths; then old files go, then new ones come, so
    /// that a file can become a folder and a name can change its case; last the manifest names
    /// the new paths alone.
    ///
    /// # Errors
    ///
    /// The first file that the operating system refuses. What was done until then is whole, and
    /// the next run goes on from there.
    pub fn apply(&self) -> Result<(), Problem> {
        for place in &self.leftovers {
            match std::fs::remove_file(place) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(refused("remove", &place.display().to_string(), &error));
                }
                _ => {}
            }
        }
        self.write_manifest(self.manifest.before.as_ref(), self.manifest.during.as_ref())?;
        for path in &self.removed {
            self.remove(path)?;
        }
        self.write_files()?;
        self.write_manifest(self.manifest.during.as_ref(), self.manifest.after.as_ref())
    }

    /// Writes all that is new or differs, on every processor: the system takes longer to make
    /// many small files than to take in what is in them.
    fn write_files(&self) -> Result<(), Problem> {
        let files = self.files.iter();
        let files: Vec<&PlannedFile> = files.filter(|file| file.action != Action::Keep).collect();
        // One from either half in turn: a folder takes in one file at a time.
        let (front, back) = files.split_at(files.len() / 2);
        let mut shares: Vec<&[&PlannedFile]> = Vec::new();
        for (at, share) in back.chunks(SHARE).enumerate() {
            shares.extend(front.chunks(SHARE).nth(at));
            shares.push(share);
        }
        let written = parallel::map(&shares, |share| {
            share.iter().try_for_each(|file| self.write(file))
        });
        written.into_iter().collect()
    }

    fn write(&self, file: &PlannedFile) -> Result<(), Problem> {
        let place = self.destination.on_disk(&file.path);
        disk::replace(&place, &file.text)
            .map_err(|error| refused("write", &self.destination.show(&file.path), &error))
    }

    fn remove(&self, path: &OwnedPath) -> Result<(), Problem> {
        let (root, _) = self.destination.anchor(path);
        let place: PathBuf = self.destination.on_disk(path);
        disk::remove(&place, &root)
            .map_err(|error| refused("remove", &self.destination.show(path), &error))
    }

    fn write_manifest(&self, now: Option<&String>, then: Option<&String>) -> Result<(), Problem> {
        let place: &Path = &self.destination.root().join(MANIFEST);
        match then {
            Some(text) if now != then => disk::replace(place, text)
                .map_err(|error| refused("write", &self.destination.show_text(MANIFEST), &error)),
            _ => Ok(()),
        }
    }
}

fn refused(verb: &str, name: &str, error: &io::Error) -> Problem {
    Problem::error("cannot-write", format!("cannot {verb} `{name}`: {error}"))
        .help("see to the folder's permissions and free space, and run again: a run goes on where it was stopped")
}
