//! The API → the plan of a crate.

mod aliases;
mod answers;
mod bodies;
mod client;
mod commands;
mod enums;
mod events;
mod groups;
mod headers;
mod homes;
mod limits;
mod mentions;
mod module_names;
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
use crate::parallel;
use crate::passes;

use self::client::ClientNames;
use self::names::Names;
use self::reach::Reach;
use self::recursion::Recursion;
pub(super) use self::untyped::all as untyped;
pub use self::untyped::{SAY_MORE, Untyped};
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
    fn new(api: &'a Api, formats: &'a Formats) -> Self {
        let of = [
            Recursion::by_value,
            Recursion::by_need,
            Recursion::by_spelling,
            Recursion::by_choice,
        ];
        let walked = || (Reach::of(api), of.map(|of| of(&api.types)));
        let (twins, (reach, circles)) = parallel::join(|| passes::twins(api), walked);
        let [recursion, endless, spelling, choice] = circles;
        let names = Names::of(api, &reach, &twins);
        Self {
            api,
            names,
            reach,
            recursion,
            endless,
            spelling,
            choice,
            client: ClientNames::of(api),
            formats,
        }
    }
}

/// Decides what the crate holds.
pub(super) fn lower(api: &Api, options: &ClientOptions) -> CratePlan {
    let context = Context::new(api, &options.formats);
    let mut defined = types::plans(&context);
    let mut resources = operations::resources(&context, &mut defined);
    let limits = match options.checks {
        true => limits::plan(&context, &mut resources),
        false => Vec::new(),
    };
    let client = client::plan(&context);
    let own = defined.remove(&None).unwrap_or_default();
    let (types, command_line) = parallel::join(
        || groups::groups(&context, own, &resources),
        || commands::plan(&context, &options.name, &client, &resources),
    );
    CratePlan {
        name: options.name.clone(),
        version: options.version.clone(),
        license: options.license.clone(),
        package: options.package.clone(),
        runtime: options.runtime.clone(),
        title: one_line(&api.title),
        api_version: one_line(&api.version),
        docs: api.description.clone(),
        source: options.description.clone(),
        command_line,
        client,
        types,
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
