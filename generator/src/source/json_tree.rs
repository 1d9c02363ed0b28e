//! JSON text → a tree, by serde_json.
//!
//! Nodes are numbered as a YAML reader would meet them: a container before what it holds, a key
//! before its value. serde_json hands on values, not places; those are found again by scanning
//! (see `json_scan`).

use std::cell::Cell;
use std::fmt;

use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};

use super::fault::Fault;
use super::json_scan;
use super::limits;
use super::tree::{Key, Map, Node, Number, Value};
use super::yaml_tree::insert;
use crate::diagnostic::{At, FileId, Problems};

/// The root of the JSON `text`. Duplicate keys go to `problems`.
pub(super) fn build(text: &str, file: FileId, problems: &mut Problems) -> Result<Node, Fault> {
    let mut builder = Builder {
        text,
        file,
        next: 0,
        level: 0,
        too_deep: Cell::new(None),
        floats: None,
        problems,
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    // The builder counts the levels itself.
    reader.disable_recursion_limit();
    let read = NodeSeed(&mut builder)
        .deserialize(&mut reader)
        .and_then(|node| reader.end().map(|()| node));
    read.map_err(|error| match builder.too_deep.get() {
        Some(node) => Fault::nesting(json_scan::place_of(text, node)),
        None => fault(text, &error),
    })
}

fn fault(text: &str, error: &serde_json::Error) -> Fault {
    let offset = offset_of(text, error.line(), error.column());
    let told = error.to_string();
    // serde_json appends the place, which is ours to tell.
    let told = told
        .rsplit_once(" at line ")
        .map_or(&*told, |(told, _)| told);
    let (message, help) = sentence(told);
    let fault = Fault::syntax(message, offset..offset);
    match help {
        Some(help) => fault.help(help),
        None => fault,
    }
}

/// The mistakes that people make, in plain words; serde_json's own for the rest.
fn sentence(told: &str) -> (String, Option<&'static str>) {
    if let Some(open) = told.strip_prefix("EOF while parsing ") {
        return (
            format!("the file ends within {open}"),
            Some("the file seems to be cut off; close what is open"),
        );
    }
    let (message, help) = match told {
        "expected `,` or `}`" => (
            "a `,` or `}` is expected here",
            "separate the members by `,` and close the object with `}`",
        ),
        "expected `,` or `]`" => (
            "a `,` or `]` is expected here",
            "separate the elements by `,` and close the array with `]`",
        ),
        "trailing comma" => ("a `,` stands before the closing bracket", "remove the `,`"),
        "trailing characters" => (
            "text follows behind the end of the description",
            "remove it, or check the brackets before it",
        ),
        "key must be a string" => (
            "a key is expected here, in double quotes",
            "write the key as `\"key\"`",
        ),
        told if told.starts_with("control character") => (
            "a string cannot hold a control character as it stands",
            "write a line break as `\\n`, a tab as `\\t`",
        ),
        told => return (format!("the JSON cannot be read: {told}"), None),
    };
    (message.to_owned(), Some(help))
}

/// The byte that serde_json means: lines from 1, columns in bytes and from 1, 0 for the end of
/// the line before.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        None => 0,
        Some(breaks) => text
            .match_indices('\n')
            .nth(breaks)
            .map_or(text.len(), |(offset, _)| offset + 1),
    };
    let mut offset = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

struct Builder<'t, 'p> {
    text: &'t str,
    file: FileId,
    next: u32,
    level: usize,
    too_deep: Cell<Option<u32>>,
    floats: Option<std::vec::IntoIter<&'t str>>,
    problems: &'p mut Problems,
}

impl Builder<'_, '_> {
    fn number(&mut self) -> At {
        let at = At {
            file: self.file,
            node: self.next,
        };
        self.next += 1;
        at
    }

    fn open<E: de::Error>(&mut self, at: At) -> Result<(), E> {
        if self.level >= limits::NESTING {
            self.too_deep.set(Some(at.node));
            return Err(E::custom("nested too deep"));
        }
        self.level += 1;
        Ok(())
    }

    /// The text of the next number that serde_json holds as a double.
    fn float(&mut self, value: f64) -> Box<str> {
        let text = self.text;
        self.floats
            .get_or_insert_with(|| json_scan::doubles(text).into_iter())
            .next()
            .map_or_else(|| value.to_string().into(), Into::into)
    }
}

struct NodeSeed<'b, 't, 'p>(&'b mut Builder<'t, 'p>);

impl<'de> DeserializeSeed<'de> for NodeSeed<'_, '_, '_> {
    type Value = Node;

    fn deserialize<D: de::Deserializer<'de>>(self, reader: D) -> Result<Node, D::Error> {
        let at = self.0.number();
        let value = reader.deserialize_any(ValueVisitor {
            builder: self.0,
            at,
        })?;
        Ok(Node { at, value })
    }
}

struct ValueVisitor<'b, 't, 'p> {
    builder: &'b mut Builder<'t, 'p>,
    at: At,
}

impl<'de> Visitor<'de> for ValueVisitor<'_, '_, '_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        let text = value.to_string().into();
        Ok(Value::Number(Number { text }))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        let text = value.to_string().into();
        Ok(Value::Number(Number { text }))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        let text = self.builder.float(value);
        Ok(Value::Number(Number { text }))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.builder.open(self.at)?;
        let mut list = Vec::new();
        while let Some(node) = entries.next_element_seed(NodeSeed(self.builder))? {
            list.push(node);
        }
        self.builder.level -= 1;
        list.shrink_to_fit();
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.builder.open(self.at)?;
        let mut map = Map::default();
        while let Some(key) = entries.next_key_seed(KeySeed(self.builder))? {
            let node = entries.next_value_seed(NodeSeed(self.builder))?;
            insert(&mut map, key, node, self.builder.problems);
        }
        self.builder.level -= 1;
        map.shrink_to_fit();
        Ok(Value::Map(map))
    }
}

struct KeySeed<'b, 't, 'p>(&'b mut Builder<'t, 'p>);

impl<'de> DeserializeSeed<'de> for KeySeed<'_, '_, '_> {
    type Value = Key;

    fn deserialize<D: de::Deserializer<'de>>(self, reader: D) -> Result<Key, D::Error> {
        let at = self.0.number();
        let text = reader.deserialize_str(KeyVisitor)?;
        Ok(Key { at, text })
    }
}

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = Box<str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E>(self, text: &str) -> Result<Box<str>, E> {
        Ok(text.into())
    }
}
