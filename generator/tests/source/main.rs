//! Reading descriptions from outside: both formats, references between files, places, limits.

mod hostile;
mod places;
mod problems;
mod references;
mod values;

use sdkwright::diagnostic::{Locate, Problems, Style, human};
use sdkwright::source::Sources;

/// Reads `text` and expects nothing to be wrong with it.
fn sound(text: &str) -> Sources {
    let (sources, shown) = read(text);
    assert_eq!(shown, "", "{text}");
    sources
}

/// Reads `text`; the sources, and the problems as people see them.
#[expect(clippy::unwrap_used, reason = "a test without its input is lost")]
fn read(text: &str) -> (Sources, String) {
    let mut problems = Problems::new();
    let sources = Sources::from_text("api.yaml", text.to_owned(), &mut problems).unwrap();
    let shown = shown(&problems, &sources);
    (sources, shown)
}

fn shown(problems: &Problems, sources: &dyn Locate) -> String {
    let sorted = problems.sorted();
    let texts: Vec<String> = sorted
        .iter()
        .map(|problem| human(problem, sources, Style::Plain))
        .collect();
    texts.join("\n\n")
}
