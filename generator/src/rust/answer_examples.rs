//! Examples of the documented answers of each action, which fakes of the API answer with.

use serde_json::{Map, Value, json};

use super::plan::{ActionPlan, ResourcePlan};
use crate::ir::{Api, MediaType, Operation, Status};
use crate::passes::examples::{Direction, Examples};

/// An example that is longer than this, as JSON, is cut down to what a value must have.
const LONGEST: usize = 8192;

/// The examples of a resource's answers, as JSON: for each action a list.
pub(super) fn text(api: &Api, resource: &ResourcePlan, examples: &Examples<'_>) -> String {
    let actions = resource.actions.iter().map(|action| {
        let operation = &api.resources[action.id.resource].operations[action.id.operation];
        let answers = of(operation, action, examples);
        (action.name.clone(), Value::from(answers))
    });
    let actions: Map<String, Value> = actions.collect();
    let mut text = serde_json::to_string_pretty(&actions).unwrap_or_default();
    text.push('\n');
    text
}

/// An object for each answer with a status of its own, the usual success first.
fn of(operation: &Operation, action: &ActionPlan, examples: &Examples<'_>) -> Vec<Value> {
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
            if let Some(body) = body(media, examples) {
                answer["body"] = body;
            }
        }
        answers.push(answer);
    }
    answers
}

/// The body: JSON as it is, anything else as text. JSON of which the description has no example
/// is made from its type, as it is for docs: a fake that answers without a body would be no answer.
fn body(media: &MediaType, examples: &Examples<'_>) -> Option<Value> {
    let made = || {
        let ty = media.ty.filter(|_| media.is_json())?;
        Some(examples.whole(ty, Direction::Answer))
    };
    let example = media.example.clone().or_else(made)?;
    if example.is_string() {
        return Some(example);
    }
    let long = example.to_string().len() > LONGEST;
    Some(match media.ty.filter(|_| long) {
        Some(ty) => examples.brief(ty),
        None => example,
    })
}
