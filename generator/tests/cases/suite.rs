//! Runs the stages on every case and compares what its expected files name.

use std::fs;
use std::path::Path;

use sdkwright::diagnostic::{Locate, Nowhere, Problems, Style, human};
use sdkwright::ir::Api;
use sdkwright::output::Tree;
use sdkwright::pipeline::{self, ClientOptions, Package};

use crate::folder::{Case, FORMATS, cases};
use crate::views;

#[test]
fn every_stage_makes_what_is_expected() {
    let wrong: String = cases("cases").iter().map(|path| check(path)).collect();
    assert!(wrong.is_empty(), "{wrong}");
}

/// 3.0 and 3.1 say `null` in different words, and mean the same.
#[test]
fn both_versions_mean_the_same_by_null() {
    let case = |name: &str| {
        let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
        std::fs::read_to_string(suite.join(name).join("client/src/types.rs")).unwrap()
    };
    assert_eq!(case("nullable_3_0"), case("nullable_3_1"));
}

fn check(folder: &Path) -> String {
    let mut case = Case::open(folder);
    let spec = case.description();
    let mut problems = Problems::new();
    let read = pipeline::read(&folder.join(spec), &mut problems);
    compare_problems(&mut case, &problems, &*read.sources);
    let Some(api) = read.api else {
        return case.close();
    };
    if case.unused().is_empty() {
        case.fail("nothing is expected of it");
    }
    compare_api(&mut case, &api);
    let options = options(&case);
    compare_client(&mut case, &api, &options);
    compare_docs(&mut case, &api, &options);
    case.close()
}

/// `warnings.txt`: what is said of the description; without the file, nothing may be said.
fn compare_problems(case: &mut Case, problems: &Problems, sources: &dyn Locate) {
    let folder = format!("{}/", case.folder.display());
    let said: Vec<String> = problems
        .sorted()
        .iter()
        .map(|problem| human(problem, sources, Style::Plain).replace(&folder, ""))
        .collect();
    if case.unused().iter().any(|file| file == "warnings.txt") && !problems.has_errors() {
        case.compare("warnings.txt", &(said.join("\n\n") + "\n"));
    } else {
        for said in said {
            case.fail(&said);
        }
    }
}

/// `ir.<part>.yaml`: a part of the API, what is empty left out.
fn compare_api(case: &mut Case, api: &Api) {
    for file in case.unused() {
        let part = file
            .strip_prefix("ir.")
            .and_then(|rest| rest.strip_suffix(".yaml"));
        if let Some(view) = part.and_then(|part| views::part(api, part)) {
            case.compare(&file, &view);
        }
    }
}

/// `names.txt`, and `client/<path>`: files of the crate.
fn compare_client(case: &mut Case, api: &Api, options: &ClientOptions) {
    let plan = serde_json::to_value(sdkwright::rust::plan(api, options)).unwrap();
    if case.unused().iter().any(|file| file == "names.txt") {
        case.compare("names.txt", &views::names(&plan));
    }
    let mut problems = Problems::new();
    let tree = pipeline::client(api, options, &mut problems);
    compare_tree(case, "client/", tree, &problems);
}

/// `docs/<format>/<path>`: pages of a format.
fn compare_docs(case: &mut Case, api: &Api, options: &ClientOptions) {
    for format in [
        "rust",
        "js-callback",
        "js-await",
        "ruby",
        "rest",
        "reference",
        "site",
    ] {
        let prefix = format!("docs/{format}/");
        let mut problems = Problems::new();
        let tree = pipeline::docs(api, format, options, &mut problems);
        compare_tree(case, &prefix, tree, &problems);
    }
}

fn compare_tree(case: &mut Case, prefix: &str, tree: Option<Tree>, problems: &Problems) {
    for problem in problems.sorted() {
        case.fail(&format!(
            "{prefix}: {}",
            human(problem, &Nowhere, Style::Plain)
        ));
    }
    let Some(tree) = tree else {
        return;
    };
    for file in case.unused() {
        let made = file.strip_prefix(prefix).and_then(|path| tree.get(path));
        if let Some(text) = made {
            case.compare(&file, text);
        }
    }
}

/// What the client is made for; `formats.yaml` says what the values of formats are held as.
fn options(case: &Case) -> ClientOptions {
    let formats = fs::read_to_string(case.folder.join(FORMATS)).ok();
    let formats = formats.map(|text| serde_yaml::from_str(&text).unwrap());
    ClientOptions {
        name: "pets".to_owned(),
        version: "0.1.0".to_owned(),
        license: None,
        package: Package::default(),
        formats: formats.unwrap_or_default(),
        description: "openapi.yaml".to_owned(),
        checks: false,
        runtime: None,
    }
}
