//! Child processes with a time limit, and what they took: wall time, processor time and memory.
//!
//! What a child writes goes to files, so that no pipe can fill and no reader thread is needed.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde::Serialize;
use wait4::{ResUse, Wait4};

/// How long a child may run when nothing else is said: longer than any compiler needs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(900);

/// How often a running child is looked after, at most and at least.
const TICKS: (Duration, Duration) = (Duration::from_micros(50), Duration::from_millis(1));

/// What a child did.
#[derive(Debug)]
pub(crate) struct Ran {
    /// How it ended; `None`: it was stopped at the time limit.
    pub(crate) status: Option<ExitStatus>,
    /// What it took.
    pub(crate) cost: Cost,
    /// What it wrote to standard output.
    pub(crate) stdout: String,
    /// What it wrote to standard error.
    pub(crate) stderr: String,
}

/// What a child took.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Cost {
    /// Seconds from start to end.
    pub(crate) seconds: f64,
    /// Seconds of processor time, of its children too.
    pub(crate) processor_seconds: f64,
    /// The largest resident memory of the child or of one of its children, in megabytes.
    pub(crate) megabytes: f64,
}

impl Ran {
    /// Whether it ended well, in time.
    pub(crate) fn succeeded(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }
}

/// Runs a command to its end, or to the limit; what it writes is kept in files named after
/// `log` until it ended.
///
/// # Errors
///
/// When the command cannot be started or its output cannot be kept.
pub(crate) fn run(command: &mut Command, limit: Duration, log: &Path) -> io::Result<Ran> {
    let [out, err] = ["stdout", "stderr"].map(|stream| beside(log, stream));
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    command
        .stdin(Stdio::null())
        .stdout(File::create(&out)?)
        .stderr(File::create(&err)?);
    let start = Instant::now();
    let (usage, in_time) = wait(command.spawn()?, start + limit)?;
    let cost = Cost {
        seconds: start.elapsed().as_secs_f64(),
        processor_seconds: (usage.rusage.utime + usage.rusage.stime).as_secs_f64(),
        megabytes: megabytes(usage.rusage.maxrss),
    };
    let ran = Ran {
        status: in_time.then_some(usage.status),
        cost,
        stdout: lossy(&out)?,
        stderr: lossy(&err)?,
    };
    fs::remove_file(out)?;
    fs::remove_file(err)?;
    Ok(ran)
}

/// Waits for the end of a child, which is brought about at the deadline; whether it ended before.
fn wait(mut child: Child, deadline: Instant) -> io::Result<(ResUse, bool)> {
    let start = Instant::now();
    loop {
        if let Some(usage) = child.try_wait4()? {
            return Ok((usage, true));
        }
        if Instant::now() >= deadline {
            child.kill()?;
            return Ok((child.wait4()?, false));
        }
        std::thread::sleep(tick(start.elapsed()));
    }
}

/// When to look again after a child that has run so long: an error of a hundredth at most, and
/// little to do.
fn tick(ran: Duration) -> Duration {
    (ran / 100).clamp(TICKS.0, TICKS.1)
}

fn beside(log: &Path, stream: &str) -> PathBuf {
    let mut name = log.as_os_str().to_owned();
    name.push(".");
    name.push(stream);
    PathBuf::from(name)
}

/// The text of a file; bytes that are no UTF-8 are replaced.
fn lossy(path: &Path) -> io::Result<String> {
    Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "no process has so much memory that a float could not count it"
)]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}

/// Makes a file newer than what was made of it.
///
/// # Errors
///
/// When it cannot be opened.
pub(crate) fn touch(path: &Path) -> io::Result<()> {
    let file = File::options().append(true).open(path)?;
    file.set_modified(std::time::SystemTime::now())
}

/// A folder for what commands make: `target`, or where cargo was told to build.
pub(crate) fn target() -> PathBuf {
    let told = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    std::path::absolute(told.unwrap_or_else(|| PathBuf::from("target")))
        .unwrap_or_else(|_| PathBuf::from("target"))
}

/// The cargo that runs this command.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Builds `sdkwright`, with optimization or without; where it is.
///
/// # Errors
///
/// When it does not build; cargo has said why.
pub(crate) fn build_sdkwright(release: bool) -> Result<PathBuf, String> {
    let mut command = cargo();
    command.args(["build", "--locked", "--package", "sdkwright"]);
    if release {
        command.arg("--release");
    }
    let status = command
        .status()
        .map_err(|error| format!("cannot start cargo: {error}"))?;
    if !status.success() {
        return Err("`sdkwright` does not build".to_owned());
    }
    let profile = if release { "release" } else { "debug" };
    let name = format!("sdkwright{}", std::env::consts::EXE_SUFFIX);
    Ok(target().join(profile).join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("xtask-measure-{}-{name}", std::process::id()))
    }

    #[test]
    fn output_and_status_of_a_child() {
        let mut command = cargo();
        command.arg("--version");
        let ran = run(&mut command, PATIENCE, &log("version")).unwrap();
        assert!(ran.succeeded());
        assert!(ran.stdout.starts_with("cargo "), "{ran:?}");
        assert!(ran.cost.megabytes > 0.1, "{ran:?}");
    }

    #[test]
    fn a_child_that_fails_has_not_succeeded() {
        let mut command = cargo();
        command.arg("--no-such-option");
        let ran = run(&mut command, PATIENCE, &log("fails")).unwrap();
        assert!(ran.status.is_some() && !ran.succeeded());
        assert!(ran.stderr.contains("--no-such-option"), "{ran:?}");
    }

    #[test]
    fn a_child_is_stopped_at_the_limit() {
        let mut command = cargo();
        command.arg("--version");
        let ran = run(&mut command, Duration::ZERO, &log("limit")).unwrap();
        assert!(ran.status.is_none(), "{ran:?}");
    }
}
