//! `cargo xtask peers`: the generated client beside the API's official one. Both make the same
//! calls to the same server; the requests have to be the same.

mod cases;
mod compare;
mod official;
mod recorder;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::measure::{self, PATIENCE};
use crate::program::Program;
use cases::Case;
use official::Official;
use recorder::{Recorder, Request};

/// Compare what the generated client sends with what the API's official client sends
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

const DESCRIPTION: &str = "spec/losant/openapi.yaml";

/// A secret of nobody, of which both clients make the same header.
const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.s3cr3t";

/// The program that calls the generated client.
const CALLS: Program = Program {
    name: "calls",
    files: &[("src/main.rs", include_str!("calls/main.rs"))],
    clients: &[(
        "losant-invites",
        "generated/losant/client",
        &["reqwest", "blocking"],
    )],
    dependencies: "serde_json = \"1\"\n",
    release: false,
};

/// What became of the comparison.
pub(crate) enum Outcome {
    /// All requests are the same.
    Same,
    /// Some are not, or could not be compared; all is told.
    Different,
    /// The official client cannot be had here.
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

/// Compares, and tells what differs.
pub(crate) fn compare() -> Outcome {
    let folder = measure::target().join("peers");
    if let Err(error) = fs::create_dir_all(&folder) {
        eprintln!("cargo xtask peers: {}: {error}", folder.display());
        return Outcome::Different;
    }
    let official = match Official::install(&folder) {
        Ok(official) => official,
        Err(why) => return Outcome::Missing(why),
    };
    match tell(&folder, &official) {
        Ok(true) => Outcome::Same,
        Ok(false) => Outcome::Different,
        Err(error) => {
            eprintln!("cargo xtask peers: {error}");
            Outcome::Different
        }
    }
}

/// Makes all calls with both clients; whether their requests are the same.
fn tell(folder: &Path, official: &Official) -> Result<bool, String> {
    let cases = cases::of(Path::new(DESCRIPTION))?;
    let list = folder.join("cases.json");
    fs::write(&list, cases::TEXT).map_err(|error| error.to_string())?;
    let generated = CALLS.build(folder)?;
    let recorder = Recorder::start().map_err(|error| format!("no server: {error}"))?;
    let calls = Calls {
        recorder: &recorder,
        list,
        log: folder.join("log"),
        count: cases.len(),
    };
    let official = calls.make("the official client", &mut official.command())?;
    let generated = calls.make("the generated client", &mut Command::new(generated))?;
    let mut same = 0;
    for ((case, official), generated) in cases.iter().zip(&official).zip(&generated) {
        same += usize::from(is_same(case, official, generated));
    }
    println!("{same} of {} calls send the same request", cases.len());
    Ok(same == cases.len())
}

/// Where the calls go.
struct Calls<'a> {
    recorder: &'a Recorder,
    list: PathBuf,
    log: PathBuf,
    count: usize,
}

impl Calls<'_> {
    /// The requests that a program sent, one for each call.
    fn make(&self, who: &str, command: &mut Command) -> Result<Vec<Request>, String> {
        command.args([&self.recorder.url, TOKEN]).arg(&self.list);
        // The server is on this machine, whatever proxy there is for others.
        command.env("NO_PROXY", "127.0.0.1");
        let ran = measure::run(command, PATIENCE, &self.log)
            .map_err(|error| format!("{who} does not start: {error}"))?;
        if !ran.succeeded() {
            return Err(format!("{who} fails: {}", ran.stderr.trim()));
        }
        let requests = self.recorder.take();
        let requests = requests.map_err(|error| format!("a request of {who}: {error}"))?;
        if requests.len() != self.count {
            let (sent, count) = (requests.len(), self.count);
            return Err(format!("{who} sent {sent} requests in {count} calls"));
        }
        Ok(requests)
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
