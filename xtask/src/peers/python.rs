//! The API's official Python client, in an environment of its own below `target`. All its releases can
//! be had, so also the one for our version of the API.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::measure::{self, PATIENCE, Ran};

/// Its version and those of what it needs. It is the one that was made for the version of the API
/// that spec/losant describes, as its header `Accept-Version` shows.
const REQUIREMENTS: &str = include_str!("requirements.txt");

/// The program that calls it.
const PROGRAM: &str = include_str!("calls/official.py");

/// The client, installed.
pub(super) struct Python {
    python: PathBuf,
    program: PathBuf,
}

impl Python {
    /// Installs the package below `folder`, unless it is there.
    ///
    /// # Errors
    ///
    /// When there is no Python, or the package cannot be had; with what to do about it.
    pub(super) fn install(folder: &Path) -> Result<Self, String> {
        let environment = folder.join("python");
        let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
        let name = format!("python{}", std::env::consts::EXE_SUFFIX);
        let python = environment.join(scripts).join(name);
        let [program, requirements] =
            ["official.py", "requirements.txt"].map(|name| folder.join(name));
        fs::write(&program, PROGRAM).map_err(|error| error.to_string())?;
        // The requirements stand in the environment once they are installed in it.
        let installed = environment.join("requirements.txt");
        if fs::read_to_string(&installed).is_ok_and(|text| text == REQUIREMENTS) {
            return Ok(Self { python, program });
        }
        fs::write(&requirements, REQUIREMENTS).map_err(|error| error.to_string())?;
        let mut command = Command::new(system_python()?);
        command.args(["-m", "venv", "--clear"]).arg(&environment);
        succeed(
            &mut command,
            folder,
            "Python makes no environment; install its module `venv`",
        )?;
        let mut command = Command::new(&python);
        command.args(["-m", "pip", "install", "--quiet"]);
        command.args(["--disable-pip-version-check", "--requirement"]);
        command.arg(&requirements);
        succeed(
            &mut command,
            folder,
            "pip cannot install the official client from PyPI",
        )?;
        fs::copy(&requirements, &installed).map_err(|error| error.to_string())?;
        Ok(Self { python, program })
    }

    /// The command that makes all calls, but for its arguments.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.python);
        command.arg(&self.program);
        command
    }
}

/// The Python that is installed: 3.9 or later.
fn system_python() -> Result<&'static str, String> {
    let is_there = |name: &&str| {
        let check = "import sys; sys.exit(sys.version_info < (3, 9))";
        let output = Command::new(name).args(["-c", check]).output();
        output.is_ok_and(|output| output.status.success())
    };
    ["python3", "python"].into_iter().find(is_there).ok_or_else(|| {
        "Python 3.9 or later is not on the path; install it from https://www.python.org or with \
         the system's package manager"
            .to_owned()
    })
}

fn succeed(command: &mut Command, folder: &Path, otherwise: &str) -> Result<Ran, String> {
    match measure::run(command, PATIENCE, &folder.join("log")) {
        Ok(ran) if ran.succeeded() => Ok(ran),
        Ok(ran) => Err(format!(
            "{otherwise}: {}{}",
            ran.stdout.trim(),
            ran.stderr.trim()
        )),
        Err(error) => Err(format!("{otherwise}: {error}")),
    }
}
