//! `cargo xtask bench docs`: how long the docs of a hundred resources take, in every format, and
//! the whole site of them.

use std::fs;
use std::path::Path;
use std::time::Instant;

use super::wide;
use crate::docs;
use crate::figures::{median, time};
use crate::measure::{self, PATIENCE};

/// How many resources and actions are documented.
const SIZE: (usize, usize) = (100, 360);
/// The formats that may take [`PAGES`] together.
const FORMATS: [&str; 6] = [
    "js-await",
    "js-callback",
    "reference",
    "rest",
    "ruby",
    "rust",
];
/// Seconds that all pages of the six formats may take.
const PAGES: f64 = 1.0;
/// Seconds that the whole site may take.
const SITE: f64 = 20.0;

/// Measures, tells, and holds the figures against what they may be.
///
/// # Errors
///
/// When something fails, or takes longer than it may.
pub(super) fn measure(rounds: usize) -> Result<(), String> {
    let folder = measure::target().join("bench");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let description = folder.join("wide.json");
    let text = wide::description(SIZE.0, SIZE.1, 7).to_string();
    fs::write(&description, text).map_err(|error| error.to_string())?;
    println!("{} resources, {} actions", SIZE.0, SIZE.1);
    let sdkwright = measure::build_sdkwright(true)?;
    let mut all = 0.0;
    for format in FORMATS.into_iter().chain(["site"]) {
        let seconds = pages(&sdkwright, &description, format, &folder, rounds)?;
        println!("  {format:<12} {}", time(seconds));
        if format != "site" {
            all += seconds;
        }
    }
    println!(
        "all pages of six formats: {} (at most {})",
        time(all),
        time(PAGES)
    );
    let site = site(&description, &folder)?;
    println!(
        "the whole site, unoptimized: {} (at most {})",
        time(site),
        time(SITE)
    );
    match all <= PAGES && site <= SITE {
        true => Ok(()),
        false => Err("the docs take longer than they may".to_owned()),
    }
}

/// A process that reads the description and writes the pages of a format.
fn pages(
    sdkwright: &Path,
    description: &Path,
    format: &str,
    folder: &Path,
    rounds: usize,
) -> Result<f64, String> {
    let out = folder.join("wide").join(format);
    let mut seconds = Vec::new();
    for _ in 0..rounds {
        if out.exists() {
            fs::remove_dir_all(&out).map_err(|error| error.to_string())?;
        }
        let mut command = std::process::Command::new(sdkwright);
        command
            .arg("docs")
            .arg(description)
            .args(["--format", format, "--out"])
            .arg(&out);
        let ran = measure::run(&mut command, PATIENCE, &folder.join("wide.log"))
            .map_err(|error| error.to_string())?;
        if !ran.succeeded() {
            return Err(ran.stderr);
        }
        seconds.push(ran.cost.seconds);
    }
    Ok(median(&seconds))
}

/// From the description to the last file of the site, mdBook being there.
fn site(description: &Path, folder: &Path) -> Result<f64, String> {
    let out = folder.join("wide-site");
    if out.exists() {
        fs::remove_dir_all(&out).map_err(|error| error.to_string())?;
    }
    let source = docs::Source {
        name: "wide".to_owned(),
        description: description.to_owned(),
        config: None,
    };
    docs::prepare()?;
    let start = Instant::now();
    docs::build(&[source], &out, None)?;
    Ok(start.elapsed().as_secs_f64())
}
