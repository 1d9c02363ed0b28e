//! Schemas → types.
//!
//! A type is made for a schema the first time somebody asks for it, and filled in later from a
//! queue: so a description may refer to itself in any shape, and a chain of a thousand
//! references needs no deep stack.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value as Json;

use crate::diagnostic::{At, Problem};
use crate::ir::{
    Constraints, EnumValue, Field, Record, Rest, Shape, Type, TypeId, TypeWord, Types, Union,
};
use crate::model::{Additional, Document, Reader, Schema};
use crate::source::{Key, Node, Value, near};

/// Makes types, each schema once.
pub(super) struct TypeResolver<'d> {
    types: Types,
    made: HashMap<At, TypeId>,
    keys: HashMap<At, &'d str>,
    waiting: VecDeque<(TypeId, &'d Node)>,
    any: Option<TypeId>,
}

/// What the members of an `allOf` say together.
#[derive(Default)]
struct Merged<'d> {
    properties: Vec<(&'d Key, &'d Node)>,
    required: Vec<(&'d str, At)>,
    additional: Option<Additional<'d>>,
    object: bool,
    seen: HashSet<At>,
    first_typed: Option<&'d Node>,
}

impl<'d> TypeResolver<'d> {
    /// No type yet; the keys of the components are known.
    pub(super) fn new(document: &Document<'d>) -> Self {
        let schemas = document.components.schemas.iter();
        Self {
            types: Types::default(),
            made: HashMap::new(),
            keys: schemas.map(|(key, node)| (node.at, &*key.text)).collect(),
            waiting: VecDeque::new(),
            any: None,
        }
    }

    /// Fills in what is waiting and gives out all types.
    pub(super) fn finish(mut self, reader: &mut Reader<'d, '_>) -> Types {
        while let Some((id, node)) = self.waiting.pop_front() {
            if let Some(schema) = Schema::read(node, reader) {
                let ty = self.fill(&schema, node, reader);
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

    /// The type of a schema; of the schema it names, if it is a reference.
    pub(super) fn type_of(&mut self, node: &'d Node, reader: &mut Reader<'d, '_>) -> TypeId {
        let mut node = node;
        if !self.keys.contains_key(&node.at) && node.get("$ref").is_some() {
            match self.referred(node, reader) {
                Some(target) => node = target,
                None => return self.any(),
            }
        }
        if let Some(id) = self.made.get(&node.at) {
            return *id;
        }
        let id = self.types.push(blank(node.at));
        self.made.insert(node.at, id);
        self.waiting.push_back((id, node));
        id
    }

    /// The schema that a reference names; stops at components, which are names of their own.
    fn referred(&self, node: &'d Node, reader: &mut Reader<'d, '_>) -> Option<&'d Node> {
        let mut node = node;
        let mut seen = HashSet::new();
        while let Some(reference) = node.get("$ref") {
            if !seen.insert(node.at) {
                reader.problems.report(
                    Problem::warning("circular-ref", "this reference leads back to itself")
                        .at(reference.at)
                        .label("read as any value"),
                );
                return None;
            }
            node = reader.target(reference.at, reference.as_str()?)?;
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
            .get_or_insert_with(|| self.types.push(blank(At::default())))
    }

    /// The type of any text.
    pub(super) fn string(&mut self) -> TypeId {
        let words = vec![TypeWord::String];
        self.types.push(Type {
            words,
            shape: Shape::String,
            ..blank(At::default())
        })
    }

    /// The type of a text that is sent as it is, unless a caller says otherwise.
    pub(super) fn fixed(&mut self, text: &str) -> TypeId {
        let id = self.string();
        self.types.get_mut(id).default = Some(text.into());
        id
    }

    fn fill(&mut self, schema: &Schema<'d>, node: &'d Node, reader: &mut Reader<'d, '_>) -> Type {
        let mut nullable = schema.nullable;
        let shape = self.shape(schema, node, &mut nullable, reader);
        Type {
            at: schema.at,
            key: self.keys.get(&schema.at).map(|key| (*key).to_owned()),
            code_name: schema.code_name.map(str::to_owned),
            title: schema.title.clone(),
            description: schema.description.clone(),
            deprecated: schema.deprecated,
            nullable,
            words: schema.words.clone(),
            format: schema.format.clone(),
            constraints: schema.constraints.clone(),
            default: schema.default.clone(),
            example: schema.example.clone(),
            shape,
        }
    }

    fn shape(
        &mut self,
        schema: &Schema<'d>,
        node: &'d Node,
        nullable: &mut bool,
        reader: &mut Reader<'d, '_>,
    ) -> Shape {
        if schema.reference.is_some() {
            return self.referred(node, reader).map_or(Shape::Any, |target| {
                Shape::Alias(self.type_of(target, reader))
            });
        }
        if let Some(values) = &schema.values {
            return Shape::Enum(enum_values(schema, values));
        }
        if !schema.all_of.is_empty() {
            return self.merged(schema, node, reader);
        }
        if !schema.one_of.is_empty() {
            return self.union(schema, nullable, reader);
        }
        self.plain(schema, reader)
    }

    /// The shape that the schema's own keywords give.
    fn plain(&mut self, schema: &Schema<'d>, reader: &mut Reader<'d, '_>) -> Shape {
        match schema.words[..] {
            [TypeWord::Boolean] => Shape::Boolean,
            [TypeWord::Integer] => Shape::Integer,
            [TypeWord::Number]
            | [TypeWord::Integer, TypeWord::Number]
            | [TypeWord::Number, TypeWord::Integer] => Shape::Number,
            [TypeWord::String] => Shape::String,
            [TypeWord::Array] => self.list(schema, reader),
            [TypeWord::Object] => self.object(schema, reader),
            [] if !schema.properties.is_empty() => self.object(schema, reader),
            [] if matches!(schema.additional, Additional::Schema(_)) => self.object(schema, reader),
            [] if schema.items.is_some() => self.list(schema, reader),
            [] => Shape::Any,
            _ => self.one_of_words(schema, reader),
        }
    }

    fn list(&mut self, schema: &Schema<'d>, reader: &mut Reader<'d, '_>) -> Shape {
        Shape::List(match schema.items {
            Some(items) => self.type_of(items, reader),
            None => self.any(),
        })
    }

    fn object(&mut self, schema: &Schema<'d>, reader: &mut Reader<'d, '_>) -> Shape {
        let additional = schema.additional;
        if schema.properties.is_empty() && !matches!(additional, Additional::Allowed(false)) {
            return Shape::Map(match additional {
                Additional::Schema(values) => self.type_of(values, reader),
                _ => self.any(),
            });
        }
        self.record(&schema.properties, &schema.required, additional, reader)
    }

    fn record(
        &mut self,
        properties: &[(&'d Key, &'d Node)],
        required: &[(&str, At)],
        additional: Additional<'d>,
        reader: &mut Reader<'d, '_>,
    ) -> Shape {
        if !matches!(additional, Additional::Schema(_)) {
            report_unknown_required(properties, required, reader);
        }
        let mut fields = Vec::new();
        for (key, node) in properties {
            let required = required.iter().any(|(name, _)| *name == &*key.text);
            fields.push(self.field(key, node, required, reader));
        }
        let rest = match additional {
            Additional::Unsaid => Rest::Ignored,
            Additional::Allowed(false) => Rest::Closed,
            Additional::Allowed(true) => Rest::Typed(self.any()),
            Additional::Schema(values) => Rest::Typed(self.type_of(values, reader)),
        };
        Shape::Record(Record { fields, rest })
    }

    fn field(
        &mut self,
        key: &'d Key,
        node: &'d Node,
        required: bool,
        reader: &mut Reader<'d, '_>,
    ) -> Field {
        // What is said beside a reference is said of the field, not of the type.
        let own = Schema::read(node, reader);
        Field {
            at: key.at,
            name: key.text.to_string(),
            ty: self.type_of(node, reader),
            required,
            description: own.as_ref().and_then(|own| own.description.clone()),
            deprecated: own.as_ref().is_some_and(|own| own.deprecated),
            read_only: own.as_ref().is_some_and(|own| own.read_only),
            write_only: own.as_ref().is_some_and(|own| own.write_only),
        }
    }

    /// The union of what `type: [string, integer]` lists.
    fn one_of_words(&mut self, schema: &Schema<'d>, reader: &mut Reader<'d, '_>) -> Shape {
        let mut variants = Vec::new();
        for word in &schema.words {
            let shape = match word {
                TypeWord::Boolean => Shape::Boolean,
                TypeWord::Integer => Shape::Integer,
                TypeWord::Number => Shape::Number,
                TypeWord::String => Shape::String,
                TypeWord::Array => self.list(schema, reader),
                TypeWord::Object => self.object(schema, reader),
            };
            let ty = Type {
                words: vec![*word],
                shape,
                ..blank(schema.at)
            };
            variants.push(self.types.push(ty));
        }
        Shape::Union(Union {
            variants,
            discriminator: None,
        })
    }

    fn union(
        &mut self,
        schema: &Schema<'d>,
        nullable: &mut bool,
        reader: &mut Reader<'d, '_>,
    ) -> Shape {
        let mut members: Vec<&'d Node> = schema.one_of.iter().collect();
        let all = members.len();
        members.retain(|member| !is_null(member));
        *nullable |= members.len() < all;
        let variants: Vec<TypeId> = members
            .iter()
            .map(|member| self.type_of(member, reader))
            .collect();
        match variants[..] {
            [] => Shape::Any,
            [only] => Shape::Alias(only),
            _ => Shape::Union(Union {
                discriminator: self.discriminator(schema, reader),
                variants,
            }),
        }
    }

    fn discriminator(
        &mut self,
        schema: &Schema<'d>,
        reader: &mut Reader<'d, '_>,
    ) -> Option<(String, Vec<(String, TypeId)>)> {
        let discriminator = schema.discriminator.as_ref()?;
        let mut mapping = Vec::new();
        for (value, reference) in &discriminator.mapping {
            let Some(text) = reference.as_str() else {
                continue;
            };
            if let Some(target) = reader.target(reference.at, text) {
                mapping.push((value.text.to_string(), self.type_of(target, reader)));
            }
        }
        Some((discriminator.property.to_owned(), mapping))
    }

    /// An `allOf`: one object of all the fields, or another name for the only member.
    fn merged(
        &mut self,
        schema: &Schema<'d>,
        node: &'d Node,
        reader: &mut Reader<'d, '_>,
    ) -> Shape {
        if let [only] = schema.all_of
            && schema.properties.is_empty()
        {
            return Shape::Alias(self.type_of(only, reader));
        }
        let mut merged = Merged::default();
        self.merge(node, &mut merged, reader);
        if !merged.object {
            return match merged.first_typed {
                Some(typed) => Shape::Alias(self.type_of(typed, reader)),
                None => Shape::Any,
            };
        }
        let additional = merged.additional.unwrap_or(Additional::Unsaid);
        self.record(&merged.properties, &merged.required, additional, reader)
    }

    /// Adds what `node` and the members of its `allOf` say; later fields win over earlier ones.
    fn merge(&self, node: &'d Node, merged: &mut Merged<'d>, reader: &mut Reader<'d, '_>) {
        let mut node = node;
        while let Some(reference) = node.get("$ref") {
            if !merged.seen.insert(node.at) {
                return;
            }
            let Some(target) = reference
                .as_str()
                .and_then(|text| reader.target(reference.at, text))
            else {
                return;
            };
            node = target;
        }
        if !merged.seen.insert(node.at) {
            return;
        }
        let Some(schema) = Schema::read(node, reader) else {
            return;
        };
        for member in schema.all_of {
            self.merge(member, merged, reader);
        }
        if schema.all_of.is_empty() && merged.first_typed.is_none() {
            merged.first_typed = Some(node);
        }
        merged.object |= !schema.properties.is_empty() || schema.words == [TypeWord::Object];
        merged.required.extend(&schema.required);
        if !matches!(schema.additional, Additional::Unsaid) {
            merged.additional = Some(schema.additional);
        }
        for (key, value) in schema.properties {
            match merged
                .properties
                .iter_mut()
                .find(|(known, _)| known.text == key.text)
            {
                Some(known) => *known = (key, value),
                None => merged.properties.push((key, value)),
            }
        }
    }
}

/// Reports names in `required` that no property has: mostly slips of the pen.
fn report_unknown_required(
    properties: &[(&Key, &Node)],
    required: &[(&str, At)],
    reader: &mut Reader<'_, '_>,
) {
    let names = || properties.iter().map(|(key, _)| &*key.text);
    for (name, at) in required {
        if names().any(|known| known == *name) {
            continue;
        }
        let problem = Problem::warning(
            "unknown-required",
            format!("`{name}` is required, but no property is called so"),
        )
        .at(*at)
        .label("passed over");
        reader.problems.report(match near(name, names()).first() {
            Some(meant) => problem.help(format!("did you mean `{meant}`?")),
            None => problem.help(format!("add `{name}` to `properties`")),
        });
    }
}

fn is_null(node: &Node) -> bool {
    node.get("type")
        .is_some_and(|word| word.as_str() == Some("null") || matches!(word.value, Value::Null))
}

fn enum_values(schema: &Schema<'_>, values: &[&Node]) -> Vec<EnumValue> {
    let text =
        |list: &[Node], index: usize| list.get(index).and_then(Node::as_text).map(str::to_owned);
    let as_string = schema.words == [TypeWord::String];
    let values = values.iter().enumerate().map(|(index, node)| EnumValue {
        value: match node.as_text() {
            // `enum: [3.10, on]` of a string type: the text is what was meant.
            Some(text) if as_string => Json::from(text),
            _ => node.to_json(),
        },
        name: text(schema.value_names, index),
        description: text(schema.value_descriptions, index),
    });
    let mut unique: Vec<EnumValue> = Vec::new();
    for value in values {
        if !unique.iter().any(|known| known.value == value.value) {
            unique.push(value);
        }
    }
    unique
}

fn blank(at: At) -> Type {
    Type {
        at,
        key: None,
        code_name: None,
        title: None,
        description: None,
        deprecated: false,
        nullable: false,
        words: Vec::new(),
        format: None,
        constraints: Constraints::default(),
        default: None,
        example: None,
        shape: Shape::Any,
    }
}
