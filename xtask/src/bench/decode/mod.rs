//! Decoding by the emitted codec beside serde's derives: a program of its own, compiled with
//! optimization against the crate of the smallest synthetic description.

use std::fs;
use std::path::Path;

use crate::measure::{self, PATIENCE};

/// The program, kept as a file so that it reads as one.
const PROGRAM: &str = include_str!("main.rs");

/// Decoding a list of 10 MB.
pub(super) struct Decoding {
    /// Median seconds of the emitted codec.
    pub(super) emitted: f64,
    /// Median seconds of serde's derives.
    pub(super) derived: f64,
}

/// Compiles and runs the program below `folder`, against the generated crate `client`.
pub(super) fn measure(folder: &Path, client: &Path) -> Result<Decoding, String> {
    let program = folder.join("decode");
    write(&program, client).map_err(|error| format!("{}: {error}", program.display()))?;
    let mut command = measure::cargo();
    command
        .args(["run", "--release", "--quiet", "--offline"])
        .current_dir(&program)
        .env("CARGO_TARGET_DIR", folder.join("target"));
    let ran = measure::run(&mut command, PATIENCE, &folder.join("decode-log"))
        .map_err(|error| error.to_string())?;
    if !ran.succeeded() {
        return Err(format!("the decoding program fails: {}", ran.stderr.trim()));
    }
    parse(&ran.stdout).ok_or_else(|| format!("no two figures: {}", ran.stdout.trim()))
}

fn write(program: &Path, client: &Path) -> std::io::Result<()> {
    fs::create_dir_all(program.join("src"))?;
    fs::write(program.join("src/main.rs"), PROGRAM)?;
    fs::copy("Cargo.lock", program.join("Cargo.lock"))?;
    let client = client.display().to_string();
    fs::write(
        program.join("Cargo.toml"),
        format!(
            "[package]\nname = \"decode\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\njiff = {{ version = \"0.2.43\", default-features = false, features = [\"std\", \"serde\"] }}\n\
             serde = {{ version = \"1.0.229\", features = [\"derive\"] }}\nserde_json = \"1.0.154\"\n\
             synthetic = {{ path = {client:?} }}\n\n[workspace]\n"
        ),
    )
}

fn parse(stdout: &str) -> Option<Decoding> {
    let (emitted, derived) = stdout.trim().split_once(' ')?;
    Some(Decoding {
        emitted: emitted.parse().ok()?,
        derived: derived.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn two_figures_are_read() {
        let decoding = parse("0.25 0.125\n").unwrap();
        assert!((decoding.emitted / decoding.derived - 2.0).abs() < 1e-9);
        assert!(parse("0.25").is_none());
    }
}
