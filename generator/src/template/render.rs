//! Templates → text.
//!
//! All `*.tera` files are parsed once, the first time that one is rendered. What goes wrong is
//! the fault of a template, not of a description, so a problem names the template, the line and
//! the column in its message and has no place in a description.

use std::sync::OnceLock;

use serde::Serialize;
use tera::{Context, Tera};

use super::files_under;
use crate::diagnostic::Problem;

/// Renders the template at a path below `templates/` (`docs/rest/page.md.tera`) with the fields
/// of `context`.
///
/// # Errors
///
/// A problem `template` if a template cannot be parsed, is missing, or asks for what the context
/// does not have.
pub fn render(template: &str, context: &impl Serialize) -> Result<String, Box<Problem>> {
    let engine = engine()?;
    let context = Context::from_serialize(context).map_err(|error| problem(template, &error))?;
    engine
        .render(template, &context)
        .map_err(|error| problem(template, &error))
}

fn engine() -> Result<&'static Tera, Box<Problem>> {
    static ENGINE: OnceLock<Result<Tera, Box<Problem>>> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| load(files_under("")));
    engine.as_ref().map_err(Clone::clone)
}

fn load(
    files: impl Iterator<Item = (impl AsRef<str>, impl AsRef<str>)>,
) -> Result<Tera, Box<Problem>> {
    let mut engine = Tera::new();
    engine.autoescape_on(Vec::<&str>::new());
    let templates = files.filter(|(path, _)| path.as_ref().ends_with(".tera"));
    engine
        .add_raw_templates(templates)
        .map_err(|error| problem("templates", &error))?;
    Ok(engine)
}

/// What tera says, with template, line and column where it knows them.
fn problem(template: &str, error: &tera::Error) -> Box<Problem> {
    use tera::ErrorKind::{RenderingError, SyntaxError};

    let message = match error.kind() {
        SyntaxError(report) | RenderingError(report) => format!(
            "{}:{}:{}: {}",
            report.filename(),
            report.span().start_line,
            report.span().start_col + 1,
            report.message(),
        ),
        other => format!("{template}: {other}"),
    };
    let problem = Problem::error("template", message);
    Box::new(problem.help("correct the template in the folder `templates/`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(source: &str) -> Result<String, Box<Problem>> {
        let engine = load([("a.tera", source)].into_iter())?;
        let context = Context::from_serialize(&serde_json::json!({"word": "a<b"})).unwrap();
        engine
            .render("a.tera", &context)
            .map_err(|error| problem("a.tera", &error))
    }

    #[test]
    fn nothing_is_escaped() {
        assert_eq!(rendered("{{ word }}"), Ok("a<b".to_owned()));
    }

    #[test]
    fn a_template_that_does_not_parse_is_named_with_line_and_column() {
        let problem = rendered("one\ntwo {{ word").unwrap_err();
        assert!(problem.message.starts_with("a.tera:2:"), "{problem:?}");
    }

    #[test]
    fn a_missing_word_is_named_with_line_and_column() {
        let problem = rendered("one\n{{ wrod }}").unwrap_err();
        assert!(problem.message.starts_with("a.tera:2:4: "), "{problem:?}");
    }

    #[test]
    fn a_missing_template_is_named() {
        let problem = render("docs/none.tera", &serde_json::json!({})).unwrap_err();
        assert!(problem.message.contains("docs/none.tera"), "{problem:?}");
    }
}
