//! Programs that are compiled against a generated client: their sources are files of this crate,
//! and they become a crate of their own below `target`, so that no command waits for them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::measure;

/// A program, and what it is compiled from.
pub(crate) struct Program {
    /// What it is called, and its crate.
    pub(crate) name: &'static str,
    /// Its files: paths below the crate's folder, and their texts.
    pub(crate) files: &'static [(&'static str, &'static str)],
    /// The generated clients that it calls: their names, folders and features.
    pub(crate) clients: &'static [(&'static str, &'static str, &'static [&'static str])],
    /// The lines of its other dependencies.
    pub(crate) dependencies: &'static str,
    /// Whether it is compiled with optimization.
    pub(crate) release: bool,
}

impl Program {
    /// Compiles the program below `folder`, with the versions of our lock file; where it is.
    ///
    /// # Errors
    ///
    /// When it cannot be written or does not build; cargo has said why.
    pub(crate) fn build(&self, folder: &Path) -> Result<PathBuf, String> {
        let source = folder.join(self.name);
        let target = folder.join("target");
        self.write(&source)
            .map_err(|error| format!("{}: {error}", source.display()))?;
        let mut command = measure::cargo();
        command
            .args(["build", "--quiet"])
            .current_dir(&source)
            .env("CARGO_TARGET_DIR", &target);
        if self.release {
            command.arg("--release");
        }
        let status = command
            .status()
            .map_err(|error| format!("cannot start cargo: {error}"))?;
        if !status.success() {
            return Err(format!("`{}` does not build", source.display()));
        }
        let profile = if self.release { "release" } else { "debug" };
        let name = format!("{}{}", self.name, std::env::consts::EXE_SUFFIX);
        Ok(target.join(profile).join(name))
    }

    fn write(&self, source: &Path) -> io::Result<()> {
        for (path, text) in self.files {
            let path = source.join(path);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(path, text)?;
        }
        fs::copy("Cargo.lock", source.join("Cargo.lock"))?;
        fs::write(source.join("Cargo.toml"), self.manifest()?)
    }

    fn manifest(&self) -> io::Result<String> {
        let mut text = format!(
            "[package]\nname = {:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{}",
            self.name, self.dependencies
        );
        for (name, folder, features) in self.clients {
            let folder = std::path::absolute(folder)?.display().to_string();
            text.push_str(&format!(
                "{name} = {{ path = {folder:?}, default-features = false, features = {features:?} }}\n"
            ));
        }
        text.push_str("\n[workspace]\n");
        Ok(text)
    }
}
