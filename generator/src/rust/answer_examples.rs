//! Examples of the documented answers of each action, which fakes of the API answer with.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::plan::{ActionPlan, ResourcePlan};
use crate::ir::{Api, MediaType, Operation, Status, TypeId};
use crate::passes::examples::{Direction, Examples};

/// An example that is longer than this, as JSON, is cut down to what a value must have.
const LONGEST: usize = 8192;

/// Makes the bodies of answers. What is made of a type is kept: many actions answer alike, and
/// nearly all of them fail alike.
pub(super) struct Bodies<'a> {
    examples: Examples<'a>,
    made: Mutex<HashMap<TypeId, Arc<Value>>>,
}

/// The answers of a resource's actions.
struct Answers<'a>(Vec<(&'a str, Vec<Answer<'a>>)>);

/// An answer as the fake reads it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Body<'a>>,
}

/// A body: an example of the description, or one that was made.
enum Body<'a> {
    Said(&'a Value),
    Made(Arc<Value>),
}

impl Serialize for Answers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(action, answers)| (action, answers)))
    }
}

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Said(value) => value.serialize(serializer),
            Self::Made(value) => value.serialize(serializer),
        }
    }
}

/// The examples of a resource's answers, as JSON: for each action a list.
pub(super) fn text(api: &Api, resource: &ResourcePlan, bodies: &Bodies<'_>) -> String {
    let actions = resource.actions.iter().map(|action| {
        let operation = &api.resources[action.id.resource].operations[action.id.operation];
        (action.name.as_str(), of(operation, action, bodies))
    });
    let actions = Answers(actions.collect());
    let mut text = serde_json::to_string_pretty(&actions).unwrap_or_default();
    text.push('\n');
    text
}

/// An object for each answer with a status of its own, the usual success first.
fn of<'a>(operation: &'a Operation, action: &ActionPlan, bodies: &Bodies<'_>) -> Vec<Answer<'a>> {
    let mut answers: Vec<Answer<'a>> = Vec::new();
    for response in &operation.responses {
        let status = match response.status {
            Status::Code(code) => code,
            Status::Range(hundred) => u16::from(hundred) * 100,
            // It stands for failures, unless there is no success but this.
            Status::Default if answers.is_empty() && operation.responses.len() == 1 => 200,
            Status::Default => 500,
        };
        if answers.iter().any(|known| known.status == status) {
            continue;
        }
        let asked = |media: &&MediaType| action.accept.as_deref() == Some(media.asked_name());
        let media = response.content.iter();
        let media = media.clone().find(asked).or_else(|| media.clone().next());
        answers.push(Answer {
            status,
            media_type: media.map(MediaType::sent_name),
            body: media.and_then(|media| bodies.of(media)),
        });
    }
    answers
}

impl<'a> Bodies<'a> {
    /// Of the types of this API.
    pub(super) fn new(api: &'a Api) -> Self {
        Self {
            examples: Examples::new(api),
            made: Mutex::default(),
        }
    }

    /// The body: JSON as it is, anything else as text. JSON or plain text of which the description
    /// has no example is made from its type, as it is for docs: a fake that answers without a body
    /// would be no answer.
    fn of<'m>(&self, media: &'m MediaType) -> Option<Body<'m>> {
        match (&media.example, media.ty) {
            (Some(example), ty) => Some(match self.shorter(example, ty) {
                Some(short) => Body::Made(Arc::new(short)),
                None => Body::Said(example),
            }),
            (None, Some(ty)) if media.is_json() || media.essence() == "text/plain" => {
                Some(Body::Made(self.made(ty)))
            }
            _ => None,
        }
    }

    fn made(&self, ty: TypeId) -> Arc<Value> {
        let kept = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept().get(&ty).cloned();
        known.unwrap_or_else(|| {
            let whole = self.examples.whole(ty, Direction::Answer);
            let body = Arc::new(self.shorter(&whole, Some(ty)).unwrap_or(whole));
            kept().insert(ty, Arc::clone(&body));
            body
        })
    }

    /// What stands for an example that is too long; a text stays as it is.
    fn shorter(&self, example: &Value, ty: Option<TypeId>) -> Option<Value> {
        let is_long = || !example.is_string() && example.to_string().len() > LONGEST;
        ty.filter(|_| is_long()).map(|ty| self.examples.brief(ty))
    }
}
