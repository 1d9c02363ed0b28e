//! The codec of a record: its fields as tables, and a match from a field's number to the field.
//!
//! Most of a crate's codec is that of records, and all of them have one form, so it is written as
//! text at once.

use std::fmt::Write as _;

use super::super::layout::{Record, Value};
use super::super::plan::{FieldPlan, RecordPlan, Ty, TypePlan};
use super::super::print::Item;

/// The implementations of a record's codec, in the directions in which it travels.
pub(super) fn items(plan: &TypePlan, record: &RecordPlan, module: Option<&str>) -> Vec<Item> {
    let path = match module {
        Some(module) => format!("crate::{module}::{}", plan.name),
        None => format!("types::{}", plan.name),
    };
    let mut items = Vec::new();
    if plan.decode {
        items.push(blank(record, &path));
        items.push(table(plan, record, &path));
        items.push(deserialize(&path));
    }
    if shows_fields(plan, record) {
        items.push(debug(&path));
    }
    if plan.encode {
        items.push(serialize(record, &path));
    }
    items.into_iter().map(Item::Lines).collect()
}

fn blank(record: &RecordPlan, path: &str) -> String {
    let mut text = format!(
        "impl codec::Blank for {path} {{
    #[inline]
    fn blank() -> Self {{
"
    );
    let fields = record.fields.iter();
    let fields = fields.map(|field| (&field.name, blank_of(&field.ty)));
    let rest = record.rest.iter().map(|(name, _)| (name, "codec::blank()"));
    let fields = fields.chain(rest);
    let value = Value::Record(Record {
        path: "Self".to_owned(),
        fields: fields
            .map(|(name, blank)| (name.clone(), Some(word(blank))))
            .collect(),
        rest: None,
    });
    value.line(8, "", "", &mut text);
    text.push_str("    }\n}\n");
    text
}

/// The blank value of a type. Whatever is said here need not be looked for by the compiler.
fn blank_of(ty: &Ty) -> &'static str {
    match ty {
        Ty::Bool => "false",
        Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64 => "0",
        Ty::F32 | Ty::F64 => "0.0",
        Ty::String => "String::new()",
        Ty::List(_) => "Vec::new()",
        Ty::Option(_) => "None",
        _ => "codec::blank()",
    }
}

fn table(plan: &TypePlan, record: &RecordPlan, path: &str) -> String {
    let wires = record.fields.iter().map(|field| Value::text(&field.wire));
    let required = |field: &FieldPlan| field.required && !is_list(field);
    let mut text = format!("impl codec::Record for {path} {{\n");
    let table = Value::Record(Record {
        path: "codec::Table".to_owned(),
        fields: vec![
            ("name".to_owned(), Some(Value::text(&plan.name))),
            ("fields".to_owned(), Some(Value::List(wires.collect()))),
            ("required".to_owned(), Some(positions(record, required))),
            ("lists".to_owned(), Some(positions(record, is_list))),
        ],
        rest: None,
    });
    table.constant("const TABLE: codec::Table", 4, &mut text);
    if let [others @ .., last] = &record.fields[..] {
        visit(others, last, &mut text);
    }
    if let Some((name, _)) = &record.rest {
        _ = write!(
            text,
            "
    #[inline]
    fn rest<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {{
        codec::next_entry(map, key, &mut self.{name})
    }}
"
        );
    }
    text.push_str("}\n");
    text
}

/// Some of the fields: as bits, unless there are too many.
fn positions(record: &RecordPlan, is_it: impl Fn(&FieldPlan) -> bool) -> Value {
    let fields = record.fields.iter().enumerate();
    let chosen = fields.filter(|(_, field)| is_it(field)).map(|(at, _)| at);
    let chosen: Vec<usize> = chosen.collect();
    let (kind, value) = match chosen.last() {
        Some(64..) => {
            let numbers = chosen.iter().map(|at| Value::Word(at.to_string()));
            ("List", Value::List(numbers.collect()))
        }
        Some(_) => {
            let bits = chosen.iter().fold(0_u64, |bits, at| bits | 1 << at);
            ("Bits", Value::Word(format!("{bits:#b}")))
        }
        None => ("Bits", word("0")),
    };
    Value::Call(format!("codec::Positions::{kind}"), vec![value])
}

/// The function that hands a field to a visitor.
fn visit(others: &[FieldPlan], last: &FieldPlan, text: &mut String) {
    let position = match others {
        [] => "_",
        _ => "field",
    };
    _ = write!(
        text,
        "
    #[inline]
    fn visit<V: codec::FieldVisitor>(&mut self, {position}: usize, to: &mut V) {{
"
    );
    if others.is_empty() {
        visited(last).line(8, "", ";", text);
    } else {
        text.push_str("        match field {\n");
        for (index, field) in others.iter().enumerate() {
            visited(field).line(12, &format!("{index} => "), ",", text);
        }
        visited(last).line(12, "_ => ", ",", text);
        text.push_str("        }\n");
    }
    text.push_str("    }\n");
}

/// Hands a field over.
fn visited(field: &FieldPlan) -> Value {
    let method = match field.keeps_null {
        true => "value_or_null",
        false if is_list(field) => "list",
        false => "value",
    };
    let field = Value::Word(format!("&mut self.{}", field.name));
    Value::Call(format!("to.{method}"), vec![field])
}

/// Whether a field is a list that must arrive by the description. It may be missing all the same.
fn is_list(field: &FieldPlan) -> bool {
    field.required && !field.keeps_null && matches!(field.ty, Ty::List(_))
}

fn deserialize(path: &str) -> String {
    format!(
        "impl<'de> Deserialize<'de> for {path} {{
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {{
        codec::record(from)
    }}
}}
"
    )
}

/// Whether its `Debug` goes by the codec, and is not derived.
pub(super) fn shows_fields(plan: &TypePlan, record: &RecordPlan) -> bool {
    plan.decode && record.rest.is_none() && !record.fields.is_empty()
}

fn debug(path: &str) -> String {
    format!(
        "impl std::fmt::Debug for {path} {{
    #[inline]
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{
        codec::debug(self, to)
    }}
}}
"
    )
}

fn serialize(record: &RecordPlan, path: &str) -> String {
    let empty = record.fields.is_empty() && record.rest.is_none();
    let binding = match empty {
        true => "let object",
        false => "let mut object",
    };
    let mut text = format!(
        "impl Serialize for {path} {{
    #[inline]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {{
        {binding} = codec::object(to);
"
    );
    for field in &record.fields {
        let write = match field.required {
            true => "required",
            false => "optional",
        };
        let value = Value::Word(format!("&self.{}", field.name));
        let arguments = vec![Value::text(&field.wire), value];
        Value::Call(format!("object.{write}"), arguments).line(8, "", ";", &mut text);
    }
    if let Some((name, _)) = &record.rest {
        _ = writeln!(text, "        object.rest(&self.{name});");
    }
    text.push_str("        object.end()\n    }\n}\n");
    text
}

fn word(word: &str) -> Value {
    Value::Word(word.to_owned())
}
