//! A command line for the whole API, behind the feature `cli`.
//!
//! There is no code for any one action. The crate has a table, a [`Program`]: its resources, their
//! actions, a flag for each parameter and for each field of a body. What is read from the command
//! line becomes a [`Call`](super::Call) like any other, so that both ways send the same requests.
//!
//! ```text
//! arguments ──command──▶ matches ──settings, invoke──▶ Call ──answer──▶ standard output
//! ```
//!
//! Only what the arguments name is put together, because an API may have a thousand actions.

mod answer;
mod arguments;
mod body;
mod command;
mod credentials;
mod files;
mod grid;
mod invoke;
mod program;
mod saving;
mod settings;
mod stop;
mod verbose;

use std::ffi::OsString;
use std::io;

use clap_complete::Shell;

pub use std::process::ExitCode;

pub use self::program::{
    Action, Arrival, Body, Content, Credential, Input, Kind, PagesOf, Part, Program, Resource,
    Stream, Way,
};
use self::stop::Stop;

/// Does what the arguments of this process ask for.
pub fn main(program: &'static Program) -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    main_with(program, &arguments)
}

/// Does what these arguments ask for, of which the first is the command itself.
pub fn main_with(program: &'static Program, arguments: &[OsString]) -> ExitCode {
    match run(program, arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => stop.report(),
    }
}

fn run(program: &'static Program, arguments: &[OsString]) -> Result<(), Stop> {
    let named = |name: &str| arguments.iter().any(|argument| argument == name);
    let matches = command::tree(program, &named).try_get_matches_from(arguments)?;
    let Some((name, of_resource)) = matches.subcommand() else {
        return Ok(());
    };
    if name == command::COMPLETIONS {
        return completions(program, of_resource);
    }
    let resource = program.resources.iter().find(|each| each.name == name);
    let (resource, (name, of_action)) = resource
        .zip(of_resource.subcommand())
        .ok_or_else(|| Stop::usage("there is no such command"))?;
    let action = resource.actions.iter().find(|each| each.name == name);
    let action = action.ok_or_else(|| Stop::usage("there is no such action"))?;
    // One call at a time needs no more than this thread.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let done = runtime.block_on(invoke::invoke(program, action, of_action));
    // A name that is still being looked up holds nobody up: the time for the call is over.
    runtime.shutdown_background();
    done
}

/// Prints the script that completes commands and flags in a shell.
fn completions(program: &'static Program, matches: &clap::ArgMatches) -> Result<(), Stop> {
    let Some(shell) = matches.get_one::<Shell>(command::SHELL) else {
        return Ok(());
    };
    let mut script = Vec::new();
    let mut command = command::tree(program, &|_| true);
    clap_complete::generate(*shell, &mut command, program.name, &mut script);
    io::Write::write_all(&mut io::stdout().lock(), &script)?;
    Ok(())
}
