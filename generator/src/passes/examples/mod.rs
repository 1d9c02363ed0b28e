//! Every documented schema gets an example.
//!
//! Pages link to examples and print them, and a description need not have any. What is missing
//! is put together from what there is: examples and defaults further in, the first value of an
//! enum, formats, bounds, patterns that are simple. What it gives is valid as far as these say.
//! The same description always gives the same examples.
//!
//! A schema within itself is left out: an optional field is missing, a list empty.
//!
//! What is put together for a body has nothing that only the server writes, for an answer nothing
//! that only the caller writes. The example of a schema itself has both, and so has whatever
//! somebody wrote as the example of the whole.

mod pattern;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Number, Value};

use crate::ir::{
    Api, Constraints, Field, MediaType, Rest, SchemaDoc, Shape, Type, TypeId, Types, Union,
};
use crate::parallel;

pub use crate::ir::Direction;

/// Optional fields this far in are left out.
const DEPTH: usize = 8;
/// Optional fields are left out once an example has this many values.
const VALUES: usize = 1_000;
/// An example that needs more than this many values is given up.
const MOST_VALUES: usize = 20_000;
/// Lists are at most this long, whatever `minItems` says.
const MEMBERS: u64 = 10;
/// Strings are at most this long, whatever `minLength` says.
const LETTERS: u64 = 64;

/// Fills in the example of each documented schema that has none, and of each JSON body and
/// response whose schema is not itself documented.
pub fn complete(api: &mut Api) {
    let (types, schemas) = (&api.types, &api.schemas);
    let written = written(schemas);
    let documented: HashSet<TypeId> = schemas.iter().map(|doc| doc.ty).collect();
    let fill = |content: &mut MediaType, direction: Direction| {
        if content.example.is_some() || !content.is_json() {
            return;
        }
        if let Some(ty) = content.ty.filter(|ty| !documented.contains(ty)) {
            let builder = Builder::new(types, &written);
            content.example = Some(builder.travelling(direction).example(ty));
        }
    };
    for operation in api
        .resources
        .iter_mut()
        .flat_map(|each| &mut each.operations)
    {
        let body = operation.body.iter_mut().flat_map(|body| &mut body.content);
        let responses = operation.responses.iter_mut();
        let answers = responses.flat_map(|response| &mut response.content);
        body.for_each(|content| fill(content, Direction::Request));
        answers.for_each(|content| fill(content, Direction::Answer));
    }
    let made = parallel::map(schemas, |doc| match doc.example {
        Some(_) => None,
        None => Some(Made::new(types, &written, doc.ty)),
    });
    for (doc, made) in api.schemas.iter_mut().zip(made) {
        if let Some(made) = made {
            doc.example = Some(made.whole);
            doc.example_sent = made.sent;
            doc.example_answered = made.answered;
        }
    }
}

/// The examples of a schema that has none.
struct Made {
    /// With what travels in either direction.
    whole: Value,
    /// With what is sent, where that is something else.
    sent: Option<Value>,
    /// With what comes back, where that is something else.
    answered: Option<Value>,
}

impl Made {
    fn new(types: &Types, written: &HashMap<TypeId, &Value>, ty: TypeId) -> Self {
        let mut builder = Builder::new(types, written);
        let whole = builder.value(ty).unwrap_or_default();
        let of = |direction| {
            let builder = Builder::new(types, written).travelling(direction);
            Some(builder.example(ty)).filter(|made| *made != whole)
        };
        let (sent, answered) = match builder.differs {
            true => (of(Direction::Request), of(Direction::Answer)),
            false => (None, None),
        };
        Self {
            whole,
            sent,
            answered,
        }
    }
}

/// The examples of schemas that have one.
fn written(schemas: &[SchemaDoc]) -> HashMap<TypeId, &Value> {
    let written = schemas.iter();
    let written = written.filter_map(|doc| Some((doc.ty, doc.example.as_ref()?)));
    written.collect()
}

/// Makes examples of the types of an API that is [`complete`].
pub struct Examples<'a> {
    types: &'a Types,
    written: HashMap<TypeId, &'a Value>,
}

impl<'a> Examples<'a> {
    /// Over the types of this API.
    #[must_use]
    pub fn new(api: &'a Api) -> Self {
        Self {
            types: &api.types,
            written: written(&api.schemas),
        }
    }

    /// An example that travels in this direction, with all fields that do.
    #[must_use]
    pub fn whole(&self, ty: TypeId, direction: Direction) -> Value {
        // What was made for documented schemas has the fields of both directions.
        let written = HashMap::new();
        let builder = Builder::new(self.types, &written);
        builder.travelling(direction).example(ty)
    }

    /// The same without the examples that the description gives: they need not fit their schemas.
    #[must_use]
    pub fn from_scratch(&self, ty: TypeId, direction: Direction) -> Value {
        let written = HashMap::new();
        let mut builder = Builder::new(self.types, &written).travelling(direction);
        builder.trusts = false;
        builder.example(ty)
    }

    /// One with what a value must have, without the examples that the description gives.
    #[must_use]
    pub fn plain(&self, ty: TypeId) -> Value {
        needed(self.types, ty, self.from_scratch(ty, Direction::Request))
    }

    /// The example that the description gives, whole; else one with what a value must have.
    #[must_use]
    pub fn brief(&self, ty: TypeId) -> Value {
        let node = self.types.get(ty);
        let end = self.types.get(self.types.resolve(ty));
        let given = node.example.as_ref().or(end.example.as_ref());
        given.cloned().unwrap_or_else(|| {
            let made = Builder::new(self.types, &self.written).example(ty);
            needed(self.types, ty, made)
        })
    }
}

/// An example with no more than what a value must have: fields that may be left out are, at
/// every level.
fn needed(types: &Types, ty: TypeId, example: Value) -> Value {
    match (&types.get(types.resolve(ty)).shape, example) {
        (Shape::Record(record), Value::Object(mut fields)) => {
            let needed = record
                .fields
                .iter()
                .filter(|field| field.required && !field.read_only);
            let kept = needed.filter_map(|field| {
                let value = fields.shift_remove(&field.name)?;
                Some((field.name.clone(), self::needed(types, field.ty, value)))
            });
            Value::Object(kept.collect())
        }
        (_, example) => within(types, ty, example, &|ty, each| needed(types, ty, each)),
    }
}

/// An example without the fields that do not travel so, at every level.
fn travelling(types: &Types, ty: TypeId, example: Value, direction: Direction) -> Value {
    let inner = |ty, each| travelling(types, ty, each, direction);
    match (&types.get(types.resolve(ty)).shape, example) {
        (Shape::Record(record), Value::Object(fields)) => {
            let kept = fields.into_iter().filter_map(|(name, value)| {
                let known = record.fields.iter().find(|field| field.name == name);
                let value = match known {
                    Some(field) if !direction.has(field) => return None,
                    Some(field) => inner(field.ty, value),
                    None => value,
                };
                Some((name, value))
            });
            Value::Object(kept.collect())
        }
        (_, example) => within(types, ty, example, &inner),
    }
}

/// A list or a map with each of its members as `each` leaves it; anything else as it is.
fn within(
    types: &Types,
    ty: TypeId,
    example: Value,
    each: &dyn Fn(TypeId, Value) -> Value,
) -> Value {
    match (&types.get(types.resolve(ty)).shape, example) {
        (Shape::List(member), Value::Array(members)) => members
            .into_iter()
            .map(|value| each(*member, value))
            .collect(),
        (Shape::Map(member), Value::Object(members)) => members
            .into_iter()
            .map(|(key, value)| (key, each(*member, value)))
            .collect(),
        (_, example) => example,
    }
}

/// One example in the making.
struct Builder<'a> {
    types: &'a Types,
    written: &'a HashMap<TypeId, &'a Value>,
    /// The types that the value being made stands in, outermost first.
    within: Vec<TypeId>,
    values: usize,
    /// Where the value travels; `None`: it has all fields.
    direction: Option<Direction>,
    /// Whether it may be another when it travels.
    differs: bool,
    /// Whether examples and defaults of the description are taken.
    trusts: bool,
}

impl<'a> Builder<'a> {
    fn new(types: &'a Types, written: &'a HashMap<TypeId, &'a Value>) -> Self {
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
    fn travelling(self, direction: Direction) -> Self {
        Self {
            direction: Some(direction),
            ..self
        }
    }

    /// The example of a type; `null` if none can be made.
    fn example(mut self, ty: TypeId) -> Value {
        self.value(ty).unwrap_or_default()
    }

    /// `None` for a type within itself.
    fn value(&mut self, ty: TypeId) -> Option<Value> {
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

/// The least number that the bounds allow, else the greatest, else 1.
fn number(bounds: &Constraints, whole: bool) -> Value {
    if let Some(least) = bounds
        .minimum
        .as_ref()
        .filter(|_| bounds.multiple_of.is_none())
    {
        return least.clone().into();
    }
    let as_double = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
    let chosen = match (
        as_double(&bounds.exclusive_minimum),
        as_double(&bounds.maximum),
        as_double(&bounds.exclusive_maximum),
    ) {
        (Some(above), Some(most), _) if above + 1.0 > most => above.midpoint(most),
        (Some(above), None, Some(below)) if above + 1.0 >= below => above.midpoint(below),
        (Some(above), ..) => above.floor() + 1.0,
        (None, Some(most), _) if most < 1.0 => most,
        (None, None, Some(below)) if below <= 1.0 => below.ceil() - 1.0,
        _ => as_double(&bounds.multiple_of).unwrap_or(1.0),
    };
    let chosen = as_double(&bounds.minimum).unwrap_or(chosen);
    let chosen =
        as_double(&bounds.multiple_of).map_or(chosen, |step| (chosen / step).ceil() * step);
    if whole || chosen.fract() == 0.0 {
        // A cast stays at the ends of i64 instead of wrapping.
        return (chosen.round() as i64).into();
    }
    chosen.into()
}

/// A string of a format, or one within the bounds of its length.
fn string(node: &Type) -> String {
    let known = match node.format.as_deref().unwrap_or_default() {
        "date-time" => "2024-05-13T04:00:00.000Z",
        "date" => "2024-05-13",
        "time" => "04:00:00Z",
        "duration" => "PT1H",
        "email" | "idn-email" => "name@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "url" | "iri" => "https://example.com",
        "uri-reference" | "iri-reference" => "/path",
        "uuid" | "guid" => "f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
        "byte" => "ZXhhbXBsZQ==",
        "json-pointer" => "/pointer",
        "regex" => "^a$",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let bounds = &node.constraints;
    let least = bounds.min_length.unwrap_or(0).min(LETTERS);
    let most = bounds.max_length.unwrap_or(LETTERS).max(least);
    let letters = "string".chars().cycle();
    let length = usize::try_from(least.max(most.min(6))).unwrap_or(6);
    let plain: String = letters.take(length).collect();
    match &bounds.pattern {
        // What a pattern asks for may be long; its lengths are those of the description.
        Some(written) if !pattern::matches(written, &plain) => {
            let length = |said: u64| usize::try_from(said).unwrap_or(usize::MAX);
            let least = length(bounds.min_length.unwrap_or(0));
            let most = length(bounds.max_length.unwrap_or(u64::MAX));
            pattern::text(written, least, most).unwrap_or(plain)
        }
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ir::{EnumValue, Record, SchemaDoc};

    fn node(shape: Shape) -> Type {
        Type {
            shape,
            ..Type::blank(crate::diagnostic::At::default())
        }
    }

    fn field(name: &str, ty: TypeId, required: bool) -> Field {
        Field {
            at: crate::diagnostic::At::default(),
            name: name.to_owned(),
            ty,
            required,
            description: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            conditional: false,
        }
    }

    fn record(fields: Vec<Field>) -> Shape {
        Shape::Record(Record {
            fields,
            rest: Rest::Ignored,
        })
    }

    fn made(types: &Types, ty: TypeId) -> Value {
        Builder::new(types, &HashMap::new()).example(ty)
    }

    #[test]
    fn scalars_follow_formats_and_bounds() {
        let mut types = Types::default();
        let mut date = node(Shape::String);
        date.format = Some("date".to_owned());
        let date = types.push(date);
        let mut short = node(Shape::String);
        short.constraints.max_length = Some(3);
        let short = types.push(short);
        let mut limit = node(Shape::Integer);
        limit.constraints.minimum = Some(10.into());
        let limit = types.push(limit);
        let mut below = node(Shape::Number);
        below.constraints.exclusive_maximum = Some(0.into());
        let below = types.push(below);
        let role = types.push(node(Shape::Enum(vec![EnumValue {
            value: json!("admin"),
            name: None,
            description: None,
        }])));

        let all = [date, short, limit, below, role].map(|ty| made(&types, ty));
        assert_eq!(json!(all), json!(["2024-05-13", "str", 10, -1, "admin"]));
    }

    #[test]
    fn a_text_of_a_pattern_may_be_long() {
        let mut types = Types::default();
        let mut word = node(Shape::String);
        word.constraints.pattern = Some("^x{70}:[a-z]+$".to_owned());
        let open = types.push(word.clone());
        word.constraints.min_length = Some(80);
        let least = types.push(word);

        let lengths = [open, least].map(|ty| made(&types, ty).as_str().map(str::len));
        assert_eq!(lengths, [Some(72), Some(80)]);
    }

    #[test]
    fn what_is_written_further_in_is_taken() {
        let mut types = Types::default();
        let mut email = node(Shape::String);
        email.example = Some(json!("a@b.example"));
        let email = types.push(email);
        let mut count = node(Shape::Integer);
        count.default = Some(json!(8));
        let count = types.push(count);
        let list = types.push(node(Shape::List(email)));
        let fields = vec![field("to", list, true), field("count", count, false)];
        let whole = types.push(node(record(fields)));
        assert_eq!(
            made(&types, whole),
            json!({"to": ["a@b.example"], "count": 8})
        );
    }

    #[test]
    fn a_type_within_itself_is_left_out() {
        let mut types = Types::default();
        let tree = types.push(node(Shape::Any));
        let leaves = types.push(node(Shape::List(tree)));
        let name = types.push(node(Shape::String));
        types.get_mut(tree).shape = record(vec![
            field("name", name, true),
            field("parent", tree, false),
            field("children", leaves, true),
        ]);
        assert_eq!(
            made(&types, tree),
            json!({"name": "string", "children": []})
        );

        let union = types.push(node(Shape::Any));
        types.get_mut(union).shape = Shape::Union(Union {
            variants: vec![union, name],
            discriminator: None,
            default: None,
        });
        assert_eq!(made(&types, union), json!("string"));
    }

    #[test]
    fn wide_and_deep_types_stay_small() {
        let mut types = Types::default();
        let mut inner = types.push(node(Shape::String));
        for _ in 0..40 {
            let fields = ["a", "b", "c"].map(|name| field(name, inner, false));
            inner = types.push(node(record(fields.into())));
        }
        let text = made(&types, inner).to_string();
        assert!(text.len() < 40_000, "{}", text.len());
    }

    #[test]
    fn every_schema_has_an_example_and_written_ones_stay() {
        let mut types = Types::default();
        let inner = types.push(node(Shape::String));
        let outer = types.push(node(Shape::List(inner)));
        let doc = |key: &str, ty, example| SchemaDoc {
            key: key.to_owned(),
            title: None,
            description: None,
            definition: json!({}),
            example,
            example_sent: None,
            example_answered: None,
            ty,
        };
        let mut api = Api {
            title: String::new(),
            version: String::new(),
            description: None,
            servers: Vec::new(),
            schemes: Vec::new(),
            resources: Vec::new(),
            types,
            schemas: vec![
                doc("outer", outer, None),
                doc("inner", inner, Some(json!("written"))),
            ],
            webhooks: Vec::new(),
        };
        complete(&mut api);
        let examples: Vec<_> = api.schemas.iter().map(|doc| doc.example.clone()).collect();
        assert_eq!(examples, [Some(json!(["written"])), Some(json!("written"))]);
    }
}
