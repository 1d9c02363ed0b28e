//! One call: its values from the arguments, its answer to standard output.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use clap::ArgMatches;
use serde_json::{Value, json};

use super::answer::Printer;
use super::arguments::value;
use super::command::{ALL, STREAM};
use super::program::{Action, Arrival, PagesOf, Program, Stream};
use super::saving::Saving;
use super::settings::{self, SAVE, VERBOSE};
use super::stop::{Refusal, Stop};
use super::{body, credentials};
use crate::runtime::reading::decode_error::DecodeError;
use crate::runtime::reading::error::Error;
use crate::runtime::reading::response::{self, RawResponse};
use crate::runtime::streams::download::{Download, download};
use crate::runtime::streams::events::Events;
use crate::runtime::streams::values::Values;
use crate::runtime::writing::call::Call;
use crate::runtime::writing::options::CallOptions;

/// Makes the call of an action and prints what comes of it.
pub(super) async fn invoke(
    program: &'static Program,
    action: &'static Action,
    matches: &ArgMatches,
) -> Result<(), Stop> {
    let all = action.pages.filter(|_| matches.get_flag(ALL));
    let alone = [
        (SAVE, matches.contains_id(SAVE)),
        (STREAM, chosen_stream(action, matches).is_some()),
    ];
    if let (true, Some((flag, _))) = (all.is_some(), alone.iter().find(|(_, given)| *given)) {
        return Err(Stop::usage(format!(
            "`--{flag}` is about one answer and does not go with `--{ALL}`"
        )));
    }
    let client = settings::client(program, matches)?;
    credentials::check(program, action.operation, &client.found, &client.headers)?;
    let mut call = client.core.call(action.operation);
    for input in action.inputs {
        if let Some(value) = value(input, matches) {
            call.set(input.at, &value);
        }
    }
    if let Some(body) = &action.body {
        body::set(&mut call, body, matches)?;
    }
    let printer = Printer::of(matches);
    let wanted = credentials::wanted(program, action.operation);
    let failed = |error: Error<Refusal>| {
        let hint = wanted
            .as_ref()
            .map(|wanted| format!("the server does not accept the credential: look at {wanted}"));
        Stop::call(&error, hint, matches.get_flag(VERBOSE))
    };
    if let Some(path) = matches.get_one::<String>(SAVE) {
        let mut saving = Saving::begin(path)?;
        let opened = open(call, action, matches).await.map_err(failed)?;
        copy(opened, &mut saving).await?;
        return Ok(saving.finish()?);
    }
    let chosen = chosen_stream(action, matches).map(|other| other.arrival);
    match (&all, chosen.or(action.streams)) {
        (Some(pages), _) => walk(call, pages, &printer, &failed).await,
        (_, None) => {
            let answer = call.send::<RawResponse, Refusal>(whole).await;
            printer.answer(&answer.map_err(failed)?)
        }
        (_, Some(arrival)) => {
            let opened = open(call, action, matches).await.map_err(failed)?;
            as_it_arrives(opened, arrival, &printer).await
        }
    }
}

fn whole(response: &RawResponse) -> Result<RawResponse, DecodeError> {
    Ok(response.clone())
}

/// The kind of answer that is asked for in place of the usual one.
fn chosen_stream(action: &'static Action, matches: &ArgMatches) -> Option<&'static Stream> {
    let chosen = matches.try_get_one::<String>(STREAM).ok().flatten()?;
    action
        .others
        .iter()
        .find(|other| other.media_type == *chosen)
}

/// Sends a call whose body is read as it arrives. Nobody knows how long that takes, but a limit that
/// is given is that of all of it.
async fn open(
    mut call: Call,
    action: &'static Action,
    matches: &ArgMatches,
) -> Result<Download, Error<Refusal>> {
    let limit = settings::timeout(matches).unwrap_or(Duration::MAX);
    call.options(CallOptions::new().timeout(limit));
    match chosen_stream(action, matches) {
        Some(other) => call.open_as(other.media_type, other.accept, download).await,
        None => call.open(download).await,
    }
}

/// Prints the items of all pages, each page as it comes.
async fn walk(
    call: Call,
    pages: &PagesOf,
    printer: &Printer,
    failed: &impl Fn(Error<Refusal>) -> Stop,
) -> Result<(), Stop> {
    let mut walk = call.pages::<Value, Refusal>(response::json, pages.paging);
    let mut list = printer.list();
    let mut end = Ok(());
    while let Some(page) = walk.next().await {
        match page {
            Ok(mut page) => {
                let mut keys = pages.items.iter();
                let items = keys.try_fold(&mut page, |value, key| value.get_mut(key));
                let items = items.map(Value::take);
                let items = items.as_ref().and_then(Value::as_array);
                for item in items.into_iter().flatten() {
                    list.push(item)?;
                }
            }
            Err(error) => end = Err(failed(error)),
        }
    }
    list.finish()?;
    end
}

/// Prints events and values one by one, and all else as it is.
async fn as_it_arrives(
    download: Download,
    arrival: Arrival,
    printer: &Printer,
) -> Result<(), Stop> {
    if printer.as_it_came() {
        return copy(download, io::stdout().lock()).await;
    }
    match arrival {
        Arrival::Events => {
            let mut events = Events::of(download);
            while let Some(event) = events.next().await {
                let event = event?;
                let data = serde_json::from_str(&event.data).unwrap_or(Value::from(event.data));
                let mut shown = json!({ "event": event.event, "data": data });
                if !event.id.is_empty() {
                    shown["id"] = event.id.into();
                }
                printer.line(&shown)?;
            }
            Ok(())
        }
        Arrival::Values => {
            let mut values = Values::<Value>::of(download);
            while let Some(value) = values.next().await {
                printer.line(&value?)?;
            }
            Ok(())
        }
        Arrival::Bytes if io::stdout().is_terminal() => Err(Stop::usage(format!(
            "the answer is not for a terminal: use `--{SAVE} FILE`, or `--output raw` all the same"
        ))),
        Arrival::Bytes => copy(download, io::stdout().lock()).await,
    }
}

/// Writes a body as it arrives.
async fn copy(mut download: Download, mut to: impl Write) -> Result<(), Stop> {
    while let Some(chunk) = download.chunk().await {
        to.write_all(&chunk?)?;
        to.flush()?;
    }
    Ok(())
}
