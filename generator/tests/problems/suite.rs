//! Runs every command on every mistake.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use snapbox::cmd::cargo_bin;
use tempfile::TempDir;

use crate::folder::{Case, cases};

/// The expected text: what `sdkwright lint` prints to standard error.
const EXPECTED: &str = "problems.txt";

#[test]
fn every_mistake_is_told_as_expected() {
    let wrong: String = cases("problems").iter().map(|path| check(path)).collect();
    assert!(wrong.is_empty(), "{wrong}");
}

fn check(folder: &Path) -> String {
    let mut case = Case::open(folder);
    let spec = case.description();
    let work = TempDir::new().unwrap();
    copy_inputs(&case.folder, work.path());
    let config = format!(
        "apis:\n  pets:\n    description: {spec}\n    client: {{ name: pets }}\n    docs: [rest]\n"
    );
    fs::write(work.path().join("sdkwright.yaml"), config).unwrap();

    let lint = run(work.path(), &["lint", &spec]);
    let told = String::from_utf8(lint.stderr).unwrap();
    case.compare(EXPECTED, &told);
    let bad = told.starts_with("error[") || told.contains("\nerror[");
    let status = Some(i32::from(bad));
    if lint.status.code() != status {
        case.fail(&format!("lint ended with {}", lint.status));
    }
    if told.contains("panicked") || told.contains("RUST_BACKTRACE") {
        case.fail("lint panicked");
    }
    let before = count_files(work.path());
    for command in [
        &["client", &spec, "--out", "client"][..],
        &["docs", &spec, "--format", "rest", "--out", "docs"],
        &["generate"],
    ] {
        let output = run(work.path(), command);
        if output.status.code() != status {
            case.fail(&format!("{command:?} ended with {}", output.status));
        }
        if String::from_utf8_lossy(&output.stderr) != told {
            case.fail(&format!("{command:?} tells something else than lint"));
        }
        let wrote = count_files(work.path()) > before;
        if bad && wrote {
            case.fail(&format!("{command:?} wrote files in spite of errors"));
        }
        if !bad && !wrote {
            case.fail(&format!(
                "{command:?} wrote nothing, though nothing forbids it"
            ));
        }
    }
    case.close()
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin!("sdkwright"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

fn copy_inputs(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap() != EXPECTED {
            fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}

fn count_files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap();
    let count = |path: std::path::PathBuf| match path.is_dir() {
        true => count_files(&path),
        false => 1,
    };
    entries.map(|entry| count(entry.unwrap().path())).sum()
}
