//! The commands: what they are called, what they take, how they end.
//!
//! One file a command. Results go to standard output, problems to standard error; the exit
//! status is 0 for good, 1 for problems in the input or for drift that `--check` found, and 2
//! for wrong usage.

mod client;
mod described;
mod docs;
mod generate;
mod inspect;
mod lint;
mod mock;
mod reporter;
mod shared;
mod templates;
mod write;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use generate::{GenerateOptions, Mode, generate};
pub use reporter::{MessageFormat, Reporter};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// All went well.
    Good,
    /// The input has problems, or `--check` found drift.
    Problems,
    /// The command was called wrongly.
    Usage,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Good => Self::SUCCESS,
            Status::Problems => Self::from(1),
            Status::Usage => Self::from(2),
        }
    }
}

const STATUSES: &str = "\
Exit status:
  0  all went well
  1  the input has problems, or --check found files that are not up to date
  2  wrong usage";

/// One OpenAPI description in; a Rust client crate and Markdown docs out.
#[derive(Debug, Parser)]
#[command(name = "sdkwright", version, after_help = STATUSES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    messages: Messages,
}

/// How results and problems are told.
#[derive(Debug, clap::Args)]
struct Messages {
    /// How to tell results and problems: human, for people, or json, one object a line
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        default_value = "human",
        hide_possible_values = true,
        display_order = 100
    )]
    message_format: MessageFormat,

    /// When to use colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        display_order = 100
    )]
    color: Color,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Generate(generate::Arguments),
    Client(client::Arguments),
    Docs(docs::Arguments),
    Lint(lint::Arguments),
    Inspect(inspect::Arguments),
    Mock(mock::Arguments),
}

/// Runs the command that the process was called with.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and versions go to standard output and are good; a closed pipe is no matter.
        Err(error) => {
            let _ = error.print();
            return match error.exit_code() {
                0 => Status::Good.into(),
                _ => Status::Usage.into(),
            };
        }
    };
    let color = match cli.messages.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    let reporter = Reporter::new(cli.messages.message_format, color);
    let status = match cli.command {
        Command::Generate(arguments) => generate::run(arguments, &reporter),
        Command::Client(arguments) => client::run(&arguments, &reporter),
        Command::Docs(arguments) => docs::run(&arguments, &reporter),
        Command::Lint(arguments) => lint::run(&arguments, &reporter),
        Command::Inspect(arguments) => inspect::run(&arguments, &reporter),
        Command::Mock(arguments) => mock::run(&arguments, &reporter),
    };
    status.into()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_consistent() {
        super::Cli::command().debug_assert();
    }
}
