//! What a format decides in its `format.yaml`: everything that differs between formats and is
//! not the wording of a template.

use serde::Deserialize;

use super::text::Flavour;
use crate::diagnostic::{Problem, near};
use crate::template::Templates;

/// The page whose template prints one schema.
pub(super) const SCHEMA: &str = "schema.md";

/// The options of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Options {
    /// What the format is, in one line, for `--help`.
    pub(super) about: String,
    /// The path of a resource's page: `{key}.md`, `{kebab}.md`.
    pub(super) page: String,
    /// The path of the page of schemas; its template is this and `.tera`.
    pub(super) schemas: String,
    /// What that is handed of them.
    pub(super) schema_list: Extent,
    /// The path of the page of one schema, with `{key}`; empty: schemas have no pages of their own.
    pub(super) schema_page: String,
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
    pub(super) rust: Rust,
    /// What samples in other languages hold.
    pub(super) samples: Samples,
    /// What tables say of a type that has no name.
    pub(super) inline_types: InlineTypes,
    /// Whether actions have [`Detail`](super::detail::Detail), and schemas their fields.
    pub(super) detail: bool,
    /// Further pages of the whole API; the template of each is its path and `.tera`.
    pub(super) also: Vec<String>,
    /// What these pages are handed of the pages of resources.
    pub(super) chapters: Extent,
    /// The path of a list of all actions for machines, as JSON; empty: there is none.
    pub(super) index: String,
    /// Where its templates are looked for: its own folder, then those of the formats that it
    /// extends.
    folders: Vec<String>,
}

/// What a `format.yaml` says; what it does not say is that of the format that it extends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Written {
    extends: Option<String>,
    about: Option<String>,
    page: Option<String>,
    schemas: Option<String>,
    schema_list: Option<Extent>,
    schema_page: Option<String>,
    schema_link: Option<String>,
    example_link: Option<String>,
    order: Option<Order>,
    streams: Option<Streams>,
    text: Option<Flavour>,
    rust: Option<Rust>,
    samples: Option<Samples>,
    inline_types: Option<InlineTypes>,
    detail: Option<bool>,
    also: Option<Vec<String>>,
    chapters: Option<Extent>,
    index: Option<String>,
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

/// What samples hold, but for those in Rust.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Samples {
    /// What is required, and a JSON body that may be left out: few descriptions say that it may
    /// not be. A request without a body has no `Content-Type`.
    #[default]
    WithBody,
    /// What is required and nothing else, and always a `Content-Type`, as the published pages have
    /// it.
    Required,
}

/// What tables say of a type that has no name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum InlineTypes {
    /// What its values are: `array of string`. Where there is no type or example, nothing.
    #[default]
    Told,
    /// The word of `type`, and of a response not even that: `undefined`, as the published pages have
    /// it. So it is where there is no type or example.
    Undefined,
}

/// How much a page that lists things is handed of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Extent {
    /// All of it.
    #[default]
    Whole,
    /// All but what is many times as much as the rest: the actions of a resource; what a schema
    /// says.
    Brief,
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
    /// `format.yaml` cannot be read or leaves out what has to be said.
    pub(super) fn load(templates: &Templates, format: &str) -> Result<Self, Box<Problem>> {
        let known = templates.formats();
        if !known.iter().any(|name| name == format) {
            let message = format!("there is no documentation format `{format}`");
            let help = format!("the formats are {}", known.join(", "));
            return Err(Box::new(
                Problem::error("unknown-format", message).help(help),
            ));
        }
        let mut folders = Vec::new();
        let mut written = Written::default();
        let mut next = Some(format.to_owned());
        while let Some(name) = next {
            let base = Written::read(templates, &name)?;
            next = base.extends.clone();
            folders.push(name);
            if let Some(extended) = &next {
                extends(templates, &folders, extended)?;
            }
            written = written.over(base);
        }
        written.complete(templates, folders)
    }

    /// The path of one of the format's templates: its own, or that of the nearest format that it
    /// extends.
    pub(super) fn template(&self, templates: &Templates, page: &str) -> String {
        let paths = self.folders.iter();
        let paths: Vec<String> = paths
            .map(|folder| format!("docs/{folder}/{page}.tera"))
            .collect();
        let found = paths.iter().find(|path| templates.file(path).is_some());
        found.or(paths.first()).cloned().unwrap_or_default()
    }

    /// The templates that its pages are printed with, below `folder`.
    pub(super) fn pages(&self) -> impl Iterator<Item = &str> {
        let also = self.also.iter().map(|path| &**path);
        let own = (!self.schema_page.is_empty()).then_some(SCHEMA);
        ["page.md", &*self.schemas]
            .into_iter()
            .chain(own)
            .chain(also)
    }

    /// Whether the types of schemas lead to files of their own, which are then to be made.
    pub(super) fn has_schema_files(&self) -> bool {
        self.schema_link.ends_with(".json")
    }
}

/// Whether the last of these formats may extend another.
fn extends(templates: &Templates, folders: &[String], extended: &str) -> Result<(), Box<Problem>> {
    let known = templates.formats();
    let problem = if folders.iter().any(|folder| folder == extended) {
        let message = format!("the format `{extended}` extends itself, if not directly");
        Problem::error("format-options", message).help("extend a format that does not extend this")
    } else if known.iter().any(|format| format == extended) {
        return Ok(());
    } else {
        let message = format!("there is no format `{extended}` to extend");
        let near = near(extended, known.iter().map(|name| &**name));
        Problem::error("format-options", message).help(match near.first() {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the formats are {}", known.join(", ")),
        })
    };
    let path = options_path(folders.last().map_or("", |folder| folder));
    let text = templates.file(&path).unwrap_or_default();
    let key = text.find("extends").unwrap_or_default();
    let value = text[key..].find(extended).map_or(key, |value| key + value);
    let bytes = value..value + extended.len();
    Err(Box::new(templates.problem_at(problem, &path, bytes)))
}

fn options_path(format: &str) -> String {
    format!("docs/{format}/format.yaml")
}

impl Written {
    fn read(templates: &Templates, format: &str) -> Result<Self, Box<Problem>> {
        let path = options_path(format);
        let text = templates.file(&path).unwrap_or_default();
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        serde_yaml::from_str(text).map_err(|error| {
            let mut said = error.to_string();
            let mut start = 0;
            if let Some(location) = error.location() {
                let (line, column) = (location.line(), location.column());
                said = said.replace(&format!(" at line {line} column {column}"), "");
                start = text.floor_char_boundary(location.index().min(text.len()));
            }
            let line = text[start..].lines().next().unwrap_or_default();
            let problem = Problem::error(
                "format-options",
                format!("the options of `{format}`: {said}"),
            )
            .help("correct it, or leave it to a format that this one `extends`");
            Box::new(templates.problem_at(problem, &path, start..start + line.len()))
        })
    }

    /// What this says, and what `base` says of the rest.
    fn over(self, base: Self) -> Self {
        Self {
            extends: base.extends,
            about: self.about.or(base.about),
            page: self.page.or(base.page),
            schemas: self.schemas.or(base.schemas),
            schema_list: self.schema_list.or(base.schema_list),
            schema_page: self.schema_page.or(base.schema_page),
            schema_link: self.schema_link.or(base.schema_link),
            example_link: self.example_link.or(base.example_link),
            order: self.order.or(base.order),
            streams: self.streams.or(base.streams),
            text: self.text.or(base.text),
            rust: self.rust.or(base.rust),
            samples: self.samples.or(base.samples),
            inline_types: self.inline_types.or(base.inline_types),
            detail: self.detail.or(base.detail),
            also: self.also.or(base.also),
            chapters: self.chapters.or(base.chapters),
            index: self.index.or(base.index),
        }
    }

    fn complete(
        self,
        templates: &Templates,
        folders: Vec<String>,
    ) -> Result<Options, Box<Problem>> {
        let format = folders.first().map_or("", |folder| folder);
        let missing = |key: &str| {
            let message = format!("the options of `{format}` do not say `{key}`");
            let problem = Problem::error("format-options", message).help(format!(
                "write `{key}`, or `extends` and a format that says it"
            ));
            Box::new(templates.problem_at(problem, &options_path(format), 0..0))
        };
        Ok(Options {
            about: self.about.ok_or_else(|| missing("about"))?,
            page: self.page.ok_or_else(|| missing("page"))?,
            schemas: self.schemas.ok_or_else(|| missing("schemas"))?,
            schema_list: self.schema_list.unwrap_or_default(),
            schema_page: self.schema_page.unwrap_or_default(),
            schema_link: self.schema_link.ok_or_else(|| missing("schema-link"))?,
            example_link: self.example_link.ok_or_else(|| missing("example-link"))?,
            order: self.order.ok_or_else(|| missing("order"))?,
            streams: self.streams.ok_or_else(|| missing("streams"))?,
            text: self.text.ok_or_else(|| missing("text"))?,
            rust: self.rust.unwrap_or_default(),
            samples: self.samples.unwrap_or_default(),
            inline_types: self.inline_types.unwrap_or_default(),
            detail: self.detail.unwrap_or_default(),
            also: self.also.unwrap_or_default(),
            chapters: self.chapters.unwrap_or_default(),
            index: self.index.unwrap_or_default(),
            folders,
        })
    }
}
