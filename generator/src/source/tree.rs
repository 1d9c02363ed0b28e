//! The tree that both readers build: JSON's data model, order kept, a place on every node.

use std::collections::HashMap;

use crate::diagnostic::At;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it stands.
    pub at: At,
    /// What it is.
    pub value: Value,
}

/// A value of JSON's data model.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, with the text that was written.
    Number(Number),
    /// A string.
    String(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// A mapping.
    Map(Map),
}

/// A number that keeps its text, so that a version `3.10` does not become `3.1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// As it was written.
    pub text: Box<str>,
}

/// A mapping's key and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Where it stands.
    pub at: At,
    /// The key; scalars that are no strings (`200:`) as their text.
    pub text: Box<str>,
}

/// Maps of more entries than this are indexed.
const INDEX_FROM: usize = 16;

/// A mapping in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    entries: Vec<(Key, Node)>,
    index: Option<Box<Index>>,
}

/// Places of entries by key. Apart from the map, which stays small without one.
#[derive(Clone, Debug, Default, PartialEq)]
struct Index {
    places: HashMap<Box<str>, usize>,
}

impl Node {
    /// The mapping, if it is one.
    #[must_use]
    pub fn as_map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The list, if it is one.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    /// The string, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar as it was written: of a string, a number or a boolean.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(&number.text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            _ => None,
        }
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The value under `key`, if this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map().and_then(|map| map.get(key))
    }

    /// What stands for another node here: its `$ref`; else its `$dynamicRef`, which means where
    /// it leads when nothing else says so.
    #[must_use]
    pub fn reference(&self) -> Option<&Node> {
        let dynamic = || {
            self.get("$dynamicRef")
                .filter(|node| node.as_str().is_some())
        };
        self.get("$ref").or_else(dynamic)
    }

    /// What it is, in a word: `string`, `object`, …
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::List(_) => "array",
            Value::Map(_) => "object",
        }
    }

    /// What it is, with its article, to stand in a sentence: `a string`, `an object`, …
    #[must_use]
    pub fn phrase(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::List(_) => "an array",
            Value::Map(_) => "an object",
        }
    }

    /// The same as plain JSON, in the same order.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => number.to_json(),
            Value::String(text) => (&**text).into(),
            Value::List(list) => list.iter().map(Node::to_json).collect(),
            Value::Map(map) => map
                .iter()
                .map(|(key, node)| (key.text.to_string(), node.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}

impl Number {
    /// The number as JSON: whole if it is written whole, else the nearest double; `null` if it
    /// is none that JSON can write.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        if let Some(whole) = self.as_i128() {
            if let Ok(small) = i64::try_from(whole) {
                return small.into();
            }
            if let Ok(large) = u64::try_from(whole) {
                return large.into();
            }
        }
        self.as_f64()
            .map_or(serde_json::Value::Null, serde_json::Value::from)
    }

    /// The whole number, also from YAML's `0x…` and `0o…` (YAML 1.2, 10.3.2).
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        if let Some(digits) = self.text.strip_prefix("0x") {
            return i128::from_str_radix(digits, 16).ok();
        }
        if let Some(digits) = self.text.strip_prefix("0o") {
            return i128::from_str_radix(digits, 8).ok();
        }
        self.text.parse().ok()
    }

    /// The number as a double.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_i128()
            .map(|whole| whole as f64)
            .or_else(|| self.text.parse().ok())
    }
}

impl Map {
    /// Adds an entry at the end; `false` (and nothing added) if the key is there already.
    pub fn insert(&mut self, key: Key, node: Node) -> bool {
        if self.get(&key.text).is_some() {
            return false;
        }
        if let Some(index) = &mut self.index {
            index.places.insert(key.text.clone(), self.entries.len());
        }
        self.entries.push((key, node));
        if self.index.is_none() && self.entries.len() > INDEX_FROM {
            self.reindex();
        }
        true
    }

    fn reindex(&mut self) {
        let entries = self.entries.iter().enumerate();
        let places = entries
            .map(|(place, (key, _))| (key.text.clone(), place))
            .collect();
        self.index = Some(Box::new(Index { places }));
    }

    /// The value under `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|(_, node)| node)
    }

    /// The key as it stands in the file, with its value.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<(&Key, &Node)> {
        let place = match &self.index {
            Some(index) => *index.places.get(key)?,
            None => self.entries.iter().position(|(own, _)| &*own.text == key)?,
        };
        self.entries.get(place).map(|(key, node)| (key, node))
    }

    /// The entries, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Key, &Node)> {
        self.entries.iter().map(|(key, node)| (key, node))
    }

    /// The entries, in order, no longer in a mapping.
    pub fn into_entries(self) -> impl ExactSizeIterator<Item = (Key, Node)> {
        self.entries.into_iter()
    }

    /// Gives back the room of entries that do not come: most mappings have one or two.
    pub(super) fn shrink_to_fit(&mut self) {
        self.entries.shrink_to_fit();
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
