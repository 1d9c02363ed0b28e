//! Every operation of the small corpus is found by a request made from its own examples, and its
//! answer fits its schema.
//!
//! `MOCK_CORPUS=LIST cargo test -p sdkwright --test mock corpus -- --nocapture` does the same with
//! the descriptions that a file lists, a path a line, and only counts.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sdkwright::diagnostic::Problems;
use sdkwright::ir::{Api, Operation, Rules};
use sdkwright::mock::Exchange;
use sdkwright::source::Sources;
use sdkwright::{pipeline, resolve};
use serde_json::{Map, Value, json};

use crate::examples;

/// What was seen.
#[derive(Debug, Default)]
struct Counts {
    descriptions: usize,
    unreadable: usize,
    operations: usize,
    /// Operations for whose requests the description says too little.
    unmade: usize,
    routed: usize,
    good: usize,
    /// Answers of JSON, and those that fit their schemas: with an example that the description
    /// gives for just this answer, and made up.
    given: (usize, usize),
    made: (usize, usize),
    /// What was wrong, by rule.
    wrong: BTreeMap<String, usize>,
}

impl Counts {
    fn description(&mut self, path: &Path, strict: bool) {
        self.descriptions += 1;
        let read = pipeline::read(path, &mut Problems::new()).api;
        let (Some(api), Ok(mock)) = (read, pipeline::mocked(path)) else {
            assert!(!strict, "{path:?} is not read");
            self.unreadable += 1;
            return;
        };
        let rules = rules(path);
        for (_, resource, operation) in api.operations() {
            self.operations += 1;
            let Some(request) = examples::request(&api, operation) else {
                self.unmade += 1;
                continue;
            };
            let exchange = mock.answer(&request);
            let made = format!("{}.{}", resource.key, operation.action);
            let name = operation.id.clone().unwrap_or(made);
            let routed = exchange.operation.as_ref() == Some(&name);
            let good = routed && exchange.reply.status < 400;
            self.routed += usize::from(routed);
            self.good += usize::from(good);
            assert!(
                !strict || good,
                "{path:?}, {name}: {request:?}\n{exchange:#?}"
            );
            if good {
                self.answer(&api, &rules, operation, &exchange, (path, strict));
            } else if std::env::var_os("MOCK_TELL").is_some() {
                println!("{} {name}: {:?}", path.display(), exchange.problems);
            }
            for problem in exchange.problems.iter().filter(|problem| !problem.warning) {
                *self.wrong.entry(problem.rule.clone()).or_default() += 1;
            }
        }
        if strict {
            drop(mock.start().unwrap());
        }
    }

    fn answer(
        &mut self,
        api: &Api,
        rules: &Rules,
        operation: &Operation,
        exchange: &Exchange,
        (path, strict): (&Path, bool),
    ) {
        let sent = exchange
            .reply
            .headers
            .iter()
            .find(|(name, _)| name == "content-type");
        let Some((_, sent)) = sent.filter(|(_, sent)| sent.contains("json")) else {
            return;
        };
        let responses = operation.responses.iter().flat_map(|each| &each.content);
        let mut responses = responses.filter(|each| each.name == *sent && each.is_json());
        let Some((content, ty)) = responses.find_map(|each| Some((each, each.ty?))) else {
            return;
        };
        let Ok(value) = serde_json::from_slice(&exchange.reply.body) else {
            panic!("{path:?}: the answer is no JSON");
        };
        let Some(wrong) = wrong(rules, &Rules::name(api.types.get(ty).at), &value) else {
            return;
        };
        let fits = wrong.is_empty();
        let counts = match content.examples.is_empty() {
            true => &mut self.made,
            false => &mut self.given,
        };
        counts.0 += 1;
        counts.1 += usize::from(fits);
        let told = std::env::var_os("MOCK_TELL").is_some();
        let given = !content.examples.is_empty();
        if !fits && told && !given {
            println!("{} {}: {wrong:?}", path.display(), operation.path);
        }
        assert!(fits || !strict, "{path:?}, {}: {value:#}", operation.path);
    }
}

fn rules(path: &Path) -> Rules {
    let mut problems = Problems::new();
    let sources = Sources::load(path, &mut problems).unwrap();
    resolve::resolve_with_rules(&sources, &mut problems)
        .unwrap()
        .1
}

/// What is wrong with a value; what only callers write counts as any other field that need not be
/// there. `None` if there is no such schema, or no validator takes it.
fn wrong(rules: &Rules, name: &str, value: &Value) -> Option<Vec<String>> {
    rules.schemas.get(name)?;
    let mut schemas = Map::new();
    let mut waiting = vec![name.to_owned()];
    while let Some(name) = waiting.pop() {
        if !schemas.contains_key(&name) {
            let schema = rules.schemas.get(&name).cloned().unwrap_or(true.into());
            refer(&schema, &mut waiting);
            schemas.insert(name, schema);
        }
    }
    let document = json!({ "$ref": format!("{}{name}", Rules::BELOW), "$defs": schemas });
    let validator = jsonschema::draft202012::options()
        .offline()
        .build(&document)
        .ok()?;
    let of_write_only = |error: &jsonschema::ValidationError<'_>| {
        error.kind().keyword() == "required" && document.to_string().contains("\"writeOnly\":true")
    };
    let errors = validator.iter_errors(value);
    let errors = errors.filter(|error| !of_write_only(error));
    Some(
        errors
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect(),
    )
}

fn refer(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(keywords) => {
            for (key, value) in keywords {
                match (&**key, value) {
                    ("$ref", Value::String(target)) => {
                        names.extend(target.strip_prefix(Rules::BELOW).map(str::to_owned));
                    }
                    _ => refer(value, names),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|each| refer(each, names)),
        _ => {}
    }
}

#[test]
fn every_operation_answers_its_own_example() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it != "md"))
        .collect();
    paths.sort();
    let mut counts = Counts::default();
    for path in &paths {
        counts.description(path, true);
    }
    assert!(counts.good >= 25 && counts.made.1 >= 15, "{counts:?}");
}

#[test]
fn other_descriptions_are_counted() {
    let Some(list) = std::env::var_os("MOCK_CORPUS") else {
        return;
    };
    let mut counts = Counts::default();
    for path in fs::read_to_string(list).unwrap().lines() {
        counts.description(Path::new(path), false);
    }
    println!("{counts:#?}");
}
