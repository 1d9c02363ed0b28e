//! Resources and their actions.

use std::collections::BTreeMap;

use crate::ir::{
    self, Operation, OperationId, Parameter, PathPart, Place, Response, Shape, Style, TypeId,
    Visibility,
};
use crate::naming::{Scope, kebab, snake, suffixed};
use crate::parallel;

use super::super::plan::{
    AccessPlan, ActionPlan, AnswersPlan, Argument, ContentPlan, ParameterPlan, ResourcePlan,
    SegmentPlan, StreamPlan, Ty, TypePlan, WayPlan,
};
use super::types::best;
use super::{Context, answers, bodies, events, groups, headers, notes, pages, servers};

/// The methods that every request has, and the variable that the emitted code keeps it in.
const REQUEST: [&str; 7] = [
    "send",
    "send_with_meta",
    "options",
    "pages",
    "items",
    "clone",
    "call",
];

/// Methods that every resource has, or that Rust readers, and clippy with them, take for those of
/// the standard library.
const RESOURCE: [&str; 3] = ["clone", "cmp", "new"];

/// The features that every crate has, or may have.
const FEATURES: [&str; 14] = [
    "default",
    "all",
    "blocking",
    "check-values",
    "cli",
    "http2",
    "native-tls",
    "partial-eq",
    "reqwest",
    "rustls",
    "strict",
    "test-util",
    "tower",
    "tracing",
];

/// The plans of all resources; each takes the types of its module out of `defined`.
pub(super) fn resources(
    context: &Context<'_>,
    defined: &mut BTreeMap<Option<String>, Vec<TypePlan>>,
) -> Vec<ResourcePlan> {
    let large = context.api.operations().count() >= groups::LARGE;
    let mut features = Scope::with(&FEATURES);
    let indices: Vec<usize> = (0..context.api.resources.len()).collect();
    let actions = parallel::map(&indices, |index| actions(context, *index));
    let resources = context.api.resources.iter().zip(&context.names.modules);
    resources
        .zip(actions)
        .map(|((resource, names), mut actions)| {
            pages::plan(resource, defined, &mut actions);
            ResourcePlan {
                key: resource.key.clone(),
                module: names.module.clone(),
                feature: large.then(|| {
                    let plain = kebab(&names.module);
                    features.claim([&plain, &format!("{plain}-resource")])
                }),
                handle: names.handle.clone(),
                docs: resource.description.clone(),
                actions,
                types: defined
                    .remove(&Some(names.module.clone()))
                    .unwrap_or_default(),
            }
        })
        .collect()
}

/// The plans of the actions of a resource, which depend on no other resource.
fn actions(context: &Context<'_>, resource: usize) -> Vec<ActionPlan> {
    let mut methods = Scope::with(&RESOURCE);
    let mut actions = Vec::new();
    let operations = context.api.resources[resource].operations.iter();
    for (operation, each) in operations.enumerate() {
        let id = OperationId {
            resource,
            operation,
        };
        let mut plan = action(context, id, each, &mut methods);
        share(&mut plan, &actions);
        actions.push(plan);
    }
    name_other_ways(&mut actions, &mut methods);
    actions
}

/// Gives each further way to send a body a method, after all actions have theirs. A body that is
/// an argument is given to a method of the resource, another to a setter of the request.
fn name_other_ways(actions: &mut [ActionPlan], methods: &mut Scope) {
    for action in actions {
        let Some(body) = &mut action.body else {
            continue;
        };
        for way in &mut body.others {
            way.method = match body.required {
                true => methods.claim([&format!("{}_{}", action.method, way.suffix)]),
                false => format!("{}_{}", body.name, way.suffix),
            };
        }
    }
}

/// Actions that end alike share an enum; the later ones have an alias.
fn share(plan: &mut ActionPlan, before: &[ActionPlan]) {
    fn twin<'a>(
        own: &AnswersPlan,
        mut known: impl Iterator<Item = &'a AnswersPlan>,
    ) -> Option<String> {
        let twin = known.find(|known| known.alias_of.is_none() && answers::same(known, own));
        twin.map(|twin| twin.name.clone())
    }
    let errors = before.iter().map(|action| &action.errors);
    plan.errors.alias_of = twin(&plan.errors, errors);
    if let Some(own) = &mut plan.successes {
        let known = before.iter().filter_map(|action| action.successes.as_ref());
        own.alias_of = twin(own, known);
    }
    headers::share(plan, before);
}

fn action(
    context: &Context<'_>,
    id: OperationId,
    operation: &Operation,
    methods: &mut Scope,
) -> ActionPlan {
    let names = &context.names.modules[id.resource];
    let resource = &context.api.resources[id.resource].key;
    let request = &names.requests[id.operation];
    let plain = snake(&operation.action);
    let mut scope = Scope::with(&REQUEST);
    let method = methods.claim([&plain, &suffixed(&plain, "action")]);
    let mut parameters = Vec::new();
    for each in &operation.parameters {
        parameters.push(parameter(context, each, &mut scope));
    }
    let body = operation
        .body
        .as_ref()
        .and_then(|body| bodies::plan(context, body, &names.forms[id.operation], &mut scope));
    let success = success(operation);
    let events = names.events[id.operation].as_deref();
    let name = &names.successes[id.operation];
    let successes = answers::successes(context, operation, name, events);
    let streams = streams(context, operation, success, events, &mut scope);
    ActionPlan {
        id,
        name: format!("{resource}.{}", operation.action),
        method,
        table: snake(request).trim_end_matches('_').to_uppercase(),
        request: request.clone(),
        http_method: operation.method.as_str().to_owned(),
        path: operation.path.clone(),
        segments: segments(operation),
        docs: docs(operation),
        sample: String::new(),
        access: access(context, operation),
        deprecated: operation.deprecated,
        arguments: arguments(operation),
        body,
        parameters,
        security: security(context, operation),
        server: operation
            .server
            .as_ref()
            .map(|server| servers::plan(server, String::new())),
        events: events::plan(context, operation, events).filter(|_| {
            let mut contents = streams.iter().map(|stream| &stream.content);
            let is_events = |content: &ContentPlan| matches!(content, ContentPlan::Events(_));
            is_events(&successes.content) || contents.any(is_events)
        }),
        successes: successes.choice,
        success: successes.content,
        redirects: answers::redirects(operation),
        success_docs: success.map(|response| response.description.clone()),
        accept: accept(operation, success),
        streams,
        errors: answers::failures(context, operation, &names.errors[id.operation]),
        headers: names.headers[id.operation]
            .as_ref()
            .map(|name| headers::plan(context, operation, name)),
        pages: None,
        limits: None,
    }
}

/// The summary, then the description if it says more.
fn docs(operation: &Operation) -> Option<String> {
    match (&operation.summary, &operation.description) {
        (Some(summary), Some(description)) if summary != description => {
            Some(format!("{summary}\n\n{description}"))
        }
        (summary, description) => summary.clone().or_else(|| description.clone()),
    }
}

fn segments(operation: &Operation) -> Vec<SegmentPlan> {
    let position = |name: &str| {
        operation
            .parameters
            .iter()
            .position(|each| each.place == Place::Path && each.name == name)
    };
    let parts = operation.path_parts.iter();
    let segment = |part: &PathPart| match part {
        PathPart::Text(text) => SegmentPlan::Text(text.clone()),
        PathPart::Parameter(name) => match position(name) {
            Some(index) => SegmentPlan::Parameter(index),
            None => SegmentPlan::Text(format!("{{{name}}}")),
        },
    };
    parts.map(segment).collect()
}

/// A parameter with a name of its own in `scope`.
pub(super) fn parameter(
    context: &Context<'_>,
    parameter: &Parameter,
    scope: &mut Scope,
) -> ParameterPlan {
    let plain = snake(&parameter.name);
    let place = match parameter.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
        Place::Querystring => "querystring",
    };
    let usual_style = match parameter.place {
        Place::Path | Place::Header => Style::Simple,
        Place::Query | Place::Cookie | Place::Querystring => Style::Form,
    };
    let said = |word: &str| {
        let content = parameter.content.as_deref();
        content.is_some_and(|said| said.contains(word))
    };
    ParameterPlan {
        wire: parameter.name.clone(),
        name: scope.claim([&plain, &suffixed(&plain, place)]),
        docs: parameter.description.clone(),
        place,
        required: parameter.required,
        ty: parameter_type(context, parameter),
        style: Some(parameter.style).filter(|style| *style != usual_style),
        json: said("json"),
        text: parameter.place == Place::Querystring && !said("json") && !said("form"),
        fields: parameter
            .encoding
            .iter()
            .filter_map(bodies::style)
            .collect(),
        explode: Some(parameter.explode).filter(|explode| {
            *explode != parameter.style.explodes() && has_parts(context, parameter.ty)
        }),
        allow_reserved: parameter.allow_reserved,
        default: constant_default(parameter),
        documented_default: default_text(parameter),
        accepted: accepted(context, parameter),
        notes: notes::of_parameter(parameter, context.api.types.get(parameter.ty)),
        from_client: context.client.shared(&parameter.name, parameter.place),
        deprecated: parameter.deprecated,
    }
}

/// The values that are listed for a parameter, or for the items of a list.
fn accepted(context: &Context<'_>, parameter: &Parameter) -> Vec<String> {
    let types = &context.api.types;
    let shape = |ty| &types.get(types.resolve(ty)).shape;
    let shape = match shape(parameter.ty) {
        Shape::List(item) => shape(*item),
        own => own,
    };
    let Shape::Enum(values) = shape else {
        return Vec::new();
    };
    let values = values.iter().map(|each| &each.value);
    let values = values.filter(|value| !value.is_null());
    values.map(notes::text).collect()
}

fn parameter_type(context: &Context<'_>, parameter: &Parameter) -> Ty {
    match context.value_type(parameter.ty) {
        Ty::Option(inner) => *inner,
        ty => ty,
    }
}

/// What is sent though nobody asks for it: the default of a parameter that docs do not show.
fn constant_default(parameter: &Parameter) -> Option<String> {
    default_text(parameter).filter(|_| parameter.visibility == Visibility::Internal)
}

/// The default as text.
fn default_text(parameter: &Parameter) -> Option<String> {
    let default = parameter.default.as_ref()?;
    let text = default.as_str().map(str::to_owned);
    Some(text.unwrap_or_else(|| default.to_string()))
}

/// Required values: path parameters, the body, then the others; `x-position` moves the body.
fn arguments(operation: &Operation) -> Vec<Argument> {
    let wanted = |parameter: &Parameter| {
        let sent_anyway = constant_default(parameter).is_some();
        parameter.required && !sent_anyway && parameter.scope == ir::Scope::Call
    };
    let of = |in_path: bool| {
        let all = operation.parameters.iter().enumerate();
        all.filter(move |(_, each)| (each.place == Place::Path) == in_path && wanted(each))
            .map(|(index, _)| Argument::Parameter(index))
    };
    let mut arguments: Vec<Argument> = of(true).collect();
    let after_path = arguments.len();
    arguments.extend(of(false));
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        let place = body
            .position
            .map_or(after_path, |position| position.saturating_sub(1));
        arguments.insert(place.min(arguments.len()), Argument::Body);
    }
    arguments
}

/// Who may call it; nothing is said in an API that knows no credentials.
fn access(context: &Context<'_>, operation: &Operation) -> Option<AccessPlan> {
    let schemes = &context.api.schemes;
    let access = operation.access();
    let ways = access.ways.into_iter().map(|way| WayPlan {
        schemes: way
            .schemes
            .iter()
            .map(|&id| (schemes[id.0].key.clone(), context.client.credential(id)))
            .collect(),
        scopes: way.scopes,
    });
    (!schemes.is_empty()).then(|| AccessPlan {
        need: access.need,
        ways: ways.collect(),
    })
}

fn security(context: &Context<'_>, operation: &Operation) -> Vec<Vec<usize>> {
    let mut alternatives: Vec<Vec<usize>> = Vec::new();
    for requirement in &operation.security {
        let parts = requirement.parts.iter();
        let all = parts
            .filter_map(|part| context.client.credential(part.scheme))
            .collect();
        if !alternatives.contains(&all) {
            alternatives.push(all);
        }
    }
    alternatives
}

/// Whether a value has parts that could be written apart: 2.0 says of each number that it is not.
fn has_parts(context: &Context<'_>, ty: TypeId) -> bool {
    let types = &context.api.types;
    !matches!(
        types.get(types.resolve(ty)).shape,
        Shape::Boolean | Shape::Integer | Shape::Number | Shape::String | Shape::Enum(_)
    )
}

/// The success that stands for all in the docs, and that has the pages: the first with content,
/// else the first.
fn success(operation: &Operation) -> Option<&Response> {
    let successes = answers::successful(operation);
    let mut with_content = successes.iter().filter(|each| !each.content.is_empty());
    with_content.next().or(successes.first()).copied()
}

/// The media types that the documented responses come in, the success's first; those that a
/// client would rather not get have a lower weight (RFC 9110, 12.4.2).
fn accept(operation: &Operation, success: Option<&Response>) -> Option<String> {
    let mut accepted: Vec<String> = Vec::new();
    let others = operation.responses.iter();
    for response in success.into_iter().chain(others) {
        if let Some(media) = best(&answers::read_whole(operation, response))
            && !accepted.iter().any(|known| known == media.asked_name())
        {
            accepted.push(media.asked_name().to_owned());
        }
    }
    for response in answers::successful(operation) {
        for media in answers::others(&answers::read_whole(operation, response)) {
            let second = format!("{};q=0.5", media.name);
            if !accepted.contains(&media.name) && !accepted.contains(&second) {
                accepted.push(second);
            }
        }
    }
    (!accepted.is_empty()).then(|| accepted.join(", "))
}

/// The successes that arrive bit by bit where others come whole, each with a method of its own
/// (`Accept`: RFC 9110, 12.5.1).
fn streams(
    context: &Context<'_>,
    operation: &Operation,
    success: Option<&Response>,
    events: Option<&str>,
    scope: &mut Scope,
) -> Vec<StreamPlan> {
    let usual = accept(operation, success).unwrap_or_default();
    let others: Vec<&str> = usual.split(", ").filter(|each| !each.is_empty()).collect();
    let streams = answers::streams(context, operation, events).into_iter();
    let plans = streams.map(|(media, content)| {
        let second = |media: &&str| match media.contains(";q=") {
            true => (*media).to_owned(),
            false => format!("{media};q=0.5"),
        };
        let asked = [media.name.clone()].into_iter();
        let asked: Vec<String> = asked.chain(others.iter().map(second)).collect();
        let word = match content {
            ContentPlan::Events(_) => "send_events",
            _ => "send_values",
        };
        StreamPlan {
            method: scope.claim([word, &format!("{word}_of")]),
            media_type: media.essence(),
            accept: asked.join(", "),
            content,
        }
    });
    plans.collect()
}
