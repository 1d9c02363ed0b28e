//! Problems for people, in rustc's look.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::excerpt::{clean, excerpt};
use super::locate::place_of;
use super::{Locate, Place, Problem, Problems, Severity};

/// Whether the output may hold colour. The caller knows where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text only.
    Plain,
    /// With ANSI escape sequences.
    Colour,
}

/// The problem as rustc would show it: title, place, line, and what to do. Without a line break
/// at its end.
#[must_use]
pub fn human(problem: &Problem, sources: &dyn Locate, style: Style) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(clean(&problem.message));
    let mut main = Group::with_title(title.id(problem.code.0));
    if let Some(place) = place_of(problem, sources) {
        main = main.elements(shown(
            &place,
            problem.label.as_deref(),
            AnnotationKind::Primary,
        ));
        if !place.pointer.is_empty() {
            let pointer = clean(&place.pointer);
            main = main.element(Level::NOTE.with_name("at").message(pointer));
        }
    }
    if let Some(help) = &problem.help {
        main = main.element(Level::HELP.message(clean(help)));
    }
    let related = problem.related.iter().map(|(at, label)| {
        let note = Group::with_title(Level::NOTE.secondary_title(clean(label)));
        match sources.locate(*at) {
            Some(place) => note.elements(shown(&place, None, AnnotationKind::Primary)),
            None => note,
        }
    });
    let report: Vec<Group<'_>> = std::iter::once(main).chain(related).collect();
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    };
    without_separators(&renderer.render(&report))
}

/// Behind an origin of its own, the renderer announces a snippet by a line with `:::` and no
/// path. Lines with text from outside never look like that: they stand behind a `|` or a title.
fn without_separators(rendered: &str) -> String {
    let separates = |line: &&str| anstream::adapter::strip_str(line).to_string().trim() == ":::";
    let lines: Vec<&str> = rendered.lines().filter(|line| !separates(line)).collect();
    lines.join("\n")
}

/// Where it is, and the line with a mark under it.
fn shown<'a>(place: &Place<'a>, label: Option<&str>, kind: AnnotationKind) -> Vec<Element<'a>> {
    // The renderer would count columns within the excerpt; we know them.
    let origin = Origin::path(place.path)
        .line(place.line)
        .char_column(place.column);
    let mut elements = vec![Element::from(origin)];
    if let Some(excerpt) = excerpt(place) {
        let mark = kind.span(excerpt.span).label(label.map(clean));
        let snippet = Snippet::source(excerpt.text)
            .line_start(place.line)
            .annotation(mark);
        elements.push(snippet.into());
    }
    elements
}

/// How it went, in one line: `error: 3 problems, 1 warning; nothing was written`. Empty if there
/// is nothing to report.
#[must_use]
pub fn summary(problems: &Problems) -> String {
    let errors = problems.count(Severity::Error);
    let warnings = problems.count(Severity::Warning);
    match (errors, warnings) {
        (0, 0) => String::new(),
        (0, _) => format!("warning: {}", counted(warnings, "warning")),
        (_, 0) => format!("error: {}; nothing was written", counted(errors, "problem")),
        _ => format!(
            "error: {}, {}; nothing was written",
            counted(errors, "problem"),
            counted(warnings, "warning")
        ),
    }
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
