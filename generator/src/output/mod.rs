//! The files of a run, and the only way they reach the disk.
//!
//! A run makes a [`Tree`]: paths and texts. A [`Plan`] compares it with what stands at its
//! [`Destination`]; then the plan is either applied or reported. Writing and `--check` are thus
//! one code path, and nothing is written before the whole plan is known to be possible.
//!
//! A run owns the paths that its manifest names and no others: it never touches a file that
//! somebody else put there. Each file is written beside its place and renamed into it, and the
//! manifest names a path before its file is made. So a run that is killed leaves old or new
//! files, never half of one, and none that a later run would not know.
//!
//! Not here: locks between two runs at one destination, and `fsync` (a killed process loses
//! nothing; a power cut may, and running again repairs it).

mod apply;
mod destination;
mod disk;
mod manifest;
mod owned_path;
mod plan;
mod report;
mod tree;

pub use destination::{Companions, Destination, Foreign};
pub use owned_path::OwnedPath;
pub use plan::{Action, Plan, PlannedFile};
pub use report::{Change, State, Summary};
pub use tree::Tree;

/// The file that names the paths that a run owns, at the root of its destination.
pub const MANIFEST: &str = ".sdkwright-manifest";

/// How the names of files that are not finished begin.
pub const TEMPORARY_PREFIX: &str = ".sdkwright-tmp-";
