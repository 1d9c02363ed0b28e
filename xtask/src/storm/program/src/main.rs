//! A storm of faults on the generated clients: many calls in flight, and a server that does to them
//! what networks and servers do. `cargo xtask storm` compiles it; it is no part of the workspace.
//!
//! `storm SECONDS SEED IN_FLIGHT` ends with 1 if something does not hold. The server is this program
//! again, in a process of its own, so that only the client's memory and sockets are counted.

mod calls;
mod faults;
mod process;
mod report;
mod server;
mod tally;

use std::error::Error;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use calls::Clients;
use process::Sampler;
use report::Report;
use tally::Tally;

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<ExitCode, Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    match arguments[..] {
        ["serve", seed] => {
            runtime.block_on(server::run(seed.parse()?))?;
            Ok(ExitCode::SUCCESS)
        }
        [seconds, seed, in_flight] => {
            let server = Server::start(seed)?;
            let plan = Plan {
                time: Duration::from_secs(seconds.parse()?),
                seed: seed.parse()?,
                in_flight: in_flight.parse()?,
            };
            let report = runtime.block_on(storm(&plan, server))?;
            print!("{report}");
            Ok(match report.broken().is_empty() {
                true => ExitCode::SUCCESS,
                false => ExitCode::FAILURE,
            })
        }
        _ => Err("usage: storm SECONDS SEED IN_FLIGHT".into()),
    }
}

/// What is to be done.
struct Plan {
    time: Duration,
    seed: u64,
    in_flight: u64,
}

async fn storm(plan: &Plan, server: Server) -> Result<Report, Failure> {
    let before = process::sockets();
    let tally = Arc::new(Tally::default());
    let clients = Clients::new(&server.url, &tally)?;
    let sampler = Sampler::start();
    let end = Instant::now() + plan.time;
    let tasks: Vec<_> = (0..plan.in_flight)
        .map(|number| {
            let (clients, tally) = (clients.clone(), tally.clone());
            let random = fastrand::Rng::with_seed(plan.seed.wrapping_mul(1_000_003) ^ number);
            tokio::spawn(calls::until(end, clients, tally, random))
        })
        .collect();
    let mut panics = 0;
    for task in tasks {
        panics += u64::from(task.await.is_err());
    }
    let samples = sampler.end().await;
    // What is still on its way to be closed; the clients are kept.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let idle = process::sockets();
    drop(clients);
    let after = process::quiet(before).await;
    let tasks_left = tokio::runtime::Handle::current()
        .metrics()
        .num_alive_tasks();
    Ok(Report {
        time: plan.time,
        in_flight: plan.in_flight,
        seed: plan.seed,
        panics,
        samples,
        sockets: [before, idle, after],
        tasks_left,
        faults: server.end()?,
        tally: tally.taken(),
    })
}

/// The server's process.
struct Server {
    child: Child,
    stdout: BufReader<ChildStdout>,
    url: String,
}

impl Server {
    fn start(seed: &str) -> Result<Self, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["serve", seed])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut stdout = BufReader::new(child.stdout.take().ok_or("no output")?);
        let mut port = String::new();
        stdout.read_line(&mut port)?;
        let url = format!("http://127.0.0.1:{}", port.trim());
        Ok(Self { child, stdout, url })
    }

    /// Ends the server; what it did and how often.
    fn end(mut self) -> Result<String, Failure> {
        drop(self.child.stdin.take());
        let mut text = String::new();
        self.stdout.read_to_string(&mut text)?;
        self.child.wait()?;
        Ok(text)
    }
}
