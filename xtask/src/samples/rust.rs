//! Samples of Rust: all of them in one crate, and a program that runs the one it is told.
//!
//! Each document becomes a module, with each sample on the lines that it has there: the compiler's
//! `docs/Invites.md.rs:24` is line 24 of the page. A sample of a page finds `client` in scope, made
//! as the README of its crate makes one; one that makes its own client gets the address of the
//! server by [`HOOK`]. So do those of doc comments that rustdoc only compiles (`no_run`). Samples that
//! do not compile are told, taken out, and the others built again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::attempt::{Runner, Sample, TOKEN, tail};
use super::documents::{Document, Kind};
use super::extract::Block;
use super::place::{folder, put};
use crate::measure::{self, Ran};

/// What stands in a sample that makes a client, and what stands there when it is run.
const HOOK: (&str, &str) = (
    "Client::builder()",
    "Client::builder().base_url(crate::url())",
);

/// The program around the samples.
const MAIN: &str = include_str!("../../samples/rust/main.rs");

const MANIFEST: &str = "[package]\nname = \"NAME\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
[dependencies]\nserde_json = \"1\"\ntokio = { version = \"1\", features = [\"macros\", \"rt\", \"net\"] }\n";

/// A workspace of its own with the profile of ours, so that what both need is built once.
pub(crate) const WORKSPACE: &str = "\n[workspace]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n";

/// A generated client.
#[derive(Clone, Debug)]
pub(crate) struct ClientCrate {
    /// The name of its API.
    pub(crate) api: String,
    /// Where it is.
    pub(crate) folder: PathBuf,
    /// The statement that makes a client, of its README.
    pub(crate) builder: String,
}

impl ClientCrate {
    /// The crate of an API; `None` if its README makes no client.
    pub(crate) fn of(api: &str, folder: &Path, readme: &[Block]) -> Option<Self> {
        let text = &readme.iter().find(|block| block.language() == "rust")?.text;
        let (_, rest) = text.split_once("Client::builder()")?;
        let (calls, _) = rest.split_once(".build()?;")?;
        Some(Self {
            api: api.to_owned(),
            folder: folder.to_owned(),
            builder: calls.split_whitespace().collect(),
        })
    }

    /// The name of the package, as its manifest has it.
    fn package(&self) -> Result<String, String> {
        let manifest = self.folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest);
        let text = text.map_err(|error| format!("{}: {error}", manifest.display()))?;
        let mut lines = text.lines();
        let name = lines.find_map(|line| line.strip_prefix("name = "));
        let name = name.ok_or_else(|| format!("{} names no package", manifest.display()))?;
        Ok(name.trim_matches('"').to_owned())
    }
}

/// The built program.
pub(crate) struct Rust {
    program: PathBuf,
    /// What the compiler says of the samples that are not in it, by their names.
    pub(crate) broken: BTreeMap<String, String>,
}

/// What the program says at its end.
#[derive(Debug, Deserialize)]
struct Said {
    /// The status of the error that ended the sample.
    status: Option<u16>,
    /// That error as the type of the action's errors.
    documented: Option<String>,
    /// That error.
    message: Option<String>,
}

impl Rust {
    /// Builds the samples of these documents, each with the API that it is of, as the program of
    /// this name.
    ///
    /// # Errors
    ///
    /// When the crate does not build, whatever is taken out of it.
    pub(crate) fn build(
        documents: &[(&Document, &str)],
        clients: &[ClientCrate],
        program: &str,
    ) -> Result<Self, String> {
        let source = &folder().join(program);
        let mut broken = BTreeMap::new();
        loop {
            let left_out: BTreeSet<&str> = broken.keys().map(String::as_str).collect();
            write(documents, clients, program, &left_out)?;
            let ran = compiled(source)?;
            if ran.succeeded() {
                let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
                let program = measure::target().join("debug").join(name);
                return Ok(Self { program, broken });
            }
            let found = errors(&ran.stderr, documents);
            if found.is_empty() {
                return Err(format!("the samples do not build:\n{}", tail(&ran.stderr)));
            }
            broken.extend(found);
        }
    }
}

impl Runner for Rust {
    fn command(&self, sample: Sample<'_>, url: &str) -> Result<Command, String> {
        let name = name(sample.document, sample.block);
        if let Some(error) = self.broken.get(&name) {
            return Err(format!("it does not compile: {error}"));
        }
        let mut command = Command::new(&self.program);
        command.args([url, &name]).env("API_TOKEN", TOKEN);
        Ok(command)
    }

    fn saw(&self, sample: Sample<'_>, status: u16, ran: &Ran) -> Result<String, String> {
        let last = ran.stderr.lines().last().unwrap_or_default();
        let said: Result<Said, _> = serde_json::from_str(last);
        let Ok(said) = said else {
            return Err(tail(&format!("{}\n{}", ran.stdout, ran.stderr)));
        };
        let is_success = status == sample.action.success;
        match (is_success, said.status, said.documented, said.message) {
            (true, None, None, None) => {
                if sample.action.answers && ran.stdout.trim().is_empty() {
                    return Err("it printed nothing".to_owned());
                }
                Ok("the generated client".to_owned())
            }
            (false, Some(seen), Some(_), _) if seen == status => {
                Ok("the generated client".to_owned())
            }
            (_, seen, documented, message) => Err(format!(
                "it ended with {}, status {seen:?}, as a documented error {documented:?}",
                message.unwrap_or_else(|| "success".to_owned())
            )),
        }
    }

    /// A list goes on to its second and last page; what a server could not do is tried again.
    fn requests(&self, sample: Sample<'_>, status: u16) -> RangeInclusive<usize> {
        match status {
            408 | 429 | 500.. => 1..=4,
            _ if status == sample.action.success && sample.action.has_pages() => 2..=2,
            _ => 1..=1,
        }
    }
}

/// What a sample is called: its document and the line of its first statement.
fn name(document: &str, block: &Block) -> String {
    format!("{document}:{}", block.line + 1)
}

fn samples(document: &Document) -> impl Iterator<Item = &Block> {
    let blocks = document.extracted.blocks.iter();
    blocks.filter(|block| is_sample(document, block))
}

/// Whether a block is run by the program, and not by rustdoc alone.
pub(crate) fn is_sample(document: &Document, block: &Block) -> bool {
    match document.kind {
        Kind::RustDoc(_) => block.info.split(',').any(|word| word.trim() == "no_run"),
        _ => block.language() == "rust",
    }
}

/// The lines of a sample as they are run: of those that rustdoc hides, none.
fn lines(document: &Document, block: &Block) -> Vec<String> {
    let hidden = |line: &str| matches!(document.kind, Kind::RustDoc(_)) && is_hidden(line);
    let text = block.text.replace(HOOK.0, HOOK.1);
    let lines = text.lines().map(|line| match hidden(line) {
        true => String::new(),
        false => line.to_owned(),
    });
    lines.collect()
}

fn is_hidden(line: &str) -> bool {
    line == "#" || line.starts_with("# ")
}

fn write(
    documents: &[(&Document, &str)],
    clients: &[ClientCrate],
    program: &str,
    left_out: &BTreeSet<&str>,
) -> Result<(), String> {
    let source = &folder().join(program);
    let mut manifest = MANIFEST.replace("NAME", program);
    let mut parts = Parts::default();
    for client in clients {
        let package = client.package()?;
        let folder = std::path::absolute(&client.folder).map_err(|error| error.to_string())?;
        manifest.push_str(&format!(
            "{package} = {{ path = {:?} }}\n",
            folder.display().to_string()
        ));
        parts.client(client, &package.replace('-', "_"));
    }
    put(&source.join("Cargo.toml"), &(manifest + WORKSPACE))?;
    let lock = fs::read_to_string("Cargo.lock").map_err(|error| format!("Cargo.lock: {error}"))?;
    put(&source.join("Cargo.lock"), &lock)?;
    for (document, api) in documents {
        let crate_name = clients.iter().find(|client| client.api == *api);
        let crate_name = crate_name.map(ClientCrate::package).transpose()?;
        let crate_name = crate_name.unwrap_or_default().replace('-', "_");
        let module = module(document, &crate_name, left_out);
        put(&source.join(format!("src/{}.rs", document.path)), &module)?;
        parts.document(document, api, left_out);
    }
    put(&source.join("src/main.rs"), &parts.main())
}

/// The parts of the program that depend on the samples.
#[derive(Default)]
struct Parts {
    modules: String,
    clients: String,
    arms: String,
    count: usize,
}

impl Parts {
    /// The client that samples of a page find in scope, and what its errors become.
    fn client(&mut self, client: &ClientCrate, crate_name: &str) {
        let ClientCrate { api, builder, .. } = client;
        self.clients.push_str(&format!(
            "#[allow(dead_code)]\nfn {api}() -> Result<{crate_name}::Client, Failed> {{\n    Ok({crate_name}::Client::builder(){builder}.base_url(url()).build()?)\n}}\n\n\
             impl From<{crate_name}::BuildError> for Failed {{\n    fn from(error: {crate_name}::BuildError) -> Self {{\n        Self::other(&error)\n    }}\n}}\n\n\
             impl<E: std::fmt::Debug> From<{crate_name}::Error<E>> for Failed {{\n    fn from(error: {crate_name}::Error<E>) -> Self {{\n        \
             let status = error.status().map(|status| status.as_u16());\n        let documented = error.api().map(|error| format!(\"{{error:?}}\"));\n        \
             Self {{ status, documented, message: error.to_string() }}\n    }}\n}}\n\n"
        ));
    }

    fn document(&mut self, document: &Document, api: &str, left_out: &BTreeSet<&str>) {
        let module = format!("page_{}", self.count);
        self.count += 1;
        let path = &document.path;
        self.modules
            .push_str(&format!("#[path = \"{path}.rs\"]\nmod {module};\n"));
        for block in samples(document) {
            let name = name(path, block);
            if left_out.contains(&*name) {
                continue;
            }
            let client = match block.text.contains(HOOK.0) {
                true => String::new(),
                false => format!("&{api}()?"),
            };
            let line = block.line + 1;
            self.arms.push_str(&format!(
                "        {name:?} => {module}::line_{line}({client}).await,\n"
            ));
        }
    }

    fn main(&self) -> String {
        MAIN.replace("/* modules */", &self.modules)
            .replace("/* clients */", &self.clients)
            .replace("        /* samples */\n", &self.arms)
    }
}

/// A document as a module: samples on their lines, all else left out.
fn module(document: &Document, crate_name: &str, left_out: &BTreeSet<&str>) -> String {
    let mut lines = vec![String::new(); document.lines + 2];
    for block in samples(document) {
        if left_out.contains(&*name(&document.path, block)) {
            continue;
        }
        let client = match block.text.contains(HOOK.0) {
            true => String::new(),
            false => format!("client: &{crate_name}::Client"),
        };
        lines[block.line - 1] = format!(
            "pub async fn line_{}({client}) -> Result<(), crate::Failed> {{",
            block.line + 1
        );
        let own = self::lines(document, block);
        let end = block.line + own.len();
        lines.splice(block.line..end, own);
        lines[end] = "Ok(()) }".to_owned();
    }
    lines.join("\n")
}

fn compiled(source: &Path) -> Result<Ran, String> {
    let mut command = measure::cargo();
    command
        .args(["build", "--offline", "--message-format", "short"])
        .current_dir(source)
        .env("CARGO_TARGET_DIR", measure::target());
    let log = folder().join("rust.log");
    measure::run(&mut command, measure::PATIENCE, &log)
        .map_err(|error| format!("cannot start cargo: {error}"))
}

/// The first error of each sample in what the compiler says: `src/a.md.rs:24:5: error: …`.
fn errors(said: &str, documents: &[(&Document, &str)]) -> BTreeMap<String, String> {
    let mut errors = BTreeMap::new();
    for line in said.lines().filter(|line| line.contains(": error")) {
        let line = line.trim_start().replace('\\', "/");
        for (document, _) in documents {
            let Some(rest) = line.strip_prefix(&format!("src/{}.rs:", document.path)) else {
                continue;
            };
            let (number, what) = rest.split_once(':').unwrap_or((rest, ""));
            let number: usize = number.parse().unwrap_or_default();
            let mut blocks = samples(document);
            let block = blocks.find(|block| {
                let end = block.line + block.text.lines().count() + 1;
                (block.line..=end).contains(&number)
            });
            if let Some(block) = block {
                let what = what.split_once(": ").map_or(what, |(_, what)| what);
                errors
                    .entry(name(&document.path, block))
                    .or_insert_with(|| format!("line {number}: {what}"));
            }
        }
    }
    errors
}

/// The packages of these crates.
///
/// # Errors
///
/// When a manifest cannot be read.
pub(crate) fn packages(clients: &[ClientCrate]) -> Result<Vec<String>, String> {
    clients.iter().map(ClientCrate::package).collect()
}
