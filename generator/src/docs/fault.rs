//! A template's mistake, and the page that it came up on.

use serde_json::Value;

use super::book::Page;
use crate::diagnostic::Problem;

/// The problem, and the page at this path.
pub(super) fn on_page(problem: Box<Problem>, path: &str) -> Box<Problem> {
    with(problem, &format!("while `{path}` was made"))
}

/// The problem, the page of a resource, and the action that was printed: the first that cannot
/// be printed alone either.
pub(super) fn on_page_of(
    problem: Box<Problem>,
    path: &str,
    page: &Page<'_>,
    render: impl Fn(&Value) -> Result<String, Box<Problem>>,
) -> Box<Problem> {
    let fails = |handed: &Value| render(handed).is_err_and(|other| other.span == problem.span);
    let of_page = fails(&of_actions(page, |_| false));
    let mut actions = page.actions.iter().filter(|_| !of_page);
    match actions.find(|action| fails(&alone(page, &action.name.key))) {
        Some(action) => {
            let (resource, action) = (&page.name.key, &action.name.key);
            let at = format!("while `{path}` was made, at `{resource}.{action}`");
            with(problem, &at)
        }
        None => on_page(problem, path),
    }
}

/// What the template of a page is handed, with one action alone.
pub(super) fn alone(page: &Page<'_>, action: &str) -> Value {
    of_actions(page, |key| key == action)
}

fn of_actions(page: &Page<'_>, kept: impl Fn(&str) -> bool) -> Value {
    let mut value = serde_json::to_value(page).unwrap_or_default();
    if let Some(actions) = value.get_mut("actions").and_then(Value::as_array_mut) {
        let key = |action: &Value| action.pointer("/name/key")?.as_str().map(&kept);
        actions.retain(|action| key(action) == Some(true));
    }
    value
}

fn with(mut problem: Box<Problem>, said: &str) -> Box<Problem> {
    problem.message = format!("{}, {said}", problem.message);
    problem
}
