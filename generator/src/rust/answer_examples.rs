//! Examples of the documented answers of each action, which fakes of the API answer with.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use super::plan::{ActionPlan, ResourcePlan};
use crate::ir::{Api, MediaType, Operation, Status, TypeId};
use crate::passes::examples::{Direction, Examples};

/// An example that is longer than this, as JSON, is cut down to what a value must have.
const LONGEST: usize = 8192;

/// Makes the bodies of answers. What is made of a type is kept: many actions answer alike, and
/// nearly all of them fail alike.
pub(super) struct Bodies<'a> {
    examples: Examples<'a>,
    made: Mutex<HashMap<TypeId, Value>>,
}

/// The examples of a resource's answers, as JSON: for each action a list.
pub(super) fn text(api: &Api, resource: &ResourcePlan, bodies: &Bodies<'_>) -> String {
    let actions = resource.actions.iter().map(|action| {
        let operation = &api.resources[action.id.resource].operations[action.id.operation];
        let answers = of(operation, action, bodies);
        (action.name.clone(), Value::from(answers))
    });
    let actions: Map<String, Value> = actions.collect();
    let mut text = serde_json::to_string_pretty(&actions).unwrap_or_default();
    text.push('\n');
    text
}

/// An object for each answer with a status of its own, the usual success first.
fn of(operation: &Operation, action: &ActionPlan, bodies: &Bodies<'_>) -> Vec<Value> {
    let mut answers: Vec<Value> = Vec::new();
    for response in &operation.responses {
        let status = match response.status {
            Status::Code(code) => code,
            Status::Range(hundred) => u16::from(hundred) * 100,
            // It stands for failures, unless there is no success but this.
            Status::Default if answers.is_empty() && operation.responses.len() == 1 => 200,
            Status::Default => 500,
        };
        if answers.iter().any(|known| known["status"] == status) {
            continue;
        }
        let asked = |media: &&MediaType| action.accept.as_ref() == Some(&media.name);
        let media = response.content.iter();
        let media = media.clone().find(asked).or_else(|| media.clone().next());
        let mut answer = json!({ "status": status });
        if let Some(media) = media {
            answer["mediaType"] = media.name.as_str().into();
            if let Some(body) = bodies.of(media) {
                answer["body"] = body;
            }
        }
        answers.push(answer);
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

    /// The body: JSON as it is, anything else as text. JSON of which the description has no
    /// example is made from its type, as it is for docs: a fake that answers without a body would
    /// be no answer.
    fn of(&self, media: &MediaType) -> Option<Value> {
        match (&media.example, media.ty) {
            (Some(example), ty) => Some(self.short(example.clone(), ty)),
            (None, Some(ty)) if media.is_json() => Some(self.made(ty)),
            _ => None,
        }
    }

    fn made(&self, ty: TypeId) -> Value {
        let kept = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept().get(&ty).cloned();
        known.unwrap_or_else(|| {
            let body = self.short(self.examples.whole(ty, Direction::Answer), Some(ty));
            kept().insert(ty, body.clone());
            body
        })
    }

    /// An example, cut down if it is long; a text stays as it is.
    fn short(&self, example: Value, ty: Option<TypeId>) -> Value {
        let is_long = || !example.is_string() && example.to_string().len() > LONGEST;
        match ty.filter(|_| is_long()) {
            Some(ty) => self.examples.brief(ty),
            None => example,
        }
    }
}
