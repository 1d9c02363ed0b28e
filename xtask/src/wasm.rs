//! The generated clients for `wasm32-unknown-unknown`, where there are neither threads nor sockets.

use std::path::Path;
use std::process::Command;

/// What browsers run.
const TARGET: &str = "wasm32-unknown-unknown";

/// What a person types for it. A command line and threads are nothing for a browser.
const CHECK: [&str; 11] = [
    "check",
    "--locked",
    "--target",
    TARGET,
    "-p",
    "losant-invites",
    "-p",
    "snyk-invites",
    "--lib",
    "--features",
    "tower,tracing,test-util,strict",
];

/// The command as a person would type it.
pub(crate) fn command() -> String {
    format!("cargo {}", CHECK.join(" "))
}

/// Whether the clients compile. The target is installed where rustup is at hand.
pub(crate) fn holds() -> bool {
    if !is_there() && !succeeds(Command::new("rustup").args(["target", "add", TARGET])) {
        eprintln!(
            "the target {TARGET} is missing: `rustup target add {TARGET}` installs it, or the \
             package of the system that has Rust's standard library for it"
        );
        return false;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    succeeds(Command::new(cargo).args(CHECK))
}

/// Whether the standard library is there for it.
fn is_there() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let said = Command::new(rustc)
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    said.is_ok_and(|said| {
        let folder = String::from_utf8_lossy(&said.stdout).trim().to_owned();
        said.status.success() && Path::new(&folder).is_dir()
    })
}

/// Whether a command could be started and went well; it says itself why not.
fn succeeds(command: &mut Command) -> bool {
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            let program = command.get_program().display();
            eprintln!("cannot start {program}: {error}");
            false
        }
    }
}
