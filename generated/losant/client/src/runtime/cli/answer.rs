//! How an answer is printed: as JSON, as a table, or as it came.

use std::io::{self, IsTerminal, Write};

use clap::ArgMatches;
use serde_json::Value;

use super::grid;
use super::settings::{COLUMNS, OUTPUT, QUERY};
use super::stop::Stop;
use crate::runtime::reading::response::RawResponse;

/// The forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Json,
    Table,
    Raw,
}

/// How to print.
#[derive(Debug)]
pub(super) struct Printer {
    form: Option<Form>,
    columns: Vec<String>,
    /// The part of the answer that is wanted.
    pointer: Option<String>,
    terminal: bool,
}

impl Printer {
    /// What the arguments ask for.
    pub(super) fn of(matches: &ArgMatches) -> Self {
        let form = matches.get_one::<String>(OUTPUT);
        let columns = matches.get_many::<String>(COLUMNS);
        Self {
            form: form.map(|form| match form.as_str() {
                "table" => Form::Table,
                "raw" => Form::Raw,
                _ => Form::Json,
            }),
            columns: columns.into_iter().flatten().cloned().collect(),
            pointer: matches.get_one::<String>(QUERY).cloned(),
            terminal: io::stdout().is_terminal(),
        }
    }

    /// Whether answers are to be printed as they came, whole.
    pub(super) fn as_it_came(&self) -> bool {
        self.is_raw() && self.pointer.is_none()
    }

    fn is_raw(&self) -> bool {
        self.form == Some(Form::Raw)
    }

    /// Whether this is printed as a table: if that is asked for, by name or by naming columns;
    /// unasked on a terminal only, and only if it looks like one.
    fn is_table(&self, value: &Value) -> bool {
        match self.form {
            Some(form) => form == Form::Table,
            None => !self.columns.is_empty() || (self.terminal && grid::suits(value)),
        }
    }

    /// Prints an answer.
    pub(super) fn answer(&self, answer: &RawResponse) -> Result<(), Stop> {
        let mut to = io::stdout().lock();
        if self.as_it_came() {
            to.write_all(answer.body())?;
            return Ok(to.flush()?);
        }
        let Ok(value) = serde_json::from_slice::<Value>(answer.json()) else {
            return self.text(answer);
        };
        if self.is_raw() {
            return self.line(&value);
        }
        let part = self.part(&value)?;
        match self.is_table(part) {
            true => write!(to, "{}", grid::of(part, &self.columns, grid::width()))?,
            false => writeln!(to, "{part:#}")?,
        }
        Ok(to.flush()?)
    }

    /// Prints what is no JSON.
    fn text(&self, answer: &RawResponse) -> Result<(), Stop> {
        if answer.body().is_empty() {
            return Ok(());
        }
        if self.pointer.is_some() {
            return Err(Stop::answer("the answer is no JSON, which `--query` needs"));
        }
        let mut to = io::stdout().lock();
        to.write_all(answer.body())?;
        if self.terminal && !answer.body().ends_with(b"\n") {
            writeln!(to)?;
        }
        Ok(to.flush()?)
    }

    /// Prints a value on a line of its own; raw text is not quoted.
    pub(super) fn line(&self, value: &Value) -> Result<(), Stop> {
        let mut to = io::stdout().lock();
        match self.part(value)? {
            Value::String(text) if self.is_raw() => writeln!(to, "{text}")?,
            part => writeln!(to, "{part}")?,
        }
        Ok(to.flush()?)
    }

    /// Begins a list whose items come one after the other.
    pub(super) fn list(&self) -> List<'_> {
        List {
            printer: self,
            kept: Vec::new(),
            begun: false,
        }
    }

    fn part<'a>(&self, value: &'a Value) -> Result<&'a Value, Stop> {
        let Some(pointer) = &self.pointer else {
            return Ok(value);
        };
        let part = value.pointer(pointer);
        part.ok_or_else(|| Stop::answer(format!("the answer has nothing at `{pointer}`")))
    }
}

/// A list that is printed as its items come; a table needs all of them first.
#[derive(Debug)]
pub(super) struct List<'a> {
    printer: &'a Printer,
    kept: Vec<Value>,
    begun: bool,
}

impl List<'_> {
    /// Takes the next item.
    pub(super) fn push(&mut self, item: &Value) -> Result<(), Stop> {
        let printer = self.printer;
        if printer.is_raw() {
            return printer.line(item);
        }
        let item = printer.part(item)?;
        let of_one = Value::Array(vec![item.clone()]);
        if printer.is_table(&of_one) {
            self.kept.push(item.clone());
            return Ok(());
        }
        let before = if self.begun { ",\n" } else { "[\n" };
        self.begun = true;
        let text = format!("{item:#}").replace('\n', "\n  ");
        write!(io::stdout().lock(), "{before}  {text}")?;
        Ok(())
    }

    /// Ends the list.
    pub(super) fn finish(self) -> Result<(), Stop> {
        let mut to = io::stdout().lock();
        if self.begun {
            writeln!(to, "\n]")?;
        }
        if !self.kept.is_empty() {
            let list = Value::Array(self.kept);
            write!(
                to,
                "{}",
                grid::of(&list, &self.printer.columns, grid::width())
            )?;
        } else if !self.begun && !self.printer.is_raw() {
            writeln!(to, "[]")?;
        }
        Ok(to.flush()?)
    }
}
