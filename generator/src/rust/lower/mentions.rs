//! The types that an operation mentions itself, and what each place wishes to call them.

use crate::ir::{Operation, Response, Shape, Status, Type, TypeId, Types};

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

/// Whether a type may get its name from where it is used, or hold one that may. Most do not.
pub(super) fn is_open(ty: &Type) -> bool {
    let is_plain = matches!(
        ty.shape,
        Shape::Any | Shape::Boolean | Shape::Integer | Shape::Number | Shape::String
    );
    ty.key.is_none() && !is_plain
}

/// The types that an operation mentions and that are open; `request` is the name of its request.
pub(super) fn mentioned(types: &Types, operation: &Operation, request: &str) -> Vec<Mention> {
    let is_open = |ty: &TypeId| is_open(types.get(*ty));
    let mut mentioned = Vec::new();
    for parameter in operation.parameters.iter().filter(|it| is_open(&it.ty)) {
        let long = format!("{request} {}", parameter.name);
        let wishes = [parameter.name.clone(), long];
        mentioned.push(Mention::new(parameter.ty, wishes));
    }
    if let Some(body) = &operation.body {
        let name = format!("{request} {}", body.name);
        let key = body.component.as_deref();
        let types = body.content.iter().filter_map(|media| media.ty);
        let types = types.filter(is_open);
        mentioned.extend(types.map(|ty| Mention::content(ty, key, "body", &name)));
    }
    for response in &operation.responses {
        mentioned.extend(mentioned_in(response, request, is_open));
    }
    mentioned
}

fn mentioned_in(
    response: &Response,
    request: &str,
    is_open: impl Fn(&TypeId) -> bool,
) -> Vec<Mention> {
    let mut mentioned = Vec::new();
    let suffix = match response.status {
        Status::Code(code) if code < 300 => "response".to_owned(),
        status => answers::variant_name(status),
    };
    let name = format!("{request} {suffix}");
    let key = response.component.as_deref();
    for media in &response.content {
        let types = media
            .ty
            .filter(|_| media.events.is_empty())
            .filter(&is_open);
        mentioned.extend(types.map(|ty| Mention::content(ty, key, "response", &name)));
        mentioned.extend(media.events.iter().filter_map(|kind| {
            let data = kind.data.filter(&is_open)?;
            let word = kind.names.first().map_or("event", String::as_str);
            let name = format!("{request} {word}");
            Some(Mention::new(data, [name.clone(), name]))
        }));
    }
    let headers = response.headers.iter().filter(|it| is_open(&it.ty));
    mentioned.extend(headers.map(|header| {
        let long = format!("{request} {}", header.name);
        Mention::new(header.ty, [header.name.clone(), long])
    }));
    mentioned
}
