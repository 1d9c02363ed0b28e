//! Where the nodes of a file stand: found by reading its text once more, when somebody asks.
//!
//! Nodes carry only their ordinal. The first question about a file replays its text, counts the
//! nodes as the builders did, and notes for each its bytes and how it hangs on its parent; every
//! further question is then answered from those notes. A file without problems pays nothing.

use std::ops::Range;

use super::json_scan::{self, Piece, Pieces};
use super::read::Format;
use super::yaml::{Event, Events};

/// The places of a file's nodes.
#[derive(Debug, Default)]
pub(super) struct Places {
    marks: Vec<Mark>,
    keys: Vec<Box<str>>,
    /// Where each line begins.
    lines: Vec<u32>,
}

#[derive(Debug)]
struct Mark {
    start: u32,
    end: u32,
    parent: u32,
    step: Step,
}

/// How a node hangs on its parent.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// It is the root, or merged into its parent.
    Same,
    /// An entry of a list.
    Entry(u32),
    /// The value (or the key itself) under the key of this number.
    Key(u32),
}

impl Places {
    /// Reads `text` again. What stands before a mistake in it is found all the same.
    pub(super) fn of(text: &str, format: Format) -> Self {
        let mut recorder = Recorder::default();
        match format {
            Format::Json => recorder.json(text),
            Format::Yaml => recorder.yaml(text),
        }
        let breaks = text
            .match_indices('\n')
            .map(|(offset, _)| short(offset + 1));
        recorder.places.lines = std::iter::once(0).chain(breaks).collect();
        recorder.places
    }

    /// The bytes of the node of this ordinal.
    pub(super) fn span(&self, node: u32) -> Option<Range<usize>> {
        let mark = self.marks.get(node as usize)?;
        Some(mark.start as usize..mark.end as usize)
    }

    /// The JSON Pointer (RFC 6901) of the node of this ordinal; of its value for a key.
    pub(super) fn pointer(&self, mut node: u32) -> String {
        let mut tokens = Vec::new();
        while let Some(mark) = self.marks.get(node as usize) {
            match mark.step {
                Step::Same => {}
                Step::Entry(index) => tokens.push(index.to_string()),
                Step::Key(key) => {
                    let key = self.keys.get(key as usize).map_or("", |key| key);
                    tokens.push(key.replace('~', "~0").replace('/', "~1"));
                }
            }
            if mark.parent == node {
                break;
            }
            node = mark.parent;
        }
        tokens
            .iter()
            .rev()
            .map(|token| format!("/{token}"))
            .collect()
    }

    /// The line (from 1) that holds this byte, and where it begins.
    pub(super) fn line(&self, offset: usize) -> (usize, usize) {
        let line = self
            .lines
            .partition_point(|&start| start as usize <= offset)
            .max(1);
        let start = self.lines.get(line - 1).map_or(0, |&start| start as usize);
        (line, start)
    }
}

/// Files are limited to a size that fits.
fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// An open list or mapping.
struct Open {
    node: u32,
    next: Next,
}

/// How the next node hangs on an open list or mapping.
#[derive(Clone, Copy)]
enum Next {
    /// The entry of this index.
    Entry(u32),
    /// A key.
    Key,
    /// The value under a key.
    Value(Step),
}

#[derive(Default)]
struct Recorder {
    places: Places,
    open: Vec<Open>,
    /// The keys that were anchored, for aliases that stand as keys.
    anchored: std::collections::HashMap<super::yaml::Anchor, Box<str>>,
}

impl Recorder {
    fn json(&mut self, text: &str) {
        for (piece, span) in Pieces::new(text) {
            match piece {
                Piece::OpenMap => self.open(&span, Next::Key),
                Piece::OpenList => self.open(&span, Next::Entry(0)),
                Piece::Close => {
                    self.open.pop();
                }
                Piece::String | Piece::Word if self.awaits_key() => {
                    let key = text.get(span.clone()).map(json_scan::unquoted);
                    self.key(&span, key);
                }
                Piece::String | Piece::Word => {
                    self.value(&span);
                }
            }
        }
    }

    fn yaml(&mut self, text: &str) {
        let mut documents = 0;
        for (event, span) in Events::new(text).map_while(Result::ok) {
            match event {
                Event::Document => documents += 1,
                Event::OpenMap(_) => self.open(&span, Next::Key),
                Event::OpenList(_) => self.open(&span, Next::Entry(0)),
                Event::Close => {
                    self.open.pop();
                }
                Event::Alias(anchor) if self.awaits_key() => {
                    let key = self.anchored.get(&anchor).cloned();
                    self.key(&span, key);
                }
                Event::Alias(_) => self.value(&span),
                Event::Scalar(scalar) => {
                    self.stretch(&span);
                    let span = trimmed(text, span);
                    if let Some(anchor) = scalar.anchor {
                        self.anchored.insert(anchor, scalar.text.as_ref().into());
                    }
                    if self.awaits_key() {
                        let key = (!scalar.is_merge_key()).then(|| scalar.text.as_ref().into());
                        self.key(&span, key);
                    } else {
                        self.value(&span);
                    }
                }
            }
            if documents > 1 {
                break;
            }
        }
    }

    fn awaits_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| matches!(open.next, Next::Key))
    }

    /// A block mapping has no mark of its own: it is shown at its first key.
    fn stretch(&mut self, scalar: &Range<usize>) {
        let first = self.places.marks.last_mut();
        if let Some(mark) =
            first.filter(|mark| mark.start == mark.end && mark.start == short(scalar.start))
        {
            mark.end = short(scalar.end);
        }
    }

    fn open(&mut self, span: &Range<usize>, next: Next) {
        let node = short(self.places.marks.len());
        if self.awaits_key() {
            self.key(span, None);
        } else {
            self.value(span);
        }
        self.open.push(Open { node, next });
    }

    /// A key; `None` for one that adds nothing to a pointer.
    fn key(&mut self, span: &Range<usize>, text: Option<Box<str>>) {
        let step = match text {
            Some(text) => {
                self.places.keys.push(text);
                Step::Key(short(self.places.keys.len() - 1))
            }
            None => Step::Same,
        };
        if let Some(open) = self.open.last_mut() {
            open.next = Next::Value(step);
        }
        self.mark(span, step);
    }

    fn value(&mut self, span: &Range<usize>) {
        let step = match self.open.last_mut().map(|open| &mut open.next) {
            Some(Next::Entry(index)) => {
                *index += 1;
                Step::Entry(*index - 1)
            }
            Some(next @ Next::Value(_)) => match std::mem::replace(next, Next::Key) {
                Next::Value(step) => step,
                _ => Step::Same,
            },
            Some(Next::Key) | None => Step::Same,
        };
        self.mark(span, step);
    }

    fn mark(&mut self, span: &Range<usize>, step: Step) {
        let own = short(self.places.marks.len());
        self.places.marks.push(Mark {
            start: short(span.start),
            end: short(span.end),
            parent: self.open.last().map_or(own, |open| open.node),
            step,
        });
    }
}

/// The span of a block scalar reaches up to the next key: without the blanks after it.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    match text.get(span.clone()) {
        Some(written) => span.start..span.start + written.trim_end().len(),
        None => span,
    }
}
