//! What becomes of each block: what it is by its document, its language and its mark, and so what
//! is to be done with it.

use std::collections::{BTreeMap, BTreeSet};

use sdkwright::parallel;

use super::attempt::{self, Sample};
use super::documents::{Document, Kind};
use super::extract::{Block, Mark};
use super::house::{House, display, language};
use super::json::Schemas;
use super::report::{Line, Outcome, Report};
use super::runners::Runners;
use super::rust;

/// The languages of blocks that call an action.
const SAMPLES: [&str; 4] = ["rust", "javascript", "ruby", "bash"];

/// The documents, and what runs their blocks.
pub(super) struct Verdicts<'a> {
    /// The documents.
    pub(super) house: &'a House,
    /// What runs their blocks.
    pub(super) runners: &'a Runners,
}

impl Verdicts<'_> {
    /// What becomes of the blocks of the chosen languages.
    pub(super) fn report(&self, chosen: &dyn Fn(&str) -> bool) -> Report {
        let mut blocks = Vec::new();
        for document in &self.house.documents {
            let own = document.extracted.blocks.iter();
            let own = own.filter(|block| chosen(&language(document, block)));
            blocks.extend(own.map(|block| (document, block)));
        }
        let outcomes = parallel::map(&blocks, |(document, block)| self.outcome(document, block));
        let mut report = Report::default();
        for ((document, block), outcome) in blocks.into_iter().zip(outcomes) {
            report.add(Line {
                group: document.group(),
                document: document.path.clone(),
                line: block.line,
                language: display(&language(document, block)).to_owned(),
                text: block.text.clone(),
                outcome,
            });
        }
        self.house
            .documents
            .iter()
            .for_each(|document| hidden(document, &mut report));
        self.uncovered(chosen, &mut report);
        self.runners.remark(&mut report);
        report
    }

    /// Actions of which a format that shows samples of a language shows none.
    fn uncovered(&self, chosen: &dyn Fn(&str) -> bool, report: &mut Report) {
        let mut shown: BTreeMap<(String, &str, String), BTreeSet<&str>> = BTreeMap::new();
        for document in &self.house.documents {
            let Kind::Page(api) = &document.kind else {
                continue;
            };
            for block in &document.extracted.blocks {
                let language = language(document, block);
                let is_sample = SAMPLES.contains(&&*language) && chosen(&language);
                let sample = is_sample.then(|| self.house.action(api, document, block));
                if let Some(Ok(sample)) = sample {
                    let actions = shown.entry((document.group(), api, language)).or_default();
                    actions.insert(&sample.action.name);
                }
            }
        }
        for ((group, api, language), actions) in shown {
            let all = self
                .house
                .subject(api)
                .into_iter()
                .flat_map(|subject| &subject.actions);
            for action in all.filter(|action| !actions.contains(&*action.name)) {
                report.add(Line {
                    group: group.clone(),
                    document: group.clone(),
                    line: 0,
                    language: display(&language).to_owned(),
                    text: String::new(),
                    outcome: Outcome::Failed(format!("there is no sample of {}", action.name)),
                });
            }
        }
    }

    fn outcome(&self, document: &Document, block: &Block) -> Outcome {
        if let Mark::NotRun(reason) = &block.mark {
            return match reason.is_empty() {
                true => {
                    Outcome::Failed("it is marked as not to be run without a reason".to_owned())
                }
                false => Outcome::NotRun(reason.clone()),
            };
        }
        let language = language(document, block);
        if language == "text" && block.mark == Mark::Nothing {
            return Outcome::Output;
        }
        let ran = match (&document.kind, &*language) {
            (Kind::Page(api), "json") => self.json(api, block),
            (Kind::Page(api), _) => self
                .house
                .action(api, document, block)
                .and_then(|sample| attempt::all(self.runners.runner(&language)?, sample)),
            (Kind::Readme(api), "rust") => self.first_call(api, document, block),
            (Kind::RustDoc(api), _) => self.doc_comment(api, document, block),
            (Kind::Readme(_) | Kind::Guide, _) => {
                let ran = self
                    .runners
                    .guides
                    .run(&self.house.subjects, document, block);
                ran.map(|with| (with, 1))
            }
        };
        match ran {
            Ok((with, runs)) => Outcome::Passed { with, runs },
            Err(why) => Outcome::Failed(why),
        }
    }

    fn json(&self, api: &str, block: &Block) -> Result<(String, usize), String> {
        let subject = self.house.subject(api)?;
        let schemas = Schemas::of(&subject.api, &subject.schemas);
        schemas.judge(block).map(|with| (with, 1))
    }

    /// A sample of a doc comment: rustdoc runs it; what it only compiles is run all the same.
    fn doc_comment(
        &self,
        api: &str,
        document: &Document,
        block: &Block,
    ) -> Result<(String, usize), String> {
        let rustdoc = self.runners.rustdoc(document, block)?;
        match rust::is_sample(document, block) {
            true => self.first_call(api, document, block),
            false => Ok(rustdoc),
        }
    }

    /// The sample of a README: it says itself which action it calls.
    fn first_call(
        &self,
        api: &str,
        document: &Document,
        block: &Block,
    ) -> Result<(String, usize), String> {
        let subject = self.house.subject(api)?;
        let runner = self.runners.runner("rust")?;
        let action = subject.actions.first().ok_or("the API has no actions")?;
        let sample = Sample {
            subject,
            action,
            document: &document.path,
            block,
        };
        let server = subject.server()?;
        let ran = attempt::run(&mut runner.command(sample, &server.base_url())?)?;
        let records = server.recorded();
        let called = records.first().and_then(|record| subject.called(record));
        let action = called.ok_or_else(|| {
            let said = attempt::tail(&ran.stderr);
            format!("it calls no action: {said}")
        })?;
        attempt::all(runner, Sample { action, ..sample })
    }
}

/// Fences that no reader of the page would see as code.
fn hidden(document: &Document, report: &mut Report) {
    for &line in &document.extracted.hidden {
        report.add(Line {
            group: document.group(),
            document: document.path.clone(),
            line,
            language: "none".to_owned(),
            text: String::new(),
            outcome: Outcome::Failed(
                "this looks like a fence, and CommonMark sees none: it is not run".to_owned(),
            ),
        });
    }
}
