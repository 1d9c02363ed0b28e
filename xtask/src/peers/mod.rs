//! `cargo xtask peers`: the generated clients beside the API's official ones. They make the same calls
//! to the same server; the requests have to be the same.
//!
//! The Python client is of the version of the API that is documented, and has all of its actions.
//! The JavaScript client is older. It is held against a client of the actions that it has, and then
//! against the documented ones; those that had to be added to it are counted apart, for they show
//! how it sends a request and not what it knows of an action.

mod cases;
mod compare;
mod javascript;
mod python;
mod recorder;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use sdkwright::ir::Api;

use crate::measure::{self, PATIENCE};
use crate::program::Program;
use cases::Case;
use javascript::{JavaScript, Whose};
use python::Python;
use recorder::{Recorder, Request};

/// Compare what the generated clients send with what the API's official clients send
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

/// A secret of nobody, of which all clients make the same header.
const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.s3cr3t";

/// A part of the API, and how its calls are made.
struct Part {
    description: &'static str,
    /// The calls, as all programs read them.
    cases: &'static str,
    /// The program that makes them through the generated client.
    program: Program,
}

/// The documented actions.
const INVITES: Part = Part {
    description: "spec/losant/openapi.yaml",
    cases: include_str!("invites.json"),
    program: Program {
        name: "invites",
        files: &[
            ("src/main.rs", include_str!("calls/invites.rs")),
            ("src/arguments.rs", include_str!("calls/arguments.rs")),
        ],
        clients: &[(
            "losant-invites",
            "generated/losant/client",
            &["reqwest", "blocking"],
        )],
        dependencies: "serde_json = \"1\"\n",
        release: false,
    },
};

/// Actions that the JavaScript client has. Their client is made for the comparison alone.
const MEMBERS: Part = Part {
    description: "xtask/samples/losant-rest.yaml",
    cases: include_str!("members.json"),
    program: Program {
        name: "members",
        files: &[
            ("src/main.rs", include_str!("calls/members.rs")),
            ("src/arguments.rs", include_str!("calls/arguments.rs")),
        ],
        clients: &[],
        dependencies: "serde_json = \"1\"\n\
                       losant-rest = { path = \"../losant-rest\", default-features = false, features = [\"reqwest\", \"blocking\"] }\n",
        release: false,
    },
};

/// What became of the comparison.
pub(crate) enum Outcome {
    /// All requests are the same.
    Same,
    /// Some are not, or could not be compared; all is told.
    Different,
    /// No official client can be had here.
    Missing(String),
}

pub(crate) fn run(_: &Arguments) -> ExitCode {
    match compare() {
        Outcome::Same => ExitCode::SUCCESS,
        Outcome::Different => ExitCode::FAILURE,
        Outcome::Missing(why) => {
            eprintln!("cargo xtask peers: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Compares with each official client that can be had, and tells what differs.
pub(crate) fn compare() -> Outcome {
    let folder = measure::target().join("peers");
    if let Err(error) = fs::create_dir_all(&folder) {
        eprintln!("cargo xtask peers: {}: {error}", folder.display());
        return Outcome::Different;
    }
    let (python, javascript) = (Python::install(&folder), JavaScript::install());
    if let (Err(one), Err(other)) = (&python, &javascript) {
        return Outcome::Missing(format!("{one}; {other}"));
    }
    for (name, why) in [
        ("Python", python.as_ref().err()),
        ("JavaScript", javascript.as_ref().err()),
    ] {
        if let Some(why) = why {
            println!("passed over: the {name} client: {why}");
        }
    }
    match tell(&folder, python.ok().as_ref(), javascript.ok().as_ref()) {
        Ok(true) => Outcome::Same,
        Ok(false) => Outcome::Different,
        Err(error) => {
            eprintln!("cargo xtask peers: {error}");
            Outcome::Different
        }
    }
}

/// Makes all calls with all clients; whether their requests are the same.
fn tell(
    folder: &Path,
    python: Option<&Python>,
    javascript: Option<&JavaScript>,
) -> Result<bool, String> {
    let recorder = Recorder::start().map_err(|error| format!("no server: {error}"))?;
    let invites = Calls::make(INVITES, folder, &recorder)?;
    let mut same = true;
    if let Some(python) = python {
        let (requests, _) = invites.sent("the Python client", &mut python.command())?;
        same &= Tally::of("the Python client has", invites.pairs(&requests)).tell();
    }
    if let Some(javascript) = javascript {
        make_client(MEMBERS.description, &folder.join("losant-rest"))?;
        let members = Calls::make(MEMBERS, folder, &recorder)?;
        same &= beside_javascript(javascript, &members)?;
        same &= beside_javascript(javascript, &invites)?;
    }
    Ok(same)
}

/// Makes calls with the JavaScript client, too. Its own actions and those that were added to it are
/// counted apart.
fn beside_javascript(javascript: &JavaScript, calls: &Calls<'_>) -> Result<bool, String> {
    let mut command = javascript.command(&calls.folder, &calls.api)?;
    let (requests, stdout) = calls.sent("the JavaScript client", &mut command)?;
    let (name, whose) = javascript::said(&stdout, calls.cases.len())?;
    let mut same = true;
    for (kind, what) in [
        (Whose::Own, format!("{name} of npm has")),
        (
            Whose::Added,
            format!("{name} of npm does not have, added to it in its own shape"),
        ),
    ] {
        let pairs = calls.pairs(&requests).zip(&whose);
        let pairs = pairs.filter(|(_, whose)| **whose == kind);
        same &= Tally::of(&what, pairs.map(|(pair, _)| pair)).tell();
    }
    Ok(same)
}

/// Generates the client of a description.
fn make_client(description: &str, out: &Path) -> Result<(), String> {
    let mut command = Command::new(measure::build_sdkwright(false)?);
    command.args(["client", description, "--name", "losant-rest", "--out"]);
    let status = command.arg(out).status();
    match status.is_ok_and(|status| status.success()) {
        true => Ok(()),
        false => Err(format!("no client of {description} can be made")),
    }
}

/// The calls of a part of the API, and what the generated client sent in each.
struct Calls<'a> {
    api: Api,
    cases: Vec<Case>,
    recorder: &'a Recorder,
    /// Where their list is, and what is written for them.
    folder: PathBuf,
    generated: Vec<Request>,
}

/// A call, what the official client sent in it, and what the generated one.
type Pair<'a> = (&'a Case, &'a Request, &'a Request);

impl<'a> Calls<'a> {
    /// Makes the calls with the generated client.
    fn make(part: Part, folder: &Path, recorder: &'a Recorder) -> Result<Self, String> {
        let api = cases::api(part.description)?;
        let cases = cases::of(&api, part.cases)?;
        let program = part.program.build(folder)?;
        let folder = folder.join(part.program.name);
        fs::write(folder.join("cases.json"), part.cases).map_err(|error| error.to_string())?;
        let mut calls = Self {
            api,
            cases,
            recorder,
            folder,
            generated: Vec::new(),
        };
        (calls.generated, _) = calls.sent("the generated client", &mut Command::new(program))?;
        Ok(calls)
    }

    /// The requests that a program sent, one for each call, and what it printed.
    fn sent(&self, who: &str, command: &mut Command) -> Result<(Vec<Request>, String), String> {
        command.args([&self.recorder.url, TOKEN]);
        command.arg(self.folder.join("cases.json"));
        // The server is on this machine, whatever proxy there is for others.
        command.env("NO_PROXY", "127.0.0.1");
        let ran = measure::run(command, PATIENCE, &self.folder.join("log"))
            .map_err(|error| format!("{who} does not start: {error}"))?;
        if !ran.succeeded() {
            return Err(format!("{who} fails: {}", ran.stderr.trim()));
        }
        let requests = self.recorder.take();
        let requests = requests.map_err(|error| format!("a request of {who}: {error}"))?;
        if requests.len() != self.cases.len() {
            let (sent, count) = (requests.len(), self.cases.len());
            return Err(format!("{who} sent {sent} requests in {count} calls"));
        }
        Ok((requests, ran.stdout))
    }

    /// Each call with the requests of an official client and of the generated one.
    fn pairs<'b>(&'b self, official: &'b [Request]) -> impl Iterator<Item = Pair<'b>> {
        let requests = official.iter().zip(&self.generated);
        let pairs = self.cases.iter().zip(requests);
        pairs.map(|(case, (official, generated))| (case, official, generated))
    }
}

/// How many calls sent the same.
struct Tally<'a> {
    /// Of which actions.
    what: &'a str,
    same: usize,
    all: usize,
}

impl<'a> Tally<'a> {
    /// Compares, and tells of each call how it went.
    fn of<'b>(what: &'a str, pairs: impl Iterator<Item = Pair<'b>>) -> Self {
        let (mut same, mut all) = (0, 0);
        for (case, official, generated) in pairs {
            same += usize::from(is_same(case, official, generated));
            all += 1;
        }
        Self { what, same, all }
    }

    /// Tells the figures, if there are any; whether all is the same.
    fn tell(&self) -> bool {
        let Self { what, same, all } = self;
        if *all > 0 {
            println!("{same} of {all} calls send the same request: actions that {what}");
        }
        same == all
    }
}

fn is_same(case: &Case, official: &Request, generated: &Request) -> bool {
    let differences = compare::differences(official, generated);
    let sign = if differences.is_empty() {
        "same"
    } else {
        "DIFFERENT"
    };
    println!("{sign}: {case}: {} {}", generated.method, generated.target);
    for one in &differences {
        println!("  {}", one.field);
        println!("    official:  {}", one.official);
        println!("    generated: {}", one.generated);
    }
    differences.is_empty()
}
