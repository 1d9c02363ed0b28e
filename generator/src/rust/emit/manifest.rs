//! `Cargo.toml` and `README.md`: of a client, and of a runtime that clients share.

use serde_json::{Value, json};

use super::super::plan::CratePlan;
use super::super::{Package, RuntimeCrate};
use super::parts::Parts;
use super::{commands, prose};
use crate::diagnostic::Problems;
use crate::output::Tree;
use crate::template::Templates;

/// The files that are printed, below the folder of their templates and of the crate.
const FILES: [&str; 2] = ["Cargo.toml", "README.md"];

/// The crates that emitted code names itself. What else it needs is the runtime's.
const CRATES: [&str; 8] = [
    "bytes",
    "chrono",
    "jiff",
    "rust_decimal",
    "serde",
    "serde_json",
    "url",
    "uuid",
];

/// What a crate is called.
struct Called<'a> {
    name: &'a str,
    version: &'a str,
    license: Option<&'a str>,
    about: String,
    package: &'a Package,
}

/// Prints those of a client, whose code is in the tree; `None` if that does not go, which is reported.
pub(super) fn of_client(
    plan: &CratePlan,
    templates: &Templates,
    tree: &mut Tree,
    problems: &mut Problems,
) -> Option<()> {
    let about = plan.docs.as_deref().unwrap_or(&plan.title);
    let called = Called {
        name: &plan.name,
        version: &plan.version,
        license: plan.license.as_deref(),
        about: prose::first_sentence(about),
        package: &plan.package,
    };
    let features: Vec<&String> = plan
        .resources
        .iter()
        .filter_map(|resource| resource.feature.as_ref())
        .collect();
    let runtime = plan.runtime.as_ref().map(|runtime| {
        json!({
            "name": runtime.name,
            "version_literal": toml_string(&runtime.version),
            "path_literal": toml_string(&runtime.path),
            "parts": Parts::of(plan).needed(),
            "beside": CRATES.into_iter().filter(|name| mentions(tree, name)).collect::<Vec<_>>(),
        })
    });
    let own = json!({
        "title": plan.title,
        "api": plan.api(),
        "api_version": plan.api_version,
        "source": plan.source,
        "first_call": plan.first_call,
        "features": features,
        "formats": plan.formats,
        "program": plan.command_line.program,
        "program_literal": toml_string(&plan.command_line.program),
        "first_command": plan.first_command,
        "variables": commands::variables(plan),
        "checks": !plan.limits.is_empty(),
        "runtime": runtime,
        "whole": false,
    });
    print("client", &called.context(own), templates, tree, problems)
}

/// Prints those of a runtime that clients share.
pub(super) fn of_runtime(
    runtime: &RuntimeCrate,
    templates: &Templates,
    tree: &mut Tree,
    problems: &mut Problems,
) -> Option<()> {
    let called = Called {
        name: &runtime.name,
        version: &runtime.version,
        license: runtime.license.as_deref(),
        about: "What clients of several APIs share: how a call is written, sent and read"
            .to_owned(),
        package: &runtime.package,
    };
    let own = json!({ "whole": true });
    let context = called.context(own);
    print("client/runtime", &context, templates, tree, problems)
}

impl Called<'_> {
    /// What every template is handed, and what is its own.
    fn context(&self, own: Value) -> Value {
        let Package {
            about,
            repository,
            homepage,
            documentation,
            keywords,
            categories,
        } = self.package;
        let about = about.as_deref().map(one_line);
        let literal = |text: Option<&str>| text.map(toml_string);
        let literals = |texts: &[String]| -> Vec<String> {
            texts.iter().map(|text| toml_string(text)).collect()
        };
        let mut context = json!({
            "name": self.name,
            "name_literal": toml_string(self.name),
            "version_literal": toml_string(self.version),
            "license_literal": literal(self.license),
            "repository_literal": literal(repository.as_deref()),
            "homepage_literal": literal(homepage.as_deref()),
            "documentation_literal": literal(documentation.as_deref()),
            "keyword_literals": literals(keywords),
            "category_literals": literals(categories),
            "description_literal": toml_string(about.as_deref().unwrap_or(&self.about)),
        });
        if let (Value::Object(all), Value::Object(own)) = (&mut context, own) {
            all.extend(own);
        }
        context
    }
}

fn print(
    folder: &str,
    context: &Value,
    templates: &Templates,
    tree: &mut Tree,
    problems: &mut Problems,
) -> Option<()> {
    for file in FILES {
        match templates.render(&format!("{folder}/{file}.tera"), context) {
            Ok(text) => tree.insert(file, text),
            Err(problem) => {
                problems.report(*problem);
                return None;
            }
        }
    }
    Some(())
}

/// Whether the code names this crate.
fn mentions(tree: &Tree, name: &str) -> bool {
    let path = format!("{name}::");
    let begins_word = |text: &str, at: usize| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|letter| !(letter.is_alphanumeric() || letter == '_'))
    };
    let code = tree.iter().filter(|(file, _)| file.ends_with(".rs"));
    code.into_iter().any(|(_, text)| {
        let mut found = text.match_indices(&path);
        found.any(|(at, _)| begins_word(text, at))
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as a basic string of TOML (1.0, Strings), which escapes as JSON does.
fn toml_string(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}
