//! What a description may cost: the bounds that keep a hostile file from hanging or crashing us.
//!
//! They lie far beyond what people write, and far below what a machine notices.

use std::time::Duration;

/// The largest file that is read, in bytes. Ordinals and offsets of nodes fit 32 bits below it.
pub(super) const FILE_BYTES: u64 = 256 << 20;

/// How deep lists and mappings may stand in each other, aliases followed. Later stages walk the
/// tree by recursion and rely on this bound.
pub(super) const NESTING: usize = 512;

/// How many nodes the anchors and aliases of a file may copy. A node counts once, and once more
/// for each [`COPIED_TEXT`] bytes of text in it.
pub(super) const COPIED_NODES: usize = 1_000_000;

/// Text of this many bytes counts as one more copied node.
pub(super) const COPIED_TEXT: usize = 64;

/// The largest file that is fetched over the network, in bytes.
pub(super) const FETCHED_BYTES: u64 = 64 << 20;

/// How long the fetching of one file may take in all.
pub(super) const FETCH_TIME: Duration = Duration::from_secs(30);

/// How many redirects lead to one file at most.
pub(super) const REDIRECTS: usize = 5;

/// How many files are fetched for one description at most: a server could make up a new one for
/// each reference.
pub(super) const FETCHES: usize = 1_000;
