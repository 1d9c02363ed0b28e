//! What a `$ref` stands for, in the same file and in others.

use std::path::Path;

use sdkwright::diagnostic::{At, Locate, Nowhere, Problems, Style, human};
use sdkwright::source::{Node, RefErrorKind, Sources};

use crate::{shown, sound};

#[test]
fn references_within_a_file() {
    let sources = sound(
        "paths: {'/a/{b}': {get: [x, y]}, 'p%q': 1, ' ': 2, m~n: 3}\n\
         components: {schemas: {Pet: {}, Pets: {}, Über: {}}}\n",
    );
    let at = At::default();
    for (reference, pointer) in [
        ("#", ""),
        ("", ""),
        ("api.yaml", ""),
        ("./api.yaml#/paths/%20", "/paths/ "),
        ("#/paths/~1a~1{b}/get/1", "/paths/~1a~1{b}/get/1"),
        ("#/paths/~1a~1%7Bb%7D/get/0", "/paths/~1a~1{b}/get/0"),
        ("#/paths/%2Fa%2F%7Bb%7D", "/paths/~1a~1{b}"),
        ("#/paths/p%25q", "/paths/p%q"),
        ("#/paths/m~0n", "/paths/m~0n"),
        ("#/components/schemas/%C3%9Cber", "/components/schemas/Über"),
        ("#/components/schemas/Über", "/components/schemas/Über"),
    ] {
        let node = sources.resolve(at, reference).unwrap();
        assert_eq!(
            sources.locate(node.at).unwrap().pointer,
            pointer,
            "{reference}"
        );
    }
}

#[test]
fn references_that_lead_nowhere_say_why() {
    let text = "paths:\n  /a: {get: [x]}\ncomponents:\n  schemas:\n    Pet: {}\n    Pets: {}\n";
    let sources = sound(text);
    let mut told = String::new();
    for reference in [
        "#/components/schemas/Pat",
        "#/components/schema/Pet",
        "#/definitions/Pets",
        "#/paths/~1a/get/1",
        "#/paths/~1a/get/00",
        "#/nothing/alike",
        "Pet",
        "#Pet",
        "#components/schemas/Pet",
        "#/a~2b",
        "#/a%zz",
        "%",
        "other.yaml#/x",
        ".\\other.yaml",
        "http://example.com/a.yaml#/x",
        "HTTPS://example.com",
        "//example.com/a.yaml",
        "urn:example:x",
    ] {
        let error = sources.resolve(At::default(), reference).unwrap_err();
        told.push_str(&format!("{}: {error}\n", error.code()));
        if let Some(help) = error.help() {
            told.push_str(&format!("  {help}\n"));
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_reference_that_leads_nowhere_is_shown_where_it_is_written() {
    let sources =
        sound("a:\n  $ref: '#/components/schemas/Oder'\ncomponents:\n  schemas:\n    Order: {}\n");
    let written = sources.root().get("a").and_then(|node| node.get("$ref"));
    let node = written.unwrap();
    let error = sources
        .resolve(node.at, node.as_str().unwrap())
        .unwrap_err();
    let problem = error.problem(node.at).label("nothing is there");
    insta::assert_snapshot!(human(&problem, &sources, Style::Plain));
}

/// A folder of files that is removed at the end.
#[expect(clippy::unwrap_used, reason = "a test without its input is lost")]
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

#[test]
fn references_between_files() {
    let folder = folder(&[
        (
            "spec/api.yaml",
            b"a: {$ref: './parts/a%20b.json#/x'}\nb: {$ref: ../common.yaml}\n\
              c: {$ref: ./none.yaml#/x}\nd: {$ref: 'http://example.com/x.yaml'}\n\
              e: {$ref: parts/../api.yaml#/f}\nf: {$ref: [not, text]}\n",
        ),
        (
            "spec/parts/a b.json",
            b"{\"x\": {\"$ref\": \"../api.yaml#/a\"}, \"y\": {\"$ref\": \"#/x\"}}",
        ),
        ("common.yaml", b"z: {$ref: spec/api.yaml#/b}\nw: 1\n"),
    ]);
    let mut problems = Problems::new();
    let path = folder.path().join("spec/api.yaml");
    let sources = Sources::load(&path, &mut problems).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let root = sources.root().at;

    let part = sources.resolve(root, "./parts/a%20b.json#/x").unwrap();
    assert_eq!(part.kind(), "object");
    let name = sources.locate(part.at).unwrap().path;
    assert_eq!(Path::new(name), folder.path().join("spec/parts/a b.json"));
    // From there: the same file, and back.
    assert_eq!(sources.resolve(part.at, "#/x").unwrap().at, part.at);
    assert_eq!(sources.resolve(part.at, "../api.yaml").unwrap().at, root);
    assert_eq!(sources.resolve(root, "parts/../api.yaml").unwrap().at, root);

    let common = sources.resolve(root, "../common.yaml").unwrap();
    assert_eq!(common.get("w").and_then(Node::as_text), Some("1"));
    let name = sources.locate(common.at).unwrap().path;
    assert_eq!(Path::new(name), folder.path().join("common.yaml"));

    let error = sources.resolve(root, "./none.yaml#/x").unwrap_err();
    assert!(
        matches!(error.kind, RefErrorKind::NoSuchFile { .. }),
        "{error}"
    );
}

#[test]
fn a_broken_file_that_is_referred_to_is_reported_in_its_own_name() {
    let folder = folder(&[
        (
            "api.yaml",
            b"a: {$ref: bad.yaml}\nb: {$ref: latin.yaml}\nc: {$ref: .}\n",
        ),
        ("bad.yaml", b"x: [1, 2\n"),
        ("latin.yaml", b"x: \xE9\n"),
    ]);
    let mut problems = Problems::new();
    let sources = Sources::load(&folder.path().join("api.yaml"), &mut problems).unwrap();
    let here = folder.path().display().to_string();
    let mut told = shown(&problems, &sources);
    for reference in ["bad.yaml", "latin.yaml", "."] {
        let error = sources.resolve(sources.root().at, reference).unwrap_err();
        told.push_str(&format!("\n\n{error}"));
    }
    insta::assert_snapshot!(told.replace(&here, "DIR"));
}

#[test]
fn files_that_cannot_be_read_at_all() {
    let folder = folder(&[
        ("latin.yaml", b"a: 1\nb: \xE9\n"),
        ("utf16.yaml", b"\xFF\xFEa\0:\0"),
    ]);
    let mut told = String::new();
    for name in ["latin.yaml", "utf16.yaml", "none.yaml", "."] {
        let mut problems = Problems::new();
        let sources = Sources::load(&folder.path().join(name), &mut problems);
        assert!(sources.is_none(), "{name}");
        told.push_str(&shown(&problems, &Nowhere));
        told.push_str("\n\n");
    }
    let here = folder.path().display().to_string();
    insta::assert_snapshot!(told.replace(&here, "DIR"));
}
