//! The generators that are measured: ours, and those of others that are installed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Ours, as it is called.
pub(super) const OURS: &str = "sdkwright";

/// Ours, when clients share the runtime.
pub(super) const SHARING: &str = "sdkwright --runtime";

/// A generator.
pub(super) struct Tool {
    /// What people call it.
    pub(super) name: &'static str,
    program: PathBuf,
    arguments: Arguments,
    /// Makes a crate of what the generator wrote into a folder, if that is none by itself.
    complete: Option<fn(&Path) -> io::Result<()>>,
    /// Whether its crates build with the versions of our lock file.
    pub(super) ours: bool,
}

/// Adds the arguments that generate from a description into a folder, and writes what the
/// generator wants to read beside.
type Arguments = fn(&mut Command, &Path, &Path) -> io::Result<()>;

/// Another generator: its name, its programs, and how it is called.
type Peer = (&'static str, &'static [&'static str], Arguments);

const PEERS: [Peer; 4] = [
    ("progenitor", &["cargo-progenitor"], progenitor),
    ("openapi-to-rust", &["openapi-to-rust"], openapi_to_rust),
    ("oas3-gen", &["oas3-gen"], oas3_gen),
    (
        "openapi-generator",
        &["openapi-generator", "openapi-generator-cli"],
        openapi_generator,
    ),
];

fn client(command: &mut Command, spec: &Path, out: &Path) -> io::Result<()> {
    command.arg("client").arg(spec).arg("--out").arg(out);
    Ok(())
}

/// The same with a runtime that clients share, in a folder beside theirs.
fn sharing_client(command: &mut Command, spec: &Path, out: &Path) -> io::Result<()> {
    client(command, spec, out)?;
    let runtime = out.with_file_name("shared-runtime");
    command.arg("--runtime").arg(runtime);
    Ok(())
}

fn progenitor(command: &mut Command, spec: &Path, out: &Path) -> io::Result<()> {
    command
        .args(["progenitor", "-i"])
        .arg(spec)
        .arg("-o")
        .arg(out);
    command.args(["--name", "peer", "--version", "0.1.0"]);
    Ok(())
}

/// It is told everything in a file, and writes a module, not a crate.
fn openapi_to_rust(command: &mut Command, spec: &Path, out: &Path) -> io::Result<()> {
    let config = out.with_extension("toml");
    let [spec, out] = [spec, &out.join(MODULE)].map(|path| path.display().to_string());
    fs::write(
        &config,
        format!(
            "[generator]\nspec_path = {spec:?}\noutput_dir = {out:?}\nmodule_name = \"api\"\n\n\
             [features]\nenable_async_client = true\n"
        ),
    )?;
    command.args(["generate", "--config"]).arg(config);
    Ok(())
}

/// Where openapi-to-rust writes its module.
const MODULE: &str = "src/api";

/// The crate around the module of openapi-to-rust, with the dependencies that it says it needs.
fn around_the_module(out: &Path) -> io::Result<()> {
    let needed = fs::read_to_string(out.join(MODULE).join("REQUIRED_DEPS.toml"))?;
    let package = "[package]\nname = \"peer\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    fs::write(out.join("Cargo.toml"), format!("{package}\n{needed}"))?;
    fs::write(out.join("src/lib.rs"), "pub mod api;\n")
}

fn oas3_gen(command: &mut Command, spec: &Path, out: &Path) -> io::Result<()> {
    command.args(["generate", "client-mod", "-i"]).arg(spec);
    command.arg("-o").arg(out);
    command.args(["--workspace", "--module-version", "0.1.0"]);
    Ok(())
}

fn openapi_generator(command: &mut Command, spec: &Path, out: &Path) -> io::Result<()> {
    command.args(["generate", "--skip-validate-spec", "-g", "rust"]);
    command.arg("-i").arg(spec).arg("-o").arg(out);
    Ok(())
}

/// Ours first, then whatever is on `PATH`; what is not there is named.
pub(super) fn installed(sdkwright: &Path) -> (Vec<Tool>, Vec<&'static str>) {
    let ours = |name, arguments| Tool {
        name,
        program: sdkwright.to_path_buf(),
        arguments,
        complete: None,
        ours: true,
    };
    let mut tools = vec![ours(OURS, client), ours(SHARING, sharing_client)];
    let mut missing = Vec::new();
    for (name, programs, arguments) in PEERS {
        match programs.iter().find_map(|program| on_path(program)) {
            Some(program) => tools.push(Tool {
                name,
                program,
                arguments,
                complete: (name == "openapi-to-rust").then_some(around_the_module as _),
                ours: false,
            }),
            None => missing.push(name),
        }
    }
    (tools, missing)
}

impl Tool {
    /// The command that generates a crate.
    ///
    /// # Errors
    ///
    /// When its configuration cannot be written.
    pub(super) fn command(&self, spec: &Path, out: &Path) -> io::Result<Command> {
        let mut command = Command::new(&self.program);
        (self.arguments)(&mut command, spec, out)?;
        Ok(command)
    }

    /// Makes what was generated a crate, if it is none.
    ///
    /// # Errors
    ///
    /// When something is missing that the generator should have written.
    pub(super) fn complete(&self, out: &Path) -> io::Result<()> {
        self.complete.map_or(Ok(()), |complete| complete(out))
    }
}

fn on_path(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}
