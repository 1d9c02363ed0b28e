//! Invented schemas: every keyword that gives a shape, combined as nobody would.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::Inventor;
use super::words::{TEXTS, WORDS};

/// How deep a schema goes before it must end.
const DEEPEST: usize = 4;

const FORMATS: [&str; 14] = [
    "int32",
    "int64",
    "float",
    "double",
    "date",
    "date-time",
    "time",
    "uuid",
    "byte",
    "binary",
    "uri",
    "decimal",
    "duration",
    "unheard-of",
];

impl Inventor {
    /// A schema; `depth` is how many are around it.
    pub(super) fn schema(&mut self, depth: usize) -> Value {
        if depth >= DEEPEST {
            return match self.below(3) {
                0 => self.reference(),
                1 => self.enumeration(),
                _ => self.primitive(),
            };
        }
        match self.below(100) {
            0..28 => self.primitive(),
            28..42 => self.reference(),
            42..50 => self.enumeration(),
            50..66 => self.object(depth),
            66..76 => json!({ "type": "array", "items": self.schema(depth + 1) }),
            76..79 => self.tuple(depth),
            79..86 => self.union(depth),
            86..92 => self.all_of(depth),
            92 => json!({}),
            93 => json!(true),
            94 => json!({ "const": self.constant() }),
            95 => json!({ "not": self.schema(depth + 1) }),
            96 => json!({ "type": "object", "additionalProperties": self.schema(depth + 1) }),
            97 => json!({ "type": "array" }),
            98 => json!({ "type": ["string", "integer", "null"] }),
            _ => self.reference_with_more(),
        }
    }

    /// An object with some properties.
    pub(super) fn object(&mut self, depth: usize) -> Value {
        let mut properties = Map::new();
        for _ in 0..self.below(8) {
            let mut property = self.schema(depth + 1);
            if let Some(fields) = property.as_object_mut().filter(|_| self.one_in(12)) {
                let word = self.pick(&["readOnly", "writeOnly", "deprecated"]);
                fields.insert(word.to_owned(), json!(true));
            }
            properties.insert(self.word(), property);
        }
        let names = properties.keys().cloned();
        let required: Vec<String> = names.filter(|_| self.random.bool()).collect();
        let mut object = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        match self.below(12) {
            0 => object["additionalProperties"] = json!(false),
            1 => object["additionalProperties"] = self.schema(depth + 1),
            2 => object["patternProperties"] = json!({ "^x-": self.schema(depth + 1) }),
            3 => {
                object["if"] = json!({ "properties": { "a": { "const": 1 } } });
                object["then"] = json!({ "properties": { "b": { "type": "string" } } });
                object["else"] = json!({ "required": ["c"], "properties": { "c": {} } });
            }
            _ => {}
        }
        object
    }

    fn primitive(&mut self) -> Value {
        let kind = self.pick(&["string", "string", "integer", "number", "boolean"]);
        let mut schema = json!({ "type": kind });
        if self.one_in(2) {
            schema["format"] = json!(self.pick(&FORMATS));
        }
        match self.below(12) {
            0 => schema["type"] = json!([kind, "null"]),
            1 => schema["nullable"] = json!(true),
            2 => schema["default"] = self.constant(),
            3 => schema["example"] = self.constant(),
            4 if kind == "string" => schema["pattern"] = json!(self.pick(&["^a+$", "[", "(?=x)y"])),
            5 if kind == "integer" => schema["maximum"] = json!(100),
            6 => schema["description"] = json!(self.pick(&TEXTS)),
            _ => {}
        }
        schema
    }

    fn enumeration(&mut self) -> Value {
        let values: Vec<Value> = match self.below(4) {
            0 => vec![json!(0), json!(-1), json!(9_007_199_254_740_993_u64)],
            1 => vec![
                json!(0),
                json!("a"),
                Value::Null,
                json!(true),
                json!(1.5),
                json!("A"),
            ],
            _ => {
                let words = 1 + self.below(8);
                (0..words).map(|_| json!(self.pick(&WORDS))).collect()
            }
        };
        json!({ "enum": values })
    }

    fn tuple(&mut self, depth: usize) -> Value {
        let items: Vec<Value> = (0..=self.below(3))
            .map(|_| self.schema(depth + 1))
            .collect();
        let mut tuple = json!({ "type": "array", "prefixItems": items });
        match self.below(3) {
            0 => tuple["items"] = json!(false),
            1 => tuple["items"] = self.schema(depth + 1),
            _ => tuple["minItems"] = json!(1),
        }
        tuple
    }

    fn union(&mut self, depth: usize) -> Value {
        let word = self.pick(&["oneOf", "anyOf"]);
        let with_names = self.one_in(3);
        let members: Vec<Value> = (0..=self.below(4))
            .map(|_| match with_names {
                true => self.reference(),
                false => self.schema(depth + 1),
            })
            .collect();
        let mut union = json!({ word: members });
        if with_names && self.random.bool() {
            union["discriminator"] = json!({ "propertyName": self.pick(&["type", "id"]) });
            if self.random.bool() {
                let target = self.reference()["$ref"].clone();
                union["discriminator"]["mapping"] = json!({ self.word(): target });
            }
        } else if self.one_in(6) {
            union["properties"] = json!({ "beside": self.primitive() });
        }
        union
    }

    fn all_of(&mut self, depth: usize) -> Value {
        let members: Vec<Value> = (0..=self.below(3))
            .map(|_| match self.random.bool() {
                true => self.reference(),
                false => self.object(depth + 1),
            })
            .collect();
        let mut schema = json!({ "allOf": members });
        if self.one_in(3) {
            schema["properties"] = json!({ self.word(): self.schema(depth + 1) });
        }
        schema
    }

    fn reference(&mut self) -> Value {
        let at = self.below(self.components.len());
        let name = utf8_percent_encode(&self.components[at], NON_ALPHANUMERIC);
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }

    fn reference_with_more(&mut self) -> Value {
        let mut schema = self.reference();
        schema["description"] = json!(self.pick(&TEXTS));
        schema["nullable"] = json!(true);
        schema
    }

    fn constant(&mut self) -> Value {
        match self.below(7) {
            0 => json!(1),
            1 => json!(1.5),
            2 => json!(true),
            3 => Value::Null,
            4 => json!({ "a": 1 }),
            5 => json!([1, "a"]),
            _ => json!(self.pick(&WORDS)),
        }
    }
}
