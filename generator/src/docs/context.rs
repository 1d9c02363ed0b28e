//! What a template is handed, to be looked at by those who write one.

use std::collections::HashSet;

use serde_json::Value;

use super::fault::alone;
use super::options::{Options, Rust, SCHEMA};
use super::places::{Place, places};
use super::schemas::Schemas;
use super::whole::Printed;
use super::{page, whole};
use crate::diagnostic::{Problem, Problems, near};
use crate::ir::{Api, RustActions};
use crate::parallel;
use crate::template::Templates;

/// What the template of a page is handed. `wanted` is an action (`orgInvites.get`, or an
/// `operationId`): its page with this action alone; a resource or the path of its page: the page
/// with all actions; or the path of a page of the whole API: all that it is printed from.
///
/// # Errors
///
/// `unknown-action` if there is nothing of that name, with what is near; what is wrong with the
/// format.
pub fn context(
    templates: &Templates,
    api: &Api,
    format: &str,
    rust: &RustActions,
    wanted: &str,
) -> Result<Value, Box<Problem>> {
    let options = Options::load(templates, format)?;
    let schemas = Schemas::new(api, &options);
    let title = page::api_name(api);
    let builder = page::Pages {
        api,
        format,
        options: &options,
        schemas: &schemas,
        rust: (options.rust != Rust::Nothing).then_some(rust),
        title: &title,
    };
    if wanted == options.schemas {
        return Ok(value(&schemas.page(&title)));
    }
    let mut taken = HashSet::from([options.schemas.to_lowercase()]);
    for entry in schemas.with_pages() {
        let path = schemas.path_of(entry);
        if path == wanted {
            return Ok(value(&schemas.page_for(entry, &title)));
        }
        taken.insert(path.to_lowercase());
    }
    // Pages of one path are told of when they are written.
    let places = places(api, &options, taken, &mut Problems::new());
    for place in &places {
        if place.resource.key == wanted || place.path == wanted {
            return Ok(value(&builder.page(place)));
        }
        for (_, operation) in &place.operations {
            let is_wanted = format!("{}.{}", place.resource.key, operation.action) == wanted
                || operation.id.as_deref() == Some(wanted);
            if is_wanted {
                return Ok(alone(&builder.page(place), &operation.action));
            }
        }
    }
    if options.also.iter().any(|path| path == wanted) {
        let pages = parallel::map(&places, |place| {
            Printed::new(place, builder.page(place), options.chapters)
        });
        let whole = whole::whole(api, &title, &schemas, &options, &pages);
        return Ok(value(&whole));
    }
    Err(Box::new(unknown(
        format, wanted, &options, &schemas, &places,
    )))
}

fn value(context: &impl serde::Serialize) -> Value {
    serde_json::to_value(context).unwrap_or_default()
}

fn unknown(
    format: &str,
    wanted: &str,
    options: &Options,
    schemas: &Schemas<'_>,
    places: &[Place<'_>],
) -> Problem {
    let mut actions = Vec::new();
    let mut others = Vec::new();
    for place in places {
        let resource = &place.resource.key;
        let operations = || place.operations.iter().map(|(_, operation)| operation);
        actions.extend(operations().map(|each| format!("{resource}.{}", each.action)));
        others.extend(operations().filter_map(|each| each.id.clone()));
        others.extend([resource.clone(), place.path.clone()]);
    }
    let pages = options
        .pages()
        .filter(|page| !matches!(*page, "page.md" | SCHEMA));
    others.extend(pages.map(str::to_owned));
    let entries = schemas.with_pages().into_iter();
    others.extend(entries.map(|entry| schemas.path_of(entry)));
    let names = || actions.iter().chain(&others).map(|name| &**name);
    let message = format!("the format `{format}` shows no action, resource or page `{wanted}`");
    let problem = Problem::error("unknown-action", message);
    // An action's own name may be all that was right.
    let (_, last) = wanted.rsplit_once('.').unwrap_or(("", wanted));
    let alike = actions.iter().filter(|name| {
        let (_, action) = name.rsplit_once('.').unwrap_or(("", name));
        action.eq_ignore_ascii_case(last)
    });
    let mut near = near(wanted, names());
    near.extend(alike.map(|name| &**name));
    let mut seen = HashSet::new();
    near.retain(|name| seen.insert(*name));
    near.truncate(5);
    match (&near[..], actions.first()) {
        ([], Some(first)) => problem.help(format!("an action is written as in `{first}`")),
        ([], None) => problem.help("the description has no operation that this format shows"),
        (near, _) => problem.help(format!("near it are `{}`", near.join("`, `"))),
    }
}
