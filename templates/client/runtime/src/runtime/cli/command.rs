//! The tree of commands: resources, their actions, the flags of these.
//!
//! Every name is there, so that wrong ones get a suggestion; what stands below a name is put
//! together only if the arguments have it.

use clap::builder::EnumValueParser;
use clap::{Arg, ArgAction, Command};
use clap_complete::Shell;

use super::arguments::{argument, first_sentence};
use super::program::{Action, Input, Program, Resource};
use super::{body, credentials, settings};
use crate::runtime::tables::operation::{Operation, Segment};

/// The command that prints completions.
pub(super) const COMPLETIONS: &str = "completions";

/// The shell to print them for.
pub(super) const SHELL: &str = "shell";

/// The flag that walks all pages.
pub(super) const ALL: &str = "all";

/// The flag that asks for what can be read as it arrives.
pub(super) const STREAM: &str = "stream";

const STATUS: &str = "\
Exit status:
  0  it went well
  1  the API answered with an error, or with what cannot be used
  2  the command line or the environment is wrong; nothing was sent
  3  no connection, or no answer in time";

/// The commands of a program; `named` tells which of them the arguments have.
pub(super) fn tree(program: &'static Program, named: &dyn Fn(&str) -> bool) -> Command {
    let mut root = Command::new(program.name)
        .about(program.about)
        .after_help(format!("{}\n\n{STATUS}", credentials::help(program)))
        .version(program.version)
        .disable_version_flag(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(100)
        .args(settings::arguments(program))
        .arg(version(program));
    for resource in program.resources {
        root = root.subcommand(of_resource(program, resource, named));
    }
    root.subcommand(completions())
}

/// `--version`, or only `-V` if the API has a setting of that name.
fn version(program: &'static Program) -> Arg {
    let flag = Arg::new("print-version")
        .short('V')
        .action(ArgAction::Version)
        .help("Print the version of this program");
    let taken = program.settings.iter().chain(program.variables);
    match taken.into_iter().any(|input| input.flag == "version") {
        true => flag,
        false => flag.long("version"),
    }
}

fn completions() -> Command {
    let shell = Arg::new(SHELL)
        .required(true)
        .value_parser(EnumValueParser::<Shell>::new());
    Command::new(COMPLETIONS)
        .about("Print what completes commands and flags in a shell")
        .arg(shell)
}

fn of_resource(
    program: &'static Program,
    resource: &'static Resource,
    named: &dyn Fn(&str) -> bool,
) -> Command {
    let mut command = Command::new(resource.name).about(first_sentence(resource.about));
    if !named(resource.name) {
        return command;
    }
    command = command
        .long_about(resource.about)
        .subcommand_required(true)
        .arg_required_else_help(true);
    for action in resource.actions {
        command = command.subcommand(of_action(program, action, named));
    }
    command
}

fn of_action(
    program: &'static Program,
    action: &'static Action,
    named: &dyn Fn(&str) -> bool,
) -> Command {
    let mark = if action.deprecated {
        "Deprecated: "
    } else {
        ""
    };
    let about = format!("{mark}{}", first_sentence(action.about));
    let command = Command::new(action.name).about(about);
    if !named(action.name) {
        return command;
    }
    let operation = action.operation;
    let mut end = format!("{} {}", operation.method, path(operation));
    if let Some(wanted) = credentials::wanted(program, operation) {
        end.push_str(&format!("\nNeeds {wanted} in the environment."));
    }
    let mut command = command
        .long_about(format!("{mark}{}", action.about))
        .after_help(end)
        .args(action.inputs.iter().map(of_parameter));
    if let Some(of_action) = &action.body {
        command = command.args(body::arguments(of_action));
    }
    if action.pages.is_some() {
        command = command.arg(
            Arg::new(ALL)
                .long(ALL)
                .action(ArgAction::SetTrue)
                .help_heading(settings::OF_OUTPUT)
                .help("Print the items of this page and of all that follow"),
        );
    }
    if let [usual, ..] = action.others {
        let media_types = action.others.iter().map(|other| other.media_type);
        command = command.arg(
            Arg::new(STREAM)
                .long(STREAM)
                .value_name("MEDIA TYPE")
                .num_args(0..=1)
                .default_missing_value(usual.media_type)
                .value_parser(media_types.collect::<Vec<_>>())
                .help_heading(settings::OF_OUTPUT)
                .help("Ask for an answer that arrives bit by bit"),
        );
    }
    command
}

fn of_parameter(input: &'static Input) -> Arg {
    argument(input).help_heading("Parameters")
}

/// The path with the names of its parameters in braces.
fn path(operation: &Operation) -> String {
    let segments = operation.segments().map(|segment| match segment {
        Segment::Text(text) => text.to_owned(),
        Segment::Parameter(at) => {
            let parameter = operation.parameters.get(at);
            format!("{{{}}}", parameter.map_or("", |it| it.name()))
        }
    });
    segments.collect()
}
