//! Texts that were made to hang or crash a reader.

use std::time::{Duration, Instant};

use sdkwright::diagnostic::{Problems, Style, human};
use sdkwright::source::Sources;

use crate::sound;

/// Reads a hostile text in well under the time that anybody would wait, on a stack of a thread.
#[expect(clippy::unwrap_used, reason = "a test without its input is lost")]
fn attack(name: &str, text: String, code: &str) {
    let start = Instant::now();
    let mut problems = Problems::new();
    let sources = Sources::from_text("api.yaml", text, &mut problems).unwrap();
    let told: Vec<String> = problems
        .sorted()
        .iter()
        .map(|problem| human(problem, &sources, Style::Plain))
        .collect();
    let wanted = if code.is_empty() {
        told.is_empty()
    } else {
        told.iter().any(|text| text.contains(&format!("[{code}]")))
    };
    assert!(wanted, "{name}: {:.2000}", told.join("\n"));
    assert!(told.iter().all(|text| text.len() < 2000), "{name}");
    drop(sources);
    // Without optimization, on a busy machine; a hang would take minutes.
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{name}: {:?}",
        start.elapsed()
    );
}

#[test]
fn deep_nesting_is_a_problem_and_nothing_worse() {
    let block: String = (0..2000)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    for (name, text) in [
        ("dashes", "- ".repeat(100_000)),
        ("braces", "{a: ".repeat(200_000)),
        ("braces with quotes", "{\"a\":".repeat(200_000)),
        ("brackets", "[".repeat(200_000)),
        (
            "closed brackets",
            format!("{}{}", "[".repeat(200_000), "]".repeat(200_000)),
        ),
        ("both", "[{a: ".repeat(100_000)),
        ("questions", "? ".repeat(100_000)),
        ("indentation", block),
        (
            "mixed",
            format!("{}{}{}", "- ".repeat(400), "[".repeat(400), "]".repeat(400)),
        ),
    ] {
        attack(name, text, "nesting-limit");
    }
}

#[test]
fn the_deepest_allowed_nesting_is_read() {
    for text in [
        format!("{}{}", "[".repeat(512), "]".repeat(512)),
        format!("{}1{}", "{\"a\":".repeat(512), "}".repeat(512)),
        "- ".repeat(512),
    ] {
        let sources = sound(&text);
        assert_eq!(sources.root().clone().to_json(), sources.root().to_json());
    }
}

#[test]
fn aliases_do_not_explode() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        laughs.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    attack("ten times ten", laughs, "alias-limit");

    let mut chain = "a0: &a0 [x]\n".to_owned();
    for level in 1..5000 {
        chain.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    attack("a chain", chain, "nesting-limit");

    let text = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(100_000),
        "*a, ".repeat(50_000)
    );
    attack("long texts", text, "alias-limit");

    let merges = format!("a: &a {{x: 1}}\nb: {{{}}}\n", "<<: *a, ".repeat(50_000));
    attack("many merges", merges, "");
}

#[test]
fn large_and_odd_texts_end_quickly() {
    for (name, text, code) in [
        ("one long word", "a".repeat(1 << 20), ""),
        (
            "one long string",
            format!("\"{}\"", "a".repeat(1 << 20)),
            "",
        ),
        ("colons", ":".repeat(1 << 20), "syntax"),
        ("percents", "%".repeat(1 << 20), "syntax"),
        ("NULs", "\0".repeat(1 << 20), "syntax"),
        ("quotes", "\"".repeat(1 << 20), "syntax"),
        (
            "backslashes in JSON",
            format!("{{\"{}", "\\".repeat(1 << 20)),
            "syntax",
        ),
        ("breaks", "\n".repeat(1 << 20), "empty-file"),
        ("carriage returns", "\r".repeat(1 << 20), "empty-file"),
        ("exclamation marks", "!".repeat(1 << 20), "syntax"),
        (
            "many keys",
            (0..50_000).map(|key| format!("k{key}: 1\n")).collect(),
            "",
        ),
        ("the same key", "k: 1\n".repeat(2000), "duplicate-key"),
        ("braces without blanks", "{a:".repeat(200_000), "syntax"),
        ("unclosed", format!("[{}", "1,".repeat(200_000)), "syntax"),
    ] {
        attack(name, text, code);
    }
}
