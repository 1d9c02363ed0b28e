//! Where all that this command makes is put, below target.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::measure;

/// A place for a file that no other run has.
pub(crate) fn scratch(name: &str) -> PathBuf {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    folder().join("scratch").join(format!("{number}.{name}"))
}

/// Where all that this command makes goes.
pub(crate) fn folder() -> PathBuf {
    measure::target().join("samples")
}

/// Writes a file, unless it is there as it should be: cargo looks at its age.
///
/// # Errors
///
/// When it cannot be written.
pub(crate) fn put(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}
