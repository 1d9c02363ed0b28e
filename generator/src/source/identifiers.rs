//! The URIs and the names that a file gives itself and its schemas.
//!
//! `$self` says what a document is called (OpenAPI 3.2, 4.1.2.2.1), `$id` what a schema is called,
//! and `$anchor` names a place within it (JSON Schema 2020-12, Core, 8.2). References in what has
//! a URI are relative to it. `$dynamicAnchor` is an anchor as well: which of several a
//! `$dynamicRef` means depends on the way that led to it, and a type has no way.

use std::collections::HashMap;

use url::Url;

use super::pointer;
use super::tree::{Key, Node, Value};
use crate::diagnostic::{At, Problem, Problems};

/// Below these keys stand values of an API, in which an `$id` is only text.
const VALUES: [&str; 4] = ["example", "examples", "const", "enum"];

/// What a file calls itself and its parts.
#[derive(Debug)]
pub(super) struct Identifiers {
    /// What has a URI: the file as a whole first, then each schema with an `$id`.
    resources: Vec<Resource>,
}

/// A part of a file that has a URI of its own.
#[derive(Debug)]
pub(super) struct Resource {
    /// The URI, without a fragment; `None` for a file that no URI can name.
    pub(super) uri: Option<Url>,
    /// Where the URI is declared; `None` for the one that a file was found under.
    pub(super) declared: Option<At>,
    /// The way to it from the root of the file.
    way: Vec<String>,
    /// The ordinals of the nodes in it.
    first: u32,
    last: u32,
    /// The ways to its anchors from the root of the file.
    anchors: HashMap<String, (Vec<String>, At)>,
}

impl Identifiers {
    /// Looks through a file that was found under `found`; wrong URIs and names are reported.
    pub(super) fn of(root: &Node, found: Option<Url>, problems: &mut Problems) -> Self {
        let whole = Resource {
            uri: found,
            declared: None,
            way: Vec::new(),
            first: 0,
            last: u32::MAX,
            anchors: HashMap::new(),
        };
        let mut search = Search {
            resources: vec![whole],
            way: Vec::new(),
            problems,
        };
        search.document(root);
        search.node(root, 0);
        Self {
            resources: search.resources,
        }
    }

    /// The resources that have a URI, with their numbers.
    pub(super) fn uris(&self) -> impl Iterator<Item = (usize, &Url, Option<At>)> {
        let all = self.resources.iter().enumerate();
        all.filter_map(|(number, each)| Some((number, each.uri.as_ref()?, each.declared)))
    }

    /// Where the URI of a resource is declared.
    pub(super) fn declared(&self, resource: usize) -> Option<At> {
        self.resources.get(resource)?.declared
    }

    /// The URI of the document.
    pub(super) fn document(&self) -> Option<&Url> {
        self.resources.first()?.uri.as_ref()
    }

    /// The number of the innermost resource around a node.
    pub(super) fn around(&self, node: u32) -> usize {
        let all = self.resources.iter().enumerate();
        let holds = all.filter(|(_, each)| (each.first..=each.last).contains(&node));
        let inner = holds.max_by_key(|(_, each)| each.first);
        inner.map_or(0, |(number, _)| number)
    }

    /// The URI that references in a resource are relative to.
    pub(super) fn base(&self, resource: usize) -> Option<&Url> {
        self.resources.get(resource)?.uri.as_ref()
    }

    /// The root of a resource.
    pub(super) fn root_of<'t>(&self, resource: usize, file: &'t Node) -> &'t Node {
        let way = self.resources.get(resource).map(|each| &each.way[..]);
        walked(file, way.unwrap_or_default()).unwrap_or(file)
    }

    /// The anchors in reach of a resource: its own, then those of the document, which may have an
    /// `$id` at its root.
    fn in_reach(&self, resource: usize) -> impl Iterator<Item = &Resource> {
        let own = self.resources.get(resource).into_iter();
        let whole = self.resources.iter().enumerate();
        let whole = whole.filter(move |(number, each)| *number != resource && each.way.is_empty());
        own.chain(whole.map(|(_, each)| each))
    }

    /// What an anchor of a resource names; one of the document, if the resource has none.
    pub(super) fn anchor<'t>(
        &self,
        resource: usize,
        name: &str,
        file: &'t Node,
    ) -> Option<&'t Node> {
        let mut known = self.in_reach(resource);
        let (way, _) = known.find_map(|each| each.anchors.get(name))?;
        walked(file, way)
    }

    /// The names of the anchors in reach of a resource.
    pub(super) fn anchors(&self, resource: usize) -> impl Iterator<Item = &str> {
        self.in_reach(resource)
            .flat_map(|each| each.anchors.keys().map(String::as_str))
    }
}

fn walked<'t>(file: &'t Node, way: &[String]) -> Option<&'t Node> {
    match pointer::walk(file, way) {
        pointer::Walk::Found(node) => Some(node),
        pointer::Walk::Ends(..) => None,
    }
}

/// Whether a text can be an anchor (JSON Schema 2020-12, Core, 8.2.2).
pub(super) fn is_anchor(text: &str) -> bool {
    let mut letters = text.chars();
    letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || "-._".contains(letter))
}

/// A walk through a file.
struct Search<'p, 't> {
    resources: Vec<Resource>,
    way: Vec<Step<'t>>,
    problems: &'p mut Problems,
}

#[derive(Clone, Copy)]
enum Step<'t> {
    Key(&'t str),
    Entry(usize),
}

impl<'t> Search<'_, 't> {
    /// Reads `$self`, which only a description has.
    fn document(&mut self, root: &Node) {
        let said = root.get("$self").filter(|_| root.get("openapi").is_some());
        let Some((node, text)) = said.and_then(|node| Some((node, node.as_str()?))) else {
            return;
        };
        if let Some(uri) = self.uri(0, "$self", node.at, text) {
            self.resources[0].uri = Some(uri);
            self.resources[0].declared = Some(node.at);
        }
    }

    /// Looks through a node of a resource; the highest ordinal in it.
    fn node(&mut self, node: &'t Node, resource: usize) -> u32 {
        match &node.value {
            Value::List(list) => {
                let mut last = node.at.node;
                for (index, entry) in list.iter().enumerate() {
                    self.way.push(Step::Entry(index));
                    last = last.max(self.node(entry, resource));
                    self.way.pop();
                }
                last
            }
            Value::Map(map) => {
                let own = self.own(node, resource);
                let resource = own.unwrap_or(resource);
                let mut last = node.at.node;
                for (key, value) in map.iter() {
                    last = last.max(key.at.node).max(value.at.node);
                    if is_value(key, value) {
                        continue;
                    }
                    self.way.push(Step::Key(&key.text));
                    last = last.max(self.node(value, resource));
                    self.way.pop();
                }
                if let Some(own) = own.and_then(|own| self.resources.get_mut(own)) {
                    own.last = last;
                }
                last
            }
            _ => node.at.node,
        }
    }

    /// The resource that a mapping begins, if it has an `$id`; its anchors are noted.
    fn own(&mut self, node: &'t Node, resource: usize) -> Option<usize> {
        let map = node.as_map()?;
        let text = |name: &str| Some((map.get(name)?.at, map.get(name)?.as_str()?));
        let id = text("$id");
        let own = id.and_then(|(at, id)| self.identified(node, resource, at, id));
        let around = own.unwrap_or(resource);
        // Up to draft 7 an anchor was an `$id` that is but a fragment.
        let old = id.and_then(|(at, id)| Some((at, id.strip_prefix('#')?)));
        if let Some((at, name)) = old.filter(|(_, name)| is_anchor(name)) {
            self.anchor(around, at, name);
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            let Some((at, name)) = text(keyword) else {
                continue;
            };
            if is_anchor(name) {
                self.anchor(around, at, name);
            } else {
                self.problems.report(
                    Problem::warning(
                        "malformed-anchor",
                        format!("`{name}` cannot be an `{keyword}`"),
                    )
                    .at(at)
                    .label("passed over")
                    .help("begin with a letter or `_`, and go on with letters, digits, `-`, `_` and `.`"),
                );
            }
        }
        own
    }

    fn identified(&mut self, node: &Node, around: usize, at: At, id: &str) -> Option<usize> {
        // An `$id` that is but a fragment is no URI of its own; tools write `#/items` to say where
        // a schema stands.
        if id.starts_with('#') || id.is_empty() {
            return None;
        }
        let uri = self.uri(around, "$id", at, id)?;
        self.resources.push(Resource {
            uri: Some(uri),
            declared: Some(at),
            way: self.here(),
            first: node.at.node,
            last: node.at.node,
            anchors: HashMap::new(),
        });
        Some(self.resources.len() - 1)
    }

    /// The URI that `text` is within a resource.
    fn uri(&mut self, around: usize, keyword: &str, at: At, text: &str) -> Option<Url> {
        let (without, fragment) = text.split_once('#').unwrap_or((text, ""));
        let base = self.resources.get(around)?.uri.as_ref();
        let uri = match base {
            Some(base) => base.join(without),
            None => Url::parse(without),
        };
        let problem = match &uri {
            Err(_) if base.is_none() => return None,
            Err(error) => Problem::warning("malformed-id", format!("`{text}` is no URI: {error}"))
                .label("passed over")
                .help(format!(
                    "write a URI such as `https://example.com/pet` as `{keyword}`"
                )),
            Ok(_) if fragment.is_empty() => return uri.ok(),
            Ok(_) => Problem::warning(
                "malformed-id",
                format!("the `{keyword}` `{text}` has a fragment"),
            )
            .label("read without it")
            .help("name a place within a schema by `$anchor`"),
        };
        self.problems.report(problem.at(at));
        uri.ok()
    }

    fn anchor(&mut self, resource: usize, at: At, name: &str) {
        let here = self.here();
        let Some(resource) = self.resources.get_mut(resource) else {
            return;
        };
        let Some((way, first)) = resource.anchors.get(name) else {
            resource.anchors.insert(name.to_owned(), (here, at));
            return;
        };
        // A schema may well have both kinds of anchor under one name.
        if *way != here {
            self.problems.report(
                Problem::warning(
                    "duplicate-anchor",
                    format!("the anchor `{name}` is given twice"),
                )
                .at(at)
                .label("passed over")
                .related(*first, "the first")
                .help("rename one of the two"),
            );
        }
    }

    fn here(&self) -> Vec<String> {
        let steps = self.way.iter().map(|step| match step {
            Step::Key(key) => (*key).to_owned(),
            Step::Entry(index) => index.to_string(),
        });
        steps.collect()
    }
}

/// Whether a node is a value of the API and no part of its description. A property may well be
/// called `example`.
fn is_value(key: &Key, node: &Node) -> bool {
    let keywords = ["type", "$ref", "properties", "allOf", "oneOf", "anyOf"];
    VALUES.contains(&&*key.text) && !keywords.iter().any(|keyword| node.get(keyword).is_some())
}
