//! What `Debug` shows of a record: its fields by the names that they have on the wire.
//!
//! Both ways use what the codec has anyway. A function for each type, as derives write it, would be
//! most of what a crate of many types takes to compile.

use std::fmt;

use serde::Serialize;

use crate::runtime::codec::field::{Field, FieldVisitor};
use crate::runtime::codec::names::names;
use crate::runtime::codec::record::Record;

/// Shows a record as a derived `Debug` does, but with the names that its fields have on the wire.
///
/// It visits the fields of a copy, because a visitor may change them.
///
/// # Errors
/// What the formatter reports.
pub fn debug<R: Record + Clone>(record: &R, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut record = record.clone();
    let mut shown = to.debug_struct(R::TABLE.name);
    for (position, name) in names(R::TABLE.fields).enumerate() {
        let fields = &mut shown;
        record.visit(position, &mut Shower { fields, name });
    }
    shown.finish()
}

/// Shows what is only written as the JSON that it is sent as, behind the name of its type.
///
/// # Errors
/// What the formatter reports.
pub fn debug_json<T: Serialize>(value: &T, name: &str, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    let text = match to.alternate() {
        true => serde_json::to_string_pretty(value),
        false => serde_json::to_string(value),
    };
    match text {
        Ok(text) => write!(to, "{name}({text})"),
        Err(error) => write!(to, "{name}({error})"),
    }
}

/// Shows a field under its name.
struct Shower<'s, 'f, 'to> {
    fields: &'s mut fmt::DebugStruct<'f, 'to>,
    name: &'static str,
}

impl FieldVisitor for Shower<'_, '_, '_> {
    #[inline]
    fn value<T: Field>(&mut self, field: &mut T) {
        self.fields.field(self.name, field);
    }

    #[inline]
    fn list<T: Field>(&mut self, field: &mut Vec<T>) {
        self.value(field);
    }

    #[inline]
    fn value_or_null<T: Field>(&mut self, field: &mut Option<T>) {
        self.value(field);
    }
}
