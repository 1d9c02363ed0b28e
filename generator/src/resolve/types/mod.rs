//! Schemas → types.
//!
//! A type is made for a schema the first time somebody asks for it, and filled in later from a
//! queue: so a description may refer to itself in any shape, and a chain of a thousand
//! references needs no deep stack.

mod enums;
mod family;
mod fold;
mod object;
mod part;
mod shape;
mod union;
mod untyped;

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{At, Problem};
use crate::ir::{Shape, Type, TypeId, TypeWord, Types};
use crate::model::{Document, Reader, Schema};
use crate::source::Node;

use self::family::Families;
use self::part::{Form, Part, says_shape, stands_alone};

/// Makes types, each schema once.
pub(super) struct TypeResolver<'d> {
    types: Types,
    made: FxHashMap<Vec<(At, Form)>, TypeId>,
    keys: FxHashMap<At, &'d str>,
    components: Vec<&'d Node>,
    by_key: FxHashMap<&'d str, &'d Node>,
    families: Option<Families<'d>>,
    waiting: VecDeque<(TypeId, Vec<Part<'d>>)>,
    /// The schemas of types that are made of one alone, by their places.
    nodes: FxHashMap<At, &'d Node>,
    any: Option<TypeId>,
    /// What stands for references that lead nowhere, by their place.
    lost: FxHashMap<At, TypeId>,
}

impl<'d> TypeResolver<'d> {
    /// No type yet; the keys of the components are known.
    pub(super) fn new(document: &Document<'d>) -> Self {
        let schemas = &document.components.schemas;
        Self {
            types: Types::default(),
            made: FxHashMap::default(),
            keys: schemas
                .iter()
                .map(|(key, node)| (node.at, &*key.text))
                .collect(),
            components: schemas.iter().map(|(_, node)| *node).collect(),
            by_key: schemas
                .iter()
                .map(|(key, node)| (&*key.text, *node))
                .collect(),
            families: None,
            waiting: VecDeque::new(),
            nodes: FxHashMap::default(),
            any: None,
            lost: FxHashMap::default(),
        }
    }

    /// The key of the component at this place.
    pub(super) fn key_of(&self, at: At) -> Option<&'d str> {
        self.keys.get(&at).copied()
    }

    /// Fills in what is waiting and gives out all types.
    pub(super) fn finish(mut self, reader: &mut Reader<'d, '_>) -> Types {
        while let Some((id, parts)) = self.waiting.pop_front() {
            if let Some(ty) = self.fill(&parts, reader) {
                *self.types.get_mut(id) = ty;
            }
        }
        self.report_circles(reader);
        self.types
    }

    /// Reports schemas that are nothing but names for each other.
    fn report_circles(&self, reader: &mut Reader<'d, '_>) {
        for (id, ty) in self.types.iter() {
            let end = self.types.get(self.types.resolve(id));
            if ty.key.is_some() && matches!(end.shape, Shape::Alias(_)) {
                reader.problems.report(
                    Problem::warning("circular-ref", "this schema leads only back to itself")
                        .at(ty.at)
                        .label("read as any value")
                        .help("let one of the schemas that refer to each other say what it is"),
                );
            }
        }
    }

    /// The type of a schema; of the schema it names, if it is a reference and nothing else.
    pub(super) fn type_of(&mut self, node: &'d Node, reader: &mut Reader<'d, '_>) -> TypeId {
        let mut node = node;
        let names = node.reference().is_some() && !stands_alone(node);
        if names && !self.keys.contains_key(&node.at) {
            match self.referred(node, reader) {
                Some(target) => node = target,
                None => return self.lost(node),
            }
        }
        self.nodes.insert(node.at, node);
        self.made_of(vec![Part::whole(node)])
    }

    /// The schemas behind the types that were asked for so far.
    pub(super) fn nodes(&mut self) -> FxHashMap<At, &'d Node> {
        std::mem::take(&mut self.nodes)
    }

    /// The type of what several schemas say together.
    fn type_of_all(&mut self, nodes: &[&'d Node], reader: &mut Reader<'d, '_>) -> TypeId {
        let mut parts: Vec<Part<'d>> = Vec::new();
        for node in nodes {
            let target = if stands_alone(node) {
                node
            } else {
                self.referred(node, reader).unwrap_or(node)
            };
            if says_shape(target) && parts.iter().all(|part| part.node.at != target.at) {
                parts.push(Part::whole(target));
            }
        }
        match (&parts[..], nodes.last()) {
            ([], Some(last)) => self.type_of(last, reader),
            ([], None) => self.any(),
            _ => self.made_of(parts),
        }
    }

    /// The type of these parts, made once.
    fn made_of(&mut self, parts: Vec<Part<'d>>) -> TypeId {
        let key = parts.iter().map(|part| (part.node.at, part.form)).collect();
        if let Some(id) = self.made.get(&key) {
            return *id;
        }
        let at = parts.first().map(|part| part.node.at).unwrap_or_default();
        let id = self.types.push(Type::blank(at));
        self.made.insert(key, id);
        self.waiting.push_back((id, parts));
        id
    }

    /// The schema that a reference names; stops at components, which are names of their own.
    fn referred(&self, node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<&'d Node> {
        let mut node = node;
        let mut seen = FxHashSet::default();
        while let Some(reference) = node.reference() {
            if !seen.insert(node.at) {
                reader.problems.report(
                    Problem::warning("circular-ref", "this reference leads back to itself")
                        .at(reference.at)
                        .label("read as any value"),
                );
                return None;
            }
            let Some(text) = reference.as_str() else {
                // Reading the schema says so.
                Schema::read(node, reader);
                return None;
            };
            node = reader.target(reference.at, text)?;
            if self.keys.contains_key(&node.at) {
                break;
            }
        }
        Some(node)
    }

    /// The type of any JSON.
    pub(super) fn any(&mut self) -> TypeId {
        *self
            .any
            .get_or_insert_with(|| self.types.push(Type::blank(At::default())))
    }

    /// The type of any text.
    pub(super) fn string(&mut self) -> TypeId {
        let words = vec![TypeWord::String];
        self.types.push(Type {
            words,
            shape: Shape::String,
            ..Type::blank(At::default())
        })
    }

    /// The type of a text that is sent as it is, unless a caller says otherwise.
    pub(super) fn fixed(&mut self, text: &str) -> TypeId {
        let id = self.string();
        self.types.get_mut(id).default = Some(text.into());
        id
    }
}
