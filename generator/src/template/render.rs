//! Templates → text.
//!
//! All `*.tera` files are parsed once. Where a user's own are among them, they are parsed a second
//! time with every name checked (see `strict`), because tera takes a name that is not there for
//! false in a condition. That text is rendered; the other one is asked again what went wrong,
//! because its places are those of the files.

use serde::Serialize;
use tera::{Context, Tera, Value};

use super::set::Templates;
use super::{fault, strict};
use crate::diagnostic::Problem;

/// The parsed templates.
pub(super) struct Engine {
    plain: Tera,
    strict: Option<Tera>,
}

impl Engine {
    /// Parses the templates of a set that are among those which are asked for.
    pub(super) fn load(
        templates: &Templates,
        is_among: impl Fn(&str) -> bool,
    ) -> Result<Self, Vec<Problem>> {
        let own = templates.sources().filter(|(_, file)| file.own);
        let faults: Vec<Problem> = own
            .filter_map(|(path, file)| {
                // Alone, a template knows no other; only its own syntax is asked for.
                let error = Tera::new().add_raw_template(path, &file.text).err()?;
                let is_syntax = matches!(error.kind(), tera::ErrorKind::SyntaxError(_));
                is_syntax.then(|| fault::problems(templates, path, &error))
            })
            .flatten()
            .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let sources = || templates.sources().filter(|(path, _)| is_among(path));
        let plain = parsed(sources().map(|(path, file)| (path, &*file.text)))
            .map_err(|error| fault::problems(templates, "", &error))?;
        let has_own = templates.sources().any(|(_, file)| file.own);
        let strict = has_own.then(|| {
            let checked = sources().map(|(path, file)| (path, strict::checked(&file.text)));
            parsed(checked).map_err(|error| fault::problems(templates, "", &error))
        });
        let strict = strict.transpose()?;
        Ok(Self { plain, strict })
    }
}

fn parsed(
    sources: impl Iterator<Item = (impl AsRef<str>, impl AsRef<str>)>,
) -> Result<Tera, tera::Error> {
    let mut engine = Tera::new();
    engine.autoescape_on(Vec::<&str>::new());
    engine.register_filter(strict::FILTER, strict::known);
    engine.add_raw_templates(sources)?;
    Ok(engine)
}

/// What templates are handed, as they take it.
pub struct Handed {
    /// The names at the top.
    names: Vec<String>,
    context: Context,
}

impl Handed {
    /// What has the fields of this.
    ///
    /// # Errors
    ///
    /// A problem `template` if a template cannot be handed it, since it has no fields.
    pub fn new(fields: &impl Serialize) -> Result<Self, Box<Problem>> {
        let value = Value::try_from_serializable(fields).map_err(|error| unfit(&error))?;
        let Some(map) = value.as_map() else {
            return Err(unfit(&"it has no fields"));
        };
        let mut context = Context::new();
        for (name, value) in map {
            context.insert_value(name.to_string(), value.clone());
        }
        let names = map.keys().map(ToString::to_string).collect();
        Ok(Self { names, context })
    }
}

/// What was made ready for templates once, and is handed to them again and again.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Shared(Value);

impl Shared {
    /// `None` if templates cannot be handed it.
    pub fn new(value: &impl Serialize) -> Option<Self> {
        Value::try_from_serializable(value).ok().map(Self)
    }
}

fn unfit(why: &dyn std::fmt::Display) -> Box<Problem> {
    let message = format!("templates cannot be handed this: {why}");
    Box::new(Problem::error("template", message))
}

impl Templates {
    /// Renders the template at a path below the folder (`docs/rest/page.md.tera`) with the fields
    /// of `context`.
    ///
    /// # Errors
    ///
    /// A problem `template` if a template cannot be parsed, is missing, or asks for what the
    /// context does not have.
    pub fn render(&self, template: &str, context: &impl Serialize) -> Result<String, Box<Problem>> {
        self.render_handed(template, &Handed::new(context)?)
    }

    /// The same with what several templates are handed.
    ///
    /// # Errors
    ///
    /// As [`Templates::render`].
    pub fn render_handed(&self, template: &str, handed: &Handed) -> Result<String, Box<Problem>> {
        let problem = |error: &tera::Error| {
            let mut problems = fault::problems(self, template, error);
            Box::new(problems.swap_remove(0))
        };
        let engine = self.engine(template).map_err(first)?;
        let context = &handed.context;
        let Some(strict) = &engine.strict else {
            let text = engine.plain.render(template, context);
            return text.map_err(|error| problem(&error));
        };
        strict.render(template, context).map_err(|error| {
            if let Some(unknown) = strict::unknown(&error) {
                return Box::new(fault::unknown(self, &unknown, &error, &handed.names));
            }
            match engine.plain.render(template, context) {
                Ok(_) => problem(&error),
                Err(error) => problem(&error),
            }
        })
    }
}

fn first(faults: &[Problem]) -> Box<Problem> {
    let none = || Problem::error("template", "the templates cannot be read");
    Box::new(faults.first().cloned().unwrap_or_else(none))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::super::set::File;
    use super::*;
    use crate::diagnostic::{Style, human};

    /// Templates of a user, the first of which is rendered.
    fn rendered(files: &[(&str, &str)]) -> Result<String, String> {
        let own = files.iter().map(|(path, text)| {
            let file = File {
                text: (*text).to_owned().into(),
                shown: format!("my/{path}"),
                own: true,
            };
            ((*path).to_owned(), file)
        });
        let templates = Templates::over(own.collect::<BTreeMap<_, _>>());
        let context = json!({
            "word": "a<b",
            "name": { "key": "pet" },
            "actions": [{ "name": { "key": "get" }, "body": null }],
        });
        let (first, _) = files[0];
        let text = templates.render(first, &context);
        text.map_err(|problem| human(&problem, &templates, Style::Plain))
    }

    fn one(text: &str) -> Result<String, String> {
        rendered(&[("docs/x/a.tera", text)])
    }

    fn said(text: &str) -> String {
        one(text).unwrap_err()
    }

    #[test]
    fn nothing_is_escaped() {
        assert_eq!(one("{{ word }}"), Ok("a<b".to_owned()));
    }

    #[test]
    fn what_may_be_missing_is_no_mistake() {
        for text in [
            "{% if nothing is defined %}x{% endif %}",
            "{{ name.none | default(value=``) }}",
            "{% for action in actions %}{% if action.body %}{{ action.body.kind }}{% endif %}{% endfor %}",
            "{% set x = `` %}{% if x %}{{ x }}{% endif %}",
        ] {
            assert_eq!(one(text), Ok(String::new()), "{text}");
        }
    }

    #[test]
    fn a_name_that_is_not_there_is_a_mistake_wherever_it_stands() {
        for (text, place, message) in [
            ("a\n{{ wrod }}", "2:4", "no variable `wrod`"),
            ("{% if wrod %}x{% endif %}", "1:7", "no variable `wrod`"),
            ("{{ `é` ~ name.kye }}", "1:15", "`name` has no field `kye`"),
            (
                "{% if not name.kye %}{% endif %}",
                "1:16",
                "`name` has no field `kye`",
            ),
            (
                "{% for a in actons %}{% endfor %}",
                "1:13",
                "no variable `actons`",
            ),
            (
                "{% for a in actions %}\n{{ a.name.kye }}{% endfor %}",
                "2:11",
                "`a.name` has no field `kye`",
            ),
            (
                "{% for a in actions %}{{ a.nmae.key }}{% endfor %}",
                "1:28",
                "`a` has no field `nmae`",
            ),
            ("{{ actions[0].nmae }}", "1:4", "no"),
            ("{{ name | lenght }}", "1:11", "there is no filter `lenght`"),
            ("{{ name is strnig }}", "1:12", "there is no test `strnig`"),
            (
                "{% include `docs/x/b.tera` %}",
                "1:12",
                "there is no template `docs/x/b.tera`",
            ),
            (
                "{% extends `docs/x/b.tera` %}",
                "1:13",
                "there is no template `docs/x/b.tera`",
            ),
            (
                "{% for a in actions %}x",
                "1:1",
                "the template ends before this is closed",
            ),
            ("{% macro a() %}", "1:4", "unknown tag"),
        ] {
            let said = said(text);
            let place = format!("my/docs/x/a.tera:{place}\n");
            assert!(
                said.contains(&place) && said.contains(message),
                "{text}\n{said}"
            );
        }
    }

    #[test]
    fn the_nearest_name_is_offered() {
        for (text, meant) in [
            ("{{ nmae.key }}", "`name`"),
            ("{{ name.kye }}", "`key`"),
            (
                "{% for action in actions %}{{ acton.body }}{% endfor %}",
                "`action`",
            ),
            ("{{ word | uper }}", "`upper`"),
            (
                "{% include `docs/_shared/sample-rubi.md.tera` %}",
                "`docs/_shared/sample-ruby.md.tera`",
            ),
        ] {
            let said = said(text);
            assert!(
                said.contains(&format!("did you mean {meant}?")),
                "{text}\n{said}"
            );
        }
    }

    #[test]
    fn a_mistake_in_a_part_says_where_the_part_is_included() {
        let part = ("docs/x/b.tera", "{% if name.kye %}{% endif %}");
        let said = rendered(&[("docs/x/a.tera", "\n {% include `docs/x/b.tera` %}"), part]);
        let said = said.unwrap_err();
        assert!(said.contains("my/docs/x/b.tera:1:12\n"), "{said}");
        assert!(
            said.contains("included here") && said.contains("my/docs/x/a.tera:2:13\n"),
            "{said}"
        );
    }

    #[test]
    fn a_missing_template_is_named() {
        let templates = Templates::built_in();
        let problem = templates.render("docs/none.tera", &json!({})).unwrap_err();
        assert!(problem.message.contains("docs/none.tera"), "{problem:?}");
    }
}
