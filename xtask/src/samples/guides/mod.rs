//! Blocks of guides and READMEs: what their reader would do with them is done.
//!
//! | block | is |
//! | --- | --- |
//! | `rust`, `<!-- run: call -->` | compiled and run in the frame `xtask/samples/guides/call.rs` |
//! | `sh` | run in an empty folder with a few descriptions, on a [desk] |
//! | `text`, `<!-- run: output -->` | what the block above it prints |
//! | `yaml` | read as `sdkwright.yaml` |
//! | `yaml`, `<!-- run: operation -->` | put into the operation of `xtask/samples/guides/operation.yaml` |
//! | `yaml`, `text`, `<!-- run: walk -->` | a step of the [walk] |
//! | any, `<!-- run: test NAME -->` | followed by `generator/tests/NAME.rs`, which is run |

mod desk;
mod frames;
mod walk;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use sdkwright::config;
use sdkwright::diagnostic::Problems;
use sdkwright::pipeline;

use super::documents::{Document, Kind};
use super::extract::{Block, Mark};
use super::place::{put, scratch};
use super::rust::ClientCrate;
use super::subject::Subject;
use crate::measure;
use desk::Desk;
use frames::Frames;

/// What runs the blocks of guides.
pub(crate) struct Guides {
    frames: Option<Frames>,
    desk: Option<Desk>,
    /// The tests that were run, and what came of them.
    followed: Mutex<BTreeMap<String, Result<(), String>>>,
}

impl Guides {
    /// Makes all ready that the guides' blocks of the chosen languages need.
    ///
    /// # Errors
    ///
    /// When something does not build.
    pub(crate) fn prepare(
        documents: &[Document],
        clients: &[ClientCrate],
        chosen: &dyn Fn(&str) -> bool,
    ) -> Result<Self, String> {
        let is_guide = |document: &&Document| document.kind == Kind::Guide;
        let guides = documents.iter().filter(is_guide);
        let guides: Vec<&Document> = guides.collect();
        let shell = ["sh", "yaml", "text"].into_iter().any(chosen);
        Ok(Self {
            frames: chosen("rust")
                .then(|| Frames::build(&guides, clients))
                .transpose()?,
            desk: shell.then(|| Desk::set(clients)).transpose()?,
            followed: Mutex::default(),
        })
    }

    /// Runs a block; what it ran with.
    ///
    /// # Errors
    ///
    /// With what went wrong.
    pub(crate) fn run(
        &self,
        subjects: &[Subject],
        document: &Document,
        block: &Block,
    ) -> Result<String, String> {
        let desk = || self.desk.as_ref().ok_or("the shell was not made ready");
        let language = block.language();
        match (&*language, &block.mark) {
            ("rust", Mark::Run(name)) => {
                let frames = self.frames.as_ref().ok_or("Rust was not made ready")?;
                frames.run(name).map(|()| format!("the frame `{name}`"))
            }
            ("rust", _) => Err("no frame is named above it: `<!-- run: name -->`".to_owned()),
            ("sh", Mark::Nothing) => desk()?
                .run(subjects, document, block)
                .map(|_| "sh".to_owned()),
            ("text", Mark::Run(name)) if name == "output" => {
                self.prints(subjects, document, block)?;
                Ok("the block above it".to_owned())
            }
            ("yaml" | "text", Mark::Run(name)) if name == "walk" => {
                walk::walk(document).map(|()| "the walk".to_owned())
            }
            ("yaml", Mark::Run(name)) if name == "operation" => {
                operation(&block.text).map(|()| "a description".to_owned())
            }
            (_, Mark::Run(name)) if name.starts_with("test ") => {
                let test = name.trim_start_matches("test ");
                self.follow(test).map(|()| format!("the test `{test}`"))
            }
            ("yaml", Mark::Nothing) => settings(&block.text).map(|()| "sdkwright.yaml".to_owned()),
            (language, _) => Err(format!(
                "nothing says how to run a block of `{language}` here; mark it `<!-- not run: reason -->` if it is not to be run"
            )),
        }
    }

    /// Runs the test that follows a guide, once for all blocks of it.
    fn follow(&self, test: &str) -> Result<(), String> {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        let run = || {
            let mut command = measure::cargo();
            command.args(["test", "--quiet", "--locked", "--package", "sdkwright"]);
            command.args(["--test", test]);
            let ran = command.output();
            let ran = ran.map_err(|error| format!("cannot start cargo: {error}"))?;
            match ran.status.success() {
                true => Ok(()),
                false => Err(String::from_utf8_lossy(&ran.stdout).into_owned()),
            }
        };
        followed.entry(test.to_owned()).or_insert_with(run).clone()
    }

    /// Whether the shell block before a block of text prints it.
    fn prints(
        &self,
        subjects: &[Subject],
        document: &Document,
        block: &Block,
    ) -> Result<(), String> {
        let blocks = document.extracted.blocks.iter();
        let above = blocks.take_while(|each| each.line < block.line).last();
        let above = above.filter(|above| above.language() == "sh");
        let above = above.ok_or("there is no `sh` block directly above it")?;
        let desk = self.desk.as_ref().ok_or("the shell was not made ready")?;
        let printed = desk.run(subjects, document, above)?;
        match printed.trim() == block.text.trim() {
            true => Ok(()),
            false => Err(format!("the block above it prints\n{}", printed.trim())),
        }
    }
}

/// Whether a text is a good `sdkwright.yaml`.
fn settings(text: &str) -> Result<(), String> {
    let folder = scratch("settings");
    let path = folder.join("sdkwright.yaml");
    put(&path, text)?;
    // The usual place of templates, which a configuration may name.
    fs::create_dir_all(folder.join("templates")).map_err(|error| error.to_string())?;
    let mut problems = Problems::new();
    let (_, loaded) = config::load(Some(&path), &mut problems);
    match (loaded, messages(&problems)) {
        (Some(_), None) => Ok(()),
        (_, messages) => {
            let messages = messages.unwrap_or_default();
            Err(format!("it is no good `sdkwright.yaml`: {messages}"))
        }
    }
}

/// Whether a part of an operation is good, in a description of one operation.
fn operation(text: &str) -> Result<(), String> {
    let frame = "xtask/samples/guides/operation.yaml";
    let whole = fs::read_to_string(frame).map_err(|error| format!("{frame}: {error}"))?;
    let (indent, _) = whole
        .split_once("# sample\n")
        .and_then(|(before, after)| Some((before.rsplit_once('\n')?.1, after)))
        .ok_or_else(|| format!("{frame} has no place for a sample"))?;
    let lines = text.lines().map(|line| format!("{indent}{line}\n"));
    let part: String = lines.collect();
    let path = scratch("yaml");
    put(&path, &whole.replace(&format!("{indent}# sample\n"), &part))?;
    let mut problems = Problems::new();
    pipeline::read(&path, &mut problems);
    match messages(&problems) {
        None => Ok(()),
        Some(messages) => Err(format!("a description with it is not good: {messages}")),
    }
}

/// What is said of a file; `None` if nothing is.
fn messages(problems: &Problems) -> Option<String> {
    let messages = problems.sorted().into_iter();
    let messages: Vec<String> = messages.map(|problem| problem.message.clone()).collect();
    (!messages.is_empty()).then(|| messages.join("; "))
}

/// Builds `sdkwright` and the command lines of these clients; the folder where they are.
fn programs(clients: &[ClientCrate]) -> Result<std::path::PathBuf, String> {
    let sdkwright = measure::build_sdkwright(false)?;
    let mut command = measure::cargo();
    command.args(["build", "--quiet", "--locked"]);
    for package in super::rust::packages(clients)? {
        command.args(["--package", &package]);
        command.args(["--features", &format!("{package}/cli")]);
    }
    let status = command.status();
    let status = status.map_err(|error| format!("cannot start cargo: {error}"))?;
    let folder = sdkwright.parent().map(Path::to_owned);
    match status.success() {
        true => folder.ok_or_else(|| "the target folder has no place".to_owned()),
        false => Err("the command lines of the clients do not build".to_owned()),
    }
}
