//! The API → the plan of a crate.

mod client;
mod errors;
mod names;
mod operations;
mod reach;
mod recursion;
mod size;
mod types;

use crate::ir::Api;
use crate::passes;

use self::client::ClientNames;
use self::names::Names;
use self::reach::Reach;
use self::recursion::Recursion;
use super::ClientOptions;
use super::plan::CratePlan;

/// Everything that is known before the parts of the crate are put together.
struct Context<'a> {
    api: &'a Api,
    names: Names,
    reach: Reach,
    recursion: Recursion,
    client: ClientNames,
}

/// Decides what the crate holds.
pub(super) fn lower(api: &Api, options: &ClientOptions) -> CratePlan {
    let reach = Reach::of(api);
    let twins = passes::twins(api);
    let context = Context {
        api,
        names: Names::of(api, &reach, &twins),
        reach,
        recursion: Recursion::of(&api.types),
        client: ClientNames::of(api),
    };
    let mut defined = types::plans(&context);
    let resources = operations::resources(&context, &mut defined);
    CratePlan {
        name: options.name.clone(),
        version: options.version.clone(),
        title: api.title.clone(),
        api_version: api.version.clone(),
        docs: api.description.clone(),
        source: options.description.clone(),
        client: client::plan(&context),
        types: defined.remove(&None).unwrap_or_default(),
        resources,
        first_call: None,
    }
}
