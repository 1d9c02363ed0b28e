//! `cargo xtask bench`: how long generating takes, and how long compiling what was generated.
//!
//! Whole processes are measured, several times in turn, and medians told. Other generators that
//! are installed are measured in the same run, because figures of two runs do not compare.

mod calls;
mod chart;
mod decode;
mod docs;
mod page;
mod parts;
mod synthetic;
mod tools;
mod wide;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::corpus::{self, Compiler, Versions};
use crate::figures::median;
use crate::measure::{self, Cost, PATIENCE};
use tools::{OURS, SHARING, Tool};

/// Time generating and compiling, beside other generators that are installed
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Measure once instead of five times, and leave out what takes minutes
    #[arg(long)]
    quick: bool,

    /// How often to measure [default: 5, or 1 if quick]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    rounds: Option<u8>,

    /// Only this part
    #[arg(value_enum)]
    only: Option<Only>,
}

/// A part that is measured by itself.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Only {
    /// The docs of a hundred resources in every format, and the whole site
    Docs,
    /// A call through a client beside the same call by hand
    Calls,
}

/// A description that is measured.
struct Subject {
    name: String,
    path: PathBuf,
    size: Size,
}

/// How large a description is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    /// Compiled in every run.
    Small,
    /// Too large to compile in a quick run.
    Large,
    /// The same, and others' crates of it are never compiled: some take a quarter of an hour.
    Wide,
    /// Generated and never compiled, which takes minutes and more memory than most machines have.
    Huge,
}

/// A generator on a description.
struct Row {
    subject: String,
    bytes: u64,
    tool: &'static str,
    /// Generating; an error if it failed.
    generate: Result<Cost, String>,
    /// `cargo check` of the crate alone; `None` if there is no crate.
    check: Option<Result<Cost, String>>,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match work(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo xtask bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn work(arguments: &Arguments) -> Result<(), String> {
    let usual = if arguments.quick { 1 } else { 5 };
    let rounds = arguments.rounds.map_or(usual, usize::from);
    match arguments.only {
        Some(Only::Docs) => return docs::measure(rounds),
        Some(Only::Calls) => return calls::work(),
        None => {}
    }
    let folder = measure::target().join("bench");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let (tools, missing) = tools::installed(&measure::build_sdkwright(true)?);
    for name in &missing {
        eprintln!("{name} is not installed: not measured");
    }
    let subjects = subjects(&folder)?;
    let mut rows = Vec::new();
    for subject in &subjects {
        for tool in &tools {
            eprintln!("{}: {}", subject.name, tool.name);
            let compile = match subject.size {
                Size::Small => true,
                Size::Large => !arguments.quick,
                Size::Wide => !arguments.quick && tool.ours,
                Size::Huge => false,
            };
            rows.push(row(subject, tool, &folder, rounds, compile)?);
        }
    }
    let aside = folder.join(ASIDE);
    if aside.exists() {
        fs::remove_dir_all(&aside).map_err(|error| format!("{}: {error}", aside.display()))?;
    }
    let smallest = crate_folder(&folder, "synthetic ×1", OURS);
    eprintln!("decoding");
    let decoding = decode::measure(&folder, &smallest);
    let [github, sharing] = [OURS, SHARING].map(|tool| crate_folder(&folder, "GitHub", tool));
    let parts = (!arguments.quick && github.is_dir()).then(|| {
        eprintln!("parts of GitHub");
        parts::measure(&github, &sharing, rounds)
    });
    let run = page::Run {
        rows: &rows,
        parts: parts.as_ref(),
        decoding: &decoding,
        missing: &missing,
        rounds,
        quick: arguments.quick,
    };
    let page = page::markdown(&run);
    let before = fs::read_to_string("docs/performance.md").unwrap_or_default();
    let page = match calls::section(&before) {
        Some(table) => calls::with_section(&page, table),
        None => page,
    };
    let chart = chart::svg(&rows);
    for (path, text) in [
        ("docs/performance.md", page),
        ("docs/performance.svg", chart),
    ] {
        fs::write(path, text).map_err(|error| format!("{path}: {error}"))?;
        println!("wrote {path}");
    }
    Ok(())
}

/// The descriptions: ours, some of one shape and three sizes, and what the corpus has fetched.
fn subjects(folder: &Path) -> Result<Vec<Subject>, String> {
    let ours = ["losant", "snyk"].map(|name| (name, format!("spec/{name}/openapi.yaml")));
    let mut subjects = Vec::new();
    for (name, path) in ours {
        let path = std::path::absolute(path).map_err(|error| error.to_string())?;
        subjects.push(subject(name, path, Size::Small));
    }
    for times in [1, 10, 100] {
        let path = folder.join(format!("synthetic-{times}.json"));
        let text = synthetic::description(4 * times).to_string();
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        let size = if times > 10 { Size::Wide } else { Size::Small };
        subjects.push(subject(&format!("synthetic ×{times}"), path, size));
    }
    for (name, file, size) in [
        ("GitHub", corpus::GITHUB, Size::Large),
        ("Microsoft Graph beta", corpus::GRAPH_BETA, Size::Huge),
    ] {
        match corpus::fetched(file) {
            Some(path) => subjects.push(subject(name, path, size)),
            None => {
                eprintln!("{name} is not fetched; `cargo xtask corpus` does that: not measured")
            }
        }
    }
    Ok(subjects)
}

fn subject(name: &str, path: PathBuf, size: Size) -> Subject {
    Subject {
        name: name.to_owned(),
        path,
        size,
    }
}

fn row(
    subject: &Subject,
    tool: &Tool,
    folder: &Path,
    rounds: usize,
    compile: bool,
) -> Result<Row, String> {
    let bytes = fs::metadata(&subject.path).map_err(|error| error.to_string())?;
    let out = crate_folder(folder, &subject.name, tool.name);
    let generate = generate(subject, tool, &out, rounds).map_err(|error| error.to_string())?;
    let is_crate = out.join("Cargo.toml").is_file();
    let check = if generate.is_ok() && compile && is_crate {
        Some(check(&out, tool, rounds)?)
    } else {
        None
    };
    Ok(Row {
        subject: subject.name.clone(),
        bytes: bytes.len(),
        tool: tool.name,
        generate,
        check,
    })
}

fn crate_folder(folder: &Path, subject: &str, tool: &str) -> PathBuf {
    folder.join(format!("{subject}-{tool}").replace(' ', "-"))
}

/// Where crates of earlier rounds are put. To delete them at once would slow down the next round:
/// ext4 does not give out again what was deleted seconds ago, and looks for something else.
const ASIDE: &str = "aside";

/// Puts a folder aside, if it is there.
fn put_aside(out: &Path) -> std::io::Result<()> {
    let Some(folder) = out.parent().filter(|_| out.exists()) else {
        return Ok(());
    };
    let aside = folder.join(ASIDE);
    fs::create_dir_all(&aside)?;
    let number = fs::read_dir(&aside)?.count();
    fs::rename(out, aside.join(number.to_string()))
}

/// Generates into an empty folder, again and again.
fn generate(
    subject: &Subject,
    tool: &Tool,
    out: &Path,
    rounds: usize,
) -> std::io::Result<Result<Cost, String>> {
    let mut costs: Vec<Cost> = Vec::new();
    for _ in 0..rounds {
        if is_enough(tool, &costs) {
            break;
        }
        put_aside(out)?;
        let mut command = tool.command(&subject.path, out)?;
        let ran = measure::run(&mut command, PATIENCE, &out.with_extension("log"))?;
        if !ran.succeeded() {
            let said = ran.stderr.lines().find(|line| line.contains("error"));
            return Ok(Err(said.unwrap_or("failed").to_owned()));
        }
        costs.push(ran.cost);
    }
    let complete = tool.complete(out).map(|()| middle(&costs));
    Ok(complete.map_err(|error| error.to_string()))
}

/// What is measured once if it belongs to another generator, in seconds.
const LONG: f64 = 30.0;

/// Minutes of others need no median.
fn is_enough(tool: &Tool, costs: &[Cost]) -> bool {
    !tool.ours && costs.iter().any(|cost| cost.seconds > LONG)
}

/// Checks the crate, again and again, after its dependencies were built.
fn check(out: &Path, tool: &Tool, rounds: usize) -> Result<Result<Cost, String>, String> {
    let versions = if tool.ours {
        Versions::OfTheWorkspace
    } else {
        Versions::Newest
    };
    let compiler = Compiler::new(out, versions)?;
    if let Some(error) = dependencies(&compiler, out)? {
        return Ok(Err(error));
    }
    let mut costs: Vec<Cost> = Vec::new();
    for _ in 0..rounds {
        if is_enough(tool, &costs) {
            break;
        }
        let step = compiler.check(out).map_err(|error| error.to_string())?;
        match step.error {
            // Warnings of others are theirs.
            Some(error) if tool.ours || !error.starts_with("warning") => return Ok(Err(error)),
            _ => costs.push(step.cost),
        }
    }
    Ok(Ok(middle(&costs)))
}

/// Builds what the crate depends on, with nothing in the crate itself; the error if that failed.
fn dependencies(compiler: &Compiler, out: &Path) -> Result<Option<String>, String> {
    let [root, aside] = ["src/lib.rs", "src/lib.rs.aside"].map(|file| out.join(file));
    let empty = || {
        fs::rename(&root, &aside)?;
        fs::write(&root, "")?;
        let step = compiler.check(out);
        fs::rename(&aside, &root)?;
        step
    };
    let step = empty().map_err(|error| format!("{}: {error}", root.display()))?;
    Ok(step.error.filter(|error| !error.starts_with("warning")))
}

fn middle(costs: &[Cost]) -> Cost {
    let of = |figure: fn(&Cost) -> f64| median(&costs.iter().map(figure).collect::<Vec<_>>());
    Cost {
        seconds: of(|cost| cost.seconds),
        processor_seconds: of(|cost| cost.processor_seconds),
        megabytes: of(|cost| cost.megabytes),
    }
}
