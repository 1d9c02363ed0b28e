//! Problems as text: for people, for machines, and in one line.

use sdkwright::diagnostic::{At, FileId, Nowhere, Problem, Problems, Style, human, json, summary};
use sdkwright::source::Sources;

const TEXT: &str = "paths:\n  /pets:\n    get: {$ref: '#/x'}\n";

#[expect(clippy::unwrap_used, reason = "a test without its input is lost")]
fn sources() -> Sources {
    let mut problems = Problems::new();
    Sources::from_text("spec/pets.yaml", TEXT.to_owned(), &mut problems).unwrap()
}

fn at(node: u32) -> At {
    let file = FileId(0);
    At { file, node }
}

fn problem() -> Problem {
    Problem::error("unresolved-ref", "`#/x` leads nowhere")
        .at(at(7))
        .label("nothing is there")
        .related(at(3), "in this path")
        .help("did you mean `#/y`?")
}

#[test]
fn people_see_the_line() {
    insta::assert_snapshot!(human(&problem(), &sources(), Style::Plain));
}

#[test]
fn colour_changes_nothing_but_colour() {
    let plain = human(&problem(), &sources(), Style::Plain);
    let colour = human(&problem(), &sources(), Style::Colour);
    assert!(!plain.contains('\u{1b}'));
    assert!(colour.contains("\u{1b}["));
    assert_eq!(anstream::adapter::strip_str(&colour).to_string(), plain);
}

#[test]
fn machines_see_one_object_a_line() {
    let line = json(&problem(), &sources());
    assert!(!line.contains('\n'));
    insta::assert_snapshot!(line);
}

#[test]
fn bytes_that_are_no_node_have_no_pointer() {
    let problem = Problem::warning("syntax", "odd").span(FileId(0), 9..11);
    insta::assert_snapshot!(json(&problem, &sources()));
}

#[test]
fn a_problem_without_a_place_is_shown_all_the_same() {
    let lone = Problem::error("unreadable-file", "x.yaml does not exist");
    insta::assert_snapshot!(human(&lone, &Nowhere, Style::Plain));
    insta::assert_snapshot!(json(&lone, &Nowhere));
    // A node that is in no file at all.
    let lost = human(&problem().at(at(99)), &sources(), Style::Plain);
    assert!(lost.starts_with("error[unresolved-ref]: `#/x` leads nowhere\n"));
}

#[test]
fn text_from_outside_cannot_speak_to_the_terminal() {
    let odd = "a\u{1b}[2J\nb\u{202e}";
    let problem = Problem::error("odd", odd)
        .at(at(0))
        .label(odd)
        .related(at(1), odd)
        .help(odd);
    let shown = human(&problem, &sources(), Style::Plain);
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
}

#[test]
fn the_summary_counts() {
    let mut problems = Problems::new();
    assert_eq!(summary(&problems), "");
    problems.report(Problem::warning("w", "one"));
    assert_eq!(summary(&problems), "warning: 1 warning");
    problems.report(Problem::error("e", "one"));
    assert_eq!(
        summary(&problems),
        "error: 1 problem, 1 warning; nothing was written"
    );
    for message in ["two", "three", "three"] {
        problems.report(Problem::error("e", message));
        problems.report(Problem::warning("w", message));
    }
    assert_eq!(
        summary(&problems),
        "error: 3 problems, 3 warnings; nothing was written"
    );
}

#[test]
fn problems_are_sorted_by_place() {
    let mut problems = Problems::new();
    let other = At {
        file: FileId(1),
        node: 0,
    };
    problems.report(Problem::error("e", "other file").at(other));
    problems.report(Problem::error("e", "bytes").span(FileId(0), 5..6));
    problems.report(Problem::error("e", "second").at(at(2)));
    problems.report(Problem::error("e", "first").at(at(1)));
    problems.report(Problem::error("e", "nowhere"));
    let order: Vec<&str> = problems
        .sorted()
        .iter()
        .map(|problem| &*problem.message)
        .collect();
    assert_eq!(order, ["nowhere", "first", "second", "bytes", "other file"]);
}
