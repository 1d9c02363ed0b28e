//! The types that an operation mentions itself, and what each place wishes to call them.

use crate::ir::{Operation, Response, Status, TypeId};

use super::answers;

/// A type that an operation mentions itself.
pub(super) struct Mention {
    pub(super) ty: TypeId,
    /// A short name where the place has one, and one that no other place wishes for: it begins with
    /// the action, or names the component.
    pub(super) wishes: [String; 2],
    /// Whether it is written in a component, so that nothing but that gives the name.
    of_component: bool,
}

impl Mention {
    fn new(ty: TypeId, wishes: [String; 2]) -> Self {
        Self {
            ty,
            wishes,
            of_component: false,
        }
    }

    /// One in a response or a body: called by the key of the component, else by its place in the
    /// action.
    fn content(ty: TypeId, component: Option<&str>, what: &str, in_action: &str) -> Self {
        match component {
            Some(key) => Self {
                ty,
                wishes: [key.to_owned(), format!("{key} {what}")],
                of_component: true,
            },
            None => Self::new(ty, [in_action.to_owned(), in_action.to_owned()]),
        }
    }

    /// The names to wish for where the actions of other resources have theirs, too.
    pub(super) fn beyond(self, resource: &str) -> [String; 2] {
        let [short, long] = self.wishes;
        match self.of_component {
            true => [short, long],
            false => [short, format!("{resource} {long}")],
        }
    }
}

/// The types that an operation mentions; `request` is the name of its request.
pub(super) fn mentioned(operation: &Operation, request: &str) -> Vec<Mention> {
    let mut mentioned = Vec::new();
    for parameter in &operation.parameters {
        let long = format!("{request} {}", parameter.name);
        let wishes = [parameter.name.clone(), long];
        mentioned.push(Mention::new(parameter.ty, wishes));
    }
    if let Some(body) = &operation.body {
        let name = format!("{request} {}", body.name);
        let key = body.component.as_deref();
        let types = body.content.iter().filter_map(|media| media.ty);
        mentioned.extend(types.map(|ty| Mention::content(ty, key, "body", &name)));
    }
    for response in &operation.responses {
        mentioned.extend(mentioned_in(response, request));
    }
    mentioned
}

fn mentioned_in(response: &Response, request: &str) -> Vec<Mention> {
    let mut mentioned = Vec::new();
    let suffix = match response.status {
        Status::Code(code) if code < 300 => "response".to_owned(),
        status => answers::variant_name(status),
    };
    let name = format!("{request} {suffix}");
    let key = response.component.as_deref();
    for media in &response.content {
        let types = media.ty.filter(|_| media.events.is_empty());
        mentioned.extend(types.map(|ty| Mention::content(ty, key, "response", &name)));
        mentioned.extend(media.events.iter().filter_map(|kind| {
            let word = kind.names.first().map_or("event", String::as_str);
            let name = format!("{request} {word}");
            Some(Mention::new(kind.data?, [name.clone(), name]))
        }));
    }
    mentioned.extend(response.headers.iter().map(|header| {
        let long = format!("{request} {}", header.name);
        Mention::new(header.ty, [header.name.clone(), long])
    }));
    mentioned
}
