//! The file that says which paths a run owns.
//!
//! Plain text, made to be committed and read in a review: a comment, then one path a line.

use std::collections::BTreeSet;

use super::{Destination, MANIFEST, OwnedPath};
use crate::diagnostic::Problem;

const HEADER: &str = "\
# The files below are made by sdkwright: it replaces them, and removes those it makes no more.
";

/// What a destination's manifest says.
#[derive(Clone, Debug, Default)]
pub(super) struct Manifest {
    /// The text on disk; `None` if there is no manifest.
    pub(super) text: Option<String>,
    /// The paths that it names.
    pub(super) paths: BTreeSet<OwnedPath>,
}

/// Reads the manifest of a destination; without one, nothing is owned yet.
pub(super) fn read(destination: &Destination) -> Result<Manifest, Problem> {
    let place = destination.root().join(MANIFEST);
    let name = destination.show_text(MANIFEST);
    match std::fs::symlink_metadata(&place) {
        Err(error) if is_absence(&error) => return Ok(Manifest::default()),
        Err(error) => return Err(unreadable(&name, &error.to_string())),
        Ok(metadata) if !metadata.is_file() => {
            return Err(unreadable(&name, "it is not a plain file"));
        }
        Ok(_) => {}
    }
    let bytes = std::fs::read(&place).map_err(|error| unreadable(&name, &error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable(&name, "it is not UTF-8 text"))?;
    let mut paths = BTreeSet::new();
    for (index, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let path = OwnedPath::parse(line, destination.allows()).map_err(|reason| {
            let line_number = index + 1;
            unreadable(&name, &format!("line {line_number}, `{line}`, {reason}"))
        })?;
        paths.insert(path);
    }
    let text = Some(text);
    Ok(Manifest { text, paths })
}

/// The manifest's text for some paths.
pub(super) fn print<'a>(paths: impl IntoIterator<Item = &'a OwnedPath>) -> String {
    let sorted: BTreeSet<&OwnedPath> = paths.into_iter().collect();
    let mut text = HEADER.to_owned();
    for path in sorted {
        text.push_str(path.as_str());
        text.push('\n');
    }
    text
}

/// Whether an error says that nothing is there.
pub(super) fn is_absence(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
    )
}

fn unreadable(name: &str, reason: &str) -> Problem {
    Problem::error(
        "bad-manifest",
        format!("the manifest `{name}` cannot be used: {reason}"),
    )
    .help("restore it from version control; or delete it, look at what stands in the folder, and run with `--force`")
}
