//! One example, put together from the type down to its parts.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::scalars::{number, string};
use super::trimmed::travelling;
use crate::ir::{Constraints, Direction, Field, Rest, Shape, Type, TypeId, Types, Union};

/// Optional fields this far in are left out.
const DEPTH: usize = 8;
/// Optional fields are left out once an example has this many values.
const VALUES: usize = 1_000;
/// An example that needs more than this many values is given up.
const MOST_VALUES: usize = 20_000;
/// Lists are at most this long, whatever `minItems` says.
const MEMBERS: u64 = 10;

/// One example in the making.
pub(super) struct Builder<'a> {
    types: &'a Types,
    written: &'a HashMap<TypeId, &'a Value>,
    /// The types that the value being made stands in, outermost first.
    within: Vec<TypeId>,
    values: usize,
    /// Where the value travels; `None`: it has all fields.
    direction: Option<Direction>,
    /// Whether it may be another when it travels.
    pub(super) differs: bool,
    /// Whether examples and defaults of the description are taken.
    pub(super) trusts: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(types: &'a Types, written: &'a HashMap<TypeId, &'a Value>) -> Self {
        Self {
            types,
            written,
            within: Vec::new(),
            values: 0,
            direction: None,
            differs: false,
            trusts: true,
        }
    }

    /// One for a value that travels so.
    pub(super) fn travelling(self, direction: Direction) -> Self {
        Self {
            direction: Some(direction),
            ..self
        }
    }

    /// The example of a type; `null` if none can be made.
    pub(super) fn example(mut self, ty: TypeId) -> Value {
        self.value(ty).unwrap_or_default()
    }

    /// `None` for a type within itself.
    pub(super) fn value(&mut self, ty: TypeId) -> Option<Value> {
        self.values += 1;
        if self.values > MOST_VALUES || self.within.contains(&ty) {
            return None;
        }
        let node = self.types.get(ty);
        let given = self.written.get(&ty).copied().or(node.example.as_ref());
        let given = given.or(node.default.as_ref().filter(|value| !value.is_null()));
        if let Some(given) = given.filter(|_| self.trusts) {
            return Some(self.given(ty, given));
        }
        self.within.push(ty);
        let made = self.of_shape(node);
        self.within.pop();
        made
    }

    /// What somebody wrote: as it is, or a part of what is made, as it travels.
    fn given(&mut self, ty: TypeId, value: &Value) -> Value {
        self.differs |= value.is_object() || value.is_array();
        match self.direction {
            Some(direction) if !self.within.is_empty() => {
                travelling(self.types, ty, value.clone(), direction)
            }
            _ => value.clone(),
        }
    }

    fn of_shape(&mut self, node: &'a Type) -> Option<Value> {
        let bounds = &node.constraints;
        match &node.shape {
            Shape::Any => Some(Value::Object(Map::new())),
            Shape::Boolean => Some(true.into()),
            Shape::Integer => Some(number(bounds, true)),
            Shape::Number => Some(number(bounds, false)),
            Shape::String => Some(string(node).into()),
            Shape::Enum(values) => values.first().map(|each| each.value.clone()),
            Shape::List(member) => Some(self.list(*member, bounds)),
            Shape::Tuple(tuple) => {
                let items: Option<Vec<Value>> =
                    tuple.items.iter().map(|item| self.value(*item)).collect();
                items.map(Value::Array)
            }
            Shape::Map(member) => {
                let entry = self.value(*member).map(|value| ("key".to_owned(), value));
                Some(entry.into_iter().collect())
            }
            Shape::Record(record) => {
                let mut object = Map::new();
                let brief = self.within.len() > DEPTH || self.values > VALUES;
                let direction = self.direction;
                let one_way = |field: &Field| field.read_only || field.write_only;
                self.differs |= record.fields.iter().any(one_way);
                let travels = |field: &&Field| direction.is_none_or(|way| way.has(field));
                for field in record.fields.iter().filter(travels) {
                    if !field.required && (brief || field.deprecated) {
                        continue;
                    }
                    if let Some(value) = self.value(field.ty) {
                        object.insert(field.name.clone(), value);
                    }
                }
                if let (true, Rest::Typed(member)) = (object.is_empty(), record.rest) {
                    object.extend(self.value(member).map(|value| ("key".to_owned(), value)));
                }
                Some(object.into())
            }
            Shape::Union(union) => union.variants.iter().find_map(|&each| {
                let value = self.value(each)?;
                Some(told_apart(union, each, value))
            }),
            Shape::Alias(target) => self.value(*target),
        }
    }

    fn list(&mut self, member: TypeId, bounds: &Constraints) -> Value {
        if bounds.max_items == Some(0) {
            return Value::Array(Vec::new());
        }
        let Some(value) = self.value(member) else {
            return Value::Array(Vec::new());
        };
        // Members that must differ cannot be copies.
        let least = if bounds.unique_items {
            1
        } else {
            bounds.min_items.unwrap_or(1)
        };
        (0..least.clamp(1, MEMBERS))
            .map(|_| value.clone())
            .collect()
    }
}

/// A member of a union with the value by which it is told apart, unless it has one already.
fn told_apart(union: &Union, variant: TypeId, mut value: Value) -> Value {
    let Some((property, mapping)) = &union.discriminator else {
        return value;
    };
    let mut names = mapping.iter().filter(|(_, ty)| *ty == variant);
    if let (Some(object), Some((first, _))) = (value.as_object_mut(), names.next()) {
        let known = object.get(property).and_then(Value::as_str);
        if known != Some(first) && !names.any(|(name, _)| known == Some(name)) {
            object.insert(property.clone(), first.as_str().into());
        }
    }
    value
}
