//! A first command of the crate's command line, as somebody would type it: with all that it needs,
//! so that it runs as it stands once the credentials are in the environment.

use serde_json::Value;

use super::plan::{ActionPlan, CommandGroupPlan, CommandPlan, CratePlan, FlagPlan, ParameterPlan};
use super::sample::placeholder;
use crate::ir::{self, Api};
use crate::passes::examples::Examples;

/// How long a line of a README may be.
const WIDTH: usize = 100;

/// The first command that only reads, if there is one.
pub(super) fn first_command(api: &Api, plan: &CratePlan) -> Option<String> {
    let (group, action, command) = first_read(plan)?;
    let operation = &api.resources[action.id.resource].operations[action.id.operation];
    let examples = Examples::new(api);
    let own = command.flags.iter().filter(|flag| flag.required);
    let own = own.map(|flag| {
        let (parameter, plan) = (&operation.parameters[flag.at], &action.parameters[flag.at]);
        said(flag, &value(api, &examples, parameter, plan))
    });
    let needed = plan.command_line.settings.iter();
    let needed = needed.filter(|flag| flag.required);
    let settings = needed.filter_map(|flag| {
        let plan = &plan.client.parameters[flag.at];
        let mut operations = api.operations();
        let parameter = operations.find_map(|(_, _, operation)| {
            let mut parameters = operation.parameters.iter();
            parameters.find(|each| each.name == plan.wire)
        })?;
        Some(said(flag, &value(api, &examples, parameter, plan)))
    });
    let program = &plan.command_line.program;
    let command = format!("{program} {} {}", group.name, command.name);
    Some(laid_out(command, own.chain(settings)))
}

fn first_read(plan: &CratePlan) -> Option<(&CommandGroupPlan, &ActionPlan, &CommandPlan)> {
    let groups = plan.resources.iter().zip(&plan.command_line.resources);
    let mut all = groups.flat_map(|(resource, group)| {
        let actions = resource.actions.iter().zip(&group.actions);
        actions.map(move |(action, command)| (group, action, command))
    });
    all.find(|(_, action, _)| action.http_method == "GET" && action.body.is_none())
}

/// The value that the sample of a call has, too.
fn value(
    api: &Api,
    examples: &Examples<'_>,
    parameter: &ir::Parameter,
    plan: &ParameterPlan,
) -> Value {
    let given = parameter.example.as_ref().or(parameter.default.as_ref());
    let format = api.types.get(parameter.ty).format.as_deref();
    let made = || placeholder(&plan.ty, &plan.name, format);
    let value = given.cloned().or_else(made);
    value.unwrap_or_else(|| examples.brief(parameter.ty))
}

/// A flag with its value; a list is the flag with each of its items.
fn said(flag: &FlagPlan, value: &Value) -> String {
    let one = |value: &Value| format!("--{} {}", flag.flag, word(value));
    match value {
        Value::Array(items) if flag.many => items.iter().map(one).collect::<Vec<_>>().join(" "),
        value => one(value),
    }
}

/// A value as a word of a shell, on one line.
fn word(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.replace(char::is_control, " "),
        other => other.to_string(),
    };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:@%+,".contains(letter);
    match !text.is_empty() && text.chars().all(plain) {
        true => text,
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

/// On one line, if it is not too long; else each flag on its own.
fn laid_out(command: String, flags: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = std::iter::once(command).chain(flags).collect();
    let line = words.join(" ");
    match line.chars().count() <= WIDTH {
        true => line,
        false => words.join(" \\\n  "),
    }
}
