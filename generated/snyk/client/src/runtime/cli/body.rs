//! The body of a call: whole by `--body`, or field by field.

use clap::{Arg, ArgAction, ArgMatches};
use serde_json::{Map, Value};

use super::arguments::{argument, value};
use super::files;
use super::program::{Body, Content, Input, Kind, Part, Way};
use super::stop::Stop;
use crate::runtime::writing::call::Call;
use crate::runtime::writing::form::{File, Form};

/// The flag of the whole body.
const BODY: &str = "body";

/// The flag that chooses a way to send it.
const CONTENT_TYPE: &str = "content-type";

/// The flag of a part of a form that the description does not know.
const PART: &str = "part";

/// The heading of all these.
const OF_BODY: &str = "Body";

/// The flags of a body.
pub(super) fn arguments(body: &'static Body) -> Vec<Arg> {
    let mut flags: Vec<Arg> = body
        .fields
        .iter()
        .map(|field| of_field(body, field))
        .collect();
    if body.ways.iter().any(|way| way.content.is_whole()) {
        flags.push(of_whole(body));
    }
    if body.ways.iter().any(|way| way.content.is_open_form()) {
        flags.push(
            Arg::new(PART)
                .long(PART)
                .value_name("NAME=VALUE")
                .action(ArgAction::Append)
                .help_heading(OF_BODY)
                .help("A part of the form: name=value, or name=@file [repeat it for several]"),
        );
    }
    if let [usual, _, ..] = body.ways {
        let media_types = body.ways.iter().map(|way| way.media_type);
        flags.push(
            Arg::new(CONTENT_TYPE)
                .long(CONTENT_TYPE)
                .value_name("MEDIA TYPE")
                .value_parser(media_types.collect::<Vec<_>>())
                .help_heading(OF_BODY)
                .help(format!("What the body is [default: {}]", usual.media_type)),
        );
    }
    flags
}

/// A required field may also be in the body that is given whole, or may be none of the way that
/// is chosen; and a body that is optional is left out whole.
fn of_field(body: &Body, field: &'static Input) -> Arg {
    let flag = argument(field).help_heading(OF_BODY);
    let others = [
        (BODY, body.ways.iter().any(|way| way.content.is_whole())),
        (PART, body.ways.iter().any(|way| way.content.is_open_form())),
    ];
    let others = others.into_iter().filter(|(_, there)| *there);
    let others: Vec<&str> = others.map(|(flag, _)| flag).collect();
    match field.required && body.required {
        true if others.is_empty() => flag,
        true => flag.required(false).required_unless_present_any(others),
        false => flag.required(false),
    }
}

fn of_whole(body: &'static Body) -> Arg {
    let usual = body.ways.first().map(|way| way.content);
    let (name, how) = match usual {
        Some(Content::Plain) => ("TEXT", "as text, @file, or - for standard input"),
        Some(Content::Lines) => (
            "JSON",
            "JSON values, a line each, @file, or - for standard input",
        ),
        _ => ("JSON", "as JSON, @file, or - for standard input"),
    };
    let more = match body.fields {
        [] => "",
        _ => "; the flags of single fields go before it",
    };
    let about = match body.about {
        "" => String::new(),
        about => format!("{about}\n\n"),
    };
    let nothing_else = body.fields.is_empty() && body.ways.len() == 1;
    let object = matches!(
        usual,
        Some(Content::Json { object: true } | Content::Form(_))
    );
    Arg::new(BODY)
        .long(BODY)
        .value_name(name)
        .required(body.required && nothing_else && !object)
        .help_heading(OF_BODY)
        .help(format!("The whole body {how}"))
        .long_help(format!("{about}The whole body {how}{more}"))
}

impl Content {
    /// Whether a text can say it whole.
    fn is_whole(self) -> bool {
        !matches!(self, Self::Parts(_))
    }

    fn is_open_form(self) -> bool {
        matches!(self, Self::Parts([]))
    }
}

/// What the arguments say of a body.
struct Given<'a> {
    whole: Option<&'a String>,
    fields: Vec<(&'static Input, Value)>,
    parts: Vec<&'a String>,
}

impl<'a> Given<'a> {
    fn of(body: &'static Body, matches: &'a ArgMatches) -> Self {
        let text = |id| matches.try_get_many::<String>(id).ok().flatten();
        let fields = body.fields.iter();
        Self {
            whole: text(BODY).and_then(Iterator::last),
            fields: fields
                .filter_map(|field| Some((field, value(field, matches)?)))
                .collect(),
            parts: text(PART).map(Iterator::collect).unwrap_or_default(),
        }
    }

    fn is_nothing(&self) -> bool {
        self.whole.is_none() && self.fields.is_empty() && self.parts.is_empty()
    }
}

/// Puts the body into a call, if there is one.
pub(super) fn set(call: &mut Call, body: &'static Body, matches: &ArgMatches) -> Result<(), Stop> {
    let chosen = matches.try_get_one::<String>(CONTENT_TYPE).ok().flatten();
    let of_choice = |way: &&Way| chosen.is_none_or(|media_type| way.media_type == media_type);
    let Some(way) = body.ways.iter().find(of_choice) else {
        return Ok(());
    };
    let given = Given::of(body, matches);
    if given.is_nothing() && !body.required && chosen.is_none() {
        return Ok(());
    }
    let usual = body
        .ways
        .first()
        .is_some_and(|first| std::ptr::eq(first, way));
    if let Some((field, _)) = given.fields.first().filter(|_| !usual) {
        return Err(Stop::usage(format!(
            "`--{}` does not go with `--{CONTENT_TYPE} {}`",
            field.flag, way.media_type
        )));
    }
    if !given.parts.is_empty() && !way.content.is_open_form() {
        return Err(Stop::usage(format!(
            "`--{PART}` does not go with {}",
            way.media_type
        )));
    }
    write(call, way, given)
}

fn write(call: &mut Call, way: &'static Way, given: Given<'_>) -> Result<(), Stop> {
    let media_type = way.media_type;
    match way.content {
        Content::Json { .. } => call.body(media_type, &json(given, media_type)?),
        Content::Form(styles) => call.body_form(media_type, &json(given, media_type)?, styles),
        Content::Lines => call.body_lines(media_type, &lines(&files::text(whole(&given)?)?)?),
        Content::Parts(known) => call.body_parts(form(&given, known)?),
        Content::Plain => call.body_bytes(media_type, files::upload(whole(&given)?)?),
    }
    Ok(())
}

fn whole<'a>(given: &Given<'a>) -> Result<&'a str, Stop> {
    let whole = given.whole.map(String::as_str);
    whole.ok_or_else(|| Stop::usage(format!("the body is missing: give it by `--{BODY}`")))
}

/// The whole body with the fields that are given one by one.
fn json(given: Given<'_>, media_type: &str) -> Result<Value, Stop> {
    let text = given.whole.map(|said| files::text(said)).transpose()?;
    let mut body = match text {
        None => Value::Object(Map::new()),
        Some(text) => serde_json::from_str(&text).map_err(|error| {
            Stop::usage(format!("`--{BODY}` is no {media_type}: no JSON: {error}"))
        })?,
    };
    for (field, value) in given.fields {
        let Some(object) = body.as_object_mut() else {
            return Err(Stop::usage(format!(
                "`--{}` is a field, but `--{BODY}` is no object",
                field.flag
            )));
        };
        object.insert(field.wire.to_owned(), value);
    }
    Ok(body)
}

/// The values of a list, or of lines.
fn lines(text: &str) -> Result<Vec<Value>, Stop> {
    if let Ok(Value::Array(items)) = serde_json::from_str(text) {
        return Ok(items);
    }
    let values = serde_json::Deserializer::from_str(text).into_iter();
    let values: Result<Vec<Value>, _> = values.collect();
    values.map_err(|error| Stop::usage(format!("`--{BODY}`: no JSON: {error}")))
}

fn form(given: &Given<'_>, known: &[Part]) -> Result<Form, Stop> {
    let mut form = Form::new();
    for (field, value) in &given.fields {
        let part = known.iter().find(|part| part.name == field.wire);
        let part = part.copied().unwrap_or(Part {
            name: field.wire,
            ..Part::USUAL
        });
        match (field.kind, value) {
            (Kind::File, Value::Array(files)) => {
                for said in files {
                    add_file(&mut form, &part, said)?;
                }
            }
            (Kind::File, said) => add_file(&mut form, &part, said)?,
            (_, value) => match (part.style, part.media_type) {
                (Some(style), _) => form.styled(&style, value),
                (None, Some(media_type)) => form.field_as(part.name, media_type, value),
                (None, None) => form.field(part.name, value),
            },
        }
    }
    for said in &given.parts {
        let Some((name, content)) = said.split_once('=') else {
            return Err(Stop::usage(format!("`--{PART} {said}` is no `name=value`")));
        };
        match content.starts_with('@') {
            true => form.file(name, file(content)?),
            false => form.field(name, content),
        }
    }
    Ok(form)
}

fn add_file(form: &mut Form, part: &Part, said: &Value) -> Result<(), Stop> {
    let file = file(said.as_str().unwrap_or_default())?;
    match part.media_type {
        Some(media_type) => form.file_as(part.name, media_type, file),
        None => form.file(part.name, file),
    }
    Ok(())
}

fn file(said: &str) -> Result<File, Stop> {
    let (content, name) = files::named(said)?;
    Ok(File::new(content).name(name))
}
