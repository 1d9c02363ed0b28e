//! The same description gives the same bytes, whoever makes them, wherever and whenever.
//!
//! Each run is a process of its own, so that every `HashMap` has another seed; folder, home,
//! language and time zone differ as well.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    use snapbox::cmd::cargo_bin;
    use tempfile::TempDir;

    fn repository() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .canonicalize()
            .unwrap()
    }

    /// What a run of `generate` makes, in a folder of its own below `depth`.
    fn generated(depth: &str, environment: &[(&str, &str)]) -> BTreeMap<PathBuf, Vec<u8>> {
        let temporary = TempDir::new().unwrap();
        let folder = temporary.path().join(depth);
        fs::create_dir_all(&folder).unwrap();
        copy(&repository().join("spec"), &folder.join("spec"));
        fs::copy(
            repository().join("sdkwright.yaml"),
            folder.join("sdkwright.yaml"),
        )
        .unwrap();
        let output = Command::new(cargo_bin!("sdkwright"))
            .arg("generate")
            .current_dir(&folder)
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{told}");
        let root = folder.join("generated");
        let mut files = BTreeMap::new();
        read(&root, &root, &mut files);
        files
    }

    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let target = to.join(path.file_name().unwrap());
            if path.is_dir() {
                copy(&path, &target);
            } else {
                fs::copy(&path, &target).unwrap();
            }
        }
    }

    fn read(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(root, &path, files);
            } else {
                let relative = path.strip_prefix(root).unwrap().to_owned();
                files.insert(relative, fs::read(&path).unwrap());
            }
        }
    }

    #[test]
    fn two_runs_make_the_same_bytes() {
        let first = generated(
            "here",
            &[("TZ", "UTC"), ("LANG", "C"), ("HOME", "/nonexistent")],
        );
        let second = generated(
            "some/where else/日本",
            &[
                ("TZ", "Pacific/Kiritimati"),
                ("LANG", "tr_TR.UTF-8"),
                ("LC_ALL", "tr_TR.UTF-8"),
                ("USER", "somebody"),
            ],
        );
        assert!(first.len() > 50, "only {} files", first.len());
        let names = |files: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<PathBuf> {
            files.keys().cloned().collect()
        };
        assert_eq!(names(&first), names(&second));
        let different: Vec<&PathBuf> = first
            .iter()
            .filter(|(name, bytes)| second.get(*name) != Some(bytes))
            .map(|(name, _)| name)
            .collect();
        assert!(different.is_empty(), "{different:?}");
    }

    /// What stands in the repository is what the generator makes today.
    #[test]
    fn the_repository_is_up_to_date() {
        let output = Command::new(cargo_bin!("sdkwright"))
            .args(["generate", "--check"])
            .current_dir(repository())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{told}");
    }
}
