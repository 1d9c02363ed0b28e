//! `--runtime`: the folder of a runtime that several clients share.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::config::{CrateName, CrateVersion};
use crate::diagnostic::{Problem, Problems};
use crate::output::{Destination, Foreign, Plan};
use crate::pipeline::{self, Package, RuntimeCrate, SharedRuntime};
use crate::template::Templates;

/// The folder of a runtime; its last part is the name of the crate.
#[derive(Clone, Debug)]
pub(super) struct RuntimeFolder {
    path: PathBuf,
    name: CrateName,
}

impl RuntimeFolder {
    /// A folder that is called as a crate can be.
    ///
    /// # Errors
    ///
    /// Says what a crate's name may be.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let path = PathBuf::from(text);
        let last = path.components().next_back();
        let name = match last {
            Some(Component::Normal(name)) => name.to_string_lossy().into_owned(),
            _ => {
                return Err("write the folder with its name, which is that of the crate".to_owned());
            }
        };
        let name = CrateName::parse(&name)?;
        Ok(Self { path, name })
    }

    /// What has to be done for the crate; `None` if that does not go, which is reported.
    pub(super) fn plan(
        &self,
        templates: &Templates,
        foreign: Foreign,
        problems: &mut Problems,
    ) -> Option<Plan> {
        let destination = Destination::new(&self.path).foreign(foreign);
        plan(&self.runtime(), templates, &destination, problems)
    }

    /// How a client in the folder `client` depends on it.
    ///
    /// # Errors
    ///
    /// When the current folder is not known.
    pub(super) fn seen_from(&self, client: &Path) -> Result<SharedRuntime, Problem> {
        let absolute = |path: &Path| whole(path).map_err(|error| nowhere(path, &error));
        let (runtime, client) = (absolute(&self.path)?, absolute(client)?);
        if runtime == client {
            let message = format!("`{}` is the folder of the client, too", self.path.display());
            let help = "give the runtime a folder of its own, beside the clients";
            return Err(Problem::error("bad-runtime", message).help(help));
        }
        let path = pathdiff::diff_paths(&runtime, &client).unwrap_or(runtime);
        let path = path.display().to_string().replace('\\', "/");
        Ok(self.runtime().at(path))
    }

    fn runtime(&self) -> RuntimeCrate {
        RuntimeCrate {
            name: self.name.as_str().to_owned(),
            version: CrateVersion::default().as_str().to_owned(),
            license: None,
            package: Package::default(),
        }
    }
}

/// What has to be done for a runtime; `None` if that does not go, which is reported.
pub(super) fn plan(
    runtime: &RuntimeCrate,
    templates: &Templates,
    destination: &Destination,
    problems: &mut Problems,
) -> Option<Plan> {
    let tree = pipeline::runtime(templates, runtime, problems)?;
    Plan::new(tree, destination, problems)
}

/// A path from the root on, without `.` and `..`; links are not followed, since the client's folder may
/// not be there yet.
fn whole(path: &Path) -> io::Result<PathBuf> {
    let mut whole = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                whole.pop();
            }
            Component::CurDir => {}
            part => whole.push(part),
        }
    }
    Ok(whole)
}

fn nowhere(path: &Path, error: &io::Error) -> Problem {
    Problem::error(
        "cannot-read",
        format!("where `{}` lies is not known: {error}", path.display()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_sees_the_runtime_from_its_folder() {
        for (runtime, client, path) in [
            ("acme-runtime", "pets", "../acme-runtime"),
            (
                "./acme-runtime/",
                "apis/pets/client",
                "../../../acme-runtime",
            ),
            (
                "crates/acme-runtime",
                "crates/../pets",
                "../crates/acme-runtime",
            ),
            ("pets/acme-runtime", "pets", "acme-runtime"),
        ] {
            let folder = RuntimeFolder::parse(runtime).unwrap();
            let seen = folder.seen_from(Path::new(client)).unwrap();
            assert_eq!((&*seen.name, &*seen.path), ("acme-runtime", path));
        }
    }

    #[test]
    fn the_folder_names_the_crate() {
        for wrong in ["", ".", "..", "a/..", "/", "1a", "a b"] {
            assert!(RuntimeFolder::parse(wrong).is_err(), "{wrong}");
        }
        let own = RuntimeFolder::parse("pets").unwrap();
        assert!(own.seen_from(Path::new("./pets")).is_err());
    }
}
