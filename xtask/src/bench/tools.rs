//! The generators that are measured: ours, and those of others that are installed.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A generator.
pub(super) struct Tool {
    /// What people call it.
    pub(super) name: &'static str,
    program: PathBuf,
    arguments: fn(&mut Command, &Path, &Path),
    /// Whether its crates build with the versions of our lock file.
    pub(super) ours: bool,
}

/// Another generator: its name, its programs, and how it is called.
type Peer = (
    &'static str,
    &'static [&'static str],
    fn(&mut Command, &Path, &Path),
);

const PEERS: [Peer; 4] = [
    ("progenitor", &["cargo-progenitor"], |command, spec, out| {
        command.args(["progenitor", "--input"]).arg(spec);
        command.arg("--output").arg(out);
        command.args(["--name", "peer", "--version", "0.1.0"]);
    }),
    (
        "openapi-to-rust",
        &["openapi-to-rust"],
        |command, spec, out| {
            command.arg("generate").arg(spec).arg("--output").arg(out);
        },
    ),
    ("oas3-gen", &["oas3-gen"], |command, spec, out| {
        command
            .args(["generate", "client-mod", "--input"])
            .arg(spec);
        command.arg("--output").arg(out);
    }),
    (
        "openapi-generator",
        &["openapi-generator", "openapi-generator-cli"],
        |command, spec, out| {
            command.args(["generate", "--skip-validate-spec", "-g", "rust"]);
            command.arg("-i").arg(spec).arg("-o").arg(out);
        },
    ),
];

/// Ours first, then whatever is on `PATH`; what is not there is named.
pub(super) fn installed(sdkwright: PathBuf) -> (Vec<Tool>, Vec<&'static str>) {
    let mut tools = vec![Tool {
        name: "sdkwright",
        program: sdkwright,
        arguments: |command, spec, out| {
            command.arg("client").arg(spec).arg("--out").arg(out);
        },
        ours: true,
    }];
    let mut missing = Vec::new();
    for (name, programs, arguments) in PEERS {
        match programs.iter().find_map(|program| on_path(program)) {
            Some(program) => tools.push(Tool {
                name,
                program,
                arguments,
                ours: false,
            }),
            None => missing.push(name),
        }
    }
    (tools, missing)
}

impl Tool {
    /// The command that generates a crate.
    pub(super) fn command(&self, spec: &Path, out: &Path) -> Command {
        let mut command = Command::new(&self.program);
        (self.arguments)(&mut command, spec, out);
        command
    }
}

fn on_path(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}
