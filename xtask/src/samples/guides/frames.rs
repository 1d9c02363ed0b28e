//! Rust in guides: a fragment stands in a frame, which gives it what it speaks of, calls it against
//! a server and says whether it did what the guide says.
//!
//! A frame is a file below `xtask/samples/guides` with `/* sample */` where the block goes. A line
//! `//! replace: `a` by `b`` of it says what is replaced in the block. All frames are one crate, with
//! the generated clients and that of `pets.yaml`, the API of the guides' examples.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sdkwright::diagnostic::Problems;
use sdkwright::formats::Formats;
use sdkwright::pipeline::{self, ClientOptions, Package};

use super::super::attempt::{run, tail};
use super::super::documents::Document;
use super::super::extract::{Block, Mark};
use super::super::place::{folder, put};
use super::super::rust::{ClientCrate, WORKSPACE, packages};
use crate::measure::{self, Ran};

/// Where the frames are.
const FRAMES: &str = "xtask/samples/guides";

/// Where the block goes in a frame.
const PLACE: &str = "/* sample */";

/// The name of the crate of all frames.
const NAME: &str = "sdkwright-guides";

/// The built frames.
pub(super) struct Frames {
    program: PathBuf,
    /// What is wrong with those that are not in the program.
    broken: BTreeMap<String, String>,
    names: Vec<String>,
}

impl Frames {
    /// Builds the frames of these guides with their blocks.
    ///
    /// # Errors
    ///
    /// When the crate does not build, whatever is left out of it.
    pub(super) fn build(guides: &[&Document], clients: &[ClientCrate]) -> Result<Self, String> {
        let source = folder().join("guides");
        pets(&source.join("pets"))?;
        manifest(&source, clients)?;
        for (name, description) in [
            ("openapi.yaml", format!("{FRAMES}/pets.yaml")),
            ("losant.yaml", "spec/losant/openapi.yaml".to_owned()),
        ] {
            let text = fs::read_to_string(&description);
            let text = text.map_err(|error| format!("{description}: {error}"))?;
            put(&source.join(name), &text)?;
        }
        let mut broken = BTreeMap::new();
        let mut names = Vec::new();
        for (name, block) in framed(guides) {
            match frame(&name, block) {
                Ok(text) => put(&source.join(format!("src/{name}.rs")), &text)?,
                Err(why) => {
                    broken.insert(name.clone(), why);
                }
            }
            names.push(name);
        }
        loop {
            main(&source, &names, &broken)?;
            let ran = compiled(&source)?;
            if ran.succeeded() {
                let name = format!("{NAME}{}", std::env::consts::EXE_SUFFIX);
                let program = measure::target().join("debug").join(name);
                return Ok(Self {
                    program,
                    broken,
                    names,
                });
            }
            let found = errors(&ran.stderr, &names);
            if found.is_empty() {
                return Err(format!("the guides do not build:\n{}", tail(&ran.stderr)));
            }
            broken.extend(found);
        }
    }

    /// Runs the frame of this name.
    ///
    /// # Errors
    ///
    /// With what went wrong.
    pub(super) fn run(&self, name: &str) -> Result<(), String> {
        if let Some(why) = self.broken.get(name) {
            return Err(why.clone());
        }
        if !self.names.iter().any(|known| known == name) {
            return Err(format!("there is no frame `{name}` in {FRAMES}"));
        }
        let mut command = Command::new(&self.program);
        command.arg(name).current_dir(folder().join("guides"));
        let ran = run(&mut command)?;
        match ran.succeeded() {
            true => Ok(()),
            false => Err(tail(&ran.stderr)),
        }
    }
}

/// The blocks that name a frame.
fn framed<'a>(guides: &'a [&Document]) -> impl Iterator<Item = (String, &'a Block)> {
    let blocks = guides.iter().flat_map(|guide| &guide.extracted.blocks);
    let rust = blocks.filter(|block| block.language() == "rust");
    rust.filter_map(|block| match &block.mark {
        Mark::Run(name) => Some((name.clone(), block)),
        _ => None,
    })
}

/// A frame with its block in it.
fn frame(name: &str, block: &Block) -> Result<String, String> {
    let path = Path::new(FRAMES).join(format!("{name}.rs"));
    let frame =
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    if !frame.contains(PLACE) {
        return Err(format!("{} has no place for a sample", path.display()));
    }
    let mut text = block.text.clone();
    for line in frame
        .lines()
        .filter_map(|line| line.strip_prefix("//! replace: "))
    {
        let mut words = line.split('`');
        if let (Some(from), Some(to)) = (words.nth(1), words.nth(1)) {
            if !text.contains(from) {
                return Err(format!(
                    "its frame replaces `{from}`, which it does not have"
                ));
            }
            text = text.replace(from, to);
        }
    }
    Ok(frame.replace(PLACE, &text))
}

/// The client of the guides' API.
fn pets(folder: &Path) -> Result<(), String> {
    let description = format!("{FRAMES}/pets.yaml");
    let mut problems = Problems::new();
    let read = pipeline::read(Path::new(&description), &mut problems);
    let options = ClientOptions {
        name: "pets".to_owned(),
        version: "0.1.0".to_owned(),
        license: None,
        package: Package::default(),
        formats: Formats::default(),
        description: description.clone(),
        checks: false,
        runtime: None,
    };
    let api = read
        .api
        .ok_or_else(|| format!("{description} cannot be read"))?;
    let tree = pipeline::client(&api, &options, &mut problems);
    let tree = tree.ok_or_else(|| format!("{description} makes no client"))?;
    // What an earlier client had and this one has not would still be compiled.
    let source = folder.join("src");
    if source.exists() {
        fs::remove_dir_all(&source).map_err(|error| format!("{}: {error}", source.display()))?;
    }
    tree.iter()
        .try_for_each(|(path, text)| put(&folder.join(path), text))
}

fn manifest(source: &Path, clients: &[ClientCrate]) -> Result<(), String> {
    let mut text = format!(
        "[package]\nname = \"{NAME}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         serde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"rt\", \"net\", \"time\"] }}\n\
         pets = {{ path = \"pets\", features = [\"test-util\"] }}\n"
    );
    let folders = clients.iter().map(|client| client.folder.clone());
    let named = packages(clients)?.into_iter().zip(folders);
    for (name, folder) in named.chain([("sdkwright".to_owned(), PathBuf::from("generator"))]) {
        let folder = std::path::absolute(folder).map_err(|error| error.to_string())?;
        let features = if name == "sdkwright" {
            ""
        } else {
            "\"test-util\""
        };
        let folder = folder.display().to_string();
        text += &format!("{name} = {{ path = {folder:?}, features = [{features}] }}\n");
    }
    put(&source.join("Cargo.toml"), &(text + WORKSPACE))?;
    let lock = fs::read_to_string("Cargo.lock").map_err(|error| format!("Cargo.lock: {error}"))?;
    put(&source.join("Cargo.lock"), &lock)
}

fn main(source: &Path, names: &[String], broken: &BTreeMap<String, String>) -> Result<(), String> {
    let frame = fs::read_to_string(Path::new(FRAMES).join("main.rs"));
    let frame = frame.map_err(|error| format!("{FRAMES}/main.rs: {error}"))?;
    let whole = names.iter().filter(|name| !broken.contains_key(*name));
    let modules: String = whole.clone().map(|name| format!("mod {name};\n")).collect();
    let arms = whole.map(|name| format!("            {name:?} => {name}::run().await,\n"));
    let text = frame
        .replace("/* modules */", &modules)
        .replace("            /* samples */\n", &arms.collect::<String>());
    put(&source.join("src/main.rs"), &text)
}

fn compiled(source: &Path) -> Result<Ran, String> {
    let mut command = measure::cargo();
    command
        .args(["build", "--offline", "--message-format", "short"])
        .current_dir(source)
        .env("CARGO_TARGET_DIR", measure::target());
    measure::run(
        &mut command,
        measure::PATIENCE,
        &folder().join("guides.log"),
    )
    .map_err(|error| format!("cannot start cargo: {error}"))
}

/// The first error of each frame in what the compiler says.
fn errors(said: &str, names: &[String]) -> BTreeMap<String, String> {
    let mut errors = BTreeMap::new();
    for line in said.lines().filter(|line| line.contains(": error")) {
        let line = line.trim_start().replace('\\', "/");
        let rest = line
            .strip_prefix("src/")
            .and_then(|rest| rest.split_once(".rs:"));
        if let Some((name, what)) = rest.filter(|(name, _)| names.iter().any(|one| one == name)) {
            let why = format!("it does not compile in its frame: {what}");
            errors.entry(name.to_owned()).or_insert(why);
        }
    }
    errors
}
