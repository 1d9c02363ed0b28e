//! `cargo xtask corpus`: the generator on thousands of descriptions that others wrote.
//!
//! Each goes through the release build as a child process with a limit of time and memory; a
//! seeded sample of the crates is compiled. `report.md` and `report.json` say what came of it.

mod compile;
mod generate;
mod invented;
mod leftovers;
mod packages;
mod report;
mod sample;
mod says;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::measure;
use report::{Document, Report};

pub(crate) use compile::{Compiler, Versions};
pub(crate) use packages::{GITHUB, GRAPH_BETA};

const EXIT: &str = "\
Exit status:
  0  every description was generated and every crate of the sample compiles
  1  some were not; the report says which and why
  2  wrong usage
  3  the run could not be made: nothing fetched, nothing built, no description";

/// Generate clients and docs from thousands of real descriptions, and compile a sample
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(crate) struct Arguments {
    /// Take the descriptions of this folder, at any depth, and fetch nothing
    #[arg(long, value_name = "PATH")]
    pub(crate) dir: Option<PathBuf>,

    /// Make so many descriptions at random, from the seed on, and fetch nothing
    #[arg(long, value_name = "N", conflicts_with = "dir")]
    pub(crate) invent: Option<usize>,

    /// Work on a seeded choice of this many descriptions
    #[arg(long, value_name = "N")]
    pub(crate) sample: Option<usize>,

    /// Decides what the choices are; the same seed, the same choice
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,

    /// Compile a seeded choice of this many crates; a warning is a failure
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) check: usize,

    /// Run clippy and rustdoc on this many of the compiled crates, warnings denied
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) lint: usize,

    /// Generate this many at once; each compiles alone
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) jobs: usize,

    /// Only descriptions with this text in their path
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,

    /// Make no docs
    #[arg(long)]
    pub(crate) no_docs: bool,

    /// Let the clients share a runtime, which is then built before each crate is checked
    #[arg(long, conflicts_with = "jobs")]
    pub(crate) shared_runtime: bool,

    /// The longest that one command may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub(crate) time_limit: u64,

    /// The most memory that one command may take, in megabytes; three times as much for a
    /// description of more than 20 MB
    #[arg(long, value_name = "MB", default_value_t = 1024)]
    pub(crate) memory_limit: u64,

    /// Build sdkwright without optimization; for a few small descriptions that is faster
    #[arg(long)]
    pub(crate) debug: bool,
}

/// What CI runs: the descriptions that lie in this repository, without network.
pub(crate) const SMALL: [&str; 8] = [
    "corpus",
    "--dir",
    "generator/tests/corpus",
    "--check",
    "16",
    "--lint",
    "16",
    "--debug",
];

/// What CI runs on these, too: the runtime in a crate that all of them share.
pub(crate) const SHARED: [&str; 10] = [
    "corpus",
    "--dir",
    "generator/tests/corpus",
    "--check",
    "16",
    "--lint",
    "4",
    "--no-docs",
    "--shared-runtime",
    "--debug",
];

/// The name of a runtime that is shared, and of its folder.
const RUNTIME: &str = "corpus-runtime";

/// What CI runs as well: a few descriptions that are made at random, the same ones each time.
pub(crate) const INVENTED: [&str; 9] = [
    "corpus",
    "--invent",
    "6",
    "--check",
    "6",
    "--lint",
    "6",
    "--no-docs",
    "--debug",
];

/// Whether all is well with the descriptions that one of these lines names.
pub(crate) fn holds(line: &[&str]) -> bool {
    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }
    match <Line as clap::Parser>::try_parse_from(line) {
        Ok(line) => run(&line.arguments) == ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            false
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match work(arguments) {
        Ok(report) if report.failures.is_empty() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo xtask corpus: {error}");
            ExitCode::from(3)
        }
    }
}

/// Where packages, output and reports go.
fn folder() -> PathBuf {
    measure::target().join("corpus")
}

/// A fetched file of a package, if it is there.
pub(crate) fn fetched(file: &str) -> Option<PathBuf> {
    let packages = packages::PACKAGES.iter();
    packages
        .map(|package| package.folder(&folder()).join(file))
        .find(|path| path.is_file())
}

/// A description, and what to call it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Description {
    /// Its path below the folder of its collection: the same on every machine.
    name: String,
    path: PathBuf,
}

fn work(arguments: &Arguments) -> Result<Report, String> {
    // A run over other descriptions leaves the report of the thousands alone.
    let corpus = match (&arguments.dir, arguments.invent) {
        (Some(_), _) => folder().join("dir"),
        (None, Some(_)) => folder().join("invented"),
        (None, None) => folder(),
    };
    let descriptions = chosen(arguments, &corpus)?;
    if descriptions.is_empty() {
        return Err("there is no such description".to_owned());
    }
    let binary = measure::build_sdkwright(!arguments.debug)?;
    let out = corpus.join("out");
    let leftovers = leftovers::Leftovers::default();
    leftovers
        .put_aside(&out)
        .map_err(|error| error.to_string())?;

    let checked = names(sample::choose(
        &descriptions,
        arguments.check,
        arguments.seed,
        |it| &it.name,
    ));
    let generator = generate::Generator {
        binary,
        out: out.clone(),
        leftovers,
        formats: formats(arguments),
        time_limit: Duration::from_secs(arguments.time_limit),
        megabytes: arguments.memory_limit,
        runtime: arguments.shared_runtime.then(|| corpus.join(RUNTIME)),
    };
    let mut documents = generate_all(&generator, &descriptions, &checked, arguments.jobs.max(1))?;
    generator
        .leftovers
        .remove()
        .map_err(|error| error.to_string())?;
    compile_sample(&mut documents, &out, &checked, arguments)?;

    let report = Report::new(documents, arguments.seed, arguments.shared_runtime);
    for (name, text) in [
        ("report.md", report.markdown()),
        ("report.json", report.json()),
    ] {
        let path = corpus.join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        eprintln!("wrote {}", path.display());
    }
    println!("{}", report.summary());
    Ok(report)
}

/// The descriptions that were asked for, sorted by name; fetched if they have to be.
fn chosen(arguments: &Arguments, corpus: &Path) -> Result<Vec<Description>, String> {
    let mut all = Vec::new();
    match (&arguments.dir, arguments.invent) {
        (Some(dir), _) => collect(dir, dir, &mut all)?,
        (None, Some(count)) => {
            let dir = corpus.join("descriptions");
            invented::write(&dir, arguments.seed, count)
                .map_err(|error| format!("{}: {error}", dir.display()))?;
            collect(&dir, &dir, &mut all)?;
        }
        (None, None) => {
            for package in &packages::PACKAGES {
                package.fetch(corpus)?;
                let folder = package.folder(corpus);
                let descriptions = folder.join(package.descriptions);
                let base = if descriptions.is_dir() {
                    &descriptions
                } else {
                    &folder
                };
                collect(&descriptions, base, &mut all)?;
            }
        }
    }
    if let Some(text) = &arguments.filter {
        all.retain(|description| description.name.contains(text));
    }
    if let Some(size) = arguments.sample {
        all = sample::choose(&all, size, arguments.seed, |it| &it.name)
            .into_iter()
            .cloned()
            .collect();
    }
    all.sort();
    Ok(all)
}

fn collect(root: &Path, base: &Path, into: &mut Vec<Description>) -> Result<(), String> {
    let paths = packages::descriptions(root).map_err(|error| error.to_string())?;
    into.extend(paths.into_iter().map(|path| {
        let name = path.strip_prefix(base).unwrap_or(&path);
        Description {
            name: name.display().to_string().replace('\\', "/"),
            path,
        }
    }));
    Ok(())
}

fn formats(arguments: &Arguments) -> Vec<String> {
    if arguments.no_docs {
        return Vec::new();
    }
    let formats = sdkwright::docs::formats().into_iter();
    formats.map(|(name, _)| name).collect()
}

fn names(chosen: Vec<&Description>) -> BTreeSet<String> {
    chosen.into_iter().map(|it| it.name.clone()).collect()
}

/// Generates from all of them, several at once. The largest come first: nothing was removed yet,
/// which would slow down those that make many files, and none of them is waited for at the end.
fn generate_all(
    generator: &generate::Generator,
    descriptions: &[Description],
    kept: &BTreeSet<String>,
    jobs: usize,
) -> Result<Vec<Document>, String> {
    let bar = bar(descriptions.len(), "generate");
    let size = |it: &&Description| fs::metadata(&it.path).map_or(0, |data| data.len());
    let mut descriptions: Vec<&Description> = descriptions.iter().collect();
    descriptions.sort_by_cached_key(|it| Reverse(size(it)));
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(descriptions.len()));
    let worker = || {
        while let Some(description) = descriptions.get(next.fetch_add(1, Ordering::Relaxed)) {
            bar.set_message(description.name.clone());
            let keep = kept.contains(&description.name);
            let document = generator.generate(description, keep);
            bar.inc(1);
            if let Ok(mut done) = done.lock() {
                done.push(document);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(worker);
        }
    });
    bar.finish_and_clear();
    let done = done.into_inner().map_err(|error| error.to_string())?;
    let mut documents = done
        .into_iter()
        .collect::<Result<Vec<Document>, _>>()
        .map_err(|error| error.to_string())?;
    documents.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(documents)
}

/// Compiles the crates of the sample that were generated, and lints some of them.
fn compile_sample(
    documents: &mut [Document],
    out: &Path,
    checked: &BTreeSet<String>,
    arguments: &Arguments,
) -> Result<(), String> {
    let compiler = Compiler::new(out, Versions::OfTheWorkspace)?;
    let mut sample: Vec<&mut Document> = documents
        .iter_mut()
        .filter(|document| checked.contains(&document.name) && document.client.is_ok())
        .collect();
    let lint: BTreeSet<String> =
        sample::choose(&sample, arguments.lint, arguments.seed, |it| &it.name)
            .into_iter()
            .map(|document| document.name.clone())
            .collect();
    let bar = bar(sample.len(), "compile");
    for (at, document) in sample.iter_mut().enumerate() {
        bar.set_message(document.name.clone());
        let folder = generate::client_folder(out, &document.name);
        if at == 0 || arguments.shared_runtime {
            // The dependencies are built before, and not on anybody's account: a runtime that is
            // shared is one of them, with the features that this client turns on.
            compiler.check(&folder).map_err(|error| error.to_string())?;
        }
        let compiled = compiler.check(&folder).map_err(|error| error.to_string())?;
        document.check = Some(compiled);
        let rustfmt = compiler.rustfmt(&folder);
        document.rustfmt = Some(rustfmt.map_err(|error| error.to_string())?);
        if lint.contains(&document.name) {
            let clippy = compiler.clippy(&folder);
            document.clippy = Some(clippy.map_err(|error| error.to_string())?);
            let rustdoc = compiler.rustdoc(&folder);
            document.rustdoc = Some(rustdoc.map_err(|error| error.to_string())?);
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// A bar on standard error, if somebody sees it.
fn bar(length: usize, what: &'static str) -> ProgressBar {
    eprintln!("{what} {length}");
    let bar = ProgressBar::new(length as u64);
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{prefix} {bar:32} {pos}/{len} {eta} {wide_msg}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.with_prefix(what)
}
