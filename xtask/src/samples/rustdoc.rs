//! Samples in doc comments: rustdoc runs them, and says of each by its file and line what became
//! of it. One that it does not speak of was not run.

use std::collections::HashMap;
use std::path::Path;

use super::attempt::tail;
use super::extract::Block;
use super::place::folder;
use crate::measure;

/// What rustdoc says of each sample, by file and line.
#[derive(Debug, Default)]
pub(crate) struct RustDoc {
    results: HashMap<(String, usize), Said>,
    log: String,
}

/// What rustdoc says of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Ran,
    Compiled,
    Failed,
    Ignored,
}

impl RustDoc {
    /// Runs the doc tests of these packages, with all of their features.
    ///
    /// # Errors
    ///
    /// When cargo does not start.
    pub(crate) fn run(packages: &[String]) -> Result<Self, String> {
        let mut command = measure::cargo();
        command.args([
            "test",
            "--doc",
            "--all-features",
            "--locked",
            "--no-fail-fast",
        ]);
        packages.iter().for_each(|package| {
            command.args(["--package", package]);
        });
        let ran = measure::run(
            &mut command,
            measure::PATIENCE,
            &folder().join("rustdoc.log"),
        )
        .map_err(|error| format!("cannot start cargo: {error}"))?;
        let results = ran.stdout.lines().filter_map(result);
        Ok(Self {
            results: results.collect(),
            log: format!("{}\n{}", ran.stdout, ran.stderr),
        })
    }

    /// What became of a sample: what it ran with.
    ///
    /// # Errors
    ///
    /// When it failed, or was not run.
    pub(crate) fn outcome(&self, document: &str, block: &Block) -> Result<String, String> {
        let said = self.results.get(&(document.to_owned(), block.line));
        match said {
            Some(Said::Ran) => Ok("rustdoc".to_owned()),
            Some(Said::Compiled) => Ok("rustdoc, which compiles it".to_owned()),
            Some(Said::Ignored) => Err("rustdoc ignores it".to_owned()),
            Some(Said::Failed) => Err(format!("rustdoc says:\n{}", tail(&self.log))),
            None => Err(format!(
                "rustdoc has not run it; it says:\n{}",
                tail(&self.log)
            )),
        }
    }
}

/// `test generated/a/src/lib.rs - Thing::new (line 7) - compile ... ok`
fn result(line: &str) -> Option<((String, usize), Said)> {
    let (name, verdict) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    let (file, rest) = name.split_once(" - ")?;
    let (_, rest) = rest.rsplit_once("(line ")?;
    let (number, how) = rest.split_once(')')?;
    let said = match verdict.split_whitespace().next()? {
        "ok" if how.contains("compile") => Said::Compiled,
        "ok" => Said::Ran,
        "ignored" => Said::Ignored,
        _ => Said::Failed,
    };
    let file = Path::new(file).display().to_string().replace('\\', "/");
    Some(((file, number.parse().ok()?), said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_rustdoc() {
        let of = |line| result(line).map(|((_, line), said)| (line, said));
        assert_eq!(
            of("test a/src/lib.rs - (line 7) - compile ... ok"),
            Some((7, Said::Compiled))
        );
        assert_eq!(
            of("test a/src/b.rs - b::C<T>::d (line 12) ... FAILED"),
            Some((12, Said::Failed))
        );
        assert_eq!(
            of("test a/src/b.rs - b (line 3) ... ok"),
            Some((3, Said::Ran))
        );
        assert_eq!(
            of("test a/src/b.rs - b (line 3) ... ignored"),
            Some((3, Said::Ignored))
        );
        assert_eq!(of("test result: ok. 17 passed"), None);
    }
}
