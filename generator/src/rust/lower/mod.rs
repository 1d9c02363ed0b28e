//! The API → the plan of a crate.

mod answers;
mod bodies;
mod client;
mod commands;
mod enums;
mod events;
mod groups;
mod headers;
mod limits;
mod names;
mod notes;
mod operations;
mod pages;
mod reach;
mod recursion;
mod servers;
mod size;
mod types;
mod union;
mod untyped;
mod variants;

use crate::formats::Formats;
use crate::ir::Api;
use crate::passes;

use self::client::ClientNames;
use self::names::Names;
use self::reach::Reach;
use self::recursion::Recursion;
pub use self::untyped::Untyped;
pub(super) use self::untyped::all as untyped;
use super::ClientOptions;
use super::plan::CratePlan;

/// Everything that is known before the parts of the crate are put together.
struct Context<'a> {
    api: &'a Api,
    names: Names,
    reach: Reach,
    recursion: Recursion,
    endless: Recursion,
    spelling: Recursion,
    choice: Recursion,
    client: ClientNames,
    formats: &'a Formats,
}

impl<'a> Context<'a> {
    fn new(api: &'a Api, names: Names, reach: Reach, formats: &'a Formats) -> Self {
        Self {
            api,
            names,
            reach,
            recursion: Recursion::by_value(&api.types),
            endless: Recursion::by_need(&api.types),
            spelling: Recursion::by_spelling(&api.types),
            choice: Recursion::by_choice(&api.types),
            client: ClientNames::of(api),
            formats,
        }
    }
}

/// Decides what the crate holds.
pub(super) fn lower(api: &Api, options: &ClientOptions) -> CratePlan {
    let reach = Reach::of(api);
    let twins = passes::twins(api);
    let names = Names::of(api, &reach, &twins);
    let context = Context::new(api, names, reach, &options.formats);
    let mut defined = types::plans(&context);
    let mut resources = operations::resources(&context, &mut defined);
    let limits = match options.checks {
        true => limits::plan(&context, &mut resources),
        false => Vec::new(),
    };
    let client = client::plan(&context);
    CratePlan {
        name: options.name.clone(),
        version: options.version.clone(),
        license: options.license.clone(),
        package: options.package.clone(),
        title: one_line(&api.title),
        api_version: one_line(&api.version),
        docs: api.description.clone(),
        source: options.description.clone(),
        command_line: commands::plan(&context, &options.name, &client, &resources),
        client,
        types: groups::groups(
            &context,
            defined.remove(&None).unwrap_or_default(),
            &resources,
        ),
        resources,
        limits,
        first_call: None,
        first_command: None,
        formats: types::modules(&context),
    }
}

/// A short text that will stand in a sentence.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
