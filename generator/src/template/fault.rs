//! What tera says of a template → problems in the look of all others.
//!
//! Most of it comes with a place. What is wrong with names all over the templates comes as one
//! text with an excerpt for each (tera 2.4), which is taken apart again.

use std::ops::Range;

use tera::{Error, ErrorKind, ReportError};

use super::set::Templates;
use super::strict::{self, Unknown};
use crate::diagnostic::{Problem, near};

const CODE: &str = "template";

/// No more names than this are listed.
const LISTED: usize = 30;

/// What is wrong, at least one thing; `rendered` is the template that was asked for.
pub(super) fn problems(templates: &Templates, rendered: &str, error: &Error) -> Vec<Problem> {
    let problem = match error.kind() {
        ErrorKind::SyntaxError(report) => syntax(templates, report),
        ErrorKind::RenderingError(report) => rendering(templates, report, error),
        ErrorKind::Msg(text) => return listed(templates, rendered, text),
        ErrorKind::MissingParent { current, parent } => {
            let problem = Problem::error(CODE, format!("there is no template `{parent}`"));
            named(templates, problem, current, parent).help(nearest_template(templates, parent))
        }
        ErrorKind::CircularExtend {
            tpl,
            inheritance_chain,
        } => {
            let parent = inheritance_chain.first().map_or("", |parent| parent);
            let problem = Problem::error(CODE, "this template extends itself, if not directly");
            named(templates, problem, tpl, parent)
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let chain = include_chain.join("` → `");
            let message = format!("this template includes itself: `{chain}`");
            let next = include_chain.iter().find(|included| *included != tpl);
            let included = next.map_or(&**tpl, |included| included);
            named(templates, Problem::error(CODE, message), tpl, included)
        }
        ErrorKind::TemplateNotFound(path) => {
            Problem::error(CODE, format!("there is no template `{path}`"))
                .help(nearest_template(templates, path))
        }
        other => Problem::error(CODE, format!("{}: {other}", templates.shown(rendered))),
    };
    vec![problem]
}

/// A name that is not there, found by the check of a user's templates; `handed` are the names at
/// the top of what it is handed.
pub(super) fn unknown(
    templates: &Templates,
    unknown: &Unknown,
    error: &Error,
    handed: &[String],
) -> Problem {
    let (file, said) = match error.kind() {
        ErrorKind::RenderingError(report) => (report.filename(), error.to_string()),
        _ => ("", String::new()),
    };
    let text = templates.file(file).unwrap_or_default();
    let path = text.get(unknown.start..).unwrap_or_default();
    let end = path.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
    let path = &path[..end.unwrap_or(path.len())];
    let names: Vec<&str> = path.split('.').collect();
    let there = unknown.there.min(names.len().saturating_sub(1));
    let before: usize = names[..there].iter().map(|name| name.len() + 1).sum();
    let start = unknown.start + before;
    let name = names[there];
    let mut known = unknown.names.clone();
    if there == 0 {
        let given = strict::given(text).into_iter();
        known = handed.iter().cloned().chain(given).collect();
    }
    let problem = missing(name, &names[..there].join("."), &known);
    let problem = templates.problem_at(problem, file, start..start + name.len());
    callers(templates, problem, &said)
}

/// That a name is not there, and which are.
fn missing(name: &str, parent: &str, known: &[String]) -> Problem {
    let message = match parent {
        "" => format!("there is no variable `{name}`"),
        parent => format!("`{parent}` has no field `{name}`"),
    };
    let label = match parent {
        "" => "no such variable",
        _ => "no such field",
    };
    let problem = Problem::error(CODE, message).label(label);
    let shown = "`--print-context` of `sdkwright docs` shows what a template is handed";
    match near(name, known.iter().map(|name| &**name)).first() {
        _ if known.is_empty() => problem.help(shown),
        Some(meant) => problem.help(format!("did you mean `{meant}`? There are {}", list(known))),
        None => problem.help(format!("there are {}; {shown}", list(known))),
    }
}

fn list(names: &[String]) -> String {
    let mut names = names.to_vec();
    names.sort();
    names.dedup();
    let more = names.len().saturating_sub(LISTED);
    names.truncate(LISTED);
    let listed = format!("`{}`", names.join("`, `"));
    match more {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

fn syntax(templates: &Templates, report: &ReportError) -> Problem {
    let file = report.filename();
    let text = templates.file(file).unwrap_or_default();
    if report.message() == "Unexpected end of input"
        && let Some((bytes, close)) = strict::unclosed(text)
    {
        let problem = Problem::error(CODE, "the template ends before this is closed")
            .help(format!("close it with `{close}`"));
        return templates.problem_at(problem, file, bytes);
    }
    let start = report.span().range.start;
    let word = text.get(report.span().range.clone()).unwrap_or_default();
    if report.message() == "Unknown tag"
        && word.starts_with("end")
        && let Some(tag) = text[..start].rfind("{%")
        && let Some((bytes, close)) = strict::unclosed(&text[..tag])
    {
        let message = format!("`{word}` stands where another tag is not closed yet");
        let problem = Problem::error(CODE, message).help(format!("write `{close}` before it"));
        let problem = templates.problem_at(problem, file, report.span().range.clone());
        return templates.related_at(problem, file, bytes.start, "this is not closed");
    }
    let help = match report.message() {
        "Unknown tag" => {
            "tags are `if`, `elif`, `else`, `for`, `set`, `include`, `extends`, `block`, `filter`, `raw` and `component`"
        }
        _ => "templates are written in the language of Tera 2",
    };
    let problem = Problem::error(CODE, sentence(report.message())).help(help);
    templates.problem_at(problem, file, report.span().range.clone())
}

fn rendering(templates: &Templates, report: &ReportError, error: &Error) -> Problem {
    let said = report.message();
    let available = |mark: &str| -> Vec<String> {
        let names = said.split_once(mark).map_or("", |(_, names)| names);
        let names = names.split(", ").filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    };
    let text = templates.file(report.filename()).unwrap_or_default();
    let span = report.span().range.clone();
    let problem = match between(said) {
        Some(name) if said.starts_with("Variable") && said.contains("is not defined") => {
            let mut known = available("Available variables: ");
            known.extend(strict::given(text));
            missing(name, "", &known)
        }
        Some(name) if said.starts_with("Field") => missing(
            name,
            parent(text, span.start),
            &available("Available fields: "),
        ),
        _ => Problem::error(CODE, sentence(said))
            .help("`--print-context` of `sdkwright docs` shows what a template is handed"),
    };
    let problem = templates.problem_at(problem, report.filename(), span);
    callers(templates, problem, &error.to_string())
}

/// The text between the first two backticks.
fn between(text: &str) -> Option<&str> {
    text.split('`').nth(1)
}

/// What a field is a field of: the path that ends in a dot before it.
fn parent(text: &str, field: usize) -> &str {
    let before = text.get(..field).unwrap_or_default();
    let Some(before) = before.trim_end().strip_suffix('.') else {
        return "this";
    };
    let of_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']');
    let start = before.trim_end_matches(of_path).len();
    match &before[start..] {
        "" => "this",
        path => path,
    }
}

/// Where the template is included, as the notes of tera's text have it.
fn callers(templates: &Templates, problem: Problem, said: &str) -> Problem {
    let notes = said.lines().filter_map(|line| {
        let place = line.strip_prefix("note: called from ")?;
        let (place, column) = place.rsplit_once(':')?;
        let (file, line) = place.rsplit_once(':')?;
        let start = offset(templates.file(file)?, line, column)?;
        Some((file, start))
    });
    notes.fold(problem, |problem, (file, start)| {
        templates.related_at(problem, file, start, "included here")
    })
}

/// The problems of a text in which each has its own excerpt.
fn listed(templates: &Templates, rendered: &str, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else {
            continue;
        };
        let place = lines.next().unwrap_or_default();
        problems.push(one_of_list(templates, message, place));
    }
    if problems.is_empty() {
        let message = format!("{}: {text}", templates.shown(rendered));
        problems.push(Problem::error(CODE, message));
    }
    problems
}

fn one_of_list(templates: &Templates, message: &str, place: &str) -> Problem {
    let name = between(message).unwrap_or_default();
    let kind = message
        .strip_prefix("Unknown ")
        .and_then(|rest| rest.split(' ').next());
    let problem = match kind {
        Some("template") => Problem::error(CODE, format!("there is no template `{name}`"))
            .help(nearest_template(templates, name)),
        Some(kind) => {
            let problem = Problem::error(CODE, format!("there is no {kind} `{name}`"));
            let known: &[&str] = match kind {
                "filter" => &FILTERS,
                "test" => &TESTS,
                "function" => &FUNCTIONS,
                _ => &[],
            };
            let meant = near(name, known.iter().copied());
            match (meant.first(), known) {
                (Some(meant), _) => problem.help(format!("did you mean `{meant}`?")),
                (None, []) => problem,
                (None, known) => problem.help(format!("there are `{}`", known.join("`, `"))),
            }
        }
        None => Problem::error(CODE, sentence(message)),
    };
    let place = place.trim_start().strip_prefix("--> ").unwrap_or_default();
    let placed = place.rsplit_once(':').and_then(|(place, column)| {
        let (file, line) = place.rsplit_once(':')?;
        let text = templates.file(file)?;
        let start = offset(text, line, column)?;
        let rest = text[start..].lines().next().unwrap_or_default();
        // A name stands at the place or, with quotes or brackets around it, just behind it.
        let length = rest.find(name).map_or(1, |before| before + name.len());
        Some((file, start..start + length.max(1)))
    });
    match placed {
        Some((file, bytes)) => templates.problem_at(problem, file, bytes),
        None => problem,
    }
}

/// The byte of a line and a column, both as text and from 1.
fn offset(text: &str, line: &str, column: &str) -> Option<usize> {
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let mut lines = text.split_inclusive('\n');
    let before: usize = lines
        .by_ref()
        .take(line.checked_sub(1)?)
        .map(str::len)
        .sum();
    let line = lines.next().unwrap_or_default();
    let letters = line.char_indices().map(|(place, _)| place);
    let within = letters.chain([line.len()]).nth(column.checked_sub(1)?)?;
    Some(before + within)
}

/// A problem where a template names another.
fn named(templates: &Templates, problem: Problem, template: &str, named: &str) -> Problem {
    let found = templates.file(template).and_then(|text| text.find(named));
    let bytes: Range<usize> = found.map_or(0..0, |start| start..start + named.len());
    templates.problem_at(problem, template, bytes)
}

fn nearest_template(templates: &Templates, path: &str) -> String {
    let known = templates.paths().filter(|path| path.ends_with(".tera"));
    match near(path, known).first() {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            "a path counts from the folder of templates, as in `docs/_shared/sample-ruby.md.tera`"
                .to_owned()
        }
    }
}

/// A sentence as messages are written: small at its beginning, without a full stop.
fn sentence(said: &str) -> String {
    let said = said.trim().trim_end_matches('.');
    let mut letters = said.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// The filters, tests and functions of tera 2.4, to name the one that was meant.
const FILTERS: [&str; 37] = [
    "abs",
    "capitalize",
    "default",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
    "escape",
];

const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

const FUNCTIONS: [&str; 2] = ["range", "throw"];
