//! The runtime without each of its parts. A client has only those that its API needs, so none may
//! lean on another unseen, and what is left must be warning-free.

use std::error::Error;
use std::process::{Command, Stdio};

use serde_json::Value;

/// The crate whose parts these are.
const RUNTIME: &str = "sdkwright-runtime";

/// What is on beside the parts, so that all that may lean on them is compiled.
const BESIDE: &str = "rustls,http2,blocking,tower,tracing,test-util,strict";

/// What a person types for one part.
pub(crate) fn command() -> String {
    format!(
        "cargo clippy -p {RUNTIME} --no-default-features --features {BESIDE},… -- -D warnings, for \
         each part without it"
    )
}

/// Whether it compiles without each part, and without all of them.
pub(crate) fn holds() -> bool {
    let parts = match parts() {
        Ok(parts) => parts,
        Err(error) => {
            eprintln!("the parts of {RUNTIME} are not known: {error}");
            return false;
        }
    };
    let mut left_out: Vec<Option<&str>> = parts.iter().map(|part| Some(part.as_str())).collect();
    left_out.push(None);
    let mut good = true;
    for without in left_out {
        let with = parts
            .iter()
            .filter(|part| without.is_some_and(|without| without != *part));
        let with: Vec<&str> = with.map(String::as_str).collect();
        if !compiles(&with) {
            eprintln!(
                "that was {RUNTIME} without {}",
                without.unwrap_or("any part")
            );
            good = false;
        }
    }
    good
}

fn compiles(parts: &[&str]) -> bool {
    let features = [&[BESIDE], parts].concat().join(",");
    let status = cargo()
        .args(["clippy", "--quiet", "--locked", "-p", RUNTIME])
        .args(["--no-default-features", "--features", &features])
        .args(["--", "-D", "warnings"])
        .status();
    status.is_ok_and(|status| status.success())
}

/// The members of its feature `parts`.
fn parts() -> Result<Vec<String>, Box<dyn Error>> {
    let said = cargo()
        .args(["metadata", "--no-deps", "--format-version", "1", "--locked"])
        .stderr(Stdio::inherit())
        .output()?;
    let said: Value = serde_json::from_slice(&said.stdout)?;
    let packages = said["packages"].as_array().into_iter().flatten();
    let mut packages = packages.filter(|package| package["name"] == RUNTIME);
    let package = packages.next().ok_or("there is no such package")?;
    let parts: Vec<String> = serde_json::from_value(package["features"]["parts"].clone())?;
    match parts.is_empty() {
        true => Err("the feature `parts` is empty".into()),
        false => Ok(parts),
    }
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
