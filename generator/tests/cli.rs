//! The commands, called as a person or a script calls them; what they print is in `cmd/`.
//!
//! `SNAPSHOTS=overwrite cargo test -p sdkwright --test cli` writes the expected texts anew.

#![expect(
    clippy::unwrap_used,
    reason = "what fails in a test's own functions fails the test"
)]

use std::fs;

use snapbox::cmd::{Command, cargo_bin};
use snapbox::{file, str};
use tempfile::TempDir;

/// The command, from a folder of its own so that no `sdkwright.yaml` is found by accident.
fn sdkwright(folder: &TempDir) -> Command {
    Command::new(cargo_bin!("sdkwright"))
        .current_dir(folder.path())
        .env_remove("COLUMNS")
        .env("NO_COLOR", "1")
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        fs::write(folder.path().join(path), text).unwrap();
    }
    folder
}

/// A configuration of one API.
const CONFIG: &str = "apis:\n  pets:\n    description: pets.yaml\n";

#[test]
fn help_says_what_each_command_is_for() {
    let folder = folder(&[]);
    for (arguments, expected) in [
        (vec!["--help"], file!["cmd/help.txt"]),
        (vec!["generate", "--help"], file!["cmd/generate.txt"]),
        (vec!["client", "--help"], file!["cmd/client.txt"]),
        (vec!["docs", "--help"], file!["cmd/docs.txt"]),
        (vec!["lint", "--help"], file!["cmd/lint.txt"]),
        (vec!["inspect", "--help"], file!["cmd/inspect.txt"]),
        (vec!["mock", "--help"], file!["cmd/mock.txt"]),
    ] {
        let assert = sdkwright(&folder).args(arguments).assert();
        assert.success().stdout_eq(expected).stderr_eq(str![]);
    }
}

#[test]
fn what_is_untyped_is_listed_with_its_reason() {
    let folder = folder(&[("pets.yaml", include_str!("cases/untyped/openapi.yaml"))]);
    let lint = sdkwright(&folder).args(["lint", "pets.yaml", "--report-untyped"]);
    let assert = lint.assert().success();
    assert.stderr_eq(file!["cmd/report-untyped.txt"]);
}

#[test]
fn warnings_are_denied_where_it_is_asked_for() {
    let text = "openapi: 3.1.1\ninfo: { title: Pets }\npaths: {}\n";
    let folder = folder(&[("pets.yaml", text)]);
    let lint = |arguments: &[&str]| {
        let command = sdkwright(&folder).args(["lint", "pets.yaml"]);
        command.args(arguments).assert()
    };
    lint(&[]).success();
    let denied = lint(&["--deny-warnings"]).code(1);
    denied.stdout_eq("pets.yaml: 0 errors, 1 warning\n");
}

#[test]
fn wrong_usage_ends_in_2() {
    let folder = folder(&[]);
    for arguments in [
        vec![],
        vec!["nonsense"],
        vec!["client", "spec.yaml"],
        vec!["docs", "spec.yaml", "--format", "php", "--out", "docs"],
        vec!["client", "spec.yaml", "--out", "x", "--name", "1a"],
        vec!["generate", "--message-format", "xml"],
        vec!["inspect", "spec.yaml", "--stage", "nonsense"],
    ] {
        let assert = sdkwright(&folder).args(arguments).assert();
        let output = assert.code(2).stdout_eq(str![]).get_output().stderr.clone();
        assert!(!output.is_empty());
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn an_unknown_format_lists_those_there_are() {
    let arguments = ["docs", "x", "--format", "php", "--out", "y"];
    let assert = sdkwright(&folder(&[])).args(arguments).assert();
    assert.code(2).stderr_eq(file!["cmd/unknown-format.txt"]);
}

const PETS: &str = include_str!("templates/pets.yaml");

/// `docs pets.yaml --print-context WANTED` and further arguments.
fn context(wanted: &str, further: &[&str]) -> snapbox::cmd::OutputAssert {
    let folder = folder(&[("pets.yaml", PETS)]);
    let command = sdkwright(&folder).args(["docs", "pets.yaml", "--print-context", wanted]);
    let assert = command.args(further).assert();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "written");
    assert
}

#[test]
fn what_a_template_is_handed_is_shown() {
    let action = context("pets.replace", &["--format", "rust"]).success();
    action
        .stdout_eq(file!["cmd/context.json"])
        .stderr_eq(str![]);
}

#[test]
fn actions_resources_and_pages_have_a_context() {
    let handed = |wanted: &str, further: &[&str]| -> serde_json::Value {
        let assert = context(wanted, further).success().stderr_eq(str![]);
        serde_json::from_slice(&assert.get_output().stdout).unwrap()
    };
    let page = handed("pets", &[]);
    assert_eq!(page["actions"].as_array().unwrap().len(), 2);
    assert_eq!(handed("pets.md", &[]), page);
    let action = handed("pets.list", &[]);
    assert_eq!(action["actions"][0], page["actions"][0]);
    assert_eq!(action["actions"].as_array().unwrap().len(), 1);
    assert_eq!(handed("_schemas.md", &[])["schemas"][0]["title"], "Pet");
    let site = ["--format", "site", "--message-format", "json"];
    let chapter = &handed("index.md", &site)["chapters"][0];
    assert_eq!(chapter["path"], "pets.md");
    assert_eq!(chapter["page"]["name"]["key"], "pets");
    assert_eq!(chapter["page"]["actions"], serde_json::Value::Null);
}

#[test]
fn a_context_that_is_not_there_names_what_is_near() {
    for (wanted, near) in [
        ("pets.replce", "near it are `pets.replace`"),
        ("list", "near it are `pets.list`"),
        ("_schema.md", "near it are `_schemas.md`"),
        ("nothing", "an action is written as in `pets.list`"),
    ] {
        let assert = context(wanted, &[]).code(1).stdout_eq(str![]);
        let message = format!("shows no action, resource or page `{wanted}`");
        assert.stderr_eq(format!(
            "error[unknown-action]: the format `reference` {message}\n |\n = help: {near}\n"
        ));
    }
    context("pets.list", &["--out", "x"]).code(2);
}

#[test]
fn help_lists_the_formats_of_a_folder() {
    let folder = folder(&[("pets.yaml", PETS)]);
    let python = folder.path().join("own/docs/python");
    fs::create_dir_all(&python).unwrap();
    fs::write(
        python.join("format.yaml"),
        "extends: ruby\nabout: Python pages\n",
    )
    .unwrap();
    for own in [&["--templates", "own"][..], &["--templates=own"]] {
        let help = sdkwright(&folder).arg("docs").args(own).arg("--help");
        let listed = "...\n          - python:      Python pages\n...\n";
        help.assert().success().stdout_eq(listed);
        let docs = ["docs", "pets.yaml", "--out", "out", "--format"];
        let wrong = sdkwright(&folder).args(docs).arg("pyhton").args(own);
        let known = "...\n[..]js-await, js-callback, python, [..]\n...\n";
        wrong.assert().code(2).stderr_eq(known);
        let right = sdkwright(&folder).args(docs).arg("python").args(own);
        right.assert().success().stderr_eq(str![]);
    }
    assert!(folder.path().join("out/pets.md").exists());
}

#[test]
fn a_crate_is_printed_with_templates_of_a_folder() {
    let folder = folder(&[("pets.yaml", PETS)]);
    let client = folder.path().join("own/client");
    fs::create_dir_all(&client).unwrap();
    fs::write(client.join("README.md.tera"), "{{ name }}, {{ nmae }}\n").unwrap();
    let arguments = ["client", "pets.yaml", "--templates", "own", "--out", "out"];
    let wrong = "...\n[..]own/client/README.md.tera:1:16\n...\n";
    let assert = sdkwright(&folder).args(arguments).assert();
    assert.code(1).stderr_eq(wrong);
    fs::write(client.join("README.md.tera"), "The crate {{ name }}\n").unwrap();
    sdkwright(&folder).args(arguments).assert().success();
    let readme = fs::read_to_string(folder.path().join("out/README.md")).unwrap();
    assert_eq!(readme, "The crate pet-shop\n");
}

#[test]
fn clients_share_a_runtime() {
    let pets = PETS.replace("Pet shop", "Zoo");
    let config = "\
runtime: { name: acme-runtime, version: 1.2.0, license: MIT }
apis:
  pets: { description: pets.yaml, docs: [rust] }
  zoo: { description: zoo.yaml }
";
    let folder = folder(&[
        ("pets.yaml", PETS),
        ("zoo.yaml", &pets),
        ("sdkwright.yaml", config),
    ]);
    let generate = |arguments: &[&str]| {
        let command = sdkwright(&folder).arg("generate").args(arguments);
        command.assert().success()
    };
    generate(&["--api", "zoo"]).stdout_eq(
        "\
generated/acme-runtime: [..] created, 0 changed, 0 removed, 0 unchanged
generated/zoo: [..] created, 0 changed, 0 removed, 0 unchanged
",
    );
    generate(&[]);
    generate(&["--check"]);
    let text = |path: &str| fs::read_to_string(folder.path().join("generated").join(path)).unwrap();
    let runtime = text("acme-runtime/Cargo.toml");
    assert!(runtime.contains("version = \"1.2.0\""), "{runtime}");
    assert!(runtime.contains("license = \"MIT\""), "{runtime}");
    let examples = text("acme-runtime/src/runtime/delivery/retry.rs");
    assert!(examples.contains("use acme_runtime::"), "{examples}");
    for api in ["pets", "zoo"] {
        let manifest = text(&format!("{api}/client/Cargo.toml"));
        let dependency = "\n[dependencies.acme-runtime]\nversion = \"1.2.0\"\npath = \"../../acme-runtime\"\ndefault-features = false\n";
        assert!(manifest.contains(dependency), "{manifest}");
        // What its own code does not name is the runtime's to depend on.
        let (_, own) = manifest.split_once("\n[dependencies]\n").unwrap();
        for (name, is_there) in [("serde", true), ("reqwest", false), ("uuid", false)] {
            let named = own
                .lines()
                .any(|line| line.starts_with(&format!("{name} = ")));
            assert_eq!(named, is_there, "{name}: {own}");
        }
        let root = text(&format!("{api}/client/src/lib.rs"));
        assert!(root.contains("pub use ::acme_runtime::runtime;"), "{root}");
        let copy = folder.path().join("generated").join(api);
        assert!(!copy.join("client/src/runtime").exists());
    }
}

#[test]
fn a_client_and_its_shared_runtime_are_written_together() {
    let folder = folder(&[("pets.yaml", PETS)]);
    let client = |out: &str, runtime: &str| {
        let command = sdkwright(&folder).args(["client", "pets.yaml", "--out", out]);
        command.args(["--runtime", runtime]).assert()
    };
    client("crates/pets", "crates/acme-runtime")
        .success()
        .stdout_eq("crates/acme-runtime: [..]\ncrates/pets: [..]\n");
    let manifest = folder.path().join("crates/pets/Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    assert!(
        manifest.contains("path = \"../acme-runtime\""),
        "{manifest}"
    );
    let again = client("crates/pets", "crates/acme-runtime").success();
    again.stdout_eq("crates/acme-runtime: up to date [..]\ncrates/pets: up to date [..]\n");
    // The runtime may lie within the client's folder.
    client("own", "own/pets-runtime").success();
    let manifest = fs::read_to_string(folder.path().join("own/Cargo.toml")).unwrap();
    assert!(manifest.contains("path = \"pets-runtime\""), "{manifest}");
    let again = client("own", "own/pets-runtime").success();
    again.stdout_eq("own/pets-runtime: up to date [..]\nown: up to date [..]\n");
    client("one", "one").code(1).stderr_eq(
        "\
error[bad-runtime]: `one` is the folder of the client, too
 |
 = help: give the runtime a folder of its own, beside the clients
",
    );
    client("one", "1").code(2);
    client("crates/pets", "crates/pet_shop").code(1).stderr_eq(
        "\
error[bad-runtime]: `pet-shop` is the name of the client and of its runtime
 |
 = help: call one of them something else
",
    );
    // Neither is written if the other's folder has a file of somebody else.
    fs::create_dir_all(folder.path().join("two/src")).unwrap();
    fs::write(folder.path().join("two/src/lib.rs"), "mine").unwrap();
    client("two", "new-runtime").code(1);
    assert!(!folder.path().join("new-runtime").exists());
}

#[test]
fn a_missing_description_is_named() {
    let folder = folder(&[]);
    for arguments in [
        vec!["lint", "nowhere.yaml"],
        vec!["inspect", "nowhere.yaml"],
        vec!["client", "nowhere.yaml", "--out", "x"],
        vec!["docs", "nowhere.yaml", "--format", "rest", "--out", "x"],
    ] {
        let assert = sdkwright(&folder).args(arguments).assert();
        assert.code(1).stderr_eq("...\n[..]nowhere.yaml[..]\n...\n");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn without_a_configuration_there_is_advice() {
    let assert = sdkwright(&folder(&[])).arg("generate").assert();
    assert
        .code(1)
        .stdout_eq(str![])
        .stderr_eq("...\n[..]there is no `sdkwright.yaml` in this folder or above it[..]\n...\n");
}

#[test]
fn a_named_configuration_that_is_not_there_is_named() {
    let arguments = ["generate", "--config", "other.yaml"];
    let assert = sdkwright(&folder(&[])).args(arguments).assert();
    assert
        .code(1)
        .stderr_eq("...\n[..]cannot read `other.yaml`[..]\n...\n");
}

#[test]
fn a_crate_says_what_crates_io_asks_for() {
    let config = format!(
        "{CONFIG}    client:
      license: MIT OR Apache-2.0
      about: >-
        Pets, \"typed\"
        and checked
      repository: https://git.example/pets
      homepage: https://pets.example
      documentation: https://docs.pets.example/
      keywords: [pets, api]
      categories: [api-bindings, 'web-programming::http-client']
"
    );
    let folder = folder(&[("sdkwright.yaml", &config), ("pets.yaml", MINIMAL)]);
    sdkwright(&folder).arg("generate").assert().success();
    let manifest = fs::read_to_string(folder.path().join("generated/pets/client/Cargo.toml"));
    let manifest = manifest.unwrap();
    let expected = "\
description = \"Pets, \\\"typed\\\" and checked\"
license = \"MIT OR Apache-2.0\"
repository = \"https://git.example/pets\"
homepage = \"https://pets.example\"
documentation = \"https://docs.pets.example/\"
keywords = [\"pets\", \"api\"]
categories = [\"api-bindings\", \"web-programming::http-client\"]
readme = \"README.md\"
";
    assert!(manifest.contains(expected), "{manifest}");
}

#[test]
fn what_crates_io_would_refuse_is_named_with_its_line() {
    let config = format!("{CONFIG}    client:\n      homepage: pets.example\n");
    let folder = folder(&[("sdkwright.yaml", &config), ("pets.yaml", MINIMAL)]);
    let generate = sdkwright(&folder).arg("generate").assert().failure();
    generate.stderr_eq(
        "...\n[..]`sdkwright.yaml` line 5 cannot be used: [..]`pets.example` is no address of a page[..]\n...\n",
    );
}

#[test]
fn a_bad_configuration_is_refused_with_its_line() {
    let text = "apis:\n  pets:\n    description: pets.yaml\n    formats: [rest]\n";
    let folder = folder(&[("sdkwright.yaml", text)]);
    let assert = sdkwright(&folder).arg("generate").assert();
    assert.code(1).stderr_eq(
        "...\n[..]`sdkwright.yaml` line 4 cannot be used: [..]unknown field `formats`[..]\n...\n",
    );
}

#[test]
fn a_choice_of_formats_is_checked() {
    let text = format!("{CONFIG}    client:\n      formats:\n        uuid: guid\n");
    let folder = folder(&[("sdkwright.yaml", &text), ("pets.yaml", MINIMAL)]);
    let assert = sdkwright(&folder).arg("generate").assert();
    assert.code(1).stderr_eq(
        "...\n[..]line 6[..]the format `uuid` cannot be held as `guid`; write one of string, uuid\n...\n",
    );
    let client = ["client", "pets.yaml", "--out", "out", "--format-type"];
    let with = |choice: &str| sdkwright(&folder).args(client).arg(choice).assert();
    with("uuid").code(2).stderr_eq(
        "...\n[..]`uuid` is no choice: write a format and what it is held as, as in uuid=string\n...\n",
    );
    with("uuid=uuid")
        .code(0)
        .stderr_eq("...\n[..]a type is chosen for the format `uuid`, but no schema has it\n...\n");
}

#[test]
fn an_api_that_the_configuration_does_not_name_is_wrong_usage() {
    let folder = folder(&[("sdkwright.yaml", CONFIG)]);
    let assert = sdkwright(&folder)
        .args(["generate", "--api", "cats"])
        .assert();
    assert
        .code(2)
        .stderr_eq("...\n[..]there is no API named `cats`[..]\n...\n");
}

#[test]
fn a_configuration_is_found_from_below_and_its_paths_count_from_it() {
    let folder = folder(&[("sdkwright.yaml", CONFIG)]);
    fs::create_dir_all(folder.path().join("a/b")).unwrap();
    let below = sdkwright(&folder).current_dir(folder.path().join("a/b"));
    let assert = below.arg("generate").assert();
    assert
        .code(1)
        .stderr_eq("...\n[..]../../pets.yaml[..]\n...\n");
    assert!(!folder.path().join("generated").exists());
}

#[test]
fn a_manifest_that_cannot_be_trusted_stops_a_run() {
    let folder = folder(&[("pets.yaml", MINIMAL)]);
    fs::create_dir(folder.path().join("out")).unwrap();
    fs::write(
        folder.path().join("out/.sdkwright-manifest"),
        "../pets.yaml\n",
    )
    .unwrap();
    let assert = sdkwright(&folder)
        .args(["client", "pets.yaml", "--out", "out"])
        .assert();
    assert.code(1).stdout_eq(str![]).stderr_eq(
        "...\n[..]the manifest `out/.sdkwright-manifest` cannot be used: line 1[..]\n...\n",
    );
    assert!(folder.path().join("pets.yaml").exists());
}

#[test]
fn a_run_tells_what_it_did_as_text_and_as_json() {
    let folder = folder(&[("sdkwright.yaml", CONFIG), ("pets.yaml", MINIMAL)]);
    let stale = folder.path().join("generated/pets");
    fs::create_dir_all(&stale).unwrap();
    fs::write(stale.join("stale.md"), "stale\n").unwrap();
    fs::write(stale.join(".sdkwright-manifest"), "stale.md\n").unwrap();

    let assert = sdkwright(&folder).args(["generate", "--check"]).assert();
    assert
        .code(1)
        .stdout_eq("...\nextra   generated/pets/stale.md\n...\n    sdkwright generate\n");
    assert!(stale.join("stale.md").exists());

    let assert = sdkwright(&folder).arg("generate").assert();
    assert
        .success()
        .stdout_eq("generated/pets: [..] created, 0 changed, 1 removed, 0 unchanged\n");
    assert!(!stale.join("stale.md").exists());

    let json = ["generate", "--check", "--message-format", "json"];
    let assert = sdkwright(&folder).args(json).assert();
    let expected =
        r#"{"root":"generated/pets","created":0,"changed":0,"removed":0,"unchanged":[..]}"#;
    assert.success().stdout_eq(format!("{expected}\n"));
}

/// A description of nothing, which is valid.
const MINIMAL: &str = "openapi: 3.1.1\ninfo: { title: Pets, version: '1' }\npaths: {}\n";

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_panic() {
    use std::process::Stdio;

    let folder = folder(&[("pets.yaml", MINIMAL)]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = std::process::Command::new(cargo_bin!("sdkwright"))
        .args(["inspect", "pets.yaml"])
        .current_dir(folder.path())
        .stdout(Stdio::from(writer))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
