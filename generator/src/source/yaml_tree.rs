//! YAML events → a tree: anchors copied, merge keys applied, duplicate keys reported.
//!
//! Open lists and mappings stand on a stack of our own, so no depth of nesting can overflow the
//! program's. Each event that opens a node takes the next ordinal, which the locator counts in
//! the same way.

use std::collections::HashMap;
use std::ops::Range;

use super::fault::Fault;
use super::limits;
use super::merge::{self, Merge};
use super::scalar;
use super::tree::{Key, Map, Node, Value};
use super::yaml::{Anchor, Event, Events, Scalar, Tag};
use crate::diagnostic::{At, FileId, Problem, Problems};

/// The root of the first document in `text`. Mistakes that can be read over go to `problems`.
pub(super) fn build(text: &str, file: FileId, problems: &mut Problems) -> Result<Node, Fault> {
    let mut builder = Builder::new(file, problems);
    let mut documents = 0;
    for event in Events::new(text) {
        let (event, span) = event?;
        if matches!(event, Event::Document) {
            documents += 1;
            if documents == 2 {
                builder.problems.report(second_document(file, span));
                break;
            }
            continue;
        }
        builder.take(event, span)?;
    }
    builder.root.ok_or_else(Fault::empty)
}

fn second_document(file: FileId, span: Range<usize>) -> Problem {
    Problem::warning(
        "several-documents",
        "the file holds several YAML documents; only the first is read",
    )
    .span(file, span)
    .label("what begins here is left out")
    .help("put each document into a file of its own")
}

/// A node that is complete, and what it costs to copy it.
struct Built {
    node: Node,
    size: Size,
}

/// What a copy of a node costs.
#[derive(Clone, Copy)]
struct Size {
    /// In nodes, as [`limits::COPIED_NODES`] counts them.
    nodes: usize,
    /// Levels of lists and mappings.
    levels: usize,
}

impl Size {
    fn of_text(text: &str) -> Self {
        Self {
            nodes: 1 + text.len() / limits::COPIED_TEXT,
            levels: 0,
        }
    }

    fn hold(&mut self, inner: Self) {
        self.nodes = self.nodes.saturating_add(inner.nodes);
        self.levels = self.levels.max(inner.levels + 1);
    }
}

/// A list or mapping that is still open.
struct Open {
    at: At,
    anchor: Option<Anchor>,
    size: Size,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map {
        map: Map,
        merges: Vec<Merge>,
        pending: Pending,
    },
}

/// What the next node of a mapping is.
enum Pending {
    /// A key.
    Key,
    /// The value of this key.
    Value(Key),
    /// What is to be merged.
    Merge,
    /// The value of a key that cannot be used.
    Dropped,
}

struct Builder<'p> {
    file: FileId,
    next: u32,
    open: Vec<Open>,
    anchors: HashMap<Anchor, (Node, Size)>,
    copied: usize,
    root: Option<Node>,
    problems: &'p mut Problems,
}

impl<'p> Builder<'p> {
    fn new(file: FileId, problems: &'p mut Problems) -> Self {
        Self {
            file,
            next: 0,
            open: Vec::new(),
            anchors: HashMap::new(),
            copied: 0,
            root: None,
            problems,
        }
    }

    fn take(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), Fault> {
        match event {
            Event::Document => Ok(()),
            Event::Scalar(scalar) => self.scalar(&scalar, span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::OpenList(anchor) => self.open(anchor, Content::List(Vec::new()), span),
            Event::OpenMap(anchor) => {
                let content = Content::Map {
                    map: Map::default(),
                    merges: Vec::new(),
                    pending: Pending::Key,
                };
                self.open(anchor, content, span)
            }
            Event::Close => self.close(span),
        }
    }

    fn number(&mut self) -> At {
        let at = At {
            file: self.file,
            node: self.next,
        };
        self.next += 1;
        at
    }

    fn open(
        &mut self,
        anchor: Option<Anchor>,
        content: Content,
        span: Range<usize>,
    ) -> Result<(), Fault> {
        let at = self.number();
        if self.open.len() >= limits::NESTING {
            return Err(Fault::nesting(span));
        }
        let size = Size {
            nodes: 1,
            levels: 1,
        };
        self.open.push(Open {
            at,
            anchor,
            size,
            content,
        });
        Ok(())
    }

    fn close(&mut self, span: Range<usize>) -> Result<(), Fault> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let value = match open.content {
            Content::List(list) => Value::List(list),
            Content::Map { map, merges, .. } => Value::Map(merge::apply(map, merges)),
        };
        let node = Node { at: open.at, value };
        let size = open.size;
        self.complete(Built { node, size }, open.anchor, span)
    }

    fn scalar(&mut self, scalar: &Scalar<'_>, span: Range<usize>) -> Result<(), Fault> {
        let at = self.number();
        let size = Size::of_text(&scalar.text);
        if let Some(pending) = self.pending_key() {
            *pending = if scalar.is_merge_key() {
                Pending::Merge
            } else {
                let text = scalar.text.as_ref().into();
                Pending::Value(Key { at, text })
            };
            return self.remember_key(scalar, at, size, span);
        }
        let value = self.value(scalar, at);
        let node = Node { at, value };
        self.complete(Built { node, size }, scalar.anchor, span)
    }

    /// A key has its cost too, and may be anchored.
    fn remember_key(
        &mut self,
        scalar: &Scalar<'_>,
        at: At,
        size: Size,
        span: Range<usize>,
    ) -> Result<(), Fault> {
        if let Some(open) = self.open.last_mut() {
            open.size.hold(size);
        }
        let Some(anchor) = scalar.anchor else {
            return Ok(());
        };
        let value = self.value(scalar, at);
        self.remember(anchor, &Node { at, value }, size, span)
    }

    fn value(&mut self, scalar: &Scalar<'_>, at: At) -> Value {
        if let Tag::Other(tag) = &scalar.tag {
            self.problems.report(
                Problem::warning("unknown-tag", format!("the tag `{tag}` is not known here"))
                    .at(at)
                    .label("read as if it had no tag"),
            );
        }
        scalar::value(scalar).unwrap_or_else(|wanted| {
            self.problems.report(
                Problem::error(
                    "invalid-tag",
                    format!("the tag of `{}` asks for {wanted}", scalar.text),
                )
                .at(at)
                .help("remove the tag, or write what it asks for"),
            );
            Value::String(scalar.text.as_ref().into())
        })
    }

    fn alias(&mut self, anchor: Anchor, span: Range<usize>) -> Result<(), Fault> {
        let at = self.number();
        let Some((node, size)) = self.anchors.get(&anchor) else {
            return Err(Fault::syntax(
                "this alias stands within the value that it names",
                span,
            ));
        };
        let size = *size;
        if self.open.len() + size.levels > limits::NESTING {
            return Err(Fault::nesting(span));
        }
        charge(&mut self.copied, size, &span)?;
        let mut node = node.clone();
        node.at = at;
        self.complete(Built { node, size }, None, span)
    }

    /// Puts a complete node where it belongs.
    fn complete(
        &mut self,
        built: Built,
        anchor: Option<Anchor>,
        span: Range<usize>,
    ) -> Result<(), Fault> {
        if let Some(anchor) = anchor {
            self.remember(anchor, &built.node, built.size, span)?;
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(built.node);
            return Ok(());
        };
        open.size.hold(built.size);
        match &mut open.content {
            Content::List(list) => list.push(built.node),
            Content::Map {
                map,
                merges,
                pending,
            } => match std::mem::replace(pending, Pending::Key) {
                Pending::Key => *pending = key_of(&built.node, self.problems),
                Pending::Value(key) => insert(map, key, built.node, self.problems),
                Pending::Merge => merge::gather(map.len(), built.node, merges, self.problems),
                Pending::Dropped => {}
            },
        }
        Ok(())
    }

    fn remember(
        &mut self,
        anchor: Anchor,
        node: &Node,
        size: Size,
        span: Range<usize>,
    ) -> Result<(), Fault> {
        charge(&mut self.copied, size, &span)?;
        self.anchors.insert(anchor, (node.clone(), size));
        Ok(())
    }

    /// The pending part of the innermost mapping, if a key comes next.
    fn pending_key(&mut self) -> Option<&mut Pending> {
        match &mut self.open.last_mut()?.content {
            Content::Map { pending, .. } if matches!(pending, Pending::Key) => Some(pending),
            _ => None,
        }
    }
}

fn charge(copied: &mut usize, size: Size, span: &Range<usize>) -> Result<(), Fault> {
    *copied = copied.saturating_add(size.nodes);
    if *copied > limits::COPIED_NODES {
        return Err(Fault::copies(span.clone()));
    }
    Ok(())
}

/// A key that was given as an alias, or as a list or a mapping, which no description allows.
fn key_of(node: &Node, problems: &mut Problems) -> Pending {
    let text = match &node.value {
        Value::Null => Some("null"),
        _ => node.as_text(),
    };
    if let Some(text) = text {
        let text = text.into();
        return Pending::Value(Key { at: node.at, text });
    }
    problems.report(
        Problem::error(
            "invalid-key",
            format!("a key must be a text, not {}", node.phrase()),
        )
        .at(node.at)
        .help("write the key as a text; put quotes around it if it begins with `{` or `[`"),
    );
    Pending::Dropped
}

/// Adds an entry; a key that is there already is reported, and the first one stays.
pub(super) fn insert(map: &mut Map, key: Key, node: Node, problems: &mut Problems) {
    if let Some((first, _)) = map.entry(&key.text) {
        problems.report(
            Problem::error(
                "duplicate-key",
                format!("the key `{}` is given twice", key.text),
            )
            .at(key.at)
            .label("given again here")
            .related(first.at, "first given here")
            .help("remove or rename one of the two"),
        );
        return;
    }
    map.insert(key, node);
}
