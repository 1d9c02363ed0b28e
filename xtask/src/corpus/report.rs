//! The report of a run: for people as Markdown, for machines as JSON.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::says::Kinds;
use crate::figures::{self, Spread};
use crate::measure::Cost;

/// One command on one description.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Step {
    #[serde(flatten)]
    pub(crate) cost: Cost,
    /// Why it failed, in one line.
    pub(crate) error: Option<String>,
    pub(crate) warnings: Kinds,
}

impl Step {
    pub(super) fn is_ok(&self) -> bool {
        self.error.is_none()
    }
}

/// One description and everything that was done with it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) client: Step,
    pub(super) docs: BTreeMap<String, Step>,
    pub(super) rustfmt: Option<Step>,
    pub(super) check: Option<Step>,
    pub(super) clippy: Option<Step>,
    pub(super) rustdoc: Option<Step>,
}

impl Document {
    /// One with which nothing was done so far.
    pub(super) fn new(name: String, bytes: u64) -> Self {
        Self {
            name,
            bytes,
            client: Step {
                cost: Cost::default(),
                error: Some("not run".to_owned()),
                warnings: Kinds::new(),
            },
            docs: BTreeMap::new(),
            rustfmt: None,
            check: None,
            clippy: None,
            rustdoc: None,
        }
    }

    /// Its commands by the name of their stage.
    fn steps(&self) -> impl Iterator<Item = (String, &Step)> {
        let docs = self.docs.iter();
        let docs = docs.map(|(format, step)| (format!("docs {format}"), step));
        let compiled = [
            ("rustfmt", &self.rustfmt),
            ("check", &self.check),
            ("clippy", &self.clippy),
            ("rustdoc", &self.rustdoc),
        ];
        let compiled = compiled
            .into_iter()
            .filter_map(|(name, step)| Some((name.to_owned(), step.as_ref()?)));
        std::iter::once(("client".to_owned(), &self.client))
            .chain(docs)
            .chain(compiled)
    }
}

/// A stage that failed on a description.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Failure {
    stage: String,
    document: String,
    message: String,
}

/// A stage over all descriptions that went through it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Stage {
    name: String,
    tried: usize,
    succeeded: usize,
    seconds: Spread,
    megabytes: Spread,
}

/// What came of a run.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Report {
    seed: u64,
    /// Whether the clients share a runtime, or each has a copy.
    shared_runtime: bool,
    stages: Vec<Stage>,
    warnings: BTreeMap<String, BTreeMap<String, Kind>>,
    pub(super) failures: Vec<Failure>,
    documents: Vec<Document>,
}

/// A kind of warnings: how many, in how many descriptions, and one of these.
#[derive(Clone, Debug, Default, Serialize)]
struct Kind {
    warnings: usize,
    documents: usize,
    example: String,
}

impl Report {
    /// Of everything that was done.
    pub(super) fn new(documents: Vec<Document>, seed: u64, shared_runtime: bool) -> Self {
        Self {
            seed,
            shared_runtime,
            stages: stages(&documents),
            warnings: warnings(&documents),
            failures: failures(&documents),
            documents,
        }
    }

    /// A line for each stage.
    pub(super) fn summary(&self) -> String {
        let lines = self.stages.iter().map(|stage| {
            format!(
                "{}: {} of {}, median {}, slowest {}",
                stage.name,
                stage.succeeded,
                stage.tried,
                figures::time(stage.seconds.median),
                figures::time(stage.seconds.max),
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    pub(super) fn json(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.unwrap_or_else(|error| format!("{{\"error\": {:?}}}", error.to_string())) + "\n"
    }

    pub(super) fn markdown(&self) -> String {
        let mut page = format!(
            "# The corpus\n\n{} descriptions, seed {}{}.\n\n",
            self.documents.len(),
            self.seed,
            match self.shared_runtime {
                true => "; the clients share a runtime",
                false => "",
            }
        );
        self.write_stages(&mut page);
        self.write_failures(&mut page);
        self.write_warnings(&mut page);
        page
    }

    fn write_stages(&self, page: &mut String) {
        page.push_str(
            "| stage | succeeded | of | median | 95 % below | slowest | most memory |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        );
        for stage in &self.stages {
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} | {} | {} | {:.0} MB |",
                stage.name,
                stage.succeeded,
                stage.tried,
                figures::time(stage.seconds.median),
                figures::time(stage.seconds.p95),
                figures::time(stage.seconds.max),
                stage.megabytes.max,
            );
        }
    }

    fn write_failures(&self, page: &mut String) {
        let _ = writeln!(page, "\n## Failures: {}\n", self.failures.len());
        let mut kinds: BTreeMap<(&str, String), usize> = BTreeMap::new();
        for failure in &self.failures {
            *kinds
                .entry((&failure.stage, kind(&failure.message)))
                .or_default() += 1;
        }
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        page.push_str("| stage | kind | descriptions |\n| --- | --- | ---: |\n");
        for ((stage, kind), count) in kinds {
            let _ = writeln!(page, "| {stage} | {} | {count} |", cell(&kind));
        }
        page.push_str("\n| stage | description | first message |\n| --- | --- | --- |\n");
        for failure in &self.failures {
            let _ = writeln!(
                page,
                "| {} | {} | {} |",
                failure.stage,
                cell(&failure.document),
                cell(&failure.message)
            );
        }
    }

    fn write_warnings(&self, page: &mut String) {
        page.push_str(
            "\n## Warnings\n\n| stage | kind | warnings | descriptions | one of them |\n\
             | --- | --- | ---: | ---: | --- |\n",
        );
        for (stage, kinds) in &self.warnings {
            for (name, kind) in kinds {
                let _ = writeln!(
                    page,
                    "| {stage} | {name} | {} | {} | {} |",
                    kind.warnings,
                    kind.documents,
                    cell(&kind.example)
                );
            }
        }
    }
}

fn stages(documents: &[Document]) -> Vec<Stage> {
    let mut by_name: Vec<(String, Vec<&Step>)> = Vec::new();
    for (name, step) in documents.iter().flat_map(Document::steps) {
        match by_name.iter_mut().find(|(known, _)| *known == name) {
            Some((_, steps)) => steps.push(step),
            None => by_name.push((name, vec![step])),
        }
    }
    let stage = |(name, steps): (String, Vec<&Step>)| Stage {
        name,
        tried: steps.len(),
        succeeded: steps.iter().filter(|step| step.is_ok()).count(),
        seconds: Spread::of(steps.iter().map(|step| step.cost.seconds)),
        megabytes: Spread::of(steps.iter().map(|step| step.cost.megabytes)),
    };
    by_name.into_iter().map(stage).collect()
}

/// Warnings of the client and the compiled crate; the docs repeat those of the client.
fn warnings(documents: &[Document]) -> BTreeMap<String, BTreeMap<String, Kind>> {
    let mut stages: BTreeMap<String, BTreeMap<String, Kind>> = BTreeMap::new();
    for document in documents {
        let steps = document.steps();
        for (stage, step) in steps.filter(|(stage, _)| !stage.starts_with("docs")) {
            for (name, count) in &step.warnings {
                let kinds = stages.entry(stage.clone()).or_default();
                let kind = kinds.entry(name.clone()).or_default();
                kind.warnings += count;
                kind.documents += 1;
                kind.example.clone_from(&document.name);
            }
        }
    }
    stages
}

/// Every failure; docs that fail as their client does are not told again.
fn failures(documents: &[Document]) -> Vec<Failure> {
    let mut failures = Vec::new();
    for document in documents {
        for (stage, step) in document.steps() {
            let Some(message) = &step.error else { continue };
            let told = stage.starts_with("docs") && document.client.error.as_ref() == Some(message);
            if !told {
                failures.push(Failure {
                    stage,
                    document: document.name.clone(),
                    message: message.clone(),
                });
            }
        }
    }
    failures
}

/// A message without what differs from description to description: quoted names and numbers.
fn kind(message: &str) -> String {
    let mut kind = String::new();
    for (at, part) in message.split('`').enumerate() {
        kind.push_str(if at % 2 == 0 { part } else { "`…`" });
    }
    match kind.rsplit_once(" (") {
        Some((before, _)) if kind.ends_with(')') => before.to_owned(),
        _ => kind,
    }
}

/// A text within a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(error: Option<&str>, seconds: f64) -> Step {
        Step {
            cost: Cost {
                seconds,
                ..Cost::default()
            },
            error: error.map(str::to_owned),
            warnings: Kinds::from([("odd".to_owned(), 2)]),
        }
    }

    fn document(name: &str, error: Option<&str>) -> Document {
        let mut document = Document::new(name.to_owned(), 1);
        document.client = step(error, 0.25);
        document.docs.insert("rest".to_owned(), step(error, 0.5));
        document
    }

    #[test]
    fn a_report_counts_what_succeeded_and_tells_what_did_not() {
        let documents = vec![
            document("a", None),
            document("b", Some("no-such: `x` is | missing")),
        ];
        let report = Report::new(documents, 1, false);
        assert_eq!(
            report.summary(),
            "client: 1 of 2, median 250 ms, slowest 250 ms\n\
             docs rest: 1 of 2, median 500 ms, slowest 500 ms"
        );
        let page = report.markdown();
        assert!(page.contains("## Failures: 1\n"), "{page}");
        assert!(
            page.contains("| client | no-such: `…` is \\| missing | 1 |"),
            "{page}"
        );
        assert!(
            page.contains("| client | b | no-such: `x` is \\| missing |"),
            "{page}"
        );
        assert!(page.contains("| client | odd | 4 | 2 | b |"), "{page}");
    }

    #[test]
    fn places_do_not_make_a_kind() {
        assert_eq!(kind("E1: no `A` here (src/a.rs:7)"), "E1: no `…` here");
    }
}
