//! Runs rustfmt over emitted Rust, so that `cargo fmt --check` finds nothing to do.
//!
//! What stands under `src/runtime/` was formatted where it lives. Starting rustfmt costs more
//! than formatting a file, so the files go through as few processes as there are processors, a
//! small crate through one: the items of many files as one text, parted by a comment. It goes by
//! pipes: nothing of it touches the disk, and no configuration of a folder around it is found.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use super::Tree;
use crate::diagnostic::{Problem, Problems};

/// What stands between the items of two files.
const NEXT_FILE: &str = "// sdkwright: the next file";

/// Less text than this is not worth a second process.
const BATCH_BYTES: usize = 200_000;

/// A file that is to be formatted: its path, the comments at its top, its items.
struct File {
    path: String,
    head: String,
    items: String,
}

/// Formats the Rust files of a tree; `None` if rustfmt is missing or refuses one.
pub fn format_rust(tree: &mut Tree, problems: &mut Problems) -> Option<()> {
    let wanted = |path: &str| path.ends_with(".rs") && !path.starts_with("src/runtime/");
    let files = tree.iter().filter(|(path, _)| wanted(path));
    let batches = batches(files.map(|(path, text)| File::new(path, text)).collect());
    let formatted: Vec<Result<Vec<File>, Box<Problem>>> = std::thread::scope(|scope| {
        let threads: Vec<_> = batches
            .into_iter()
            .map(|files| scope.spawn(move || format(files)))
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|fault| std::panic::resume_unwind(fault))
            })
            .collect()
    });
    for batch in formatted {
        match batch {
            Ok(files) => {
                for file in files {
                    let text = file.text();
                    tree.insert(file.path, text);
                }
            }
            Err(problem) => {
                problems.report(*problem);
                return None;
            }
        }
    }
    Some(())
}

/// The files in as many batches as there are processors, of about the same size.
fn batches(mut files: Vec<File>) -> Vec<Vec<File>> {
    let total: usize = files.iter().map(|file| file.items.len()).sum();
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let count = (total / BATCH_BYTES + 1).min(processors);
    let mut batches: Vec<(usize, Vec<File>)> = (0..count).map(|_| (0, Vec::new())).collect();
    files.sort_by_key(|file| std::cmp::Reverse(file.items.len()));
    for file in files {
        if let Some((size, batch)) = batches.iter_mut().min_by_key(|(size, _)| *size) {
            *size += file.items.len();
            batch.push(file);
        }
    }
    batches.into_iter().map(|(_, batch)| batch).collect()
}

/// The files of a batch, formatted.
fn format(mut files: Vec<File>) -> Result<Vec<File>, Box<Problem>> {
    let joined: Vec<&str> = files.iter().map(|file| file.items.as_str()).collect();
    let joined = joined.join(&format!("\n\n{NEXT_FILE}\n\n"));
    let formatted = rustfmt(&joined).map_err(|error| error.problem(&files))?;
    let parts: Vec<&str> = formatted.split(NEXT_FILE).collect();
    if parts.len() != files.len() {
        let said = "it moved what parts two files".to_owned();
        return Err(Unformatted::Refused(said).problem(&files));
    }
    for (file, part) in files.iter_mut().zip(parts) {
        file.items = part.trim_matches('\n').to_owned();
    }
    Ok(files)
}

impl File {
    /// Takes a file apart: what stands before the first item is comments.
    fn new(path: &str, text: &str) -> Self {
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if !line.starts_with("//") && !line.trim().is_empty() {
                break;
            }
            if line.starts_with("///") {
                break;
            }
            at += line.len();
        }
        let (head, items) = text.split_at(at);
        Self {
            path: path.to_owned(),
            head: head.trim_end().to_owned(),
            items: items.to_owned(),
        }
    }

    fn text(&self) -> String {
        match (self.head.is_empty(), self.items.is_empty()) {
            (true, _) => format!("{}\n", self.items),
            (_, true) => format!("{}\n", self.head),
            _ => format!("{}\n\n{}\n", self.head, self.items),
        }
    }
}

/// Why files could not be formatted.
enum Unformatted {
    Missing(std::io::Error),
    Refused(String),
}

impl Unformatted {
    fn problem(&self, files: &[File]) -> Box<Problem> {
        let problem = match self {
            Self::Missing(error) => {
                Problem::error("no-rustfmt", format!("rustfmt cannot be run: {error}"))
                    .help("install it with `rustup component add rustfmt`")
            }
            Self::Refused(said) => {
                let said = said.lines().next().unwrap_or("no reason given");
                let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
                let paths = paths.join(", ");
                Problem::error("rustfmt", format!("rustfmt refuses one of {paths}: {said}"))
                    .help("this is a fault of the generator; please report it")
            }
        };
        Box::new(problem)
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
