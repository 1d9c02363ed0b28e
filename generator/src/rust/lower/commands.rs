//! The command line: names of commands and flags, what each flag takes, and the texts of the help.
//!
//! A flag is called as on the wire, in kebab case. One that would be called like a flag that every
//! command has, or like another of its action, gets a word behind it, or before it if it is a
//! field of a body.

use crate::ir::{EnumValue, MediaType, Operation, Parameter, Record, Shape, TypeId, Visibility};
use crate::naming::{Scope, kebab, snake, with_article};
use crate::parallel;

use super::super::plan::{
    BodyContent, ClientPlan, CommandGroupPlan, CommandLinePlan, CommandPlan, FlagKind, FlagPlan,
    FormPlan, PartKind, ResourcePlan, ServerVariablePlan,
};
use super::Context;
use super::enums::EnumKind;
use super::types::best;

/// The flags of every command.
const FLAGS: [&str; 12] = [
    "help",
    "print-version",
    "output",
    "columns",
    "query",
    "save",
    "verbose",
    "base-url",
    "timeout",
    "retries",
    "header",
    "server",
];

/// The flags of commands that send a body.
const OF_BODIES: [&str; 3] = ["body", "content-type", "part"];

/// The commands that are there whatever the API has.
const COMMANDS: [&str; 2] = ["completions", "help"];

/// Names of programs that cargo has other folders for.
const TAKEN_PROGRAMS: [&str; 4] = ["build", "deps", "examples", "incremental"];

/// The plan of the command line.
pub(super) fn plan(
    context: &Context<'_>,
    name: &str,
    client: &ClientPlan,
    resources: &[ResourcePlan],
) -> CommandLinePlan {
    let mut flags = Scope::with(&FLAGS);
    let settings = settings(context, client, &mut flags);
    let variables = client.server_variables.iter();
    let variables: Vec<FlagPlan> = variables.map(|it| variable(it, &mut flags)).collect();
    let own = settings.iter().chain(&variables);
    let of_own = own.clone().map(|flag| flag.flag.as_str());
    let globals: Vec<&str> = FLAGS.into_iter().chain(of_own).collect();
    let prefix = upper(name);
    let mut taken = Scope::with(&["BASE_URL", "SERVER"]);
    for flag in own {
        taken.claim([&upper(&flag.flag)]);
    }
    let credentials = client.schemes.iter().map(|scheme| {
        let plain = upper(&scheme.key);
        let variable = taken.claim([&plain, &format!("{plain}_CREDENTIAL")]);
        let about = scheme.docs.as_deref().map(text).unwrap_or_default();
        (format!("{prefix}_{variable}"), about)
    });
    let credentials = credentials.collect();
    let mut commands = Scope::with(&COMMANDS);
    let groups: Vec<_> = context.api.resources.iter().zip(resources).collect();
    let actions = parallel::map(&groups, |(resource, plan)| {
        let mut names = Scope::with(&COMMANDS);
        let actions = resource.operations.iter().zip(&plan.actions);
        let actions = actions.map(|(operation, plan)| {
            let plain = kebab(&operation.action);
            let name = names.claim([&plain, &format!("{plain}-action")]);
            action(context, operation, plan, name, &globals)
        });
        actions.collect()
    });
    let resources = groups.iter().zip(actions).map(|((resource, _), actions)| {
        let plain = kebab(&resource.key);
        CommandGroupPlan {
            name: commands.claim([&plain, &format!("{plain}-resource")]),
            about: match &resource.description {
                Some(said) => text(said),
                None => format!("The actions of {}", resource.key),
            },
            actions,
        }
    });
    CommandLinePlan {
        program: match TAKEN_PROGRAMS.contains(&name) {
            true => format!("{name}-cli"),
            false => name.to_owned(),
        },
        about: text(&format!(
            "Calls {}, version {}",
            with_article(&super::one_line(&context.api.title)),
            super::one_line(&context.api.version)
        )),
        resources: resources.collect(),
        prefix,
        credentials,
        servers: servers(client),
        variables,
        settings,
    }
}

/// `LOSANT_INVITES`
fn upper(name: &str) -> String {
    snake(name).trim_end_matches('_').to_uppercase()
}

fn servers(client: &ClientPlan) -> Vec<String> {
    let mut names = Scope::default();
    match &client.servers[..] {
        [] | [_] => Vec::new(),
        several => several
            .iter()
            .map(|server| names.claim([&kebab(&server.variant)]))
            .collect(),
    }
}

fn settings(context: &Context<'_>, client: &ClientPlan, scope: &mut Scope) -> Vec<FlagPlan> {
    let of_api = |wire: &str, place: &str| {
        let operations = context.api.operations();
        let mut all = operations.flat_map(|(_, _, operation)| &operation.parameters);
        all.find(|each| {
            let shared = context.client.shared(&each.name, each.place);
            shared.is_some() && each.name == wire && place == place_word(each)
        })
    };
    let plans = client.parameters.iter().enumerate();
    plans
        .filter_map(|(at, plan)| {
            let parameter = of_api(&plan.wire, plan.place)?;
            let mut flag = parameter_flag(context, parameter, at, scope);
            flag.required = plan.required && plan.default.is_none();
            Some(flag)
        })
        .collect()
}

fn place_word(parameter: &Parameter) -> &'static str {
    use crate::ir::Place;
    match parameter.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
        Place::Querystring => "querystring",
    }
}

fn variable(plan: &ServerVariablePlan, scope: &mut Scope) -> FlagPlan {
    let plain = kebab(&plan.wire);
    let choices = plan.choice.iter().flat_map(|choice| &choice.variants);
    FlagPlan {
        flag: scope.claim([&plain, &format!("{plain}-variable")]),
        wire: plan.wire.clone(),
        about: plan.docs.as_deref().map(text).unwrap_or_default(),
        choices: choices.map(|variant| variant.wire.clone()).collect(),
        default: Some(plan.default.clone()),
        ..blank()
    }
}

fn action(
    context: &Context<'_>,
    operation: &Operation,
    plan: &super::super::plan::ActionPlan,
    name: String,
    globals: &[&str],
) -> CommandPlan {
    let mut scope = Scope::with(globals);
    if plan.pages.is_some() {
        scope.claim(["all"]);
    }
    if !plan.streams.is_empty() {
        scope.claim(["stream"]);
    }
    if plan.body.is_some() {
        for flag in OF_BODIES {
            scope.claim([flag]);
        }
    }
    let parameters = operation.parameters.iter().zip(&plan.parameters);
    let own = parameters
        .enumerate()
        .filter(|(_, (_, plan))| plan.from_client.is_none());
    let flags = own
        .map(|(at, (parameter, _))| parameter_flag(context, parameter, at, &mut scope))
        .collect();
    let media = operation.body.as_ref();
    let media = media.and_then(|body| best(&body.content));
    let content = plan.body.as_ref().map(|body| &body.usual.content);
    let (object, fields) = match (media, content) {
        (Some(media), Some(content)) => fields(context, media, content, &mut scope),
        _ => (false, Vec::new()),
    };
    let body = plan.body.as_ref().and_then(|body| body.docs.as_deref());
    CommandPlan {
        name,
        about: match plan.docs.as_deref().map(text) {
            Some(about) if !about.is_empty() => about,
            _ => format!("{} {}", plan.http_method, text(&plan.path)),
        },
        flags,
        fields,
        object,
        body: body.map(text).unwrap_or_default(),
    }
}

fn parameter_flag(
    context: &Context<'_>,
    parameter: &Parameter,
    at: usize,
    scope: &mut Scope,
) -> FlagPlan {
    let plain = kebab(&parameter.name);
    let default = parameter.default.as_ref().map(shown);
    let rare = parameter.visibility == Visibility::Internal;
    FlagPlan {
        flag: scope.claim([&plain, &format!("{plain}-parameter")]),
        at,
        about: parameter
            .description
            .as_deref()
            .map(text)
            .unwrap_or_default(),
        required: parameter.required && !(rare && default.is_some()),
        deprecated: parameter.deprecated,
        rare,
        default: default.map(|default| text(&default)),
        ..of_type(context, parameter.ty)
    }
}

/// Whether the body is an object of JSON, and the flags of its fields or parts.
fn fields(
    context: &Context<'_>,
    media: &MediaType,
    content: &BodyContent,
    scope: &mut Scope,
) -> (bool, Vec<FlagPlan>) {
    let types = &context.api.types;
    let shape = media.ty.map(|ty| &types.get(types.resolve(ty)).shape);
    match (content, shape) {
        (BodyContent::Json(_) | BodyContent::Form { .. }, Some(Shape::Record(record))) => {
            (true, of_record(context, record, None, scope))
        }
        (BodyContent::Json(_), Some(Shape::Map(_))) => (true, Vec::new()),
        (BodyContent::Parts(form), Some(Shape::Record(record))) => {
            (false, of_record(context, record, form.as_ref(), scope))
        }
        _ => (false, Vec::new()),
    }
}

fn of_record(
    context: &Context<'_>,
    record: &Record,
    form: Option<&FormPlan>,
    scope: &mut Scope,
) -> Vec<FlagPlan> {
    let sent = record.fields.iter().filter(|field| !field.read_only);
    sent.map(|field| {
        let ty = context.api.types.get(field.ty);
        let plain = kebab(&field.name);
        let flag = FlagPlan {
            flag: scope.claim([&plain, &format!("body-{plain}")]),
            wire: field.name.clone(),
            about: field.description.as_deref().map(text).unwrap_or_default(),
            required: field.required && !field.conditional,
            deprecated: field.deprecated,
            default: ty.default.as_ref().map(|default| text(&shown(default))),
            ..of_type(context, field.ty)
        };
        let part = form.and_then(|form| form.parts.iter().find(|part| part.wire == field.name));
        match part.map(|part| &part.kind) {
            Some(PartKind::File) => file(flag, false),
            Some(PartKind::Files) => file(flag, true),
            _ => flag,
        }
    })
    .collect()
}

fn file(flag: FlagPlan, many: bool) -> FlagPlan {
    FlagPlan {
        kind: FlagKind::File,
        choices: Vec::new(),
        many,
        ..flag
    }
}

/// A flag of which nothing is known.
fn blank() -> FlagPlan {
    FlagPlan {
        flag: String::new(),
        at: 0,
        wire: String::new(),
        about: String::new(),
        kind: FlagKind::Text,
        choices: Vec::new(),
        many: false,
        required: false,
        deprecated: false,
        rare: false,
        default: None,
    }
}

/// A flag for values of a type.
fn of_type(context: &Context<'_>, id: TypeId) -> FlagPlan {
    let types = &context.api.types;
    if let Shape::List(item) = types.get(types.resolve(id)).shape {
        let (kind, choices) = single(context, item);
        return FlagPlan {
            kind,
            choices,
            many: true,
            ..blank()
        };
    }
    let (kind, choices) = single(context, id);
    FlagPlan {
        kind,
        choices,
        ..blank()
    }
}

/// What one value of a type is on the command line.
fn single(context: &Context<'_>, id: TypeId) -> (FlagKind, Vec<String>) {
    let types = &context.api.types;
    let kind = match &types.get(types.resolve(id)).shape {
        Shape::Boolean => FlagKind::Boolean,
        Shape::Integer => FlagKind::Integer,
        Shape::Number => FlagKind::Number,
        Shape::String => FlagKind::Text,
        Shape::Enum(values) => return of_enum(values),
        Shape::List(_) | Shape::Tuple(_) | Shape::Map(_) | Shape::Record(_) => FlagKind::Json,
        Shape::Union(union) => {
            let is_object = |ty: &TypeId| {
                let shape = &types.get(types.resolve(*ty)).shape;
                matches!(shape, Shape::Record(_) | Shape::Map(_))
            };
            match union.variants.iter().all(is_object) {
                true => FlagKind::Json,
                false => FlagKind::Any,
            }
        }
        Shape::Any | Shape::Alias(_) => FlagKind::Any,
    };
    (kind, Vec::new())
}

fn of_enum(values: &[EnumValue]) -> (FlagKind, Vec<String>) {
    let known = values.iter().filter(|each| !each.value.is_null());
    let known: Vec<EnumValue> = known.cloned().collect();
    let kind = match EnumKind::of(&known) {
        EnumKind::Text => FlagKind::Text,
        EnumKind::Whole => FlagKind::Integer,
        EnumKind::Number => FlagKind::Number,
        EnumKind::Boolean => FlagKind::Boolean,
        EnumKind::Mixed => FlagKind::Any,
        EnumKind::Other => return (FlagKind::Json, Vec::new()),
    };
    let mut choices: Vec<String> = Vec::new();
    for value in &known {
        let choice = shown(&value.value);
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    }
    // What a terminal would not show cannot be chosen from.
    let unfit = |choice: &String| choice.is_empty() || choice.contains(is_unprintable);
    match choices.iter().any(unfit) {
        true => (kind, Vec::new()),
        false => (kind, choices),
    }
}

/// A value as it is written on the command line.
fn shown(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A text of the description for a terminal: its lines, without what a terminal would take for
/// orders.
fn text(said: &str) -> String {
    let lines = said
        .trim()
        .lines()
        .map(|line| line.trim_end().replace(is_unprintable, " "));
    let lines: Vec<String> = lines.collect();
    lines.join("\n")
}

fn is_unprintable(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
