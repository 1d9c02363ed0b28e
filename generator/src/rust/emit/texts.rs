//! What the docs of an action and of its setters say.

use super::super::plan::{
    ActionPlan, Argument, ClientPlan, ContentPlan, EventData, ParameterPlan, Ty,
};
use super::{access, answers, prose, syntax};

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
pub(super) fn of_action(action: &ActionPlan, client: &ClientPlan, module: &str) -> Vec<String> {
    let mut lines = action.docs.as_deref().map(prose::lines).unwrap_or_default();
    begin_paragraph(&mut lines);
    let call = format!("{} {}", action.http_method, action.path);
    lines.push(prose::code(&call));
    let arguments = action.arguments.iter();
    let arguments = arguments.filter_map(|argument| of_argument(action, *argument));
    let arguments = list(arguments.collect());
    if !arguments.is_empty() {
        begin_paragraph(&mut lines);
        lines.extend(arguments);
    }
    if let Some(access) = &action.access {
        begin_paragraph(&mut lines);
        lines.extend(access::of_action(access, client));
    }
    let returned = returned(action, module);
    if !returned.is_empty() {
        begin_paragraph(&mut lines);
        lines.extend(returned);
    }
    let failures = failures(action);
    if !failures.is_empty() {
        begin_paragraph(&mut lines);
        lines.extend(failures);
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

/// The documented failures, and the enum that they are variants of.
fn failures(action: &ActionPlan) -> Vec<String> {
    let errors = &action.errors;
    if errors.variants.is_empty() {
        return Vec::new();
    }
    let variants = errors.variants.iter().map(|variant| {
        let status = answers::status(variant);
        let text = variant.docs.as_deref().unwrap_or_default();
        match prose::entry(&format!("{status}:"), text) {
            entry if entry.is_empty() => vec![format!("* {status}")],
            entry => entry,
        }
    });
    let mut lines = vec![
        format!("Documented failures, as [`{}`]:", errors.name),
        String::new(),
    ];
    lines.extend(list(variants.collect()));
    lines
}

/// The lines of entries, parted by blank ones if an entry has such lines itself.
fn list(entries: Vec<Vec<String>>) -> Vec<String> {
    let is_loose = entries.iter().flatten().any(String::is_empty);
    let mut lines = Vec::new();
    for entry in entries {
        if is_loose {
            begin_paragraph(&mut lines);
        }
        lines.extend(entry);
    }
    lines
}

/// A call, which rustdoc compiles.
pub(super) fn sample(statements: &str, crate_name: &str) -> Vec<String> {
    let crate_name = crate_name.replace('-', "_");
    let begin = format!(
        "# async fn example(client: {crate_name}::Client) -> Result<(), Box<dyn std::error::Error>> {{"
    );
    prose::run(&begin, statements)
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
    let (name, docs, notes) = match argument {
        Argument::Parameter(index) => {
            let parameter = action.parameters.get(index)?;
            (&parameter.name, &parameter.docs, values(parameter))
        }
        Argument::Body => {
            let body = action.body.as_ref()?;
            (&body.name, &body.docs, Vec::new())
        }
    };
    let name = prose::code(name);
    let mut lines = prose::entry(&format!("{name}:"), docs.as_deref().unwrap_or_default());
    if lines.is_empty() && !notes.is_empty() {
        lines.push(format!("* {name}"));
    }
    for note in notes {
        lines.extend([String::new(), format!("  {note}")]);
    }
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
    for note in note.into_iter().chain(values(plan)) {
        begin_paragraph(&mut lines);
        lines.push(note);
    }
    lines
}

/// Which values a parameter may have.
fn values(plan: &ParameterPlan) -> Vec<String> {
    let accepted: Vec<String> = plan
        .accepted
        .iter()
        .map(|value| prose::code(value))
        .collect();
    let accepted =
        (!accepted.is_empty()).then(|| format!("Accepted values: {}", accepted.join(", ")));
    let notes = plan.notes.iter();
    let notes = notes.map(|note| format!("{}: {}", note.label, prose::code(&note.value)));
    accepted.into_iter().chain(notes).collect()
}

fn begin_paragraph(lines: &mut Vec<String>) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
}
