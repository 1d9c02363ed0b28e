//! The documented schemas: their titles and anchors, the page that shows them, the links that
//! lead there, and the JSON Schema files of the formats that link to files.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::book::{Link, Schema, SchemaBrief, SchemaPage, SchemasPage};
use super::detail::Open;
use super::options::Options;
use super::text::{Flavour, inline, link_target, link_text};
use super::{js, words};
use crate::ir::{Api, SchemaDoc, Shape, TypeId};
use crate::output::Tree;

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
                Entry {
                    doc,
                    title,
                    anchor,
                    marked,
                    stem: free_stem(&file_stem(&doc.key), &mut stems),
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
    pub(super) fn link(&self, ty: TypeId) -> Option<Link> {
        let entry = self.entry(ty)?;
        Some(Link {
            title: link_text(&entry.title),
            target: self.target(&self.options.schema_link, entry),
            example: self.target(&self.options.example_link, entry),
        })
    }

    /// The link to the schema of a key.
    pub(super) fn link_to(&self, key: &str) -> Option<Link> {
        let entry = &self.entries[*self.by_key.get(key)?];
        self.link(entry.doc.ty)
    }

    /// The example of the schema that a type refers to.
    pub(super) fn example(&self, ty: TypeId) -> Option<&'a Value> {
        self.entry(ty)?.doc.example.as_ref()
    }

    /// The page of schemas.
    pub(super) fn page<'b>(&self, api: &'b str) -> SchemasPage<'b> {
        let schemas = self.entries.iter().map(|entry| self.schema(entry));
        SchemasPage {
            api,
            schemas: schemas.collect(),
        }
    }

    /// The schemas in short, in order of key.
    pub(super) fn briefs(&self) -> Vec<SchemaBrief> {
        let briefs = self.entries.iter().map(|entry| SchemaBrief {
            id: words::id(&entry.doc.key),
            link: link_text(&entry.title),
            page: self.page_of(entry),
            summary: self.summary(entry),
            deprecated: self.api.types.get(entry.doc.ty).deprecated,
        });
        briefs.collect()
    }

    /// The pages of single schemas with their paths, if the format has any.
    pub(super) fn pages<'b>(
        &'b self,
        api: &'b str,
    ) -> impl Iterator<Item = (String, SchemaPage<'b>)> {
        let entries = self.with_pages().into_iter();
        entries.map(move |entry| self.page_for(entry, api))
    }

    /// The schemas that have a page of their own.
    pub(super) fn with_pages(&self) -> Vec<&Entry<'a>> {
        match self.options.schema_page.is_empty() {
            true => Vec::new(),
            false => self.entries.iter().collect(),
        }
    }

    /// The page of a schema, and its path.
    pub(super) fn page_for<'b>(
        &'b self,
        entry: &Entry<'a>,
        api: &'b str,
    ) -> (String, SchemaPage<'b>) {
        let page = SchemaPage {
            api,
            schemas_page: &self.options.schemas,
            schema: self.schema(entry),
        };
        (self.path_of(entry), page)
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

    fn target(&self, pattern: &str, entry: &Entry<'a>) -> String {
        let target = pattern
            .replace("{key}", &entry.stem)
            .replace("{anchor}", &entry.anchor)
            .replace("{id}", &words::id(&entry.doc.key));
        link_target(&target)
    }

    /// The path of the schema's own page; empty if it has none.
    fn path_of(&self, entry: &Entry<'a>) -> String {
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

    /// What a schema says itself: not that it is a schema of its name.
    fn own(&self, entry: &Entry<'a>) -> TypeId {
        match self.api.types.get(entry.doc.ty).shape {
            Shape::Alias(target) => target,
            _ => entry.doc.ty,
        }
    }

    fn schema(&self, entry: &Entry<'a>) -> Schema {
        let description = entry.doc.description.as_deref().unwrap_or_default();
        let detail = self.options.detail.then_some(Open {
            api: self.api,
            schemas: self,
            of_requests: false,
        });
        Schema {
            title: match self.options.text {
                // A heading is a link to itself, so it holds none.
                Flavour::Safe => link_text(&entry.title),
                Flavour::Html | Flavour::Markdown => inline(&entry.title),
            },
            link: link_text(&entry.title),
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
                .map(|open| open.kind(self.own(entry)))
                .unwrap_or_default(),
            fields: detail
                .map(|open| open.fields(entry.doc.ty))
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
/// URL becomes a hyphen.
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
    let stem = stem.trim_start_matches('.');
    if stem.is_empty() {
        "-".to_owned()
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
        assert_eq!(file_stem("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(file_stem(".."), "-");
        assert_eq!(file_stem("a b|c"), "a-b-c");
    }

    #[test]
    fn the_second_of_two_anchors_is_numbered() {
        let mut taken = HashSet::new();
        assert_eq!(free_anchor("user", &mut taken), "user");
        assert_eq!(free_anchor("user", &mut taken), "user-1");
        assert_eq!(free_anchor("user", &mut taken), "user-2");
    }
}
