//! The server-sent events of an action: what their data is, and the enum of their kinds.

use crate::ir::{EventKind, Operation};
use crate::naming::{Scope, pascal};

use super::super::plan::{ContentPlan, EventData, EventVariant, EventsPlan, Ty};
use super::{Context, answers, size};

/// The kinds of event of a success; empty if it is no stream or they are not described.
fn kinds(operation: &Operation) -> &[EventKind] {
    let successes = answers::successful(operation);
    let mut media = successes.into_iter().flat_map(|success| &success.content);
    let described = media.find(|media| !media.events.is_empty());
    described.map_or(&[], |media| &media.events)
}

/// Whether the kinds are told apart by name.
pub(super) fn are_named(operation: &Operation) -> bool {
    kinds(operation).iter().any(|kind| !kind.names.is_empty())
}

/// A success that is a stream of events; `name` is what the enum of their kinds is called.
pub(super) fn content(
    context: &Context<'_>,
    kinds: &[EventKind],
    name: Option<&str>,
) -> ContentPlan {
    ContentPlan::Events(match (name, kinds) {
        (Some(name), _) => EventData::Kinds(name.to_owned()),
        (None, [only]) => of_kind(context, only),
        (None, _) => EventData::Text,
    })
}

fn of_kind(context: &Context<'_>, kind: &EventKind) -> EventData {
    let Some(ty) = kind.data else {
        return EventData::Text;
    };
    match context.value_type(ty) {
        ty if kind.json => EventData::Json(ty),
        Ty::Option(inner) => EventData::Plain(*inner),
        ty => EventData::Plain(ty),
    }
}

/// The enum of the kinds, where they have names.
pub(super) fn plan(
    context: &Context<'_>,
    operation: &Operation,
    name: Option<&str>,
) -> Option<EventsPlan> {
    let name = name?;
    let mut scope = Scope::with(&["Unrecognized"]);
    let (named, others): (Vec<_>, Vec<_>) = kinds(operation)
        .iter()
        .partition(|kind| !kind.names.is_empty());
    let mut variants: Vec<EventVariant> = Vec::new();
    // What has no name is what all other events are; there can be but one such kind.
    for kind in named.into_iter().chain(others.into_iter().take(1)) {
        let known = |wire: &&String| variants.iter().any(|each| each.wires.contains(wire));
        let wires: Vec<String> = kind
            .names
            .iter()
            .filter(|name| !known(name))
            .cloned()
            .collect();
        if wires.is_empty() && !kind.names.is_empty() {
            continue;
        }
        let plain = wires
            .first()
            .map_or("Message".to_owned(), |wire| pascal(wire));
        let data = of_kind(context, kind);
        variants.push(EventVariant {
            name: scope.claim([&plain, &format!("{plain}Event")]),
            wires,
            docs: kind.description.clone(),
            boxed: size(context, &data) > size::LARGEST,
            data,
        });
    }
    Some(EventsPlan {
        name: name.to_owned(),
        variants,
    })
}

fn size(context: &Context<'_>, data: &EventData) -> usize {
    match data {
        EventData::Json(ty) | EventData::Plain(ty) => size::of(context, ty),
        EventData::Text | EventData::Kinds(_) => 0,
    }
}
