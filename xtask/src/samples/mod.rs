//! `cargo xtask samples`: every sample that the project prints, run.
//!
//! The fenced blocks of all documents are extracted, and each is run as its reader would run it,
//! against a mock server of the API's own description: once for the success and once for each
//! documented error. Whatever is not run is marked so in its document, with the reason, and
//! counted. `target/samples.md` keeps the report.

mod attempt;
mod check;
mod curl;
mod documents;
mod extract;
mod guides;
mod json;
mod report;
mod rust;
mod rustdoc;
mod scripts;
mod subject;
mod tools;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use sdkwright::parallel;

use crate::{docs, measure};
use attempt::{Runner, Sample};
use curl::Curl;
use documents::{Document, Kind};
use extract::{Block, Mark};
use guides::Guides;
use json::Schemas;
use report::{Line, Outcome, Report};
use rust::{ClientCrate, Rust};
use rustdoc::RustDoc;
use scripts::Script;
use subject::Subject;
use tools::Tool;

/// Run every sample of every page, README and guide
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only blocks of this language; may be given more than once
    #[arg(long = "language", value_name = "NAME")]
    languages: Vec<String>,
}

/// The APIs that the official JavaScript client speaks: one has what it cannot do yet, of the
/// other it has every action.
const OFFICIAL: [&str; 2] = ["losant", "losant-rest"];

/// The languages of blocks that call an action.
const SAMPLES: [&str; 4] = ["rust", "javascript", "ruby", "bash"];

/// The description of what the official JavaScript client has.
const OFFICIAL_ACTIONS: &str = "xtask/samples/losant-rest.yaml";

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match work(&arguments.languages) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("cargo xtask samples: not every sample does what it says");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("cargo xtask samples: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether every sample does what it says.
pub(crate) fn holds() -> bool {
    let languages = Vec::new();
    run(&Arguments { languages }) == ExitCode::SUCCESS
}

fn work(languages: &[String]) -> Result<bool, String> {
    let house = House::read()?;
    let chosen = |language: &str| {
        languages.is_empty() || languages.iter().any(|one| one == display(language))
    };
    let known: BTreeSet<String> = house.languages();
    if let Some(unknown) = languages.iter().find(|one| !known.contains(*one)) {
        let known: Vec<String> = known.into_iter().collect();
        let known = known.join(", ");
        return Err(format!(
            "there is no block of `{unknown}`; there are {known}"
        ));
    }
    let report = house.report(&chosen)?;
    let text = report.markdown();
    let path = measure::target().join("samples.md");
    fs::write(&path, &text).map_err(|error| format!("{}: {error}", path.display()))?;
    print!("{text}");
    Ok(report.holds())
}

/// What a language is called in the report and on the command line.
fn display(language: &str) -> &str {
    match language {
        "bash" => "curl",
        "" => "none",
        other => other,
    }
}

/// All documents, and the APIs that they are of.
struct House {
    subjects: Vec<Subject>,
    documents: Vec<Document>,
    clients: Vec<ClientCrate>,
}

impl House {
    fn read() -> Result<Self, String> {
        let mut apis = Vec::new();
        for source in docs::configured()? {
            let tree = docs::tree(&source)?;
            apis.push((source, tree));
        }
        let official = docs::Source {
            name: OFFICIAL[1].to_owned(),
            description: OFFICIAL_ACTIONS.into(),
            config: None,
        };
        let mut documents = documents::all(&apis)?;
        documents.extend(documents::of_official(&official)?);
        let tree = docs::tree(&official)?;
        apis.push((official, tree));
        let mut subjects = Vec::new();
        for (source, tree) in &apis {
            let index = tree.get("actions.json").unwrap_or("null");
            subjects.push(Subject::read(&source.name, &source.description, index)?);
        }
        let readmes = documents
            .iter()
            .filter_map(|document| match &document.kind {
                Kind::Readme(api) => {
                    let folder = Path::new(&document.path).parent()?;
                    ClientCrate::of(api, folder, &document.extracted.blocks)
                }
                _ => None,
            });
        Ok(Self {
            clients: readmes.collect(),
            subjects,
            documents,
        })
    }

    fn languages(&self) -> BTreeSet<String> {
        let blocks = self.documents.iter().flat_map(|document| {
            let blocks = document.extracted.blocks.iter();
            blocks.map(|block| language(document, block))
        });
        let names = blocks.map(|name| display(&name).to_owned());
        names.collect()
    }

    fn report(&self, chosen: &dyn Fn(&str) -> bool) -> Result<Report, String> {
        let tools = Tools::prepare(self, chosen)?;
        let mut blocks = Vec::new();
        for document in &self.documents {
            let own = document.extracted.blocks.iter();
            let own = own.filter(|block| chosen(&language(document, block)));
            blocks.extend(own.map(|block| (document, block)));
        }
        let outcomes = parallel::map(&blocks, |(document, block)| {
            self.outcome(&tools, document, block)
        });
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
        self.documents
            .iter()
            .for_each(|document| hidden(document, &mut report));
        self.uncovered(chosen, &mut report);
        tools.remark(&mut report);
        Ok(report)
    }

    /// Actions of which a format that shows samples of a language shows none.
    fn uncovered(&self, chosen: &dyn Fn(&str) -> bool, report: &mut Report) {
        let mut shown: BTreeMap<(String, &str, String), BTreeSet<&str>> = BTreeMap::new();
        for document in &self.documents {
            let Kind::Page(api) = &document.kind else {
                continue;
            };
            for block in &document.extracted.blocks {
                let language = language(document, block);
                let is_sample = SAMPLES.contains(&&*language) && chosen(&language);
                let sample = is_sample.then(|| self.action(api, document, block));
                if let Some(Ok(sample)) = sample {
                    let actions = shown.entry((document.group(), api, language)).or_default();
                    actions.insert(&sample.action.name);
                }
            }
        }
        for ((group, api, language), actions) in shown {
            let all = self
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

    fn outcome(&self, tools: &Tools, document: &Document, block: &Block) -> Outcome {
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
                .action(api, document, block)
                .and_then(|sample| attempt::all(tools.runner(&language)?, sample)),
            (Kind::Readme(api), "rust") => self.first_call(tools, api, document, block),
            (Kind::RustDoc(api), _) => self.doc_comment(tools, api, document, block),
            (Kind::Readme(_) | Kind::Guide, _) => {
                let ran = tools.guides.run(&self.subjects, document, block);
                ran.map(|with| (with, 1))
            }
        };
        match ran {
            Ok((with, runs)) => Outcome::Passed { with, runs },
            Err(why) => Outcome::Failed(why),
        }
    }

    fn subject(&self, api: &str) -> Result<&Subject, String> {
        let mut subjects = self.subjects.iter();
        let found = subjects.find(|subject| subject.name == api);
        found.ok_or_else(|| format!("sdkwright.yaml names no API `{api}`"))
    }

    fn json(&self, api: &str, block: &Block) -> Result<(String, usize), String> {
        let subject = self.subject(api)?;
        let schemas = Schemas::of(&subject.api, &subject.schemas);
        schemas.judge(block).map(|with| (with, 1))
    }

    /// The action whose section of a page a sample stands in.
    fn action<'a>(
        &'a self,
        api: &str,
        document: &'a Document,
        block: &'a Block,
    ) -> Result<Sample<'a>, String> {
        let subject = self.subject(api)?;
        let mut headings = block.around.headings.iter();
        let section = headings.find(|heading| heading.level == 2);
        let section = section.ok_or("it stands in no section of an action")?;
        let action = subject.action(document.stem(), &section.text);
        let action = action.ok_or_else(|| {
            let title = &section.text;
            format!("the resource of this page has no action of the title `{title}`")
        })?;
        Ok(Sample {
            subject,
            action,
            document: &document.path,
            block,
        })
    }

    /// A sample of a doc comment: rustdoc runs it; what it only compiles is run all the same.
    fn doc_comment(
        &self,
        tools: &Tools,
        api: &str,
        document: &Document,
        block: &Block,
    ) -> Result<(String, usize), String> {
        let rustdoc = tools.rustdoc(document, block)?;
        match rust::is_sample(document, block) {
            true => self.first_call(tools, api, document, block),
            false => Ok(rustdoc),
        }
    }

    /// The sample of a README: it says itself which action it calls.
    fn first_call(
        &self,
        tools: &Tools,
        api: &str,
        document: &Document,
        block: &Block,
    ) -> Result<(String, usize), String> {
        let subject = self.subject(api)?;
        let runner = tools.runner("rust")?;
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

/// The language of a block; in doc comments Rust goes without saying.
fn language(document: &Document, block: &Block) -> String {
    let language = block.language();
    match document.kind {
        Kind::RustDoc(_) if language != "text" => "rust".to_owned(),
        _ => language,
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

/// What runs the samples, as far as it was asked for.
struct Tools {
    rust: Option<Rust>,
    javascript: Option<Script>,
    ruby: Option<Script>,
    curl: Option<Curl>,
    rustdoc: Option<RustDoc>,
    guides: Guides,
}

impl Tools {
    /// Makes all ready that the chosen languages need.
    fn prepare(house: &House, chosen: &dyn Fn(&str) -> bool) -> Result<Self, String> {
        let is_needed = |name: &str| house.languages().contains(display(name)) && chosen(name);
        let mut needed: Vec<Tool> = Vec::new();
        if is_needed("javascript") {
            needed.extend(tools::NODE);
        }
        if is_needed("ruby") {
            needed.extend(tools::RUBY);
        }
        if is_needed("bash") || is_needed("sh") {
            needed.extend(tools::CURL);
        }
        let missing = tools::missing(&needed);
        if !missing.is_empty() {
            return Err(missing.join("\n"));
        }
        let scratch = attempt::folder().join("scratch");
        if scratch.exists() {
            fs::remove_dir_all(&scratch).map_err(|error| error.to_string())?;
        }
        let script = |language, program, name: &str, variable| {
            let path = tools::scripts(language)?.join(name);
            Ok::<_, String>(Script {
                program,
                path,
                variable,
                official: &OFFICIAL,
            })
        };
        let tools = Self {
            javascript: is_needed("javascript")
                .then(|| {
                    script(
                        "javascript",
                        "node",
                        "run.mjs",
                        scripts::javascript as fn(&str) -> String,
                    )
                })
                .transpose()?,
            ruby: is_needed("ruby")
                .then(|| script("ruby", "ruby", "run.rb", scripts::ruby))
                .transpose()?,
            curl: is_needed("bash").then(Curl::prepare).transpose()?,
            rustdoc: chosen("rust")
                .then(|| RustDoc::run(&rust::packages(&house.clients)?))
                .transpose()?,
            rust: chosen("rust").then(|| house.build()).transpose()?,
            guides: Guides::prepare(&house.documents, &house.clients, chosen)?,
        };
        check::broken_samples_fail(house, &tools)?;
        Ok(tools)
    }

    fn runner(&self, language: &str) -> Result<&dyn Runner, String> {
        let runner: Option<&dyn Runner> = match language {
            "rust" => self.rust.as_ref().map(|rust| rust as _),
            "javascript" => self.javascript.as_ref().map(|script| script as _),
            "ruby" => self.ruby.as_ref().map(|script| script as _),
            "bash" => self.curl.as_ref().map(|curl| curl as _),
            _ => None,
        };
        runner.ok_or_else(|| format!("nothing runs a block of `{language}` on a page of docs"))
    }

    fn rustdoc(&self, document: &Document, block: &Block) -> Result<(String, usize), String> {
        let rustdoc = self.rustdoc.as_ref().ok_or("rustdoc was not run")?;
        rustdoc.outcome(&document.path, block).map(|with| (with, 1))
    }

    /// What a reader of the report should know.
    fn remark(&self, report: &mut Report) {
        if self.rust.is_some() {
            report.remark("Rust: a sample that makes its own client gets the mock server's address after `Client::builder()`; the others find `client` in scope, made as the README of the crate makes it.");
        }
        if self.javascript.is_some() {
            report.remark("JavaScript: nothing is replaced; `client` and the page's `my…` variables are in scope. \"action added\" means that the published client has no such action yet, and sends what the list of actions says; \"stand-in\" that the API has no published client.");
        }
        if self.ruby.is_some() {
            report.remark("Ruby: nothing is replaced; `client` and the page's `my_…` variables are in scope. The client is a stand-in of the official gem's shape.");
        }
        report.remark("Guides: `cargo install` is passed over, since what it installs is built; the port 4010 is a free one; the mock server of a block runs beside it. What is replaced in Rust stands at the head of its frame in xtask/samples/guides.");
        if self.curl.is_some() {
            report.remark("curl: the address of the API is replaced by the mock server's, and path components in SCREAMING_SNAKE by their documented values.");
        }
    }
}

impl House {
    /// The program of all Rust samples but those of guides.
    fn build(&self) -> Result<Rust, String> {
        let documents: Vec<(&Document, &str)> = (self.documents.iter())
            .filter_map(|document| match &document.kind {
                Kind::Page(api) | Kind::Readme(api) | Kind::RustDoc(api) => {
                    Some((document, api.as_str()))
                }
                Kind::Guide => None,
            })
            .filter(|(document, _)| {
                let mut blocks = document.extracted.blocks.iter();
                blocks.any(|block| rust::is_sample(document, block))
            })
            .collect();
        Rust::build(&documents, &self.clients, "sdkwright-page-samples")
    }
}
