//! JSON as tables, for people.
//!
//! A list of objects has a column for each of their fields that hold a single value; an object is
//! a table of its fields, and each list of objects in it a table below.

use std::io::{self, IsTerminal};

use comfy_table::{ContentArrangement, Row, Table, presets};
use serde_json::Value;

use super::stop::printable;

/// How many items are looked at for columns.
const SAMPLE: usize = 20;

/// Narrower tables are not worth their columns.
const LEAST_WIDTH: u16 = 40;

/// The width of the terminal; `None` if standard output is none.
pub(super) fn width() -> Option<u16> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let (width, _) = terminal_size::terminal_size()?;
    Some(width.0.max(LEAST_WIDTH))
}

/// Whether a value looks like a table: an object, or a list of them.
pub(super) fn suits(value: &Value) -> bool {
    match value {
        Value::Object(fields) => !fields.is_empty(),
        value => is_list_of_objects(value),
    }
}

fn is_list_of_objects(value: &Value) -> bool {
    let items = value.as_array();
    items.is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_object))
}

/// A value as a table; `columns` are those of its list, if any are chosen.
pub(super) fn of(value: &Value, columns: &[String], width: Option<u16>) -> String {
    match value {
        Value::Array(items) => of_list(items, columns, width),
        Value::Object(fields) if columns.is_empty() => {
            let (lists, single): (Vec<_>, Vec<_>) = fields
                .iter()
                .partition(|(_, value)| is_list_of_objects(value));
            let mut table = table(width);
            for (name, value) in single {
                table.add_row(row([printable(name), cell(value)]));
            }
            let mut text = finished(&table);
            for (name, list) in lists {
                text.push_str(&format!("\n{}:\n", printable(name)));
                text.push_str(&of(list, columns, width));
            }
            text
        }
        Value::Object(fields) => {
            let mut lists = fields.values().filter(|value| is_list_of_objects(value));
            match lists.next() {
                Some(list) if columns.iter().all(|name| value.get(name).is_none()) => {
                    of(list, columns, width)
                }
                _ => of_list(std::slice::from_ref(value), columns, width),
            }
        }
        value => format!("{}\n", cell(value)),
    }
}

fn of_list(items: &[Value], columns: &[String], width: Option<u16>) -> String {
    let columns = match columns {
        [] => columns_of(items),
        chosen => chosen.to_vec(),
    };
    if columns.is_empty() {
        let lines = items.iter().map(|item| format!("{}\n", cell(item)));
        return lines.collect();
    }
    let mut table = table(width);
    let heads = columns.iter().map(|name| printable(name));
    table.set_header(row(heads));
    for item in items {
        table.add_row(row(columns.iter().map(|name| cell(at(item, name)))));
    }
    finished(&table)
}

/// The fields of the first items that hold single values, in the order in which they come.
fn columns_of(items: &[Value]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for fields in items.iter().take(SAMPLE).filter_map(Value::as_object) {
        for (name, value) in fields {
            let single = !value.is_object() && !value.is_array() && !value.is_null();
            if single && !columns.contains(name) {
                columns.push(name.clone());
            }
        }
    }
    columns
}

/// The field of this name; with dots, a field of a field.
fn at<'a>(item: &'a Value, name: &str) -> &'a Value {
    let nested = || name.split('.').try_fold(item, |value, key| value.get(key));
    item.get(name).or_else(nested).unwrap_or(&Value::Null)
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => printable(text),
        other => printable(&other.to_string()),
    }
}

fn table(width: Option<u16>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    match width {
        Some(width) => {
            table.set_content_arrangement(ContentArrangement::Dynamic);
            table.set_width(width);
        }
        None => {
            table.set_content_arrangement(ContentArrangement::Disabled);
        }
    }
    table
}

/// A row of one line: what does not fit is cut.
fn row(cells: impl IntoIterator<Item = String>) -> Row {
    let cells = cells.into_iter();
    let mut row = Row::from(
        cells
            .map(|text| text.replace(['\n', '\t'], " "))
            .collect::<Vec<_>>(),
    );
    row.max_height(1);
    row
}

/// The lines of a table, without the space around them.
fn finished(table: &Table) -> String {
    let lines = table.lines();
    lines
        .map(|line| {
            let line = line.strip_prefix(' ').unwrap_or(&line);
            format!("{}\n", line.trim_end())
        })
        .collect()
}
