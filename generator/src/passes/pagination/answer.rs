//! The answer that may be a page: its items, and what it says of itself.

use super::names;
use crate::ir::{Field, Operation, PathPart, Record, Response, Shape, Type, TypeId, Types};

/// What a page says of itself stands this deep at most: `meta.cursors.after`.
const DEEPEST: usize = 3;

/// The success of an operation.
pub(super) struct Answer<'a> {
    types: &'a Types,
    body: TypeId,
    pub(super) response: &'a Response,
    /// The last fixed word of the path: what the items may be called.
    subject: String,
}

/// A value that a page says of itself.
pub(super) struct Said<'a> {
    /// The keys that lead to it.
    pub(super) keys: Vec<String>,
    pub(super) ty: &'a Type,
}

/// What keys lead to.
pub(super) enum Lead<'a> {
    /// A type.
    Type(&'a Type),
    /// Something of which the description does not say what it has.
    Unknown,
    /// Nothing: this record has no field of this name.
    Nothing(&'a Record, String),
}

impl<'a> Answer<'a> {
    /// The success of JSON, if there is one.
    pub(super) fn of(operation: &'a Operation, types: &'a Types) -> Option<Self> {
        let responses = operation.responses.iter();
        let mut successes = responses.filter(|response| response.status.is_ok());
        let (response, body) = successes.find_map(|response| {
            let json = response.content.iter().find(|media| media.is_json())?;
            Some((response, json.ty?))
        })?;
        let fixed = operation.path_parts.iter().rev();
        let subject = fixed.filter_map(|part| match part {
            PathPart::Text(text) => text.rsplit('/').find(|word| !word.is_empty()),
            PathPart::Parameter(_) => None,
        });
        Some(Self {
            types,
            body,
            response,
            subject: names::plain(subject.take(1).next().unwrap_or_default()),
        })
    }

    /// Whether no other success has content.
    pub(super) fn is_only(&self, operation: &Operation) -> bool {
        let successes = operation.responses.iter();
        let mut others = successes.filter(|response| response.status.is_ok());
        others
            .all(|response| response.status == self.response.status || response.content.is_empty())
    }

    fn get(&self, id: TypeId) -> &'a Type {
        self.types.get(self.types.resolve(id))
    }

    fn record(&self, id: TypeId) -> Option<&'a Record> {
        match &self.get(id).shape {
            Shape::Record(record) => Some(record),
            _ => None,
        }
    }

    fn is_list_type(&self, id: TypeId) -> bool {
        matches!(self.get(id).shape, Shape::List(_))
    }

    /// Where these keys lead.
    pub(super) fn lead(&self, keys: &[String]) -> Lead<'a> {
        self.lead_from(self.body, keys)
    }

    fn lead_from(&self, from: TypeId, keys: &[String]) -> Lead<'a> {
        let mut at = from;
        for key in keys {
            let Some(record) = self.record(at) else {
                return match self.get(at).shape {
                    Shape::Any | Shape::Map(_) | Shape::Union(_) => Lead::Unknown,
                    _ => Lead::Nothing(&NO_FIELDS, key.clone()),
                };
            };
            match record.fields.iter().find(|field| field.name == *key) {
                Some(field) => at = field.ty,
                None => match record.rest {
                    crate::ir::Rest::Typed(_) => return Lead::Unknown,
                    _ => return Lead::Nothing(record, key.clone()),
                },
            }
        }
        Lead::Type(self.get(at))
    }

    /// Where these keys lead in an item of the list that `items` lead to.
    pub(super) fn lead_in_item(&self, items: &[String], keys: &[String]) -> Lead<'a> {
        match self.lead(items) {
            Lead::Type(ty) => match ty.shape {
                Shape::List(item) => self.lead_from(item, keys),
                _ => Lead::Unknown,
            },
            other => other,
        }
    }

    /// Whether these keys lead to a list.
    pub(super) fn is_list(&self, keys: &[String]) -> bool {
        matches!(self.lead(keys), Lead::Type(ty) if matches!(ty.shape, Shape::List(_)))
    }

    /// The keys that lead to the items: none if the answer is the list; its only list, or the one
    /// that is called so; the same of the object that it has been put into.
    pub(super) fn items(&self) -> Option<Vec<String>> {
        if self.is_list_type(self.body) {
            return Some(Vec::new());
        }
        let body = self.record(self.body)?;
        if let Some(items) = self.list_of(body) {
            return Some(vec![items.name.clone()]);
        }
        let lists = body.fields.iter().any(|field| self.is_list_type(field.ty));
        let envelope = self.envelope(body).filter(|_| !lists)?;
        let items = self.list_of(self.record(envelope.ty)?)?;
        Some(vec![envelope.name.clone(), items.name.clone()])
    }

    fn list_of(&self, record: &'a Record) -> Option<&'a Field> {
        let lists = record.fields.iter();
        let lists = lists.filter(|field| self.is_list_type(field.ty));
        let lists: Vec<&Field> = lists
            .filter(|field| !names::is_no_items(&field.name))
            .collect();
        let only = |mut found: Vec<&'a Field>| match found.len() {
            1 => found.pop(),
            _ => None,
        };
        let called = |is: &dyn Fn(&str) -> bool| {
            let found = lists.iter().filter(|field| is(&field.name));
            only(found.copied().collect())
        };
        only(lists.clone())
            .or_else(|| called(&|name| ["data", "items"].contains(&name)))
            .or_else(|| called(&names::is_items))
            .or_else(|| called(&|name| names::plain(name) == self.subject))
    }

    fn envelope(&self, body: &'a Record) -> Option<&'a Field> {
        let mut found = body.fields.iter();
        found.find(|field| names::is_envelope(&field.name) && self.record(field.ty).is_some())
    }

    /// Whether the answer is nothing but these items, or calls them so.
    pub(super) fn is_but(&self, items: &[String]) -> bool {
        let Some(name) = items.last() else {
            return true;
        };
        let alone = self
            .record(self.body)
            .is_some_and(|body| body.fields.len() == 1);
        alone || names::is_items(name) || names::plain(name) == self.subject
    }

    /// Whether the answer is one thing that has a list, rather than a list.
    pub(super) fn is_thing(&self) -> bool {
        let record = self.record(self.body);
        record.is_some_and(|body| body.fields.iter().any(|field| field.name == "id"))
    }

    /// What the answer says of itself, the outermost first.
    pub(super) fn said(&self) -> Vec<Said<'a>> {
        let mut said = Vec::new();
        let mut waiting: Vec<(Vec<String>, &Record)> = Vec::new();
        if let Some(body) = self.record(self.body) {
            waiting.push((Vec::new(), body));
            if let Some(envelope) = self.envelope(body)
                && let Some(record) = self.record(envelope.ty)
            {
                waiting.push((vec![envelope.name.clone()], record));
            }
        }
        while !waiting.is_empty() {
            let mut inner = Vec::new();
            for (way, record) in waiting {
                for field in &record.fields {
                    let mut keys = way.clone();
                    keys.push(field.name.clone());
                    if let Some(record) = self.record(field.ty)
                        && names::is_container(&field.name)
                        && keys.len() < DEEPEST
                    {
                        inner.push((keys.clone(), record));
                    }
                    said.push(Said {
                        keys,
                        ty: self.get(field.ty),
                    });
                }
            }
            waiting = inner;
        }
        said
    }

    /// Whether a type is a link: a URL, or an object with one.
    pub(super) fn is_link(&self, ty: &Type) -> bool {
        match &ty.shape {
            Shape::String => true,
            Shape::Record(record) => record.fields.iter().any(|field| field.name == "href"),
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.all(|variant| match &self.get(*variant).shape {
                    Shape::Union(_) => false,
                    _ => self.is_link(self.get(*variant)),
                })
            }
            _ => false,
        }
    }
}

/// What a value has that has no fields.
static NO_FIELDS: Record = Record {
    fields: Vec::new(),
    rest: crate::ir::Rest::Closed,
};
