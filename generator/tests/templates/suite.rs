//! Runs `generate` in every folder, and `docs` with the same templates.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use snapbox::cmd::cargo_bin;
use tempfile::TempDir;

use crate::folder::{Case, cases};

/// What is told on standard error; without it, nothing is.
const TOLD: &str = "problems.txt";
/// The files that are compared, by their paths below the API's folder.
const EXPECTED: &str = "expected/";
const CONFIG: &str = "sdkwright.yaml";

#[test]
fn templates_of_a_user_do_as_expected() {
    let wrong: String = cases("templates").iter().map(|path| check(path)).collect();
    assert!(wrong.is_empty(), "{wrong}");
}

fn check(folder: &Path) -> String {
    let mut case = Case::open(folder);
    let work = TempDir::new().unwrap();
    let files = case.unused();
    let (expected, inputs): (Vec<String>, Vec<String>) = files
        .into_iter()
        .partition(|file| file == TOLD || file.starts_with(EXPECTED));
    for file in &inputs {
        case.used(file);
        write(
            work.path(),
            file,
            &fs::read_to_string(folder.join(file)).unwrap(),
        );
    }
    let pets = folder.parent().unwrap().join("pets.yaml");
    write(work.path(), "pets.yaml", &fs::read_to_string(pets).unwrap());
    if !inputs.iter().any(|file| file == CONFIG) {
        write(work.path(), CONFIG, &configuration(&inputs));
    }

    let output = run(work.path(), &["generate"]);
    let told = String::from_utf8(output.stderr).unwrap();
    if !told.is_empty() || expected.iter().any(|file| file == TOLD) {
        case.compare(TOLD, &told);
    }
    let bad = told.starts_with("error[") || told.contains("\nerror[");
    if output.status.code() != Some(i32::from(bad)) {
        case.fail(&format!("generate ended with {}", output.status));
    }
    let made = work.path().join("generated/pets");
    if bad == made.exists() {
        case.fail("something was written in spite of errors, or nothing without");
    }
    for file in expected
        .iter()
        .filter_map(|file| file.strip_prefix(EXPECTED))
    {
        match fs::read_to_string(made.join(file)) {
            Ok(text) => case.compare(&format!("{EXPECTED}{file}"), &text),
            Err(error) => case.fail(&format!("`{file}`: {error}")),
        }
    }
    again(&mut case, work.path(), &inputs, &told);
    case.close()
}

/// `docs --templates` tells the same of the first format, and makes the same pages.
fn again(case: &mut Case, work: &Path, inputs: &[String], told: &str) {
    let config = fs::read_to_string(work.join(CONFIG)).unwrap();
    let Some(format) = config
        .split("docs: [")
        .nth(1)
        .and_then(|rest| rest.split([',', ']']).next())
    else {
        return;
    };
    let folder = config
        .lines()
        .find_map(|line| line.strip_prefix("templates: "));
    let folder = folder.unwrap_or("templates");
    let is_about_docs = inputs
        .iter()
        .any(|file| file.starts_with(&format!("{folder}/docs/")));
    if !is_about_docs || told.contains("sdkwright.yaml") {
        return;
    }
    let arguments = [
        "docs",
        "pets.yaml",
        "--templates",
        folder,
        "--format",
        format,
        "--out",
        "again",
    ];
    let output = run(work, &arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    if said != told {
        case.fail(&format!("docs tells something else than generate:\n{said}"));
    }
    for entry in fs::read_dir(work.join("again")).into_iter().flatten() {
        let name = entry.unwrap().file_name();
        let name = name.to_str().unwrap();
        let generated = work.join("generated/pets/docs").join(format).join(name);
        let again = fs::read(work.join("again").join(name)).unwrap();
        if name.ends_with(".md") && fs::read(generated).unwrap() != again {
            case.fail(&format!("docs makes another `{name}` than generate"));
        }
    }
}

/// A configuration of the formats that the templates are about.
fn configuration(inputs: &[String]) -> String {
    let mut formats: Vec<&str> = inputs
        .iter()
        .filter_map(|file| {
            file.strip_prefix("templates/docs/")?
                .strip_suffix("/format.yaml")
        })
        .collect();
    if formats.is_empty() {
        formats.push("ruby");
    }
    let formats = formats.join(", ");
    format!("apis:\n  pets:\n    description: pets.yaml\n    docs: [{formats}]\n")
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin!("sdkwright"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
