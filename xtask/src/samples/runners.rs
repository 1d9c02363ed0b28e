//! What runs the samples of each language, made ready as far as it was asked for.

use std::fs;

use super::attempt::Runner;
use super::curl::Curl;
use super::documents::{Document, Kind};
use super::extract::Block;
use super::guides::Guides;
use super::house::{House, OFFICIAL, display};
use super::names;
use super::place;
use super::report::Report;
use super::rust::{self, Rust};
use super::rustdoc::RustDoc;
use super::scripts::Script;
use super::tools::{self, Tool};

/// What runs the samples, as far as it was asked for.
pub(super) struct Runners {
    rust: Option<Rust>,
    javascript: Option<Script>,
    ruby: Option<Script>,
    curl: Option<Curl>,
    rustdoc: Option<RustDoc>,
    /// Those of guides.
    pub(super) guides: Guides,
}

impl Runners {
    /// Makes all ready that the chosen languages need.
    ///
    /// # Errors
    ///
    /// When a program is missing, or something does not build.
    pub(super) fn prepare(house: &House, chosen: &dyn Fn(&str) -> bool) -> Result<Self, String> {
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
        let scratch = place::folder().join("scratch");
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
        let runners = Self {
            javascript: is_needed("javascript")
                .then(|| {
                    script(
                        "javascript",
                        "node",
                        "run.mjs",
                        names::javascript as fn(&str) -> String,
                    )
                })
                .transpose()?,
            ruby: is_needed("ruby")
                .then(|| script("ruby", "ruby", "run.rb", names::ruby))
                .transpose()?,
            curl: is_needed("bash").then(Curl::prepare).transpose()?,
            rustdoc: chosen("rust")
                .then(|| RustDoc::run(&rust::packages(&house.clients)?))
                .transpose()?,
            rust: chosen("rust").then(|| program(house)).transpose()?,
            guides: Guides::prepare(&house.documents, &house.clients, chosen)?,
        };
        Ok(runners)
    }

    /// What runs the samples of a language on a page of docs.
    ///
    /// # Errors
    ///
    /// When nothing does.
    pub(super) fn runner(&self, language: &str) -> Result<&dyn Runner, String> {
        let runner: Option<&dyn Runner> = match language {
            "rust" => self.rust.as_ref().map(|rust| rust as _),
            "javascript" => self.javascript.as_ref().map(|script| script as _),
            "ruby" => self.ruby.as_ref().map(|script| script as _),
            "bash" => self.curl.as_ref().map(|curl| curl as _),
            _ => None,
        };
        runner.ok_or_else(|| format!("nothing runs a block of `{language}` on a page of docs"))
    }

    /// What rustdoc says of a sample.
    ///
    /// # Errors
    ///
    /// When it failed, or was not run.
    pub(super) fn rustdoc(
        &self,
        document: &Document,
        block: &Block,
    ) -> Result<(String, usize), String> {
        let rustdoc = self.rustdoc.as_ref().ok_or("rustdoc was not run")?;
        rustdoc.outcome(&document.path, block).map(|with| (with, 1))
    }

    /// What a reader of the report should know.
    pub(super) fn remark(&self, report: &mut Report) {
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

/// The program of all Rust samples but those of guides.
fn program(house: &House) -> Result<Rust, String> {
    let documents: Vec<(&Document, &str)> = (house.documents.iter())
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
    Rust::build(&documents, &house.clients, "sdkwright-page-samples")
}
