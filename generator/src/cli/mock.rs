//! `sdkwright mock`: a server to try a client on.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use serde_json::json;

use super::described::Described;
use super::{Reporter, Status};
use crate::diagnostic::{Nowhere, Problem, Problems};
use crate::mock::Record;
use crate::pipeline;

const EXAMPLES: &str = "\
Examples:
  sdkwright mock openapi.yaml
  sdkwright mock openapi.yaml --listen 8080 --record requests.jsonl

What it does:
  It answers each request with the example of the documented success, of whatever media type
  `Accept` asks for. `Prefer: status=404` and `Prefer: example=NAME` ask for another answer that is
  documented. A request that does not fit the description gets 400 and is told why.

  The first line on standard output is `listening on URL`; standard error has a line for each
  request. Ctrl-C ends it.

Exit status:
  0  it was ended
  1  the input has errors, or the address or the file cannot be used
  2  wrong usage";

/// Serve the examples of a description, and check requests against it
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    described: Described,

    /// Listen here: a port of the loopback interface, or an address with a port. Port 0 is any
    /// that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: Listen,

    /// Append each request and what is wrong with it to this file, a line of JSON each;
    /// credentials are left out
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,

    /// Refuse parameters that are not described and values that are not of their format
    #[arg(long)]
    strict: bool,
}

/// Where to listen.
#[derive(Clone, Copy, Debug)]
struct Listen(SocketAddr);

impl FromStr for Listen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let local = text.strip_prefix("localhost:").or(text.strip_prefix(':'));
        if let Ok(port) = local.unwrap_or(text).parse() {
            return Ok(Self(SocketAddr::from((Ipv4Addr::LOCALHOST, port))));
        }
        let address = text.parse().map(Self);
        address
            .map_err(|_| "name a port, such as 8080, or an address, such as 127.0.0.1:8080".into())
    }
}

pub(super) fn run(arguments: &Arguments, reporter: &Reporter) -> Status {
    let mut problems = Problems::new();
    let Described { spec, .. } = &arguments.described;
    let network = arguments.described.network();
    let (sources, mock) = pipeline::mock(spec, &network, &mut problems);
    let failed = reporter.problems(&problems, &*sources);
    let Some(mock) = mock.filter(|_| !failed) else {
        return Status::Problems;
    };
    let file = match arguments.record.as_deref().map(opened).transpose() {
        Ok(file) => file.map(Mutex::new),
        Err(problem) => return refused(&problem, reporter),
    };
    let teller = *reporter;
    let mock = mock.strict(arguments.strict).tell(move |record| {
        teller.event(record, record);
        if let Some(file) = &file {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            if let Err(error) = append(&mut file, record) {
                let problem = Problem::error(
                    "unwritable-file",
                    format!("a request is not recorded: {error}"),
                );
                teller.problem(&problem, &Nowhere);
            }
        }
    });
    let Listen(address) = arguments.listen;
    let server = match mock.start_at(address) {
        Ok(server) => server,
        Err(error) => {
            let message = format!("{address} cannot be listened to: {error}");
            let problem = Problem::error("unusable-address", message)
                .help("name a free port with `--listen`; `--listen 0` takes any");
            return refused(&problem, reporter);
        }
    };
    if !address.ip().is_loopback() {
        let message = format!("everybody who reaches {address} can call this server");
        let problem = Problem::warning("open-address", message)
            .help("`--listen` with a port alone keeps it to this machine");
        reporter.problem(&problem, &Nowhere);
    }
    let url = server.base_url();
    reporter.result(&format!("listening on {url}"), &json!({ "listening": url }));
    match server.run() {
        Ok(()) => Status::Good,
        Err(error) => {
            let problem = Problem::error(
                "no-interrupt",
                format!("Ctrl-C cannot be waited for: {error}"),
            );
            refused(&problem, reporter)
        }
    }
}

fn refused(problem: &Problem, reporter: &Reporter) -> Status {
    reporter.problem(problem, &Nowhere);
    Status::Problems
}

fn opened(path: &Path) -> Result<File, Problem> {
    let opened = OpenOptions::new().create(true).append(true).open(path);
    opened.map_err(|error| {
        let message = format!("{} cannot be written: {error}", path.display());
        Problem::error("unwritable-file", message)
            .help("name a file that can be written with `--record`")
    })
}

fn append(file: &mut File, record: &Record) -> io::Result<()> {
    let mut line = serde_json::to_vec(record)?;
    line.push(b'\n');
    file.write_all(&line)
}
