//! Where a block of shell is run: an empty folder with the project's descriptions, the programs on
//! the PATH, and a mock server of each API that its command line is told of by the environment.
//!
//! Replaced in the block is the port 4010, by one that is free. `xtask/samples/guides/desk.sh` says
//! what stands for `cargo install`.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use sdkwright::diagnostic::Problems;
use sdkwright::mock::Server;
use sdkwright::pipeline::{self, ClientOptions, Network, Package, Stage};

use super::super::attempt::{TOKEN, run, tail};
use super::super::documents::{Document, Kind};
use super::super::extract::Block;
use super::super::place::{put, scratch};
use super::super::rust::{ClientCrate, packages};
use super::super::subject::Subject;

/// The port that guides name.
const PORT: &str = "4010";

/// What curl is told: to wait for a server that is only starting.
const SETTINGS: &str =
    "silent\nshow-error\nmax-time = 30\nretry = 20\nretry-connrefused\nretry-delay = 1\n";

/// The description that guides call `openapi.yaml`.
const DESCRIPTION: &str = "spec/losant/openapi.yaml";

/// The programs of the desk.
pub(super) struct Desk {
    programs: PathBuf,
    /// The API and the package of each client.
    clients: Vec<(String, String)>,
}

impl Desk {
    /// Builds the programs.
    ///
    /// # Errors
    ///
    /// When one does not build.
    pub(super) fn set(clients: &[ClientCrate]) -> Result<Self, String> {
        let programs = super::programs(clients)?;
        let apis = clients.iter().map(|client| client.api.clone());
        Ok(Self {
            programs,
            clients: apis.zip(packages(clients)?).collect(),
        })
    }

    /// Runs a block; what its mock server and it have printed.
    ///
    /// # Errors
    ///
    /// When it fails, or a server finds fault with what it sends.
    pub(super) fn run(
        &self,
        subjects: &[Subject],
        document: &Document,
        block: &Block,
    ) -> Result<String, String> {
        let folder = scratch("desk");
        furnish(&folder)?;
        let port = free_port()?;
        let text = block.text.replace(PORT, &port);
        let mut command = self.command(&folder, &text)?;
        let mut servers = Vec::new();
        for (api, package) in &self.clients {
            let mut subjects = subjects.iter();
            let subject = subjects.find(|subject| subject.name == *api);
            let subject = subject.ok_or("no such API")?;
            let server = subject.server()?;
            command.env(variable(package, "BASE_URL"), server.base_url());
            if matches!(document.kind, Kind::Readme(_)) {
                // The README says that they are read from there; the block sets none.
                command.env(credentials(subject, package)?, TOKEN);
            }
            servers.push((package, server));
        }
        let ran = run(&mut command)?;
        if !ran.succeeded() {
            return Err(tail(&format!("{}\n{}", ran.stdout, ran.stderr)));
        }
        for (package, server) in &servers {
            good(package, server, &text)?;
        }
        let mock = fs::read_to_string(folder.join("mock")).unwrap_or_default();
        Ok(format!("{mock}{}", ran.stdout).replace(&port, PORT))
    }

    fn command(&self, folder: &Path, text: &str) -> Result<Command, String> {
        let preamble = std::path::absolute("xtask/samples/guides/desk.sh");
        let preamble = preamble.map_err(|error| error.to_string())?;
        let script = format!(". \"$DESK\"\n{text}");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = [self.programs.clone()].into_iter();
        let folders = folders.chain(std::env::split_paths(&path));
        let path = std::env::join_paths(folders).map_err(|error| error.to_string())?;
        let mut command = Command::new("sh");
        command
            .args(["-e", "-c", &script])
            .current_dir(folder)
            .env("DESK", preamble)
            .env("CURL_HOME", folder)
            .env("PATH", path);
        Ok(command)
    }
}

/// Puts the project's descriptions into a new folder.
fn furnish(folder: &Path) -> Result<(), String> {
    for file in ["sdkwright.yaml", DESCRIPTION, "spec/snyk/openapi.yaml"] {
        let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        put(&folder.join(file), &text)?;
        if file == DESCRIPTION {
            put(&folder.join("openapi.yaml"), &text)?;
        }
    }
    put(&folder.join(".curlrc"), SETTINGS)
}

/// Whether a server found no fault, and was called if the block calls its client.
fn good(package: &str, server: &Server, text: &str) -> Result<(), String> {
    let records = server.recorded();
    if let Some(wrong) = records.iter().find(|record| !record.is_good()) {
        return Err(format!("the server found fault with it: {wrong}"));
    }
    let calls = text
        .lines()
        .any(|line| line.starts_with(&format!("{package} ")));
    match calls && records.is_empty() {
        true => Err(format!("`{package}` sent no request")),
        false => Ok(()),
    }
}

fn free_port() -> Result<String, String> {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    port.map(|address| address.port().to_string())
        .map_err(|error| format!("no port: {error}"))
}

/// `losant-invites`, `BASE_URL` → `LOSANT_INVITES_BASE_URL`
fn variable(package: &str, name: &str) -> String {
    format!("{}_{name}", package.replace('-', "_").to_uppercase())
}

/// The variable from which the command line of an API reads its first credentials.
fn credentials(subject: &Subject, package: &str) -> Result<String, String> {
    let options = |_: &sdkwright::ir::Api| ClientOptions {
        name: package.to_owned(),
        version: "0.1.0".to_owned(),
        license: None,
        package: Package::default(),
        formats: sdkwright::formats::Formats::default(),
        description: String::new(),
        checks: false,
        runtime: None,
    };
    let mut problems = Problems::new();
    let network = Network::default();
    let description = &subject.description;
    let (_, plan) = pipeline::inspect(description, &network, Stage::Plan, options, &mut problems);
    let plan = plan.ok_or_else(|| format!("{} has no plan", description.display()))?;
    let variable = plan["command_line"]["credentials"][0][0].as_str();
    let variable = variable.ok_or_else(|| format!("`{package}` reads no credentials"))?;
    Ok(variable.to_owned())
}
