//! The API → Markdown in one of the documented formats.
//!
//! Two steps: a *book*, in which every word is decided and made safe for its place, and
//! templates that print it. A format is a folder of `templates/docs/`: a `README.md` that states
//! its rules, a `format.yaml` with what it decides, and the templates. Adding one needs no Rust.

mod action;
mod assignments;
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
mod places;
mod request;
mod safe;
mod schemas;
mod security;
mod shell;
mod text;
mod whole;
mod words;

use crate::diagnostic::{Problem, Problems};
use crate::ir::{Api, RustActions};
use crate::output::Tree;
use crate::parallel;
use crate::template::{Handed, Templates};

pub use context::context;
pub use own::check;

use options::{Options, Rust, SCHEMA};
use places::{Place, places};
use schemas::Schemas;
use whole::Printed;

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
            let path = schemas.path_of(entry);
            let text = templates.render(&template, &schemas.page_for(entry, &title));
            let text = text.map_err(|problem| fault::on_page(problem, &path))?;
            Ok::<_, Box<Problem>>((path, finished(&text)))
        });
        for page in printed {
            let (path, text) = page?;
            tree.insert(path, text);
        }
    }
    let builder = page::Pages {
        api,
        format,
        options: &options,
        schemas: &schemas,
        rust: (options.rust != Rust::Nothing).then_some(rust),
        title: &title,
    };
    let taken = tree.iter().map(|(path, _)| path.to_lowercase()).collect();
    let places = places(api, &options, taken, problems);
    let printed = parallel::map(&places, |place| print(templates, &builder, place));
    let mut kept = Vec::new();
    for (place, page) in places.iter().zip(printed) {
        let (text, page) = page?;
        tree.insert(place.path.clone(), text);
        kept.extend(page);
    }
    if options.also.is_empty() {
        return Ok(tree);
    }
    let (index, also) = parallel::join(
        || (!options.index.is_empty()).then(|| index::index(api, &kept, format)),
        || {
            let whole = whole::whole(api, &title, &schemas, &options, &kept);
            also(templates, &options, &whole)
        },
    );
    for (path, text) in also? {
        tree.insert(path, text);
    }
    if let Some(index) = index {
        tree.insert(options.index.clone(), index);
    }
    Ok(tree)
}

/// Makes a page and prints it; all but what the pages of the whole API ask of it is gone then.
fn print<'a>(
    templates: &Templates,
    builder: &page::Pages<'a>,
    place: &'a Place<'a>,
) -> Result<(String, Option<Printed<'a>>), Box<Problem>> {
    let page = builder.page(place);
    let template = builder.options.template(templates, "page.md");
    let text = templates.render(&template, &page);
    let text = text.map_err(|problem| {
        fault::on_page_of(problem, &place.path, &page, |part| {
            templates.render(&template, part)
        })
    })?;
    let options = builder.options;
    let kept = (!options.also.is_empty()).then(|| Printed::new(place, page, options.chapters));
    Ok((finished(&text), kept))
}

/// The pages of the whole API with their paths. One that has nothing to say is not written.
fn also(
    templates: &Templates,
    options: &Options,
    whole: &whole::Whole<'_>,
) -> Result<Vec<(String, String)>, Box<Problem>> {
    let handed = Handed::new(whole)?;
    let printed = parallel::map(&options.also, |path| {
        let text = templates.render_handed(&options.template(templates, path), &handed);
        let text = text.map_err(|problem| fault::on_page(problem, path))?;
        Ok((!text.trim().is_empty()).then(|| (path.clone(), finished(&text))))
    });
    printed.into_iter().filter_map(Result::transpose).collect()
}

/// Whether a format shows anything of the Rust client.
#[must_use]
pub fn shows_rust(templates: &Templates, format: &str) -> bool {
    Options::load(templates, format).is_ok_and(|options| options.rust != Rust::Nothing)
}

/// A page ends in one newline. It has no room to grow, because thousands wait to be written.
fn finished(text: &str) -> String {
    let text = text.trim_end();
    let mut page = String::with_capacity(text.len() + 1);
    page.push_str(text);
    page.push('\n');
    page
}
