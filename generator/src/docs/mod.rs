//! The API → Markdown in one of the documented formats.
//!
//! Two steps: a *book*, in which every word is decided and made safe for its place, and
//! templates that print it. A format is a folder of `templates/docs/`: a `README.md` that states
//! its rules, a `format.yaml` with what it decides, and the templates. Adding one needs no Rust.

mod action;
mod book;
mod content;
mod context;
mod curl;
mod curl_body;
mod detail;
mod fault;
mod index;
mod js;
mod options;
mod own;
mod page;
mod parameters;
mod request;
mod safe;
mod schemas;
mod security;
mod shell;
mod text;
mod whole;
mod words;

use std::collections::HashSet;

use crate::diagnostic::{Problem, Problems};
use crate::ir::{Api, RustActions};
use crate::output::Tree;
use crate::parallel;
use crate::template::{Handed, Templates};

pub use context::context;
pub use own::check;

use options::{Options, Rust, SCHEMA};
use schemas::Schemas;

/// Every format that is built in: its name, and what it is in one line. Sorted by name.
#[must_use]
pub fn formats() -> Vec<(String, String)> {
    formats_with(Templates::built_in())
}

/// The same with the templates of a user.
#[must_use]
pub fn formats_with(templates: &Templates) -> Vec<(String, String)> {
    let describe = |name: String| {
        let about = Options::load(templates, &name).map(|options| options.about);
        (name, about.unwrap_or_default())
    };
    templates.formats().into_iter().map(describe).collect()
}

/// The pages of an API in a format that is built in; see [`render_with`].
pub fn render(
    api: &Api,
    format: &str,
    rust: &RustActions,
    problems: &mut Problems,
) -> Option<Tree> {
    render_with(Templates::built_in(), api, format, rust, problems)
}

/// The pages of an API in a format: a page for each resource that has something to show, and one
/// of all schemas. Paths are relative to the format's folder; companions that live beside it
/// begin with `../`.
///
/// `rust` holds the samples and names of the Rust client; formats that [`shows_rust`] denies pass
/// it over, and an operation that is not in it has no sample. Every schema should have an example
/// (see [`passes::examples`](crate::passes::examples)): links lead there.
///
/// `None` if the format does not exist or one of its templates is wrong, which is reported.
pub fn render_with(
    templates: &Templates,
    api: &Api,
    format: &str,
    rust: &RustActions,
    problems: &mut Problems,
) -> Option<Tree> {
    match try_render(templates, api, format, rust, problems) {
        Ok(tree) => Some(tree),
        Err(problem) => {
            problems.report(*problem);
            None
        }
    }
}

fn try_render(
    templates: &Templates,
    api: &Api,
    format: &str,
    rust: &RustActions,
    problems: &mut Problems,
) -> Result<Tree, Box<Problem>> {
    let options = Options::load(templates, format)?;
    let schemas = Schemas::new(api, &options);
    let title = page::api_name(api);
    let mut tree = Tree::new();
    if !api.schemas.is_empty() {
        let template = options.template(templates, &options.schemas);
        let text = templates.render(&template, &schemas.page(&title));
        let text = text.map_err(|problem| fault::on_page(problem, &options.schemas))?;
        tree.insert(options.schemas.clone(), finished(&text));
        schemas.files(&mut tree);
        let template = options.template(templates, SCHEMA);
        let printed = parallel::map(&schemas.with_pages(), |entry| {
            let (path, page) = schemas.page_for(entry, &title);
            let text = templates.render(&template, &page);
            let text = text.map_err(|problem| fault::on_page(problem, &path))?;
            Ok((path, finished(&text)))
        });
        insert(printed, &mut tree)?;
    }
    let template = options.template(templates, "page.md");
    let builder = page::Pages {
        api,
        format,
        options: &options,
        schemas: &schemas,
        rust: (options.rust != Rust::Nothing).then_some(rust),
        title: &title,
    };
    let taken = tree.iter().map(|(path, _)| path.to_lowercase()).collect();
    let pages = placed(&builder, taken, problems);
    let printed = parallel::map(&pages, |(path, page, _)| {
        let text = templates.render(&template, page);
        let text = text.map_err(|problem| {
            fault::on_page_of(problem, path, page, |part| {
                templates.render(&template, part)
            })
        })?;
        Ok((path.clone(), finished(&text)))
    });
    insert(printed, &mut tree)?;
    if !options.also.is_empty() {
        let whole = whole::whole(api, &title, &schemas, &options, &pages);
        also(templates, api, format, &options, &whole, &pages, &mut tree)?;
    }
    Ok(tree)
}

/// Takes in what was printed, up to the first problem.
fn insert(
    printed: Vec<Result<(String, String), Box<Problem>>>,
    tree: &mut Tree,
) -> Result<(), Box<Problem>> {
    for page in printed {
        let (path, text) = page?;
        tree.insert(path, text);
    }
    Ok(())
}

/// The pages of all resources that have something to show, each at a path that is not `taken`, in
/// lower case.
fn placed<'a>(
    builder: &page::Pages<'a>,
    taken: HashSet<String>,
    problems: &mut Problems,
) -> Vec<whole::Placed<'a>> {
    let mut paths = taken;
    let also = builder.options.also.iter();
    paths.extend(also.map(|path| path.to_lowercase()));
    let mut pages = Vec::new();
    let resources: Vec<_> = builder.api.resources.iter().enumerate().collect();
    let made = parallel::map(&resources, |(index, resource)| {
        builder.page(*index, resource)
    });
    for ((_, resource), page) in resources.into_iter().zip(made) {
        let Some(page) = page else {
            continue;
        };
        let path = free_path(&builder.path(&page), &resource.key, &mut paths, problems);
        let operations = builder.shown(resource).into_iter();
        let operations = operations.map(|(_, operation)| operation).collect();
        pages.push((path, page, operations));
    }
    pages
}

/// The pages of the whole API. One that has nothing to say is not written.
fn also(
    templates: &Templates,
    api: &Api,
    format: &str,
    options: &Options,
    whole: &whole::Whole<'_>,
    pages: &[whole::Placed<'_>],
    tree: &mut Tree,
) -> Result<(), Box<Problem>> {
    let handed = Handed::new(whole)?;
    for path in &options.also {
        let text = templates.render_handed(&options.template(templates, path), &handed);
        let text = text.map_err(|problem| fault::on_page(problem, path))?;
        if !text.trim().is_empty() {
            tree.insert(path.clone(), finished(&text));
        }
    }
    if !options.index.is_empty() {
        tree.insert(
            options.index.clone(),
            index::index(api, whole, pages, format),
        );
    }
    Ok(())
}

/// Whether a format shows anything of the Rust client.
#[must_use]
pub fn shows_rust(templates: &Templates, format: &str) -> bool {
    Options::load(templates, format).is_ok_and(|options| options.rust != Rust::Nothing)
}

/// The path, or with the first number that makes it another than those before, in any case of
/// letters: some disks do not tell `Invite.md` from `invite.md`.
fn free_path(
    path: &str,
    key: &str,
    taken: &mut HashSet<String>,
    problems: &mut Problems,
) -> String {
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, "md"));
    let mut free = path.to_owned();
    let mut number = 1;
    while !taken.insert(free.to_lowercase()) {
        number += 1;
        free = format!("{stem}-{number}.{extension}");
    }
    if free != path {
        problems.report(
            Problem::warning(
                "page-collision",
                format!("the page of `{key}` would overwrite another; it is `{free}` instead"),
            )
            .help("name the resource differently, in its tag or its operation ids"),
        );
    }
    free
}

/// A page ends in one newline.
fn finished(text: &str) -> String {
    format!("{}\n", text.trim_end())
}
