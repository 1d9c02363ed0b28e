//! What a format decides in its `format.yaml`: everything that differs between formats and is
//! not the wording of a template.

use serde::Deserialize;

use super::text::Flavour;
use crate::diagnostic::Problem;
use crate::template;

/// The options of a format.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Options {
    /// What the format is, in one line, for `--help`.
    pub(super) about: String,
    /// The path of a resource's page: `{key}.md`, `{kebab}.md`.
    pub(super) page: String,
    /// The path of the page of schemas; its template is this and `.tera`.
    pub(super) schemas: String,
    /// Where the type of a parameter or a response leads, with `{key}` and `{anchor}`. If it is
    /// a `.json` file, the files are made too.
    pub(super) schema_link: String,
    /// Where the example of a parameter leads, with `{key}` and `{anchor}`.
    pub(super) example_link: String,
    /// The order of a page's actions.
    pub(super) order: Order,
    /// Whether streams of server-sent events are documented.
    pub(super) streams: Streams,
    /// How text is made safe.
    pub(super) text: Flavour,
    /// What is shown of the Rust client.
    #[serde(default)]
    pub(super) rust: Rust,
    /// Whether actions have [`Detail`](super::detail::Detail), and schemas their fields.
    #[serde(default)]
    pub(super) detail: bool,
    /// Further pages of the whole API; the template of each is its path and `.tera`.
    #[serde(default)]
    pub(super) also: Vec<String>,
    /// The path of a list of all actions for machines, as JSON; empty: there is none.
    #[serde(default)]
    pub(super) index: String,
}

/// What is shown of the Rust client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Rust {
    /// Nothing.
    #[default]
    Nothing,
    /// The sample of each action.
    Samples,
    /// The sample, and what arguments and setters are called.
    Names,
}

/// The order of a page's actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Order {
    /// By key, in code units.
    ByKey,
    /// As in the description.
    AsDescribed,
}

/// Whether streams of server-sent events are documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Streams {
    /// They are.
    Shown,
    /// They are not.
    LeftOut,
}

impl Options {
    /// The options of a format.
    ///
    /// # Errors
    ///
    /// `unknown-format` if there is no such folder of templates, `format-options` if its
    /// `format.yaml` cannot be read.
    pub(super) fn load(format: &str) -> Result<Self, Box<Problem>> {
        let known = template::doc_formats();
        if !known.iter().any(|name| name == format) {
            let message = format!("there is no documentation format `{format}`");
            let help = format!("the formats are {}", known.join(", "));
            return Err(Box::new(
                Problem::error("unknown-format", message).help(help),
            ));
        }
        let path = format!("docs/{format}/format.yaml");
        let text = template::file(&path).unwrap_or_default();
        serde_yaml::from_str(&text).map_err(|error| {
            let problem = Problem::error("format-options", format!("templates/{path}: {error}"));
            Box::new(problem.help("correct the options of the format"))
        })
    }

    /// Whether the types of schemas lead to files of their own, which are then to be made.
    pub(super) fn has_schema_files(&self) -> bool {
        self.schema_link.ends_with(".json")
    }
}
