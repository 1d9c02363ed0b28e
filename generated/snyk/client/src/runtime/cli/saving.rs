//! Where an answer is saved. What was there before stays until all of the answer has come: it is
//! written to a file beside, which takes its place then.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::stop::Stop;

/// A file that is being written.
#[derive(Debug)]
pub(super) struct Saving {
    file: File,
    /// Nothing if there is no other file, as for a pipe or a device.
    beside: Option<Beside>,
}

/// A file beside the one that it is for. It is removed unless it takes its place.
#[derive(Debug)]
struct Beside {
    path: PathBuf,
    target: PathBuf,
}

impl Saving {
    /// Begins to write, which must be possible before anything is sent.
    pub(super) fn begin(path: &str) -> Result<Self, Stop> {
        let begun = Self::open(Path::new(path));
        begun.map_err(|error| Stop::usage(format!("`{path}` is not written: {error}")))
    }

    fn open(path: &Path) -> io::Result<Self> {
        // Of a link, what it leads to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mut existing = None;
        if target.exists() {
            // It might be read-only, or a folder.
            let file = OpenOptions::new().write(true).open(&target)?;
            let metadata = file.metadata()?;
            if !metadata.is_file() {
                return Ok(Self { file, beside: None });
            }
            existing = Some(metadata.permissions());
        }
        let path = beside(&target);
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)?;
        let beside = Some(Beside { path, target });
        let saving = Self { file, beside };
        if let Some(permissions) = existing {
            saving.file.set_permissions(permissions)?;
        }
        Ok(saving)
    }

    /// All has been written.
    pub(super) fn finish(self) -> io::Result<()> {
        let Self { file, beside } = self;
        // Some systems move no file that is open.
        drop(file);
        match beside {
            Some(beside) => fs::rename(&beside.path, &beside.target),
            None => Ok(()),
        }
    }
}

/// A path in the same folder that nothing else has.
fn beside(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".{:08x}.part", fastrand::u32(..)));
    target.with_file_name(name)
}

impl Write for Saving {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After it took its place there is none any more.
        let _ = fs::remove_file(&self.path);
    }
}
