//! The runtime as a crate of its own, which several clients share.
//!
//! Usually a client has a copy of the runtime, and is complete without any other crate of ours. Who
//! makes several clients can have them share one instead: it is compiled once, is not compiled again
//! when a description changes, and its types (`Transport`, `RetryPolicy`, `Error`, …) are the same
//! ones in all of them.

use serde::Serialize;

use super::Package;

/// The runtime's crate.
#[derive(Clone, Debug)]
pub struct RuntimeCrate {
    /// Its name: `acme-runtime`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, an SPDX expression, if it is known.
    pub license: Option<String>,
    /// What else its `Cargo.toml` says for crates.io.
    pub package: Package,
}

/// How a client depends on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SharedRuntime {
    /// The crate's name.
    pub name: String,
    /// The crate's version.
    pub version: String,
    /// Where it lies, from the client's folder, with `/` between folders: `../../acme-runtime`.
    pub path: String,
}

impl RuntimeCrate {
    /// The same as the dependency of a client that sees it at this path.
    #[must_use]
    pub fn at(&self, path: String) -> SharedRuntime {
        SharedRuntime {
            name: self.name.clone(),
            version: self.version.clone(),
            path,
        }
    }
}
