//! `cargo xtask bench calls`: a call through a generated client beside the same call by hand on
//! reqwest, and what the client costs whoever depends on it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::figures::median;
use crate::measure::{self, PATIENCE, Ran};

/// The program, kept as a file so that it reads as one.
const PROGRAM: &str = include_str!("main.rs");

/// A program with one call through the client, and the same by hand: to compare their sizes.
const ONE: &str = include_str!("one.rs");
const HAND: &str = include_str!("hand.rs");

/// The call by hand, with its types.
const BY_HAND: &str = include_str!("by_hand.rs");

/// How often checking is measured.
const CHECKS: usize = 5;

/// How often the program is built, each time with other names of its symbols. Where its functions come
/// to lie follows from their names, and moves a ratio by as much as three hundredths either way: a
/// build is one throw of a die, whichever side it is for.
const LAYOUTS: usize = 5;

/// Where the table stands in `docs/performance.md`.
const BEGIN: &str = "<!-- calls -->";
const END: &str = "<!-- /calls -->";

/// Measures, prints the table and writes it into the page.
pub(super) fn work() -> Result<(), String> {
    let folder = measure::target().join("bench/calls");
    let client = fs::canonicalize("generated/losant/client").map_err(|error| error.to_string())?;
    eprintln!("compiling");
    fetch(&folder, &client)?;
    let mut layouts = Vec::new();
    for layout in 1..=LAYOUTS {
        eprintln!("layout {layout} of {LAYOUTS}");
        layouts.push(calls(&folder, &client, layout)?);
    }
    let mut table = String::from(
        "| in flight | client | by hand | ratio | processor | by hand | ratio | allocations | by hand | ratio |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for load in 0..layouts.iter().map(Vec::len).min().unwrap_or_default() {
        let of = |figure: usize| -> Vec<f64> {
            layouts.iter().map(|loads| loads[load][figure]).collect()
        };
        let middle = |figure| median(&of(figure));
        let ratio = of(3);
        let least = ratio.iter().copied().fold(f64::INFINITY, f64::min);
        let most = ratio.iter().copied().fold(0.0, f64::max);
        let _ = writeln!(
            table,
            "| {} | {:.1} µs | {:.1} µs | {:.2} ({least:.2} to {most:.2}) | {:.1} µs | {:.1} µs | \
             {:.2} | {:.1} | {:.1} | {:.2} |",
            middle(0),
            middle(1) * 1e6,
            middle(2) * 1e6,
            median(&ratio),
            middle(4) * 1e6,
            middle(5) * 1e6,
            middle(6),
            middle(7),
            middle(8),
            middle(7) / middle(8)
        );
    }
    eprintln!("sizes");
    let (one, hand) = (
        size(&folder, "one", ONE, &client)?,
        size(&folder, "hand", HAND, &client)?,
    );
    eprintln!("checks");
    let (one_checked, hand_checked) = checks(&folder, &client)?;
    let crates = dependencies()?;
    let _ = writeln!(
        table,
        "\nA release binary with this one call is {:.0} kB larger than the one by hand ({:.0} and \
         {:.0} kB). `cargo check --release` of the client and the program takes {:.2} s longer than of \
         the one by hand ({:.2} and {:.2} s, with everything else built). Without TLS and HTTP/2 the \
         crate has {crates} dependencies, all told.",
        (one as f64 - hand as f64) / 1e3,
        one as f64 / 1e3,
        hand as f64 / 1e3,
        one_checked - hand_checked,
        one_checked,
        hand_checked
    );
    println!("{table}");
    let page = fs::read_to_string("docs/performance.md").map_err(|error| error.to_string())?;
    fs::write("docs/performance.md", with_section(&page, &table)).map_err(|error| error.to_string())
}

/// The section of an earlier run, for a page that is written anew.
pub(super) fn section(page: &str) -> Option<&str> {
    let from = page.find(BEGIN)? + BEGIN.len();
    let to = page.find(END)?;
    page.get(from..to).map(str::trim)
}

/// The page with this table in place of an earlier one, or at its end.
pub(super) fn with_section(page: &str, table: &str) -> String {
    let head = match page.find(BEGIN) {
        Some(at) => page.get(..at).unwrap_or_default().trim_end(),
        None => page.trim_end(),
    };
    let title = "## A call\n";
    let heading = format!(
        "{title}\nThe same call with the generated client and by hand on reqwest, in turn, against \
         one server in a process of its own: medians of 100 rounds, in which either begins half \
         of the time (`cargo xtask bench calls`). A ratio is the median of those of the rounds. \
         *Processor* is what all threads of the caller take, the system's work for them included. \
         Where a program's functions come to lie in memory moves a ratio by up to three \
         hundredths, so it is built {LAYOUTS} times with other names of its symbols: what stands \
         here are medians of these, and in brackets the least and the most. `cargo bench -p xtask` \
         measures calls and decoding with divan, one after the other."
    );
    // What stood there before goes, in whatever words.
    let head = head
        .rfind(title)
        .and_then(|at| head.get(..at))
        .unwrap_or(head);
    let head = head.trim_end();
    format!("{head}\n\n{heading}\n\n{BEGIN}\n{}\n{END}\n", table.trim())
}

/// The seconds that `cargo check` takes of the program with one call, its client included, and of the
/// one by hand: medians, taken in turn.
fn checks(folder: &Path, client: &Path) -> Result<(f64, f64), String> {
    let mut one = Vec::new();
    let mut hand = Vec::new();
    for round in 0..=CHECKS {
        let ours = check(folder, "one", ONE, client, &["one", "losant-invites"])?;
        let theirs = check(folder, "hand", HAND, client, &["hand"])?;
        // The first builds what both depend on.
        if round > 0 {
            one.push(ours);
            hand.push(theirs);
        }
    }
    Ok((median(&one), median(&hand)))
}

/// The seconds that checking a program takes when nothing is known of these packages.
fn check(
    folder: &Path,
    name: &str,
    source: &str,
    client: &Path,
    packages: &[&str],
) -> Result<f64, String> {
    let mut forget = vec!["clean", "--release"];
    forget.extend(packages.iter().flat_map(|package| ["--package", package]));
    cargo(folder, name, source, client, &forget)?;
    let ran = run(folder, name, source, client, &["check", "--release"], None)?;
    Ok(ran.cost.seconds)
}

/// The size of a release binary.
fn size(folder: &Path, name: &str, source: &str, client: &Path) -> Result<u64, String> {
    cargo(folder, name, source, client, &["build", "--release"])?;
    let path = folder.join("target/release").join(name);
    let built = fs::metadata(path.with_extension(std::env::consts::EXE_EXTENSION));
    Ok(built.map_err(|error| error.to_string())?.len())
}

/// The figures of the program in one layout, load by load.
fn calls(folder: &Path, client: &Path, layout: usize) -> Result<Vec<[f64; 9]>, String> {
    let flags = format!("-C metadata=layout{layout}");
    let arguments = ["run", "--release"];
    let ran = run(folder, "calls", PROGRAM, client, &arguments, Some(&flags))?;
    let figures = |line: &str| {
        let figures: Vec<f64> = line.split(' ').filter_map(|it| it.parse().ok()).collect();
        <[f64; 9]>::try_from(figures).map_err(|_| format!("no figures: {line}"))
    };
    ran.stdout.trim().lines().map(figures).collect()
}

/// Downloads what the programs depend on and our lock file does not hold: the call by hand takes
/// features of reqwest that no client does. Where there is no network, what was downloaded before
/// has to do; building says what is missing.
fn fetch(folder: &Path, client: &Path) -> Result<(), String> {
    let program = folder.join("calls");
    let files = write(&program, "calls", PROGRAM, client);
    files.map_err(|error| format!("{}: {error}", program.display()))?;
    let mut command = measure::cargo();
    command.args(["fetch", "--quiet"]).current_dir(&program);
    let ran = measure::run(&mut command, PATIENCE, &folder.join("log"));
    ran.map(|_| ()).map_err(|error| error.to_string())
}

/// Runs cargo on a program that is written first; what it prints.
fn cargo(
    folder: &Path,
    name: &str,
    source: &str,
    client: &Path,
    arguments: &[&str],
) -> Result<String, String> {
    let ran = run(folder, name, source, client, arguments, None)?;
    Ok(ran.stdout.trim().to_owned())
}

/// Runs cargo on a program that is written first.
fn run(
    folder: &Path,
    name: &str,
    source: &str,
    client: &Path,
    arguments: &[&str],
    flags: Option<&str>,
) -> Result<Ran, String> {
    let program = folder.join(name);
    let files = write(&program, name, source, client);
    files.map_err(|error| format!("{}: {error}", program.display()))?;
    let mut command = measure::cargo();
    command
        .args(arguments)
        .args(["--quiet", "--offline"])
        .current_dir(&program)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("RUSTFLAGS")
        .envs(flags.map(|flags| ("RUSTFLAGS", flags)));
    let ran = measure::run(&mut command, PATIENCE, &folder.join("log"));
    let ran = ran.map_err(|error| error.to_string())?;
    match ran.succeeded() {
        true => Ok(ran),
        false => Err(format!("`{name}` fails: {}", ran.stderr.trim())),
    }
}

fn write(program: &Path, name: &str, source: &str, client: &Path) -> std::io::Result<()> {
    fs::create_dir_all(program.join("src"))?;
    fs::write(program.join("src/main.rs"), source)?;
    fs::write(program.join("src/by_hand.rs"), BY_HAND)?;
    fs::copy("Cargo.lock", program.join("Cargo.lock"))?;
    let losant = match name {
        "hand" => String::new(),
        _ => format!(
            "losant-invites = {{ path = {:?}, default-features = false, features = [\"reqwest\"] }}\n",
            client.display().to_string()
        ),
    };
    fs::write(
        program.join("Cargo.toml"),
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n\
             jiff = {{ version = \"0.2.43\", default-features = false, features = [\"std\", \"serde\"] }}\n\
             libc = \"0.2\"\n\
             {losant}\
             reqwest = {{ version = \"0.13.5\", default-features = false, features = [\"json\", \"query\"] }}\n\
             serde = {{ version = \"1.0.229\", features = [\"derive\"] }}\n\
             tokio = {{ version = \"1.54.1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n\
             [workspace]\n"
        ),
    )
}

/// How many crates the client needs without TLS and HTTP/2, itself not counted.
fn dependencies() -> Result<usize, String> {
    let mut command = measure::cargo();
    command.args([
        "tree",
        "--offline",
        "-p",
        "losant-invites",
        "--no-default-features",
        "--features",
        "reqwest",
        "-e",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let said = command.output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let crates: std::collections::BTreeSet<&str> = said
        .lines()
        .map(|line| line.split(" (").next().unwrap_or(line).trim())
        .collect();
    Ok(crates.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_replaced_and_kept() {
        let page = with_section("# Page\n", "one");
        assert_eq!(section(&page), Some("one"));
        let again = with_section(&page, "two");
        assert_eq!(section(&again), Some("two"));
        assert_eq!(again.matches("## A call").count(), 1);
        assert!(again.starts_with("# Page\n"));
    }
}
