//! A user's own templates: whether each is one that something is printed with.
//!
//! A file that stands in no built-in file's place, that no format prints a page with and that no
//! template includes would silently do nothing, and most likely has a mistake in its name.

use std::collections::BTreeSet;

use super::options::Options;
use crate::diagnostic::{Problem, Problems, near};
use crate::template::Templates;

/// Reports what is wrong with the options of a user's formats, and warns of files that nothing is
/// printed with.
pub fn check(templates: &Templates, problems: &mut Problems) {
    let built_in = Templates::built_in();
    let mut expected: BTreeSet<String> = built_in.paths().map(str::to_owned).collect();
    for format in templates.formats() {
        match Options::load(templates, &format) {
            Ok(options) => {
                expected.extend([format!("docs/{format}/format.yaml")]);
                let pages = options.pages();
                expected.extend(pages.map(|page| format!("docs/{format}/{page}.tera")));
                let page = options.template(templates, "page.md");
                if templates.file(&page).is_none() {
                    problems.report(without_page(templates, &format));
                }
            }
            Err(problem) => problems.report(*problem),
        }
    }
    if problems.has_errors() {
        return;
    }
    let mut told = BTreeSet::new();
    for path in templates.own() {
        let is_used =
            expected.contains(path) || path.ends_with("/README.md") || templates.mentions(path);
        if is_used {
            continue;
        }
        match folder_without_options(templates, path) {
            Some(folder) if told.insert(folder) => {
                problems.report(no_format(templates, path, folder))
            }
            Some(_) => {}
            None => problems.report(unused(templates, path, &expected)),
        }
    }
}

fn without_page(templates: &Templates, format: &str) -> Problem {
    let message = format!("the format `{format}` has no template `page.md.tera`");
    let problem = Problem::error("format-options", message)
        .help("write the template of a resource's page, or `extends` and a format that has one");
    templates.problem_at(problem, &format!("docs/{format}/format.yaml"), 0..0)
}

/// The folder of a format to which a file belongs, if it has no options: `docs/pyhton`.
fn folder_without_options<'a>(templates: &Templates, path: &'a str) -> Option<&'a str> {
    let (name, _) = path.strip_prefix("docs/")?.split_once('/')?;
    let is_format = templates.formats().iter().any(|format| format == name);
    (!is_format && !name.starts_with('_')).then_some(name)
}

fn no_format(templates: &Templates, path: &str, folder: &str) -> Problem {
    let shown = templates.shown(path);
    let (shown, _) = shown.split_at(shown.rfind(&format!("/{folder}/")).unwrap_or_default());
    let message = format!(
        "`{shown}/{folder}` is not used: it has no `format.yaml` and stands in the place of no format"
    );
    let formats = templates.formats();
    let near = near(folder, formats.iter().map(|name| &**name));
    let help = match near.first() {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("a format of your own needs `{shown}/{folder}/format.yaml`"),
    };
    Problem::warning("unused-template", message).help(help)
}

fn unused(templates: &Templates, path: &str, expected: &BTreeSet<String>) -> Problem {
    let message = format!(
        "`{}` is not used: it stands in the place of no template, and none includes it",
        templates.shown(path)
    );
    let free = expected.iter().map(|path| &**path);
    let free = free.filter(|path| !templates.own().any(|own| own == *path));
    let near = near(path, free);
    let help = match near.first() {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("include it as `{path}`, or take it away"),
    };
    Problem::warning("unused-template", message).help(help)
}
