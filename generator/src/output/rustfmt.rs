//! Runs rustfmt over emitted Rust, so that `cargo fmt --check` finds nothing to do.
//!
//! What stands under `src/runtime/` was formatted where it lives. Each file goes through a
//! process of its own, by pipes: nothing of it touches the disk, and no configuration of a
//! folder around it is found.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use super::Tree;
use crate::diagnostic::{Problem, Problems};

/// Formats the Rust files of a tree; `None` if rustfmt is missing or refuses one.
pub fn format_rust(tree: &mut Tree, problems: &mut Problems) -> Option<()> {
    let wanted = |path: &str| path.ends_with(".rs") && !path.starts_with("src/runtime/");
    let files: Vec<(String, String)> = tree
        .iter()
        .filter(|(path, _)| wanted(path))
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(workers).max(1);
    let formatted: Vec<Result<(String, String), Problem>> = std::thread::scope(|scope| {
        let run = |files: &'_ [(String, String)]| files.iter().map(format).collect::<Vec<_>>();
        let threads: Vec<_> = files
            .chunks(share)
            .map(|files| scope.spawn(move || run(files)))
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_default())
            .collect()
    });
    for file in formatted {
        match file {
            Ok((path, text)) => tree.insert(path, text),
            Err(problem) => {
                problems.report(problem);
                return None;
            }
        }
    }
    Some(())
}

fn format((path, text): &(String, String)) -> Result<(String, String), Problem> {
    rustfmt(text)
        .map(|text| (path.clone(), text))
        .map_err(|error| error.problem(path))
}

/// Why a file could not be formatted.
enum Unformatted {
    Missing(std::io::Error),
    Refused(String),
}

impl Unformatted {
    fn problem(&self, path: &str) -> Problem {
        match self {
            Self::Missing(error) => {
                Problem::error("no-rustfmt", format!("rustfmt cannot be run: {error}"))
                    .help("install it with `rustup component add rustfmt`")
            }
            Self::Refused(said) => {
                let said = said.lines().next().unwrap_or("no reason given");
                Problem::error("rustfmt", format!("rustfmt refuses `{path}`: {said}"))
                    .help("this is a fault of the generator; please report it")
            }
        }
    }
}

fn rustfmt(text: &str) -> Result<String, Unformatted> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout", "--quiet"])
        .args(["--config-path", "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(Unformatted::Missing)?;
    // rustfmt reads all of its input before it writes any output.
    if let Some(mut input) = child.stdin.take() {
        input
            .write_all(text.as_bytes())
            .map_err(Unformatted::Missing)?;
    }
    let mut formatted = String::new();
    if let Some(mut output) = child.stdout.take() {
        output
            .read_to_string(&mut formatted)
            .map_err(Unformatted::Missing)?;
    }
    let finished = child.wait_with_output().map_err(Unformatted::Missing)?;
    if finished.status.success() {
        Ok(formatted)
    } else {
        Err(Unformatted::Refused(
            String::from_utf8_lossy(&finished.stderr).into_owned(),
        ))
    }
}
