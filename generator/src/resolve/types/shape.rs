//! Folded keywords → what the values of a type are.

use crate::formats::{Wire, wire_of};
use crate::ir::{EnumValue, Shape, Tuple, Type, TypeId, TypeWord, Union};
use crate::model::{Reader, Schema};
use crate::source::Node;

use super::TypeResolver;
use super::fold::{Folded, fold};
use super::part::{Form, Part, says_shape, stands_alone};

impl<'d> TypeResolver<'d> {
    /// The type of some parts; `None` if they cannot be read.
    pub(super) fn fill(&mut self, parts: &[Part<'d>], reader: &mut Reader<'d, '_>) -> Option<Type> {
        let first = parts.first()?;
        let own = Schema::read(first.node, reader)?;
        let mut folded = fold(parts, reader);
        let alone = parts.len() == 1 && first.form == Form::Whole;
        let shape = match self.other_name(parts, reader) {
            Some(target) => Shape::Alias(target),
            None => self.shape(parts, &mut folded, reader),
        };
        let untyped = self.untyped(parts, &shape, reader);
        let last = parts.last().filter(|_| !alone);
        let key_of = |part: &Part<'d>| self.keys.get(&part.node.at).map(|key| (*key).to_owned());
        // A member of a choice that is written in place is called by its title, whatever stands beside.
        let written_title = |part: &Part<'d>| match key_of(part) {
            None => part.node.get("title").and_then(Node::as_text),
            Some(_) => None,
        };
        Some(Type {
            key: key_of(first).filter(|_| alone),
            form_of: last.and_then(key_of),
            code_name: own.code_name.map(str::to_owned),
            title: own
                .title
                .filter(|_| alone)
                .or(last.and_then(written_title).map(str::to_owned)),
            description: if alone && stands_alone(first.node) && own.all_of.is_empty() {
                own.description
            } else {
                own.description.filter(|_| alone).or(folded.description)
            },
            deprecated: own.deprecated,
            nullable: match shape {
                // What the other name allows is known there; this one may only add to it.
                Shape::Alias(_) if own.words.is_empty() => own.nullable || folded.nullable,
                // Who says so beside an `allOf` means it, though a member may not say so.
                _ => folded.nullable || (alone && own.nullable),
            },
            words: if own.all_of.is_empty() {
                own.words
            } else {
                Vec::new()
            },
            format: folded.format,
            constraints: folded.constraints,
            default: folded.default,
            example: folded.example,
            untyped,
            content: folded.content.map(|node| self.type_of(node, reader)),
            media_type: folded.media_type.map(str::to_owned),
            shape,
            ..Type::blank(first.node.at)
        })
    }

    /// The only schema among the parts and their `allOf` that says a shape: the type is another
    /// name for it.
    fn other_name(&mut self, parts: &[Part<'d>], reader: &mut Reader<'d, '_>) -> Option<TypeId> {
        let [part] = parts else {
            return None;
        };
        let node = part.node;
        if node.reference().is_some() && !stands_alone(node) {
            let target = self.referred(node, reader)?;
            return Some(self.made_of(vec![Part::whole(target)]));
        }
        let members = node.get("allOf").and_then(Node::as_list)?;
        let alone = |key: &&str| node.get(key).is_some();
        let own = [
            "properties",
            "required",
            "items",
            "oneOf",
            "anyOf",
            "enum",
            "const",
        ];
        let more = [
            "prefixItems",
            "patternProperties",
            "then",
            "else",
            "$ref",
            "discriminator",
        ];
        if part.form != Form::Whole || own.iter().chain(&more).any(alone) {
            return None;
        }
        let mut shaping = members.iter().filter(|member| says_shape(member));
        match (shaping.next(), shaping.next(), members) {
            (Some(only), None, _) => Some(self.type_of(only, reader)),
            // A `type` beside it says more than a member that says little.
            (None, None, [only]) if node.get("type").is_none() => Some(self.type_of(only, reader)),
            _ => None,
        }
    }

    fn shape(
        &mut self,
        parts: &[Part<'d>],
        folded: &mut Folded<'d>,
        reader: &mut Reader<'d, '_>,
    ) -> Shape {
        if let Some(values) = folded.values.take() {
            if let Some(plain) = self.of_whole_values(&values, folded, reader) {
                return plain;
            }
            return match folded.words[..] {
                [TypeWord::Boolean] => Shape::Boolean,
                _ => Shape::Enum(values),
            };
        }
        if let Some(family) = self.family(parts, reader) {
            return family;
        }
        if let Some(union) = self.union(parts, folded, reader) {
            return union;
        }
        self.plain(folded, reader)
    }

    /// The shape of an enum with lists or objects among its values, which has no variants in code:
    /// what is said of the values beside them. The first one is an example of it.
    fn of_whole_values(
        &mut self,
        values: &[EnumValue],
        folded: &mut Folded<'d>,
        reader: &mut Reader<'d, '_>,
    ) -> Option<Shape> {
        let mut whole = values.iter().map(|each| &each.value);
        if !whole.any(|value| value.is_array() || value.is_object()) {
            return None;
        }
        let plain = Some(self.plain(folded, reader)).filter(|plain| *plain != Shape::Any)?;
        let first = values.first().map(|each| each.value.clone());
        folded.example = folded.example.take().or(first);
        Some(plain)
    }

    /// The shape that keywords other than `enum` and choices give.
    fn plain(&mut self, folded: &Folded<'d>, reader: &mut Reader<'d, '_>) -> Shape {
        match folded.words[..] {
            [] => self.unsaid(folded, reader),
            [only] => self.of_word(only, folded, reader),
            [TypeWord::Integer, TypeWord::Number] | [TypeWord::Number, TypeWord::Integer] => {
                Shape::Number
            }
            _ => self.one_of_words(folded, reader),
        }
    }

    /// The shape of a schema without `type`, by the keywords that only one type has.
    fn unsaid(&mut self, folded: &Folded<'d>, reader: &mut Reader<'d, '_>) -> Shape {
        let bounds = &folded.constraints;
        let object = !folded.properties.is_empty()
            || !folded.additional.is_empty()
            || !folded.patterns.is_empty();
        if object {
            self.object(folded, reader)
        } else if !folded.items.is_empty() || !folded.prefix_items.is_empty() {
            self.list(folded, reader)
        } else if bounds.pattern.is_some() || bounds.max_length.or(bounds.min_length).is_some() {
            Shape::String
        } else {
            match folded.format.as_deref().and_then(wire_of) {
                Some(Wire::Integer) => Shape::Integer,
                Some(Wire::Number) => Shape::Number,
                Some(Wire::String) => Shape::String,
                None => Shape::Any,
            }
        }
    }

    fn of_word(
        &mut self,
        word: TypeWord,
        folded: &Folded<'d>,
        reader: &mut Reader<'d, '_>,
    ) -> Shape {
        match word {
            TypeWord::Boolean => Shape::Boolean,
            TypeWord::Integer => Shape::Integer,
            TypeWord::Number => Shape::Number,
            TypeWord::String => Shape::String,
            TypeWord::Array => self.list(folded, reader),
            TypeWord::Object => self.object(folded, reader),
        }
    }

    /// A list of values of one type, or of items with a type each. An author who names three items
    /// means that there are three, though JSON Schema would have it that any of them may be
    /// missing: `minItems` says so, if it says less.
    fn list(&mut self, folded: &Folded<'d>, reader: &mut Reader<'d, '_>) -> Shape {
        let closed = folded
            .items
            .iter()
            .any(|node| node.as_bool() == Some(false));
        let rest =
            (!folded.items.is_empty() && !closed).then(|| self.type_of_all(&folded.items, reader));
        if folded.prefix_items.is_empty() {
            return Shape::List(rest.unwrap_or_else(|| self.any()));
        }
        let items = folded.prefix_items.iter();
        let items: Vec<TypeId> = items.map(|node| self.type_of(node, reader)).collect();
        let least = folded.constraints.min_items;
        let least = least.and_then(|least| usize::try_from(least).ok());
        Shape::Tuple(Tuple {
            required: least.unwrap_or(items.len()).min(items.len()),
            items,
            rest,
        })
    }

    /// The union of what `type: [string, integer]` lists.
    fn one_of_words(&mut self, folded: &Folded<'d>, reader: &mut Reader<'d, '_>) -> Shape {
        let mut variants = Vec::new();
        for word in &folded.words {
            let shape = self.of_word(*word, folded, reader);
            variants.push(
                self.types.push(Type {
                    words: vec![*word],
                    shape,
                    ..Type::blank(
                        folded
                            .properties
                            .first()
                            .map(|(key, _)| key.at)
                            .unwrap_or_default(),
                    )
                }),
            );
        }
        Shape::Union(Union {
            variants,
            discriminator: None,
            default: None,
        })
    }
}
