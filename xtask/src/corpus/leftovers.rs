//! Output that nobody will look at again, until it is removed.
//!
//! A file system takes longer to make files shortly after it removed many: ext4 passes over each
//! inode that was in use a moment ago. So folders are not removed between two commands that are
//! timed, but many at once, as soon as they take a good part of a disk, and in the end.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// So many bytes may lie around.
const MOST: u64 = 12_000_000_000;

/// Folders that will be removed.
#[derive(Debug, Default)]
pub(super) struct Leftovers {
    left: Mutex<Left>,
}

#[derive(Debug, Default)]
struct Left {
    folders: Vec<PathBuf>,
    bytes: u64,
}

impl Leftovers {
    /// One more folder, if it is there; all of them go if they have become too large.
    pub(super) fn add(&self, folder: PathBuf) -> io::Result<()> {
        self.add_within(folder, MOST)
    }

    fn add_within(&self, folder: PathBuf, most: u64) -> io::Result<()> {
        if !folder.exists() {
            return Ok(());
        }
        let bytes = size(&folder)?;
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        left.folders.push(folder);
        left.bytes += bytes;
        if left.bytes <= most {
            return Ok(());
        }
        drop(left);
        self.remove()
    }

    /// Gives a folder another name beside it, if it is there, so that its own is free.
    pub(super) fn put_aside(&self, folder: &Path) -> io::Result<()> {
        let aside = folder.with_extension("aside");
        // What an earlier run could not remove.
        if aside.exists() {
            fs::remove_dir_all(&aside)?;
        }
        if folder.exists() {
            fs::rename(folder, &aside)?;
        }
        self.add(aside)
    }

    /// Removes all of them.
    pub(super) fn remove(&self) -> io::Result<()> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let Left { folders, .. } = std::mem::take(&mut *left);
        folders.iter().try_for_each(fs::remove_dir_all)
    }
}

/// The bytes of all files below a folder.
fn size(folder: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => open.push(entry.path()),
                false => bytes += entry.metadata()?.len(),
            }
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_stay_until_they_are_too_large() {
        let out = tempfile::tempdir().unwrap();
        let folder = |name: &str| {
            let folder = out.path().join(name);
            fs::create_dir_all(folder.join("deep")).unwrap();
            fs::write(folder.join("deep/file"), "12345").unwrap();
            folder
        };
        let (one, two, three) = (folder("one"), folder("two"), folder("three"));
        let leftovers = Leftovers::default();
        leftovers.add_within(one.clone(), 9).unwrap();
        assert!(one.exists());
        leftovers.add_within(two.clone(), 9).unwrap();
        assert!(!one.exists() && !two.exists());
        leftovers.add_within(three.clone(), 9).unwrap();
        leftovers.add_within(out.path().join("none"), 9).unwrap();
        leftovers.put_aside(&out.path().join("none")).unwrap();
        assert!(three.exists());
        let four = folder("four");
        leftovers.put_aside(&four).unwrap();
        let aside = out.path().join("four.aside");
        assert!(!four.exists() && aside.exists());
        leftovers.remove().unwrap();
        assert!(!three.exists() && !aside.exists() && out.path().exists());
    }
}
