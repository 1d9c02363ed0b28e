//! `cargo xtask samples`: every sample that the project prints, run.
//!
//! The fenced blocks of all documents are extracted, and each is run as its reader would run it,
//! against a mock server of the API's own description: once for the success and once for each
//! documented error. Whatever is not run is marked so in its document, with the reason, and
//! counted. `target/samples.md` keeps the report.

mod attempt;
mod check;
mod curl;
mod documents;
mod extract;
mod guides;
mod house;
mod json;
mod names;
mod place;
mod report;
mod runners;
mod rust;
mod rustdoc;
mod scripts;
mod subject;
pub(crate) mod tools;
mod verdicts;

use std::collections::BTreeSet;
use std::fs;
use std::process::ExitCode;

use crate::measure;
use house::{House, display};
use runners::Runners;
use verdicts::Verdicts;

/// Run every sample of every page, README and guide
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only blocks of this language; may be given more than once
    #[arg(long = "language", value_name = "NAME")]
    languages: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match work(&arguments.languages) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("cargo xtask samples: not every sample does what it says");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("cargo xtask samples: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether every sample does what it says.
pub(crate) fn holds() -> bool {
    let languages = Vec::new();
    run(&Arguments { languages }) == ExitCode::SUCCESS
}

fn work(languages: &[String]) -> Result<bool, String> {
    let house = House::read()?;
    let chosen = |language: &str| {
        languages.is_empty() || languages.iter().any(|one| one == display(language))
    };
    let known: BTreeSet<String> = house.languages();
    if let Some(unknown) = languages.iter().find(|one| !known.contains(*one)) {
        let known: Vec<String> = known.into_iter().collect();
        let known = known.join(", ");
        return Err(format!(
            "there is no block of `{unknown}`; there are {known}"
        ));
    }
    let runners = Runners::prepare(&house, &chosen)?;
    check::broken_samples_fail(&house, &runners)?;
    let (house, runners) = (&house, &runners);
    let report = Verdicts { house, runners }.report(&chosen);
    let text = report.markdown();
    let path = measure::target().join("samples.md");
    fs::write(&path, &text).map_err(|error| format!("{}: {error}", path.display()))?;
    print!("{text}");
    Ok(report.holds())
}
