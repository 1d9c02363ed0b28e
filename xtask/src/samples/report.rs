//! What became of each block: tables for people, in the terminal and in `target/samples.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What became of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was run so often, with this, and did what it should.
    Passed {
        /// What it ran with.
        with: String,
        /// How often.
        runs: usize,
    },
    /// It was run, or could not be.
    Failed(String),
    /// It is marked so, for this reason.
    NotRun(String),
    /// It shows output.
    Output,
}

/// A block, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The group of documents that it is listed with.
    pub(crate) group: String,
    /// Its document.
    pub(crate) document: String,
    /// The line of its fence; 0 for what should be there and is not.
    pub(crate) line: usize,
    /// Its language.
    pub(crate) language: String,
    /// Its text.
    pub(crate) text: String,
    /// What became of it.
    pub(crate) outcome: Outcome,
}

impl Line {
    /// Where it is.
    fn place(&self) -> String {
        match self.line {
            0 => self.document.clone(),
            line => format!("{}:{line}", self.document),
        }
    }
}

/// How many blocks ended how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Count {
    found: usize,
    runs: usize,
    passed: usize,
    failed: usize,
    not_run: usize,
    output: usize,
}

impl Count {
    fn add(&mut self, outcome: &Outcome) {
        self.found += 1;
        match outcome {
            Outcome::Passed { runs, .. } => {
                self.passed += 1;
                self.runs += runs;
            }
            Outcome::Failed(_) => self.failed += 1,
            Outcome::NotRun(_) => self.not_run += 1,
            Outcome::Output => self.output += 1,
        }
    }

    fn cells(&self) -> [String; 7] {
        let tried = self.passed + self.failed;
        let counts = [
            self.found,
            tried,
            self.passed,
            self.failed,
            self.runs,
            self.not_run,
            self.output,
        ];
        counts.map(|count| count.to_string())
    }
}

/// What became of all blocks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    lines: Vec<Line>,
    remarks: BTreeSet<String>,
}

impl Report {
    /// Adds a block.
    pub(crate) fn add(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Adds what a reader should know of how blocks were run.
    pub(crate) fn remark(&mut self, remark: &str) {
        self.remarks.insert(remark.to_owned());
    }

    /// Whether no block failed.
    pub(crate) fn holds(&self) -> bool {
        let mut lines = self.lines.iter();
        lines.all(|line| !matches!(line.outcome, Outcome::Failed(_)))
    }

    /// The report as Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut text = "# Samples\n\n".to_owned();
        let all = self.count(|_| true);
        let _ = writeln!(
            text,
            "{} blocks found, {} run, {} passed, {} failed, {} marked as not to be run, {} of output. \
             The passed ones were run {} times: once for the success and once for each documented error.\n",
            all.found,
            all.passed + all.failed,
            all.passed,
            all.failed,
            all.not_run,
            all.output,
            all.runs,
        );
        text += &self.table("Language", |line| line.language.clone());
        text += "\n";
        text += &self.table("Document", |line| line.group.clone());
        text += &self.with();
        text += &self.reasons();
        if !self.remarks.is_empty() {
            text += "\n## What is replaced, and what stands in\n\n";
            self.remarks
                .iter()
                .for_each(|remark| text += &format!("* {remark}\n"));
        }
        text + &self.failures()
    }

    fn count(&self, is_meant: impl Fn(&Line) -> bool) -> Count {
        let mut count = Count::default();
        let lines = self.lines.iter().filter(|line| is_meant(line));
        lines.for_each(|line| count.add(&line.outcome));
        count
    }

    fn table(&self, title: &str, key: impl Fn(&Line) -> String) -> String {
        let mut counts: BTreeMap<String, Count> = BTreeMap::new();
        for line in &self.lines {
            counts.entry(key(line)).or_default().add(&line.outcome);
        }
        let names = [
            title, "Found", "Run", "Passed", "Failed", "Times", "Not run", "Output",
        ];
        let head = names.map(str::to_owned).to_vec();
        let rows = counts
            .iter()
            .map(|(key, count)| [std::slice::from_ref(key), &count.cells()].concat());
        aligned(head, rows.collect())
    }

    /// What the passed ones ran with.
    fn with(&self) -> String {
        let mut counts: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
        for line in &self.lines {
            if let Outcome::Passed { with, runs } = &line.outcome {
                let (blocks, times) = counts.entry((&line.language, with)).or_default();
                *blocks += 1;
                *times += runs;
            }
        }
        let rows = counts.iter().map(|((language, with), (blocks, times))| {
            [*language, with, &blocks.to_string(), &times.to_string()]
                .map(str::to_owned)
                .to_vec()
        });
        let head = ["Language", "Run with", "Passed", "Times"].map(str::to_owned);
        format!("\n{}", aligned(head.to_vec(), rows.collect()))
    }

    fn reasons(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            if let Outcome::NotRun(reason) = &line.outcome {
                let _ = writeln!(text, "* {}: {reason}", line.place());
            }
        }
        match text.is_empty() {
            true => text,
            false => format!("\n## Marked as not to be run\n\n{text}"),
        }
    }

    fn failures(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            if let Outcome::Failed(why) = &line.outcome {
                let first: Vec<&str> = line.text.lines().take(4).collect();
                let _ = writeln!(text, "* {} ({})", line.place(), line.language);
                for part in [indented("    | ", &first.join("\n")), indented("    ", why)] {
                    text += &part;
                }
            }
        }
        match text.is_empty() {
            true => text,
            false => format!("\n## Failed\n\n{text}"),
        }
    }
}

fn indented(by: &str, text: &str) -> String {
    let lines = text.lines().map(|line| format!("{by}{line}\n"));
    lines.collect()
}

/// A table of Markdown whose columns are as wide as they need be.
fn aligned(head: Vec<String>, rows: Vec<Vec<String>>) -> String {
    let rules = head.iter().map(|_| "-".to_owned()).collect();
    let mut all = vec![head, rules];
    all.extend(rows);
    let widths: Vec<usize> = (0..all[0].len())
        .map(|column| {
            let cells = all.iter().map(|row| row[column].chars().count());
            cells.max().unwrap_or_default().max(3)
        })
        .collect();
    let mut text = String::new();
    for (index, row) in all.iter().enumerate() {
        for (cell, width) in row.iter().zip(&widths) {
            let fill = if index == 1 { "-" } else { " " };
            let rest = fill.repeat(width - cell.chars().count());
            let _ = write!(text, "| {cell}{rest} ");
        }
        text += "|\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(language: &str, outcome: Outcome) -> Line {
        Line {
            group: "docs".to_owned(),
            document: "docs/a.md".to_owned(),
            line: 7,
            language: language.to_owned(),
            text: "one\ntwo\n".to_owned(),
            outcome,
        }
    }

    #[test]
    fn every_block_is_counted_once() {
        let mut report = Report::default();
        let passed = Outcome::Passed {
            with: "curl".to_owned(),
            runs: 3,
        };
        report.add(line("bash", passed));
        report.add(line("sh", Outcome::NotRun("it takes a week".to_owned())));
        report.add(line("text", Outcome::Output));
        assert!(report.holds());
        report.add(line("bash", Outcome::Failed("no\nserver".to_owned())));
        assert!(!report.holds());
        let text = report.markdown();
        assert!(
            text.contains(
                "4 blocks found, 2 run, 1 passed, 1 failed, 1 marked as not to be run, 1 of output."
            ),
            "{text}"
        );
        assert!(
            text.contains(
                "| bash     | 2     | 2   | 1      | 1      | 3     | 0       | 0      |"
            ),
            "{text}"
        );
        assert!(text.contains("* docs/a.md:7: it takes a week"), "{text}");
        assert!(
            text.contains("* docs/a.md:7 (bash)\n    | one\n    | two\n    no\n    server\n"),
            "{text}"
        );
    }
}
