//! Choices: `oneOf`, `anyOf`, and the children of a parent.
//!
//! What stands beside a choice holds for each of its members, so it is distributed: a member
//! that does not say it already becomes a form of itself with what the others say. Nothing is
//! lost, and a member that needs nothing stays the component that it is.

use crate::ir::{Shape, TypeId, Union};
use crate::model::{Discriminator, Reader, Schema};
use crate::source::{Node, Value};

use super::TypeResolver;
use super::family::Families;
use super::fold::{Choice, Folded, fold};
use super::part::{Form, Part, says_nothing};

/// Choices beside each other are multiplied up to this many members; beyond it all but the first
/// give properties that may be there.
const MOST: usize = 32;

/// A type is made of no more parts than this.
const MOST_PARTS: usize = 12;

/// A member of a choice, or one of each of several choices.
type Member<'d> = Vec<&'d Node>;

impl<'d> TypeResolver<'d> {
    /// The union of the members of the choices; `None` if there is no choice that says anything.
    pub(super) fn union(
        &mut self,
        parts: &[Part<'d>],
        folded: &mut Folded<'d>,
        reader: &mut Reader<'d, '_>,
    ) -> Option<Shape> {
        let mut choices = std::mem::take(&mut folded.choices);
        for choice in &mut choices {
            let all = choice.members.len();
            choice.members.retain(|member| !is_null(member));
            folded.nullable |= choice.members.len() < all;
        }
        choices.retain(|choice| !choice.members.iter().all(|member| says_nothing(member)));
        if choices.is_empty() || parts.len() > MOST_PARTS {
            return None;
        }
        let (members, left) = product(&choices);
        let mut base: Vec<Part<'d>> = parts.iter().map(|part| Part::bare(part.node)).collect();
        base.extend(left.into_iter().map(|node| Part {
            node,
            form: Form::Sometimes,
        }));
        let said = fold(&base, reader);
        let mut variants: Vec<TypeId> = Vec::new();
        let mut targets = Vec::new();
        for member in &members {
            let id = self.member(member, &base, &said, reader);
            targets.extend(member.iter().map(|node| (self.target_at(node, reader), id)));
            if !variants.contains(&id) {
                variants.push(id);
            }
        }
        let named = choices.into_iter().find_map(|choice| choice.discriminator);
        let default = named.as_ref().and_then(|named| named.default);
        let default = default.and_then(|default| self.mapped(default, &targets, reader));
        let discriminator = named.map(|named| self.mapping(&named, &targets, reader));
        Some(match variants[..] {
            [only] => Shape::Alias(only),
            _ => Shape::Union(Union {
                variants,
                discriminator,
                default,
            }),
        })
    }

    /// The type of a member: its own, if it says what the schema around it says.
    fn member(
        &mut self,
        member: &Member<'d>,
        base: &[Part<'d>],
        said: &Folded<'d>,
        reader: &mut Reader<'d, '_>,
    ) -> TypeId {
        if let [only] = member[..] {
            let own = fold(&[Part::whole(only)], reader);
            if !lacks(&own, said) {
                return self.type_of(only, reader);
            }
        }
        let mut parts = base.to_vec();
        for node in member {
            let target = self.referred(node, reader).unwrap_or(node);
            if parts.iter().all(|part| part.node.at != target.at) {
                parts.push(Part::whole(target));
            }
        }
        self.made_of(parts)
    }

    /// The union of the children of a parent, and of the parent itself.
    pub(super) fn family(
        &mut self,
        parts: &[Part<'d>],
        reader: &mut Reader<'d, '_>,
    ) -> Option<Shape> {
        let [part] = parts else {
            return None;
        };
        let parent = part.node;
        if part.form != Form::Whole || parent.get("discriminator").is_none() {
            return None;
        }
        let families = self
            .families
            .get_or_insert_with(|| Families::of(&self.components, reader.sources));
        if !families.is_parent(parent) {
            return None;
        }
        let children: Vec<Part<'d>> = families
            .descendants(parent.at)
            .into_iter()
            .map(|child| match families.is_parent(child) {
                true => Part::bare(child),
                false => Part::whole(child),
            })
            .collect();
        let discriminator = Schema::read(parent, reader)?.discriminator?;
        let mut variants = Vec::new();
        let mut targets = Vec::new();
        let mut values = Vec::new();
        for part in children.into_iter().chain([Part::bare(parent)]) {
            let id = self.made_of(vec![part]);
            variants.push(id);
            targets.push((part.node.at, id));
            values.push(own_value(part.node));
        }
        let (property, mut mapping) = self.mapping(&discriminator, &targets, reader);
        for ((at, id), value) in targets.iter().zip(values) {
            let mapped = mapping.iter().any(|(_, target)| target == id);
            let value = value.or_else(|| self.keys.get(at).copied());
            if let Some(value) = value.filter(|_| !mapped) {
                mapping.push((value.to_owned(), *id));
            }
        }
        Some(Shape::Union(Union {
            variants,
            discriminator: Some((property, mapping)),
            default: discriminator
                .default
                .and_then(|default| self.mapped(default, &targets, reader)),
        }))
    }

    /// The values of a discriminator with the variants that they mean.
    fn mapping(
        &mut self,
        discriminator: &Discriminator<'d>,
        targets: &[(crate::diagnostic::At, TypeId)],
        reader: &mut Reader<'d, '_>,
    ) -> (String, Vec<(String, TypeId)>) {
        let mut mapping = Vec::new();
        for (value, reference) in &discriminator.mapping {
            let id = self.mapped(reference, targets, reader);
            mapping.extend(id.map(|id| (value.text.to_string(), id)));
        }
        (discriminator.property.to_owned(), mapping)
    }

    /// The type that a mapping names: a component by its key, or any schema by a reference.
    fn mapped(
        &mut self,
        reference: &'d Node,
        targets: &[(crate::diagnostic::At, TypeId)],
        reader: &mut Reader<'d, '_>,
    ) -> Option<TypeId> {
        let text = reference.as_str()?;
        let target = match self.by_key.get(text) {
            Some(named) => *named,
            None => reader.target(reference.at, text)?,
        };
        let variant = targets.iter().find(|(at, _)| *at == target.at);
        Some(match variant {
            Some((_, id)) => *id,
            None => self.type_of(target, reader),
        })
    }

    fn target_at(&self, node: &'d Node, reader: &mut Reader<'d, '_>) -> crate::diagnostic::At {
        self.referred(node, reader).unwrap_or(node).at
    }
}

/// The value of the discriminator that a child says itself (AutoRest), since 2.0 has no mapping.
fn own_value(child: &Node) -> Option<&str> {
    child.get("x-ms-discriminator-value")?.as_str()
}

/// One member of each choice, in all ways; and the members of the choices that were too many.
fn product<'d>(choices: &[Choice<'d>]) -> (Vec<Member<'d>>, Vec<&'d Node>) {
    let mut product: Vec<Member<'d>> = vec![Vec::new()];
    let mut left = Vec::new();
    for choice in choices {
        if product.len() > 1 && product.len() * choice.members.len() > MOST {
            left.extend(&choice.members);
            continue;
        }
        product = product
            .iter()
            .flat_map(|chosen| {
                let with = |member: &&'d Node| [&chosen[..], &[*member]].concat();
                choice.members.iter().map(with)
            })
            .collect();
    }
    (product, left)
}

/// Whether a member lacks something that the schema around it says of all members.
fn lacks(own: &Folded<'_>, said: &Folded<'_>) -> bool {
    use crate::ir::TypeWord;
    let object = own.words.is_empty() || own.words.contains(&TypeWord::Object);
    let has = |name: &str| own.properties.iter().any(|(key, _)| &*key.text == name);
    let requires = |name: &str| own.required.iter().any(|(key, _)| *key == name);
    let field = said.properties.iter().any(|(key, _)| !has(&key.text));
    let required = said
        .required
        .iter()
        .any(|(key, _)| has(key) && !requires(key));
    let shaped = !own.properties.is_empty()
        || !own.choices.is_empty()
        || own.values.is_some()
        || !own.items.is_empty();
    let word = own.words.is_empty() && !shaped && !said.words.is_empty();
    let rest = said.additional.len() + said.items.len() > 0 && !shaped;
    (object && (field || required)) || word || rest
}

/// Whether a schema has no value but `null`.
pub(super) fn is_null(node: &Node) -> bool {
    let word = node.get("type").is_some_and(|word| {
        let only = match word.as_list() {
            Some([only]) => only,
            _ => word,
        };
        only.as_str() == Some("null") || matches!(only.value, Value::Null)
    });
    let only_null = |values: &[Node]| {
        values
            .iter()
            .all(|value| matches!(value.value, Value::Null))
    };
    let listed = node
        .get("enum")
        .and_then(Node::as_list)
        .is_some_and(|values| !values.is_empty() && only_null(values));
    let constant = node
        .get("const")
        .is_some_and(|value| matches!(value.value, Value::Null));
    word || listed || constant
}
