//! The codec of a record: its fields as tables, and a match from a field's number to the field.
//!
//! Most of a crate's codec is that of records, and all of them have one form, so it is written as
//! text at once.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::super::layout::{Record, Value, heads};
use super::super::plan::{FieldPlan, RecordPlan, Ty, TypePlan};
use super::super::print::Item;

/// The implementations of a record's codec, in the directions in which it travels.
pub(super) fn items(plan: &TypePlan, record: &RecordPlan, path: &str) -> Vec<Item> {
    let mut items = Vec::new();
    if plan.decode {
        items.push(decoding(plan, record, path));
        items.push(deserialize(path));
    }
    items.extend(debug(plan, record, path));
    if copies_itself(record) {
        items.push(clone(record, path));
    }
    if plan.encode {
        items.push(serialize(record, path));
    }
    items.into_iter().map(Item::Lines).collect()
}

/// What decoding needs to know of a record.
fn decoding(plan: &TypePlan, record: &RecordPlan, path: &str) -> String {
    let mut text = heads::of_trait("impl codec::Record", path);
    table(plan, record, &mut text);
    far(record, &mut text);
    blank(record, &mut text);
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

fn table(plan: &TypePlan, record: &RecordPlan, text: &mut String) {
    let (required, lists) = (near(record, is_required), near(record, is_list));
    let table = Value::Record(Record {
        path: "codec::Table".to_owned(),
        fields: vec![
            ("name".to_owned(), Some(Value::text(&plan.name))),
            ("fields".to_owned(), Some(Value::text(&names(record)))),
            ("required".to_owned(), Some(required)),
            ("lists".to_owned(), Some(lists)),
        ],
        rest: None,
    });
    table.constant("const TABLE: codec::Table", 4, text);
}

/// The names of the fields on the wire in one text, each after a character that is in none of them.
fn names(record: &RecordPlan) -> String {
    let names = record.fields.iter().map(|field| &field.wire);
    let is_free = |mark: &char| !names.clone().any(|name| name.contains(*mark));
    let mut marks = "/| ,;".chars().chain('\u{1}'..=char::MAX);
    // No description has a name of each character that there is.
    let mark = marks.find(is_free).unwrap_or_default();
    names
        .flat_map(|name| [mark].into_iter().chain(name.chars()))
        .collect()
}

/// What the table says of fields from this one on stands apart, by their positions.
const FAR: usize = 64;

/// Some of the first fields, as bits.
fn near(record: &RecordPlan, is_it: impl Fn(&FieldPlan) -> bool) -> Value {
    let fields = record.fields.iter().take(FAR).enumerate();
    let chosen = fields.filter(|(_, field)| is_it(field));
    match chosen.fold(0_u64, |bits, (at, _)| bits | 1 << at) {
        0 => word("0"),
        bits => Value::Word(format!("{bits:#b}")),
    }
}

/// The same of the fields after them, if there are any.
fn far(record: &RecordPlan, text: &mut String) {
    let chosen = |is_it: fn(&FieldPlan) -> bool| {
        let fields = record.fields.iter().enumerate().skip(FAR);
        let chosen = fields.filter(|(_, field)| is_it(field));
        Value::List(chosen.map(|(at, _)| Value::Word(at.to_string())).collect())
    };
    if record.fields.len() <= FAR {
        return;
    }
    let far = Value::Record(Record {
        path: "codec::Far".to_owned(),
        fields: vec![
            ("required".to_owned(), Some(chosen(is_required))),
            ("lists".to_owned(), Some(chosen(is_list))),
        ],
        rest: None,
    });
    text.push('\n');
    far.constant("const FAR: codec::Far", 4, text);
}

fn blank(record: &RecordPlan, text: &mut String) {
    text.push_str(
        "
    #[inline]
    fn blank() -> Self {
",
    );
    let fields = record.fields.iter();
    let fields = fields.map(|field| (&field.name, blank_of(&field.ty, field.is_text_enum)));
    let rest = record
        .rest
        .iter()
        .map(|(name, _)| (name, "codec::blank()".into()));
    let fields = fields.chain(rest);
    let value = Value::Record(Record {
        path: "Self".to_owned(),
        fields: fields
            .map(|(name, blank)| (name.clone(), Some(Value::Word(blank.into_owned()))))
            .collect(),
        rest: None,
    });
    value.line(8, "", "", text);
    text.push_str("    }\n");
}

/// The blank value of a type. Whatever is said here need not be looked for by the compiler.
fn blank_of(ty: &Ty, is_text_enum: bool) -> Cow<'static, str> {
    match ty {
        Ty::Bool => "false".into(),
        Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64 => "0".into(),
        Ty::F32 | Ty::F64 => "0.0".into(),
        Ty::String => "String::new()".into(),
        Ty::List(_) => "Vec::new()".into(),
        Ty::Option(_) => "None".into(),
        Ty::Boxed(inner) => format!("Box::new({})", blank_of(inner, false)).into(),
        _ if is_text_enum => "\"\".into()".into(),
        _ => "codec::blank()".into(),
    }
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
    // Each has one line: those of fields with long names are broken by rules of their own, as syntax.
    if others.is_empty() {
        _ = writeln!(text, "        {};", visited(last));
    } else {
        text.push_str("        match field {\n");
        for (index, field) in others.iter().enumerate() {
            _ = writeln!(text, "            {index} => {},", visited(field));
        }
        _ = writeln!(text, "            _ => {},\n        }}", visited(last));
    }
    text.push_str("    }\n");
}

/// Hands a field over.
fn visited(field: &FieldPlan) -> String {
    let method = match (field.keeps_null, &field.ty) {
        (true, _) => "value_or_null",
        (false, _) if is_list(field) => "list",
        (false, Ty::Option(inner)) => method_of(inner).map_or("value", |(_, optional)| optional),
        (false, ty) => method_of(ty).map_or("value", |(plain, _)| plain),
    };
    format!("to.{method}(&mut self.{})", field.name)
}

/// The methods for a field of one of the usual types and for one that may be absent. They do what `value`
/// does; the compiler need not find out its parameter for each field.
fn method_of(ty: &Ty) -> Option<(&'static str, &'static str)> {
    match ty {
        Ty::String => Some(("text", "optional_text")),
        Ty::I64 => Some(("whole", "optional_whole")),
        Ty::Bool => Some(("truth", "optional_truth")),
        _ => None,
    }
}

/// Whether a field must arrive.
fn is_required(field: &FieldPlan) -> bool {
    field.required && !is_list(field)
}

/// Whether a field is a list that must arrive by the description. It may be missing all the same.
fn is_list(field: &FieldPlan) -> bool {
    field.required && !field.keeps_null && matches!(field.ty, Ty::List(_))
}

fn deserialize(path: &str) -> String {
    let head = heads::of_trait("impl<'de> Deserialize<'de>", path);
    format!(
        "{head}    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {{
        codec::record(from)
    }}
}}
"
    )
}

/// Whether its `Debug` goes by the codec, and is not derived.
pub(super) fn shows_itself(plan: &TypePlan, record: &RecordPlan) -> bool {
    debug_call(plan, record).is_some()
}

/// What `Debug` calls, unless it is derived.
fn debug_call(plan: &TypePlan, record: &RecordPlan) -> Option<Value> {
    let call = |function: &str, arguments| Some(Value::Call(function.to_owned(), arguments));
    match (plan.decode, plan.encode) {
        _ if record.fields.is_empty() => None,
        (true, _) if record.rest.is_some() => None,
        (true, _) => call("codec::debug", vec![word("self"), word("to")]),
        (false, true) => {
            let name = Value::text(&plan.name);
            call("codec::debug_json", vec![word("self"), name, word("to")])
        }
        (false, false) => None,
    }
}

fn debug(plan: &TypePlan, record: &RecordPlan, path: &str) -> Option<String> {
    let call = debug_call(plan, record)?;
    let mut text = heads::of_trait("impl std::fmt::Debug", path);
    text.push_str(
        "    #[inline]
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
",
    );
    call.line(8, "", "", &mut text);
    text.push_str("    }\n}\n");
    Some(text)
}

/// Whether its `Clone` stands here, and is not derived.
pub(super) fn copies_itself(record: &RecordPlan) -> bool {
    !record.fields.is_empty()
}

/// What the compiler takes less time for than for what is derived, which calls a function for numbers too.
fn clone(record: &RecordPlan, path: &str) -> String {
    let fields = record.fields.iter();
    let fields = fields.map(|field| (&field.name, field.is_copy));
    let rest = record.rest.iter().map(|(name, _)| (name, false));
    let copied = fields.chain(rest).map(|(name, is_copy)| {
        let mut links = vec!["self".to_owned(), name.clone()];
        links.extend((!is_copy).then(|| "clone()".to_owned()));
        (name.clone(), Some(Value::Chain(links)))
    });
    let value = Value::Record(Record {
        path: "Self".to_owned(),
        fields: copied.collect(),
        rest: None,
    });
    let mut text = heads::of_trait("impl Clone", path);
    text.push_str(
        "    #[inline]
    fn clone(&self) -> Self {
",
    );
    value.line(8, "", "", &mut text);
    text.push_str("    }\n}\n");
    text
}

fn serialize(record: &RecordPlan, path: &str) -> String {
    let empty = record.fields.is_empty() && record.rest.is_none();
    let binding = match empty {
        true => "let object",
        false => "let mut object",
    };
    let mut text = heads::of_trait("impl Serialize", path);
    _ = write!(
        text,
        "    #[inline]
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
