//! What several schemas say together: the members of an `allOf`, the schema around them, and the
//! targets of their references, folded into one set of keywords.
//!
//! Types and values are narrowed to what all of them allow; properties, required names and
//! choices are gathered. Where two contradict each other the later one counts, because that is
//! what a child means that says something else than its parent.

use rustc_hash::FxHashSet;

use serde_json::Value as Json;

use crate::diagnostic::At;
use crate::ir::{Constraints, EnumValue, TypeWord};
use crate::model::{Additional, Discriminator, Reader, Schema};
use crate::source::{Key, Node};

use super::enums::enum_values;
use super::part::{Form, Part, says_nothing, stands_alone};

/// The keywords of all schemas together.
#[derive(Default)]
pub(super) struct Folded<'d> {
    pub(super) words: Vec<TypeWord>,
    pub(super) nullable: bool,
    pub(super) format: Option<String>,
    pub(super) values: Option<Vec<EnumValue>>,
    pub(super) properties: Vec<(&'d Key, Vec<&'d Node>)>,
    pub(super) required: Vec<(&'d str, At)>,
    /// The names of properties that only a condition speaks of.
    pub(super) conditional: FxHashSet<&'d str>,
    pub(super) closed: bool,
    pub(super) open: bool,
    /// The schemas of `additionalProperties` and of `patternProperties`.
    pub(super) additional: Vec<&'d Node>,
    pub(super) patterns: Vec<&'d Node>,
    pub(super) items: Vec<&'d Node>,
    pub(super) prefix_items: &'d [Node],
    pub(super) choices: Vec<Choice<'d>>,
    pub(super) content: Option<&'d Node>,
    pub(super) media_type: Option<&'d str>,
    pub(super) constraints: Constraints,
    pub(super) default: Option<Json>,
    pub(super) example: Option<Json>,
    pub(super) description: Option<String>,
    /// Whether somebody said what type a value has, and that it may not be null.
    never_null: bool,
    /// Whether a schema that is written here says of the values only that they may be null.
    adds_null: bool,
}

/// A `oneOf` or `anyOf`.
pub(super) struct Choice<'d> {
    pub(super) members: Vec<&'d Node>,
    pub(super) discriminator: Option<Discriminator<'d>>,
}

/// A fold under way.
struct Fold<'d, 'r, 'p> {
    folded: Folded<'d>,
    seen: FxHashSet<At>,
    reader: &'r mut Reader<'d, 'p>,
}

/// Folds the parts of a type.
pub(super) fn fold<'d>(parts: &[Part<'d>], reader: &mut Reader<'d, '_>) -> Folded<'d> {
    let mut fold = Fold {
        folded: Folded::default(),
        seen: FxHashSet::default(),
        reader,
    };
    for part in parts {
        fold.add(part.node, part.form, true);
    }
    let folded = fold.folded;
    Folded {
        nullable: folded.adds_null || (folded.nullable && !folded.never_null),
        ..folded
    }
}

impl<'d> Fold<'d, '_, '_> {
    /// Adds what a schema says; `own` if it is written here and not behind a reference.
    fn add(&mut self, node: &'d Node, form: Form, own: bool) {
        if !self.seen.insert(node.at) {
            return;
        }
        if let Some(reference) = node.reference() {
            let text = reference.as_str();
            if let Some(target) = text.and_then(|text| self.reader.target(reference.at, text)) {
                self.add(target, form, false);
            }
            if !stands_alone(node) {
                return;
            }
        }
        let Some(schema) = Schema::read(node, self.reader) else {
            return;
        };
        for member in schema.all_of {
            self.add(member, form, own);
        }
        if form == Form::Sometimes {
            self.add_sometimes(schema);
        } else {
            self.add_keywords(schema, form, own);
        }
    }

    /// Properties that an object may have under a condition.
    fn add_sometimes(&mut self, schema: Schema<'d>) {
        for (key, node) in schema.properties {
            let known = &mut self.folded.properties;
            if known.iter().all(|(name, _)| name.text != key.text) {
                known.push((key, vec![node]));
                self.folded.conditional.insert(&*key.text);
            }
        }
        let members = schema.one_of.iter().chain(schema.any_of);
        for node in members.chain(schema.sometimes) {
            self.add(node, Form::Sometimes, false);
        }
    }

    fn add_keywords(&mut self, mut schema: Schema<'d>, form: Form, own: bool) {
        let mut sometimes = std::mem::take(&mut schema.sometimes);
        let branches = chosen_branches(&schema);
        sometimes.retain(|node| !branches.iter().any(|branch| branch.at == node.at));
        if form == Form::Whole {
            self.add_choices(&mut schema);
            if !branches.is_empty() {
                self.folded.choices.push(Choice {
                    members: branches,
                    discriminator: None,
                });
            }
        }
        self.add_values(&schema, own);
        let folded = &mut self.folded;
        for (key, node) in &schema.properties {
            folded.conditional.remove(&*key.text);
            match folded
                .properties
                .iter_mut()
                .find(|(name, _)| name.text == key.text)
            {
                Some((name, nodes)) => {
                    *name = key;
                    nodes.push(node);
                }
                None => folded.properties.push((key, vec![node])),
            }
        }
        folded.required.extend(&schema.required);
        match schema.additional {
            Additional::Unsaid => {}
            Additional::Allowed(open) => {
                folded.closed |= !open;
                folded.open |= open;
            }
            Additional::Schema(node) => folded.additional.push(node),
        }
        folded
            .patterns
            .extend(schema.patterns.iter().map(|(_, node)| node));
        folded.items.extend(schema.items);
        if !schema.prefix_items.is_empty() {
            folded.prefix_items = schema.prefix_items;
        }
        folded.content = schema.content.or(folded.content);
        folded.media_type = schema.media_type.or(folded.media_type);
        folded.constraints.narrow(&schema.constraints);
        folded.format = schema.format.or(folded.format.take());
        folded.default = schema.default.or(folded.default.take());
        folded.example = schema.example.or(folded.example.take());
        if own {
            folded.description = schema.description.or(folded.description.take());
        }
        for node in sometimes {
            self.add(node, Form::Sometimes, false);
        }
    }

    /// Narrows the type, the values and whether `null` is one of them. By 3.0 a `nullable` without a
    /// `type` adds nothing to what an `allOf` allows; but it is written to add `null`, and by nobody
    /// who means something else.
    fn add_values(&mut self, schema: &Schema<'d>, own: bool) {
        let folded = &mut self.folded;
        folded.nullable |= schema.nullable;
        let says = !schema.words.is_empty() || schema.values.is_some();
        folded.adds_null |= own && !says && schema.nullable;
        folded.never_null |= says && !schema.nullable;
        if !schema.words.is_empty() {
            folded.words = narrowed(&folded.words, &schema.words);
        }
        if let Some(values) = &schema.values {
            let values = enum_values(schema, values, &folded.words);
            folded.values = Some(match folded.values.take() {
                Some(known) => common(known, values),
                None => values,
            });
        }
    }

    /// Choices, unless one of them is what is being folded: a child that names its parent does
    /// not mean the parent's list of children.
    fn add_choices(&mut self, schema: &mut Schema<'d>) {
        let mut discriminator = schema.discriminator.take();
        for members in [schema.one_of, schema.any_of] {
            let members: Vec<&'d Node> = members.iter().collect();
            if !members.is_empty() && !members.iter().any(|member| self.is_open(member)) {
                self.folded.choices.push(Choice {
                    members,
                    discriminator: discriminator.take(),
                });
            }
        }
    }

    fn is_open(&self, member: &'d Node) -> bool {
        let target = member.reference().and_then(|reference| {
            let text = reference.as_str()?;
            self.reader.sources.resolve(reference.at, text).ok()
        });
        target.is_some_and(|target| self.seen.contains(&target.at))
    }
}

/// `then` and `else` of a schema that says nothing else of its values: a choice of two, unless
/// both only add properties to an object.
fn chosen_branches<'d>(schema: &Schema<'d>) -> Vec<&'d Node> {
    let says_more = !schema.words.is_empty()
        || schema.values.is_some()
        || schema.reference.is_some()
        || !schema.properties.is_empty()
        || !schema.patterns.is_empty()
        || schema.items.is_some()
        || !matches!(schema.additional, Additional::Unsaid)
        || [
            schema.all_of,
            schema.one_of,
            schema.any_of,
            schema.prefix_items,
        ]
        .iter()
        .any(|list| !list.is_empty());
    let is_object = |node: &Node| {
        let word = node.get("type").and_then(Node::as_str);
        node.get("$ref").is_none() && word.is_none_or(|word| word == "object")
    };
    match schema.branches {
        Some(branches)
            if !says_more
                && !branches.iter().any(|node| says_nothing(node))
                && !branches.iter().all(|node| is_object(node)) =>
        {
            branches.to_vec()
        }
        _ => Vec::new(),
    }
}

/// The words that both lists allow; the later ones if none.
fn narrowed(known: &[TypeWord], later: &[TypeWord]) -> Vec<TypeWord> {
    if known.is_empty() {
        return later.to_vec();
    }
    let allows = |list: &[TypeWord], word: TypeWord| {
        list.contains(&word) || (word == TypeWord::Integer && list.contains(&TypeWord::Number))
    };
    let mut both: Vec<TypeWord> = Vec::new();
    for word in later.iter().chain(known) {
        if allows(known, *word) && allows(later, *word) && !both.contains(word) {
            both.push(*word);
        }
    }
    if both.is_empty() {
        later.to_vec()
    } else {
        both
    }
}

/// The values that both lists have; the later ones if none.
fn common(known: Vec<EnumValue>, later: Vec<EnumValue>) -> Vec<EnumValue> {
    let both: Vec<EnumValue> = later
        .iter()
        .filter(|value| known.iter().any(|each| each.value == value.value))
        .cloned()
        .collect();
    if both.is_empty() { later } else { both }
}
