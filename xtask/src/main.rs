//! The project's own commands: `cargo xtask NAME`. One file each, listed in one table.

mod bench;
mod browser;
mod ci;
mod corpus;
mod docs;
mod figures;
mod generate;
mod links;
mod measure;
mod parts;
mod peers;
mod program;
mod release;
mod samples;
mod storm;
mod wasm;

use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// The project's own commands
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

/// The table of commands.
#[derive(Debug, Subcommand)]
enum Command {
    #[command(name = "gen")]
    Generate(generate::Arguments),
    Docs(docs::Arguments),
    Links(links::Arguments),
    Browser(browser::Arguments),
    Corpus(corpus::Arguments),
    Bench(bench::Arguments),
    Peers(peers::Arguments),
    Release(release::Arguments),
    Samples(samples::Arguments),
    Storm(storm::Arguments),
    Ci(ci::Arguments),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Err(error) = go_to_the_top() {
        eprintln!("cannot go to the top folder of the repository: {error}");
        return ExitCode::FAILURE;
    }
    match cli.command {
        Some(Command::Generate(arguments)) => generate::run(arguments),
        Some(Command::Docs(arguments)) => docs::run(&arguments),
        Some(Command::Links(arguments)) => links::run(&arguments),
        Some(Command::Browser(arguments)) => browser::run(&arguments),
        Some(Command::Corpus(arguments)) => corpus::run(&arguments),
        Some(Command::Bench(arguments)) => bench::run(&arguments),
        Some(Command::Peers(arguments)) => peers::run(&arguments),
        Some(Command::Release(arguments)) => release::run(&arguments),
        Some(Command::Samples(arguments)) => samples::run(&arguments),
        Some(Command::Storm(arguments)) => storm::run(&arguments),
        Some(Command::Ci(arguments)) => ci::run(&arguments),
        None => {
            let _ = Cli::command().print_help();
            ExitCode::SUCCESS
        }
    }
}

/// Commands speak of paths from the repository's top, wherever they are called.
fn go_to_the_top() -> std::io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::env::set_current_dir(here.parent().unwrap_or(here))
}
