//! The walk of the README, step by step: the parameter is put where the reader is told to put it,
//! and everything happens that the reader is told will happen.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::super::attempt::{run, tail};
use super::super::documents::Document;
use super::super::extract::{Block, Mark};
use super::super::place::{put, scratch};
use crate::measure::{self, Ran};

/// The description that the walk changes.
const DESCRIPTION: &str = "spec/losant/openapi.yaml";

/// The parameter below which it adds one: the last lines of it.
const BESIDE: &str = "        - name: filter\n";

/// How many files the walk says follow from the parameter.
const FILES: usize = 8;

/// Goes the walk of a guide.
///
/// # Errors
///
/// With the first step that does not happen as told.
pub(super) fn walk(document: &Document) -> Result<(), String> {
    let step = |language: &str| {
        let mut blocks = document.extracted.blocks.iter();
        let found = blocks.find(|block| block.language() == language && is_step(block));
        found.ok_or_else(|| format!("the walk has no step in `{language}`"))
    };
    let (parameter, problem) = (step("yaml")?, step("text")?);
    let folder = scratch("walk");
    for file in ["sdkwright.yaml", DESCRIPTION, "spec/snyk/openapi.yaml"] {
        let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        put(&folder.join(file), &text)?;
    }
    expect(&folder, &["generate"], 0)?;
    let before = fs::read_to_string(DESCRIPTION).map_err(|error| error.to_string())?;
    let after = added(&before, &parameter.text)?;
    put(&folder.join(DESCRIPTION), &after)?;
    expect(&folder, &["generate", "--check"], 1)?;
    let told = expect(&folder, &["generate"], 0)?;
    let changed = changed(&told.stdout);
    if changed != FILES {
        return Err(format!(
            "{changed} files follow from the parameter, not {FILES}"
        ));
    }
    let client = folder.join("generated/losant/client/src/instance_org_invites.rs");
    let text = fs::read_to_string(client).map_err(|error| error.to_string())?;
    if !text.contains("pub fn per_page(") {
        return Err("the client has no setter `per_page`".to_owned());
    }
    let mistaken = added(&before, &parameter.text.replace(" }", ""))?;
    put(&folder.join(DESCRIPTION), &mistaken)?;
    let told = expect(&folder, &["generate"], 1)?;
    match told.stderr.contains(problem.text.trim()) {
        true => Ok(()),
        false => Err(format!("the mistake is told as\n{}", tail(&told.stderr))),
    }
}

fn is_step(block: &Block) -> bool {
    block.mark == Mark::Run("walk".to_owned())
}

/// A description with a parameter below the one that the walk names.
fn added(text: &str, parameter: &str) -> Result<String, String> {
    let at = text
        .find("operationId: instanceOrgInvites.get")
        .and_then(|at| Some(at + text[at..].find(BESIDE)?))
        .ok_or_else(|| format!("{DESCRIPTION} has no parameter `filter` any more"))?;
    let after = at + BESIDE.len();
    let next = text[after..].find("        - ").map(|next| after + next);
    let next = next.ok_or_else(|| format!("`filter` is the last parameter of {DESCRIPTION}"))?;
    Ok(format!("{}{parameter}{}", &text[..next], &text[next..]))
}

/// The files that changed, as `generate` counts them: `generated/losant: 0 created, 8 changed, …`.
fn changed(said: &str) -> usize {
    let counts = said.lines().filter_map(|line| {
        let (before, _) = line.split_once(" changed")?;
        before.rsplit(' ').next()?.parse::<usize>().ok()
    });
    counts.sum()
}

/// Runs `sdkwright`, which has to end with this status.
fn expect(folder: &Path, arguments: &[&str], status: i32) -> Result<Ran, String> {
    let name = format!("sdkwright{}", std::env::consts::EXE_SUFFIX);
    let mut command = Command::new(measure::target().join("debug").join(name));
    command.args(arguments).current_dir(folder);
    let ran = run(&mut command)?;
    match ran.status.and_then(|ended| ended.code()) {
        Some(code) if code == status => Ok(ran),
        code => Err(format!(
            "`sdkwright {}` ends with {code:?}, not {status}: {}",
            arguments.join(" "),
            tail(&format!("{}\n{}", ran.stdout, ran.stderr))
        )),
    }
}
