//! The flags that every command has, and the client that they and the environment make.

use std::env;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches};

use super::arguments::{argument, value};
use super::credentials;
use super::program::{Input, Program};
use super::stop::Stop;
use super::verbose::Verbose;
use crate::runtime::delivery::builder::CoreBuilder;
use crate::runtime::delivery::client::Core;
use crate::runtime::delivery::retry::RetryPolicy;

pub(super) const OUTPUT: &str = "output";
pub(super) const COLUMNS: &str = "columns";
pub(super) const QUERY: &str = "query";
pub(super) const SAVE: &str = "save";
pub(super) const TIMEOUT: &str = "timeout";
pub(super) const VERBOSE: &str = "verbose";
const BASE_URL: &str = "base-url";
const SERVER: &str = "server";
const RETRIES: &str = "retries";
const HEADER: &str = "header";

/// The heading of flags that say how answers are printed.
pub(super) const OF_OUTPUT: &str = "Output";
const OF_CLIENT: &str = "Connection";

/// The flags of every command.
pub(super) fn arguments(program: &'static Program) -> Vec<Arg> {
    let mut flags = output();
    let of_program = [program.settings, program.variables].into_iter().flatten();
    flags.extend(of_program.map(|input| of_environment(program, input)));
    flags.extend(connection(program));
    flags.into_iter().map(|flag| flag.global(true)).collect()
}

/// A setting is needed before a call is made, wherever it is given; clap cannot know that.
fn of_environment(program: &Program, input: &'static Input) -> Arg {
    let variable = variable(program, input.flag);
    let flag = argument(input).required(false).help_heading(OF_CLIENT);
    or_variable(flag, variable)
}

/// The flag, or else what the environment has, as long as it is not empty.
fn or_variable(flag: Arg, variable: String) -> Arg {
    match env::var_os(&variable).is_some_and(|value| value.is_empty()) {
        true => flag,
        false => flag.env(variable).hide_env_values(true),
    }
}

fn variable(program: &Program, flag: &str) -> String {
    let flag = flag.replace('-', "_").to_uppercase();
    format!("{}_{flag}", program.prefix)
}

fn output() -> Vec<Arg> {
    let flag = |name| Arg::new(name).long(name).help_heading(OF_OUTPUT);
    vec![
        flag(OUTPUT)
            .value_parser(["json", "table", "raw"])
            .hide_possible_values(true)
            .value_name("FORM")
            .help("`json`, `table`, or `raw`: as it came, text without quotes [default: table on a terminal, else json]"),
        flag(COLUMNS)
            .value_name("NAMES")
            .value_delimiter(',')
            .help("The columns of a table, such as `id,owner.name`"),
        flag(QUERY)
            .value_name("POINTER")
            .value_parser(pointer)
            .help("Print only this part of the answer: a JSON pointer, such as `/items/0/id`"),
        flag(SAVE)
            .value_name("FILE")
            .value_hint(clap::ValueHint::FilePath)
            .conflicts_with_all([OUTPUT, COLUMNS, QUERY])
            .help("Write the body to a file as it arrives"),
        flag(VERBOSE)
            .short('v')
            .action(ArgAction::SetTrue)
            .help("Tell of each attempt on standard error, without secrets"),
    ]
}

fn connection(program: &'static Program) -> Vec<Arg> {
    let flag = |name| Arg::new(name).long(name).help_heading(OF_CLIENT);
    let mut flags = vec![
        or_variable(
            flag(BASE_URL).value_name("URL").help("Where the API is"),
            variable(program, BASE_URL),
        ),
        flag(TIMEOUT)
            .value_name("TIME")
            .value_parser(time)
            .help("How long a call may take in all, such as `5s` or `1m 30s`, or `none` [default: 60s; none for what is read as it arrives]"),
        flag(RETRIES)
            .value_name("NUMBER")
            .value_parser(clap::value_parser!(u32))
            .help("How often a call that failed is sent again, where that is safe [default: 2]"),
        flag(HEADER)
            .value_name("NAME: VALUE")
            .value_parser(header)
            .action(ArgAction::Append)
            .help("A header to send besides; no place for secrets [repeat it for several]"),
    ];
    if !program.servers.is_empty() {
        let names = program.servers.to_vec();
        flags.push(or_variable(
            flag(SERVER)
                .value_parser(names)
                .help("Which of the API's servers to call"),
            variable(program, SERVER),
        ));
    }
    flags
}

/// The limit of time that is given, if any.
pub(super) fn timeout(matches: &ArgMatches) -> Option<Duration> {
    matches.get_one::<Duration>(TIMEOUT).copied()
}

/// The client; `found` of its credentials are set.
pub(super) struct Client {
    pub(super) core: Core,
    /// For each credential, whether there is one.
    pub(super) found: Vec<bool>,
    /// The names of the headers that the arguments have.
    pub(super) headers: Vec<String>,
}

/// Makes the client.
pub(super) fn client(program: &'static Program, matches: &ArgMatches) -> Result<Client, Stop> {
    let mut builder = CoreBuilder::new(program.api);
    let found = credentials::set(program, &mut builder)?;
    for input in program.settings {
        match value(input, matches) {
            Some(value) => builder.parameter(input.at, &value),
            None if input.required => {
                let (flag, variable) = (input.flag, variable(program, input.flag));
                return Err(Stop::usage(format!(
                    "`--{flag}` is needed: give it, or set {variable} in the environment"
                )));
            }
            None => {}
        }
    }
    for input in program.variables {
        if let Some(text) = value(input, matches).as_ref().and_then(|it| it.as_str()) {
            builder.variable(input.wire, text);
        }
    }
    let server = matches.try_get_one::<String>(SERVER).ok().flatten();
    let position = server.and_then(|name| program.servers.iter().position(|each| each == name));
    if let Some(position) = position {
        builder.server(position);
    }
    if let Some(url) = matches.get_one::<String>(BASE_URL) {
        builder.base_url(url);
    }
    if let Some(limit) = timeout(matches) {
        builder.timeout(limit);
    }
    if let Some(again) = matches.get_one::<u32>(RETRIES) {
        builder.retries(RetryPolicy::new().attempts(again.saturating_add(1)));
    }
    let headers = matches.get_many::<(String, String)>(HEADER);
    let headers: Vec<_> = headers.into_iter().flatten().cloned().collect();
    for (name, value) in &headers {
        builder.header(name, value);
    }
    if matches.get_flag(VERBOSE) {
        builder.hook(Verbose);
    }
    Ok(Client {
        core: builder.build()?,
        found,
        headers: headers.into_iter().map(|(name, _)| name).collect(),
    })
}

fn pointer(text: &str) -> Result<String, &'static str> {
    match text.is_empty() || text.starts_with('/') {
        true => Ok(text.to_owned()),
        false => Err("a JSON pointer begins with `/`"),
    }
}

fn header(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once(':').ok_or("this is no `name: value`")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn time(text: &str) -> Result<Duration, String> {
    if text == "none" {
        return Ok(Duration::MAX);
    }
    let time: jiff::SignedDuration = text.parse().map_err(|error| format!("{error}"))?;
    Duration::try_from(time).map_err(|_| "this is less than nothing".to_owned())
}
