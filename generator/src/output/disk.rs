//! What stands at a path, and the few ways in which a run changes that.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::manifest::is_absence;
use super::{Destination, OwnedPath, TEMPORARY_PREFIX};

/// What stands at a path.
#[derive(Debug)]
pub(super) enum Standing {
    /// Nothing.
    Nothing,
    /// A file with these bytes.
    File(Vec<u8>),
    /// A folder.
    Folder,
    /// A symbolic link: the path itself, or a folder on the way to it.
    Link(PathBuf),
    /// A file where a folder should be, with the number of segments that name it.
    FileAsFolder(PathBuf, usize),
    /// A device, a socket, a pipe.
    Other,
}

/// Looks at a path without following links below the root.
pub(super) fn inspect(destination: &Destination, path: &OwnedPath) -> io::Result<Standing> {
    let (mut place, segments) = destination.anchor(path);
    let last = segments.len() - 1;
    for (depth, segment) in segments.into_iter().enumerate() {
        place.push(segment);
        let metadata = match fs::symlink_metadata(&place) {
            Err(error) if is_absence(&error) => return Ok(Standing::Nothing),
            other => other?,
        };
        let kind = metadata.file_type();
        if kind.is_symlink() {
            return Ok(Standing::Link(place));
        }
        if depth < last {
            if !kind.is_dir() {
                return Ok(Standing::FileAsFolder(place, depth + 1));
            }
        } else if kind.is_dir() {
            return Ok(Standing::Folder);
        } else if !kind.is_file() {
            return Ok(Standing::Other);
        }
    }
    Ok(Standing::File(fs::read(&place)?))
}

/// Whether a folder has an entry of exactly this spelling, also where case does not count.
pub(super) fn is_spelled_so(place: &Path) -> bool {
    let (Some(folder), Some(name)) = (place.parent(), place.file_name()) else {
        return false;
    };
    fs::read_dir(folder)
        .is_ok_and(|entries| entries.flatten().any(|entry| entry.file_name() == name))
}

/// Every file below a folder, links included; paths from the folder, `/` between.
pub(super) fn files_below(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                open.push((entry.path(), format!("{name}/")));
            } else {
                found.push(name);
            }
        }
    }
    Ok(found)
}

/// Unfinished files that a killed run left in a folder.
pub(super) fn leftovers(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter(|entry| {
            let name = entry.file_name();
            name.to_string_lossy().starts_with(TEMPORARY_PREFIX)
        })
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

/// Puts a file in its place in one step, its folders made before.
///
/// A new file gets the permissions of an ordinary `create`; one that is replaced keeps its own.
pub(super) fn replace(place: &Path, text: &str) -> io::Result<()> {
    let folder = match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = match builder.tempfile_in(folder) {
        // Most files have neighbours, so that to ask for the folder each time costs more than this.
        Err(error) if is_absence(&error) => {
            fs::create_dir_all(folder)?;
            builder.tempfile_in(folder)?
        }
        other => other?,
    };
    file.write_all(text.as_bytes())?;
    if let Ok(before) = fs::symlink_metadata(place)
        && before.is_file()
    {
        fs::set_permissions(file.path(), before.permissions())?;
    }
    file.persist(place).map_err(|error| error.error)?;
    Ok(())
}

/// Removes a file, and the folders that become empty by that, up to but without `root`.
pub(super) fn remove(place: &Path, root: &Path) -> io::Result<()> {
    match fs::remove_file(place) {
        Err(error) if !is_absence(&error) => return Err(error),
        _ => {}
    }
    let mut folder = place.parent();
    while let Some(empty) = folder.filter(|folder| *folder != root && folder.starts_with(root)) {
        if fs::remove_dir(empty).is_err() {
            break;
        }
        folder = empty.parent();
    }
    Ok(())
}
