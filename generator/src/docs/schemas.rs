//! The documented schemas: their titles and anchors, the page that shows them, the links that
//! lead there, and the JSON Schema files of the formats that link to files.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::book::{Link, Listed, Schema, SchemaBrief, SchemaPage, SchemasPage};
use super::detail::{Example, Open, Row};
use super::options::{Extent, Options};
use super::text::{Flavour, cell, inline, link_target, link_text};
use super::{js, words};
use crate::ir::{Api, Direction, SchemaDoc, Shape, TypeId};
use crate::output::Tree;
use crate::template::Shared;

/// Every documented schema of an API, as one format names it.
pub(super) struct Schemas<'a> {
    api: &'a Api,
    options: &'a Options,
    /// In order of key.
    entries: Vec<Entry<'a>>,
    by_key: HashMap<&'a str, usize>,
    /// How many types there are: as many steps as following aliases can take.
    steps: usize,
}

/// A schema, and what it is called.
pub(super) struct Entry<'a> {
    doc: &'a SchemaDoc,
    title: String,
    anchor: String,
    marked: bool,
    /// What its file is called, without `.json`: its key, with a number if another key differs
    /// from it in case only.
    stem: String,
    link: Link,
    /// The link in a cell.
    cell: String,
    shared: Often,
}

/// What many actions ask of a schema; made when the first does.
#[derive(Default)]
struct Often {
    sent: Travelling,
    answered: Travelling,
}

/// What is asked of a schema whose values travel one way.
#[derive(Default)]
struct Travelling {
    fields: OnceLock<Option<Shared>>,
    example: OnceLock<Option<Shared>>,
}

impl Often {
    fn of(&self, direction: Direction) -> &Travelling {
        match direction {
            Direction::Request => &self.sent,
            Direction::Answer => &self.answered,
        }
    }
}

impl<'a> Entry<'a> {
    fn example(&self, direction: Direction) -> Option<&'a Value> {
        let own = match direction {
            Direction::Request => &self.doc.example_sent,
            Direction::Answer => &self.doc.example_answered,
        };
        own.as_ref().or(self.doc.example.as_ref())
    }
}

impl<'a> Schemas<'a> {
    /// Decides titles and anchors. Two schemas of one title get the anchors that GitHub gives
    /// two headings of one text: the second ends in `-1`.
    pub(super) fn new(api: &'a Api, options: &'a Options) -> Self {
        let mut docs: Vec<&SchemaDoc> = api.schemas.iter().collect();
        docs.sort_by_key(|doc| code_units(&doc.key));
        let mut taken = HashSet::new();
        let mut stems = HashSet::new();
        let mut headings = Headings::default();
        headings.slug("Schemas");
        let entries: Vec<Entry<'a>> = docs
            .into_iter()
            .map(|doc| {
                let title = doc.title.as_deref().unwrap_or_default().trim();
                let title = if title.is_empty() {
                    words::title(&doc.key)
                } else {
                    title.split_whitespace().collect::<Vec<_>>().join(" ")
                };
                let anchor = free_anchor(&words::anchor(&title), &mut taken);
                let marked = headings.slug(&title) != anchor;
                headings.slug("Schema");
                headings.slug("Example");
                let stem = free_stem(&file_stem(&doc.key), &mut stems);
                let target = |pattern: &str| target(pattern, &doc.key, &stem, &anchor);
                let link = Link {
                    title: link_text(&title),
                    target: target(&options.schema_link),
                    example: target(&options.example_link),
                };
                Entry {
                    doc,
                    cell: cell(&format!("[{}]({})", link.title, link.target)),
                    link,
                    title,
                    anchor,
                    marked,
                    stem,
                    shared: Often::default(),
                }
            })
            .collect();
        let by_key = entries
            .iter()
            .enumerate()
            .map(|(place, entry)| (entry.doc.key.as_str(), place))
            .collect();
        Self {
            api,
            options,
            entries,
            by_key,
            steps: api.types.iter().len(),
        }
    }

    /// The link to the schema that a type refers to: `None` for an inline one.
    pub(super) fn link(&self, ty: TypeId) -> Option<&Link> {
        Some(&self.entry(ty)?.link)
    }

    /// The same in a cell.
    pub(super) fn cell(&self, ty: TypeId) -> Option<&str> {
        Some(&self.entry(ty)?.cell)
    }

    /// The link to the schema of a key, in a cell.
    pub(super) fn cell_to(&self, key: &str) -> Option<&str> {
        let entry = &self.entries[*self.by_key.get(key)?];
        self.cell(entry.doc.ty)
    }

    /// The fields of the schema that a type refers to, which `open` opens the first time; `None` if
    /// the type is but a form of that schema.
    pub(super) fn fields(
        &self,
        ty: TypeId,
        direction: Direction,
        open: impl FnOnce() -> Vec<Row>,
    ) -> Option<Shared> {
        let entry = self.entry(ty)?;
        let types = &self.api.types;
        if types.resolve(ty) != types.resolve(entry.doc.ty) {
            return None;
        }
        let fields = &entry.shared.of(direction).fields;
        fields.get_or_init(|| Shared::new(&open())).clone()
    }

    /// The example of the schema that a type refers to, as `print` prints it the first time.
    pub(super) fn printed_example(
        &self,
        ty: TypeId,
        direction: Direction,
        print: impl FnOnce(&Value) -> Vec<Example>,
    ) -> Option<Shared> {
        let entry = self.entry(ty)?;
        let example = entry.example(direction)?;
        let printed = &entry.shared.of(direction).example;
        printed.get_or_init(|| Shared::new(&print(example))).clone()
    }

    /// The example of the schema that a type refers to, as it travels.
    pub(super) fn example(&self, ty: TypeId, direction: Direction) -> Option<&'a Value> {
        self.entry(ty)?.example(direction)
    }

    /// The page of schemas.
    pub(super) fn page<'b>(&self, api: &'b str) -> SchemasPage<'b> {
        let whole = || self.entries.iter().map(|entry| self.schema(entry));
        SchemasPage {
            api,
            schemas: match self.options.schema_list {
                Extent::Whole => Listed::Whole(whole().collect()),
                Extent::Brief => Listed::Brief(self.briefs()),
            },
        }
    }

    /// The schemas in short, in order of key.
    pub(super) fn briefs(&self) -> Vec<SchemaBrief> {
        let briefs = self.entries.iter().map(|entry| SchemaBrief {
            id: words::id(&entry.doc.key),
            link: entry.link.title.clone(),
            page: self.page_of(entry),
            summary: self.summary(entry),
            deprecated: self.api.types.get(entry.doc.ty).deprecated,
        });
        briefs.collect()
    }

    /// The schemas that have a page of their own.
    pub(super) fn with_pages(&self) -> Vec<&Entry<'a>> {
        match self.options.schema_page.is_empty() {
            true => Vec::new(),
            false => self.entries.iter().collect(),
        }
    }

    /// The page of a schema.
    pub(super) fn page_for<'b>(&'b self, entry: &Entry<'a>, api: &'b str) -> SchemaPage<'b> {
        SchemaPage {
            api,
            schemas_page: &self.options.schemas,
            schema: self.schema(entry),
        }
    }

    /// The JSON Schema files that links lead to, if the format has any.
    pub(super) fn files(&self, tree: &mut Tree) {
        if !self.options.has_schema_files() {
            return;
        }
        for entry in &self.entries {
            let path = self.options.schema_link.replace("{key}", &entry.stem);
            tree.insert(path, js::pretty_json(&self.file(entry)) + "\n");
        }
    }

    fn entry(&self, ty: TypeId) -> Option<&Entry<'a>> {
        let mut ty = ty;
        // Aliases in a circle lead nowhere.
        for _ in 0..=self.steps {
            let node = self.api.types.get(ty);
            if let Some(key) = &node.key {
                return self
                    .by_key
                    .get(key.as_str())
                    .map(|&place| &self.entries[place]);
            }
            match node.shape {
                Shape::Alias(target) => ty = target,
                _ => return None,
            }
        }
        None
    }

    /// The path of the schema's own page; empty if it has none.
    pub(super) fn path_of(&self, entry: &Entry<'a>) -> String {
        self.options.schema_page.replace("{key}", &entry.stem)
    }

    fn page_of(&self, entry: &Entry<'a>) -> String {
        link_target(&self.path_of(entry))
    }

    /// The first paragraph of what is said of it.
    fn summary(&self, entry: &Entry<'a>) -> String {
        let said = entry.doc.description.as_deref().unwrap_or_default();
        let first = said.trim().split("\n\n").next().unwrap_or_default();
        self.options.text.cell(first)
    }

    /// What a schema says of its values: not that it is a schema of its name.
    fn own_kind(&self, entry: &Entry<'a>, open: &Open<'_>) -> String {
        match self.api.types.get(entry.doc.ty).shape {
            Shape::Alias(target) => open.kind(target),
            _ => open.own_kind(entry.doc.ty),
        }
    }

    fn schema(&self, entry: &Entry<'a>) -> Schema {
        let description = entry.doc.description.as_deref().unwrap_or_default();
        let detail = self.options.detail.then_some(Open {
            api: self.api,
            schemas: self,
            direction: None,
        });
        Schema {
            title: match self.options.text {
                // A heading is a link to itself, so it holds none.
                Flavour::Safe => entry.link.title.clone(),
                Flavour::Html | Flavour::Markdown => inline(&entry.title),
            },
            link: entry.link.title.clone(),
            target: link_target(&format!("#{}", entry.anchor)),
            anchor: attribute(&entry.anchor),
            marked: entry.marked,
            page: self.page_of(entry),
            summary: self.summary(entry),
            text: self.options.text.block(description),
            definition: js::pretty_json(&entry.doc.definition),
            example: js::pretty_json(entry.doc.example.as_ref().unwrap_or(&Value::Null)),
            id: words::id(&entry.doc.key),
            kind: detail
                .as_ref()
                .map(|open| self.own_kind(entry, open))
                .unwrap_or_default(),
            fields: detail
                .map(|open| open.rows(entry.doc.ty))
                .unwrap_or_default(),
            deprecated: self.api.types.get(entry.doc.ty).deprecated,
        }
    }

    /// A schema as a file: `$schema`, title, description, what it says, its example.
    fn file(&self, entry: &Entry<'a>) -> Value {
        let mut definition = entry.doc.definition.clone();
        self.lead_to_files(&mut definition);
        let Value::Object(mut members) = definition else {
            return definition;
        };
        let mut file = Map::new();
        if let Some(dialect) = members.shift_remove("$schema") {
            file.insert("$schema".to_owned(), dialect);
        }
        file.insert("title".to_owned(), entry.title.clone().into());
        if let Some(description) = &entry.doc.description {
            file.insert("description".to_owned(), description.clone().into());
        }
        file.extend(members);
        if let Some(example) = &entry.doc.example {
            file.insert("examples".to_owned(), vec![example.clone()].into());
        }
        file.into()
    }

    /// References to other components lead to their files.
    fn lead_to_files(&self, schema: &mut Value) {
        match schema {
            Value::Object(members) => {
                for (name, member) in members {
                    match (name.as_str(), member) {
                        ("example" | "examples" | "default" | "const" | "enum", _) => {}
                        ("$ref", Value::String(reference)) => {
                            if let Some(file) = self.file_of(reference) {
                                *reference = file;
                            }
                        }
                        (_, member) => self.lead_to_files(member),
                    }
                }
            }
            Value::Array(members) => {
                for member in members {
                    self.lead_to_files(member);
                }
            }
            _ => {}
        }
    }

    fn file_of(&self, reference: &str) -> Option<String> {
        let path = ["#/components/schemas/", "#/definitions/"]
            .iter()
            .find_map(|prefix| reference.strip_prefix(prefix))?;
        let (key, rest) = path.split_once('/').unwrap_or((path, ""));
        let key = key.replace("~1", "/").replace("~0", "~");
        let entry = &self.entries[*self.by_key.get(key.as_str())?];
        let pattern = self.options.schema_link.rsplit('/').next()?;
        let file = pattern.replace("{key}", &entry.stem);
        let fragment = if rest.is_empty() {
            String::new()
        } else {
            format!("#/{rest}")
        };
        Some(link_target(&file) + &fragment)
    }
}

/// Where a link to a schema leads.
fn target(pattern: &str, key: &str, stem: &str, anchor: &str) -> String {
    let target = pattern
        .replace("{key}", stem)
        .replace("{anchor}", anchor)
        .replace("{id}", &words::id(key));
    link_target(&target)
}

/// The order of JavaScript: by UTF-16 code units.
pub(super) fn code_units(key: &str) -> Vec<u16> {
    key.encode_utf16().collect()
}

/// The stem, with a number if a file of this name is taken where case does not count.
fn free_stem(stem: &str, taken: &mut HashSet<String>) -> String {
    let mut free = stem.to_owned();
    let mut number = 2_u32;
    while !taken.insert(free.to_lowercase()) {
        free = format!("{stem}-{number}");
        number += 1;
    }
    free
}

/// A key as the name of a file: what could leave the folder or mean something to a shell or a
/// URL becomes a hyphen, but for what stands around the rest (`/connectors`): a name that begins
/// with a hyphen is an option to most programs.
pub(super) fn file_stem(key: &str) -> String {
    let stem: String = key
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '_' | '-' | '.') {
                c
            } else {
                '-'
            }
        })
        .collect();
    let stem = stem.trim_start_matches(['.', '-']).trim_end_matches('-');
    if stem.is_empty() {
        "value".to_owned()
    } else {
        stem.to_owned()
    }
}

/// The anchor, or with the first number that makes it another than those before.
pub(super) fn free_anchor(anchor: &str, taken: &mut HashSet<String>) -> String {
    let mut free = anchor.to_owned();
    let mut number = 0;
    while !taken.insert(free.clone()) {
        number += 1;
        free = format!("{anchor}-{number}");
    }
    free
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

/// The anchors that GitHub gives the headings of a page.
#[derive(Default)]
struct Headings {
    taken: HashSet<String>,
    count: HashMap<String, usize>,
}

impl Headings {
    fn slug(&mut self, text: &str) -> String {
        let base = words::github_slug(text);
        let mut slug = base.clone();
        let count = self.count.entry(base.clone()).or_default();
        while !self.taken.insert(slug.clone()) {
            *count += 1;
            slug = format!("{base}-{count}");
        }
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_cannot_leave_its_folder() {
        assert_eq!(file_stem("orgInvite"), "orgInvite");
        assert_eq!(file_stem("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_stem(".."), "value");
        assert_eq!(file_stem("a b|c"), "a-b-c");
    }

    #[test]
    fn no_hyphen_stands_around_a_name() {
        assert_eq!(file_stem("/connectors"), "connectors");
        assert_eq!(file_stem("List<Pet>"), "List-Pet");
        assert_eq!(file_stem("/"), "value");
    }

    #[test]
    fn the_second_of_two_anchors_is_numbered() {
        let mut taken = HashSet::new();
        assert_eq!(free_anchor("user", &mut taken), "user");
        assert_eq!(free_anchor("user", &mut taken), "user-1");
        assert_eq!(free_anchor("user", &mut taken), "user-2");
    }
}
