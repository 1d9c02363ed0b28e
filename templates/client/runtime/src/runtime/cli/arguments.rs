//! Flags: how one is declared, and the JSON value that its text stands for.

use clap::builder::{PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches};
use serde_json::{Number, Value};

use super::program::{Input, Kind};

/// The flag of an input.
pub(super) fn argument(input: &'static Input) -> Arg {
    let flag = Arg::new(input.flag)
        .long(input.flag)
        .required(input.required)
        .value_parser(parser(input))
        .help(help(input, first_sentence(input.about)))
        .long_help(help(input, input.about))
        .hide_short_help(input.rare);
    let flag = match input.many {
        true => flag.action(ArgAction::Append),
        false => flag.action(ArgAction::Set),
    };
    match input.kind {
        Kind::Boolean => {
            let flag = flag.value_name("true|false").hide_possible_values(true);
            match input.many {
                true => flag,
                false => flag.num_args(0..=1).default_missing_value("true"),
            }
        }
        Kind::Integer | Kind::Number => flag.value_name("NUMBER").allow_negative_numbers(true),
        Kind::Text => flag.value_name("TEXT"),
        Kind::Json => flag.value_name("JSON"),
        Kind::Any => flag.value_name("VALUE").allow_negative_numbers(true),
        Kind::File => flag
            .value_name("FILE")
            .value_hint(clap::ValueHint::FilePath),
    }
}

/// The value of a flag, if it was given: a list for one that is given several times.
pub(super) fn value(input: &Input, matches: &ArgMatches) -> Option<Value> {
    let mut given = matches.get_many::<Value>(input.flag)?.cloned();
    match input.many {
        true => Some(Value::Array(given.collect())),
        false => given.next_back(),
    }
}

fn parser(input: &'static Input) -> ValueParser {
    let kind = input.kind;
    let choices = match (input.choices, kind) {
        ([], Kind::Boolean) => &["true", "false"],
        (choices, _) => choices,
    };
    if choices.is_empty() {
        return ValueParser::new(move |text: &str| kind.read(text));
    }
    let known = PossibleValuesParser::new(choices);
    ValueParser::new(known.try_map(move |text| kind.read(&text)))
}

impl Kind {
    /// The value that a text stands for.
    fn read(self, text: &str) -> Result<Value, String> {
        let number = || text.parse::<Number>().ok();
        match self {
            Self::Text | Self::File => Ok(text.into()),
            Self::Integer => match number().filter(|it| it.is_i64() || it.is_u64()) {
                Some(whole) => Ok(whole.into()),
                None => Err("this is no whole number".to_owned()),
            },
            Self::Number => match number() {
                Some(number) => Ok(number.into()),
                None => Err("this is no number".to_owned()),
            },
            Self::Boolean => Ok(Value::Bool(text == "true")),
            Self::Json => serde_json::from_str(text).map_err(|error| format!("no JSON: {error}")),
            Self::Any => Ok(serde_json::from_str(text).unwrap_or_else(|_| text.into())),
        }
    }
}

fn help(input: &Input, about: &str) -> String {
    let mut text = String::new();
    if input.deprecated {
        text.push_str("Deprecated. ");
    }
    text.push_str(about);
    if input.required {
        text.push_str(" [required]");
    }
    if let Some(default) = input.default {
        text.push_str(&format!(" [default: {default}]"));
    }
    if input.many {
        text.push_str(" [repeat it for several]");
    }
    text.trim().to_owned()
}

/// What a text says first.
pub(super) fn first_sentence(text: &'static str) -> &'static str {
    let line = text.lines().next().unwrap_or_default();
    match line.find(". ") {
        Some(end) => &line[..end],
        None => line.strip_suffix('.').unwrap_or(line),
    }
}
