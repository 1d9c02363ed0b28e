//! The API → Markdown in one of the documented formats.
//!
//! Two steps: a *book*, in which every word is decided and made safe for its place, and
//! templates that print it. A format is a folder of `templates/docs/`: a `README.md` that states
//! its rules, a `format.yaml` with what it decides, and the templates. Adding one needs no Rust.

mod action;
mod book;
mod content;
mod curl;
mod curl_body;
mod js;
mod options;
mod page;
mod parameters;
mod request;
mod schemas;
mod security;
mod shell;
mod text;
mod words;

use std::collections::HashSet;

use crate::diagnostic::{Problem, Problems};
use crate::ir::{Api, RustActions};
use crate::output::Tree;
use crate::template;

use options::Options;
use schemas::Schemas;

/// Every format: its name, and what it is in one line. Sorted by name.
#[must_use]
pub fn formats() -> Vec<(String, String)> {
    let describe = |name: String| {
        let about = Options::load(&name).map(|options| options.about);
        (name, about.unwrap_or_default())
    };
    template::doc_formats().into_iter().map(describe).collect()
}

/// The pages of an API in a format: a page for each resource that has something to show, and one
/// of all schemas. Paths are relative to the format's folder; companions that live beside it
/// begin with `../`.
///
/// `rust` holds the samples and names of the Rust client; formats other than `rust` pass it
/// over, and an operation that is not in it has no sample. Every schema should have an example
/// (see [`passes::examples`](crate::passes::examples)): links lead there.
///
/// `None` if the format does not exist or one of its templates is wrong, which is reported.
pub fn render(
    api: &Api,
    format: &str,
    rust: &RustActions,
    problems: &mut Problems,
) -> Option<Tree> {
    match try_render(api, format, rust, problems) {
        Ok(tree) => Some(tree),
        Err(problem) => {
            problems.report(*problem);
            None
        }
    }
}

fn try_render(
    api: &Api,
    format: &str,
    rust: &RustActions,
    problems: &mut Problems,
) -> Result<Tree, Box<Problem>> {
    let options = Options::load(format)?;
    let schemas = Schemas::new(api, &options);
    let title = page::api_name(api);
    let mut tree = Tree::new();
    let mut paths = HashSet::new();
    if !api.schemas.is_empty() {
        let template = format!("docs/{format}/{}.tera", options.schemas);
        let text = template::render(&template, &schemas.page(&title))?;
        paths.insert(options.schemas.to_lowercase());
        tree.insert(options.schemas.clone(), finished(&text));
        schemas.files(&mut tree);
    }
    let template = format!("docs/{format}/page.md.tera");
    let builder = page::Pages {
        api,
        format,
        options: &options,
        schemas: &schemas,
        rust: (format == "rust").then_some(rust),
        title: &title,
    };
    for (index, resource) in api.resources.iter().enumerate() {
        let Some(page) = builder.page(index, resource) else {
            continue;
        };
        let text = template::render(&template, &page)?;
        let path = free_path(&builder.path(&page), &resource.key, &mut paths, problems);
        tree.insert(path, finished(&text));
    }
    Ok(tree)
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
