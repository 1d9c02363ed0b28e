//! What the docs of an action and of its setters say.

use super::super::plan::{ActionPlan, Argument, ContentPlan, EventData, ParameterPlan, Ty};
use super::{prose, syntax};

/// What descriptions say of a success when they say nothing.
const SAYS_NOTHING: [&str; 14] = [
    "",
    "ok",
    "response",
    "success",
    "successful",
    "succeeded",
    "accepted",
    "created",
    "no content",
    "default",
    "default response",
    "success response",
    "successful response",
    "successful operation",
];

/// What it does, what it takes, who may call it, what it returns. `module` is where it stands.
pub(super) fn of_action(action: &ActionPlan, module: &str) -> Vec<String> {
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
        lines.extend(arguments.flatten());
    }
    let scopes = scopes(&action.scopes);
    if !scopes.is_empty() {
        begin_paragraph(&mut lines);
        lines.push(scopes);
    }
    let returned = returned(action, module);
    if !returned.is_empty() {
        begin_paragraph(&mut lines);
        lines.extend(returned);
    }
    if let Some(headers) = &action.headers {
        begin_paragraph(&mut lines);
        let names = headers.headers.iter().map(|each| prose::code(&each.wire));
        let mut names: Vec<String> = names.collect();
        names.dedup();
        lines.push(format!(
            "Response headers: {}; [`{}`] reads them.",
            names.join(", "),
            headers.name
        ));
    }
    lines
}

/// What it returns: in the words of the description, or as a link to the type where they say
/// nothing.
fn returned(action: &ActionPlan, module: &str) -> Vec<String> {
    let said = action.success_docs.as_deref().unwrap_or_default();
    let plain = said.trim().trim_end_matches(['.', '!']).to_lowercase();
    if SAYS_NOTHING.contains(&&*plain) {
        let link = link(&action.success, module);
        return link
            .map(|link| format!("Returns {link}."))
            .into_iter()
            .collect();
    }
    prose::labelled("Returns:", said)
}

/// A link to the type of a success, if the crate defines it.
fn link(success: &ContentPlan, module: &str) -> Option<String> {
    let (ty, before) = match success {
        ContentPlan::Choice(name) => return Some(format!("[`{name}`]")),
        ContentPlan::Json(Ty::List(item)) => (&**item, "a list of "),
        ContentPlan::Json(Ty::Option(ty)) => (&**ty, ""),
        ContentPlan::Json(ty) => (ty, ""),
        ContentPlan::Values(ty) => (ty, "values of "),
        ContentPlan::Events(EventData::Kinds(name)) => {
            return Some(format!("events of [`{name}`]"));
        }
        ContentPlan::Events(EventData::Json(ty)) => (ty, "events of "),
        _ => return None,
    };
    let Ty::Named(named) = ty else {
        return None;
    };
    let path = syntax::path(named, Some(module))
        .to_string()
        .replace(' ', "");
    Some(match *path == *named.name {
        true => format!("{before}[`{path}`]"),
        false => format!("{before}[`{}`]({path})", named.name),
    })
}

/// An entry with the name and the text of an argument that has a text.
fn of_argument(action: &ActionPlan, argument: Argument) -> Option<Vec<String>> {
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
    let lines = prose::entry(&format!("{}:", prose::code(name)), docs?);
    (!lines.is_empty()).then_some(lines)
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
