//! Every Rust sample of the docs compiles, runs, and makes the call that it shows.
//!
//! Each page becomes a module of one throwaway crate, with each sample on the lines that it has
//! in the page: the compiler's `docs/Invites.md.rs:24` is line 24 of the page. A sample of a page
//! finds `client` in scope. A sample that makes its own client, as those of READMEs do, gets the
//! address of the test's server by [`HOOK`], which no reader of the page sees.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::process::Output;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use sdkwright::ir::Api;
use serde_json::Value;

use crate::callers::TOKEN;
use crate::described::{self, project};
use crate::server::{Answer, Request, Server};
use crate::throwaway::{TOKIO, Throwaway, assert_good};

/// What stands in a sample that makes a client, and what stands there when it is run.
const HOOK: (&str, &str) = (
    "Client::builder()",
    "Client::builder().base_url(crate::url())",
);

/// A client crate whose samples are run.
struct Subject {
    /// The folder under `generated`.
    folder: &'static str,
    /// The name of the crate in Rust.
    crate_name: &'static str,
    /// What makes the client that samples find in scope.
    client: &'static str,
    api: Api,
}

/// A sample: the lines of a code block, counted from 0.
#[derive(Debug)]
struct Sample {
    lines: Range<usize>,
    makes_client: bool,
}

/// A page with samples.
struct Page {
    /// Its path, from the project's folder.
    path: String,
    text: String,
    samples: Vec<Sample>,
}

fn subjects() -> [Subject; 2] {
    [
        Subject {
            folder: "losant",
            crate_name: "losant_invites",
            client: ".access_token(token())",
            api: described::losant(),
        },
        Subject {
            folder: "snyk",
            crate_name: "snyk_invites",
            client: ".api_token(token()).version(\"2024-10-15\")",
            api: described::snyk(),
        },
    ]
}

impl Subject {
    fn crate_folder(&self) -> PathBuf {
        project().join("generated").join(self.folder).join("client")
    }

    /// The README and all pages of docs.
    fn pages(&self) -> Vec<Page> {
        let folder = format!("generated/{}/client", self.folder);
        let docs = fs::read_dir(self.crate_folder().join("docs")).expect("docs");
        let mut paths: Vec<_> = docs
            .map(|entry| entry.expect("a page").file_name())
            .map(|name| format!("{folder}/docs/{}", name.to_string_lossy()))
            .collect();
        paths.push(format!("{folder}/README.md"));
        paths.sort();
        paths.into_iter().map(Page::read).collect()
    }

    /// The function that makes the client which samples of pages find in scope.
    fn client_function(&self) -> String {
        let Self {
            folder,
            crate_name,
            client,
            ..
        } = self;
        format!(
            "fn {folder}() -> {crate_name}::Client {{\n    {crate_name}::Client::builder(){client}\
             .base_url(url()).build().expect(\"a client\")\n}}\n"
        )
    }

    /// Answers as the description says, and ends a list with the second page.
    fn answer(&self, request: &Request) -> Answer {
        let Some(operation) = described::requested(&self.api, "", request) else {
            return Answer::new(404, "no such operation");
        };
        let (status, mut body) = described::answers(operation).remove(0);
        if request.query.contains("starting_after=") {
            body = body.map(|mut page| {
                page["links"]["next"] = Value::Null;
                page
            });
        }
        described::answer(status, body.as_ref())
    }
}

impl Page {
    fn read(path: String) -> Self {
        let text = fs::read_to_string(project().join(&path)).expect("a page");
        let samples = samples(&text);
        let fences = text.lines().filter(|line| line.contains("```rust")).count();
        assert_eq!(samples.len(), fences, "{path}: a sample would not be run");
        Self {
            path,
            text,
            samples,
        }
    }

    /// The page as a module: samples on their lines, all else left out.
    fn module(&self, crate_name: &str) -> String {
        let mut lines = vec![String::new(); self.text.lines().count() + 1];
        let source: Vec<_> = self.text.lines().collect();
        for sample in &self.samples {
            let Range { start, end } = sample.lines;
            let client = match sample.makes_client {
                true => String::new(),
                false => format!("client: &{crate_name}::Client"),
            };
            lines[start - 1] = format!(
                "pub async fn line_{}({client}) -> Result<(), Box<dyn std::error::Error>> {{",
                start + 1
            );
            for line in start..end {
                lines[line] = source[line].replace(HOOK.0, HOOK.1);
            }
            lines[end] = "Ok(()) }".to_owned();
        }
        lines.join("\n")
    }

    fn name(&self, sample: &Sample) -> String {
        format!("{}:{}", self.path, sample.lines.start + 1)
    }
}

/// The Rust code blocks of a page.
fn samples(text: &str) -> Vec<Sample> {
    let line = |byte: usize| text[..byte].matches('\n').count();
    let mut samples = Vec::new();
    let mut inside = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                inside = info.starts_with("rust").then(|| line(range.start) + 1);
            }
            Event::End(TagEnd::CodeBlock) => {
                let Some(start) = inside.take() else { continue };
                let code = &text[range];
                samples.push(Sample {
                    lines: start..start + code.trim_end().lines().count() - 2,
                    makes_client: code.contains(HOOK.0),
                });
            }
            _ => {}
        }
    }
    samples
}

/// The main file of the crate that has all samples.
#[derive(Default)]
struct Main {
    modules: Vec<String>,
    clients: String,
    arms: String,
}

impl Main {
    /// Adds a page, whose module is in a file of the page's path.
    fn page(&mut self, subject: &Subject, page: &Page) {
        let module = format!("page_{}", self.modules.len());
        for sample in &page.samples {
            let client = match sample.makes_client {
                true => String::new(),
                false => format!("&{}()", subject.folder),
            };
            let line = sample.lines.start + 1;
            let name = page.name(sample);
            let arm = format!("        {name:?} => {module}::line_{line}({client}).await,\n");
            self.arms.push_str(&arm);
        }
        let path = &page.path;
        self.modules
            .push(format!("#[path = \"{path}.rs\"]\nmod {module};\n"));
    }

    /// `program URL NAME` runs the sample of that name.
    fn text(&self) -> String {
        let Self {
            modules,
            clients,
            arms,
        } = self;
        let modules = modules.concat();
        format!(
            "#![deny(warnings)]

{modules}
fn argument(index: usize) -> String {{
    std::env::args().nth(index).expect(\"an argument\")
}}

fn url() -> String {{
    argument(1)
}}

fn token() -> String {{
    std::env::var(\"API_TOKEN\").expect(\"a token\")
}}

{clients}
#[tokio::main(flavor = \"current_thread\")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {{
    match argument(2).as_str() {{
{arms}        other => Err(format!(\"no sample {{other}}\").into()),
    }}
}}
"
        )
    }
}

/// Writes the crate that has all samples.
fn write_crate(subjects: &[Subject]) -> Throwaway {
    let mut dependencies = TOKIO.to_owned();
    for subject in subjects {
        let name = subject.crate_name.replace('_', "-");
        dependencies.push_str(&Throwaway::dependency(&name, &subject.crate_folder()));
    }
    let made = Throwaway::new("sdkwright-samples", &dependencies);
    let mut main = Main::default();
    for subject in subjects {
        main.clients.push_str(&subject.client_function());
        for page in subject.pages() {
            let module = page.module(subject.crate_name);
            made.write(&format!("src/{}.rs", page.path), &module);
            main.page(subject, &page);
        }
    }
    made.write("src/main.rs", &main.text());
    made
}

/// Runs a sample; returns the names of the operations that it called.
async fn run(made: &Throwaway, name: &str, subject: &'static Subject) -> BTreeSet<String> {
    let server = Server::start(move |request| subject.answer(request)).await;
    let mut program = made.program();
    program.args([&server.url(), name]).env("API_TOKEN", TOKEN);
    let output = tokio::task::spawn_blocking(move || program.output()).await;
    let output: Output = output.expect("no panic").expect("a program");
    assert_good(name, &output);
    let seen = server.seen();
    assert!(!seen.is_empty(), "{name}: it called nothing");
    let called = seen.iter().map(|request| {
        let sent = request.header("authorization").unwrap_or_default();
        assert!(sent.ends_with(TOKEN), "{name}: {request:?}");
        let operation = described::requested(&subject.api, "", request);
        let operation = operation.unwrap_or_else(|| panic!("{name}: {}", request.line()));
        format!("{} {}", operation.method.as_str(), operation.path)
    });
    called.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_sample_compiles_and_makes_its_call() {
    let subjects: &'static [Subject] = Box::leak(Box::new(subjects()));
    let made = write_crate(subjects);
    made.cargo(&["build"]);
    for subject in subjects {
        let mut called = BTreeSet::new();
        for page in subject.pages() {
            for sample in &page.samples {
                let name = page.name(sample);
                let calls = run(&made, &name, subject).await;
                assert_eq!(calls.len(), 1, "{name}: {calls:?}");
                if !sample.makes_client {
                    called.extend(calls);
                }
            }
        }
        let operations = subject.api.operations();
        let all: BTreeSet<_> = operations
            .map(|(_, _, each)| format!("{} {}", each.method.as_str(), each.path))
            .collect();
        assert_eq!(called, all, "each action has a sample");
    }
}
