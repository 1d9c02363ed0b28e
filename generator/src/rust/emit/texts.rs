//! What the docs of an action and of its setters say.

use super::super::plan::{ActionPlan, Argument, ParameterPlan};
use super::prose;

/// What it does, what it takes, who may call it, what it returns.
pub(super) fn of_action(action: &ActionPlan) -> Vec<String> {
    let mut lines = action.docs.as_deref().map(prose::lines).unwrap_or_default();
    begin_paragraph(&mut lines);
    let call = format!("{} {}", action.http_method, action.path);
    lines.push(prose::code(&call));
    let arguments = action
        .arguments
        .iter()
        .filter_map(|argument| of_argument(action, *argument));
    let mut arguments = arguments.peekable();
    if arguments.peek().is_some() {
        begin_paragraph(&mut lines);
        lines.extend(arguments);
    }
    let scopes = scopes(&action.scopes);
    if !scopes.is_empty() {
        begin_paragraph(&mut lines);
        lines.push(scopes);
    }
    let returned = action
        .success_docs
        .as_deref()
        .map(prose::lines)
        .unwrap_or_default();
    if let Some((first, rest)) = returned.split_first() {
        begin_paragraph(&mut lines);
        lines.push(format!("Returns: {first}"));
        lines.extend(rest.iter().cloned());
    }
    lines
}

/// `* `name`: text`, of an argument that has a text.
fn of_argument(action: &ActionPlan, argument: Argument) -> Option<String> {
    let (name, docs) = match argument {
        Argument::Parameter(index) => {
            let parameter = action.parameters.get(index)?;
            (&parameter.name, parameter.docs.as_deref())
        }
        Argument::Body => {
            let body = action.body.as_ref()?;
            (&body.name, body.docs.as_deref())
        }
    };
    let text = prose::lines(docs?).join(" ");
    (!text.trim().is_empty()).then(|| format!("* {}: {}", prose::code(name), text.trim()))
}

/// What a parameter means, and what holds when it is not set.
pub(super) fn of_setter(plan: &ParameterPlan) -> Vec<String> {
    let mut lines = match &plan.docs {
        Some(text) => prose::lines(text),
        None => vec![format!("Sets {}.", prose::code(&plan.wire))],
    };
    let note = if plan.from_client.is_some() {
        Some("For this call only; the client has the value for all others.".to_owned())
    } else if let Some(default) = &plan.default {
        Some(format!("Sent as {} unless set.", prose::code(default)))
    } else {
        let default = plan.documented_default.as_ref();
        default.map(|default| format!("Default: {}", prose::code(default)))
    };
    if let Some(note) = note {
        begin_paragraph(&mut lines);
        lines.push(note);
    }
    lines
}

fn begin_paragraph(lines: &mut Vec<String>) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
}

/// What a caller must be allowed to do, in a sentence.
fn scopes(alternatives: &[Vec<String>]) -> String {
    let quoted = |all: &Vec<String>| {
        all.iter()
            .map(|scope| prose::code(scope))
            .collect::<Vec<_>>()
            .join(" and ")
    };
    match alternatives {
        [] => String::new(),
        [all] => format!("Needs {}.", quoted(all)),
        many => {
            let many: Vec<String> = many.iter().map(quoted).collect();
            format!("Needs one of {}.", many.join(", "))
        }
    }
}
