//! An API whose samples are run: what its description says of each action, read once.
//!
//! What a call should look like on the wire is put together here from the description alone, so
//! that a sample is not judged by what made it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sdkwright::diagnostic::Problems;
use sdkwright::ir::{Api, NextPage, Operation, PathPart, Place, SchemeKind, Status};
use sdkwright::mock::{Answer, Record, Reply, Server};
use sdkwright::passes::examples::{Direction, Examples};
use sdkwright::pipeline;
use sdkwright::source::Sources;
use serde_json::{Value, json};

/// What stays as it is in a segment of a path or a value of a query.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// An API.
pub(crate) struct Subject {
    /// Its name in `sdkwright.yaml`.
    pub(crate) name: String,
    /// Its description.
    pub(crate) description: PathBuf,
    /// What it is.
    pub(crate) api: Api,
    /// Its actions.
    pub(crate) actions: Vec<Action>,
    /// The list of actions that the docs have for programs.
    pub(crate) index: Value,
    /// The description as it is written: its schemas.
    pub(crate) schemas: Value,
}

/// An action, and what a documented call of it is.
#[derive(Debug)]
pub(crate) struct Action {
    /// What the mock server calls it.
    pub(crate) name: String,
    /// The key of its resource.
    pub(crate) resource: String,
    /// Its title, as pages print it.
    pub(crate) title: String,
    /// Its status when all is well.
    pub(crate) success: u16,
    /// The statuses of its documented errors.
    pub(crate) errors: Vec<u16>,
    /// Whether its success has something to print.
    pub(crate) answers: bool,
    /// A value for each parameter and for the body, by its name.
    pub(crate) values: BTreeMap<String, Value>,
    /// What follows the last page of it, if it has pages.
    last_page: Option<Reply>,
    method: String,
    /// The segments of its path; `None` where no example says what stands there.
    path: Vec<Option<String>>,
    /// The pairs of the query that each call has, as far as examples say them.
    query: Vec<String>,
    /// The body of each call; `None` if it may be there or not.
    body: Option<Value>,
}

impl Subject {
    /// Reads a description, and what the docs list of it.
    ///
    /// # Errors
    ///
    /// When the description cannot be worked with.
    pub(crate) fn read(name: &str, description: &Path, index: &str) -> Result<Self, String> {
        let told = |why: &str| format!("{}: {why}", description.display());
        let mut problems = Problems::new();
        let read = pipeline::read(description, &mut problems);
        let api = read
            .api
            .ok_or_else(|| told("`sdkwright lint` says what is wrong with it"))?;
        let index: Value = serde_json::from_str(index).map_err(|error| told(&error.to_string()))?;
        let network = pipeline::Network::default();
        let sources = Sources::load_allowing(description, &network, &mut problems);
        let source = sources.ok_or_else(|| told("it cannot be read"))?;
        let source = source.root().to_json();
        let actions = actions(&api, &index);
        Ok(Self {
            name: name.to_owned(),
            description: description.to_owned(),
            actions,
            index,
            schemas: source["components"]["schemas"].clone(),
            api,
        })
    }

    /// A server that takes nothing but what is described.
    ///
    /// # Errors
    ///
    /// When there is no port for it.
    pub(crate) fn server(&self) -> Result<Server, String> {
        let mock = pipeline::mocked(&self.description)?.strict(true);
        mock.start().map_err(|error| format!("no server: {error}"))
    }

    /// The address of the API that its pages print.
    pub(crate) fn address(&self) -> &str {
        let first = self.api.servers.first();
        first.map(|server| &*server.url).unwrap_or_default()
    }

    /// The header `Authorization` of a caller with this token.
    pub(crate) fn authorization(&self, token: &str) -> String {
        let prefixes = self.api.schemes.iter().map(|scheme| match &scheme.kind {
            SchemeKind::ApiKey { prefix, .. } => prefix.clone(),
            _ => "Bearer ".to_owned(),
        });
        let prefix = prefixes.into_iter().next().unwrap_or_default();
        format!("{prefix}{token}")
    }

    /// The action of a section of a page: that of a resource, by its title.
    pub(crate) fn action(&self, page: &str, title: &str) -> Option<&Action> {
        let same = |key: &str| squeezed(key) == squeezed(page);
        let mut actions = self.actions.iter();
        actions.find(|action| same(&action.resource) && action.title == title)
    }

    /// The action that a request called.
    pub(crate) fn called(&self, record: &Record) -> Option<&Action> {
        let name = record.operation.as_ref()?;
        self.actions.iter().find(|action| action.name == *name)
    }
}

/// The letters of a key, however its words are joined: `org-invite` is `orgInvite`.
fn squeezed(key: &str) -> String {
    let letters = key.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn actions(api: &Api, index: &Value) -> Vec<Action> {
    let mut listed = index["actions"].as_array().into_iter().flatten();
    let title = |resource: &str, action: &str| {
        let found = listed.find(|each| each["resource"] == resource && each["action"] == action);
        found.and_then(|each| Some(each["title"].as_str()?.to_owned()))
    };
    let mut title = title;
    let operations = api.operations();
    let actions = operations.filter_map(|(_, resource, operation)| {
        let title = title(&resource.key, &operation.action)?;
        Some(Action::of(api, &resource.key, operation, title))
    });
    actions.collect()
}

impl Action {
    fn of(api: &Api, resource: &str, operation: &Operation, title: String) -> Self {
        let values = values(api, operation);
        let made = || format!("{resource}.{}", operation.action);
        let success = success(operation);
        let answer = answer(operation, success);
        let body = match &operation.body {
            None => Some(Value::Null),
            Some(body) => body.required.then(|| values[&body.name].clone()),
        };
        Self {
            name: operation.id.clone().unwrap_or_else(made),
            resource: resource.to_owned(),
            title,
            success,
            errors: errors(operation),
            answers: answer.is_some(),
            last_page: answer
                .and_then(|(media, value)| last_page(operation, success, media, value)),
            method: operation.method.as_str().to_owned(),
            path: path(operation),
            query: query(operation),
            body,
            values,
        }
    }

    /// All documented statuses, the success first.
    pub(crate) fn statuses(&self) -> Vec<u16> {
        [&[self.success], &self.errors[..]].concat()
    }

    /// Makes a server answer with this status, whenever the action is called.
    ///
    /// # Errors
    ///
    /// When the server knows no such action.
    pub(crate) fn order(&self, server: &Server, status: u16) -> Result<(), String> {
        let told = |error: sdkwright::mock::UnknownOperation| error.to_string();
        match &self.last_page {
            Some(last) if status == self.success => {
                server
                    .next(&self.name, Answer::status(status))
                    .map_err(told)?;
                server
                    .always(&self.name, Answer::exactly(last.clone()))
                    .map_err(told)
            }
            _ => server
                .always(&self.name, Answer::status(status))
                .map_err(told),
        }
    }

    /// Whether it is a list that comes in pages.
    pub(crate) fn has_pages(&self) -> bool {
        self.last_page.is_some()
    }

    /// What of a request is not as it is documented.
    ///
    /// # Errors
    ///
    /// With the first that is not.
    pub(crate) fn is_documented(&self, base_path: &str, record: &Record) -> Result<(), String> {
        let path = record.path.strip_prefix(base_path);
        let segments = path.unwrap_or_default().split('/');
        let segments: Vec<&str> = segments.skip(1).collect();
        let is_path = segments.len() == self.path.len()
            && (self.path.iter().zip(&segments))
                .all(|(expected, sent)| expected.as_ref().is_none_or(|expected| expected == sent));
        if record.method != self.method || !is_path {
            let expected = self.path.iter();
            let expected = expected.map(|segment| segment.as_deref().unwrap_or("…"));
            let expected = expected.collect::<Vec<_>>().join("/");
            let (sent, method) = (format!("{} {}", record.method, record.path), &self.method);
            return Err(format!(
                "it sent {sent}, documented is {method} {base_path}/{expected}"
            ));
        }
        let sent: Vec<&str> = record.query.split('&').collect();
        if let Some(missing) = self.query.iter().find(|pair| !sent.contains(&&***pair)) {
            let query = &record.query;
            return Err(format!("it sent the query `{query}`, without `{missing}`"));
        }
        match &self.body {
            Some(body) if *body != record.body => Err(format!(
                "it sent the body {}, documented is {body}",
                record.body
            )),
            _ => Ok(()),
        }
    }
}

/// A value for each parameter and for the body: the example, else one that is made.
fn values(api: &Api, operation: &Operation) -> BTreeMap<String, Value> {
    let examples = Examples::new(api);
    let parameters = operation.parameters.iter().map(|parameter| {
        let made = || examples.whole(parameter.ty, Direction::Request);
        let value = parameter.example.clone().unwrap_or_else(made);
        (parameter.name.clone(), value)
    });
    let body = operation.body.iter().filter_map(|body| {
        let content = body
            .content
            .iter()
            .find(|each| each.is_json())
            .or(body.content.first())?;
        let value = content
            .example
            .clone()
            .or_else(|| Some(examples.whole(content.ty?, Direction::Request)));
        Some((body.name.clone(), value?))
    });
    parameters.chain(body).collect()
}

/// The segments of the path. What has no example may be anything that the server takes.
fn path(operation: &Operation) -> Vec<Option<String>> {
    let example = |name: &str| {
        let mut parameters = operation.parameters.iter();
        let parameter = parameters.find(|each| each.place == Place::Path && each.name == *name);
        parameter.and_then(|each| each.example.as_ref().map(encoded))
    };
    let mut segments = vec![Some(String::new())];
    for part in &operation.path_parts {
        let pieces = match part {
            PathPart::Text(text) => text.split('/').map(|text| Some(text.to_owned())).collect(),
            PathPart::Parameter(name) => vec![example(name)],
        };
        for (index, piece) in pieces.into_iter().enumerate() {
            match segments.last_mut().filter(|_| index == 0) {
                Some(last) => *last = last.take().zip(piece).map(|(last, piece)| last + &piece),
                None => segments.push(piece),
            }
        }
    }
    // Before the first slash there is nothing.
    segments.split_off(1)
}

/// The pairs of the query that each call has.
fn query(operation: &Operation) -> Vec<String> {
    let parameters = operation.parameters.iter();
    let needed = parameters.filter(|each| each.required && each.place == Place::Query);
    let pairs = needed.filter_map(|each| {
        let example = each.example.as_ref()?;
        Some(format!("{}={}", each.name, encoded(example)))
    });
    pairs.collect()
}

fn encoded(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    utf8_percent_encode(&text, KEPT).to_string()
}

fn success(operation: &Operation) -> u16 {
    let responses = operation.responses.iter();
    let codes = responses.filter_map(|response| match response.status {
        Status::Code(code) if (200..300).contains(&code) => Some(code),
        Status::Range(2) => Some(200),
        _ => None,
    });
    codes.min().unwrap_or(200)
}

/// The documented errors; of a range the first.
fn errors(operation: &Operation) -> Vec<u16> {
    let responses = operation.responses.iter();
    let codes = responses.filter_map(|response| match response.status {
        Status::Code(code) if code >= 400 => Some(code),
        Status::Range(hundreds) if hundreds >= 4 => Some(u16::from(hundreds) * 100),
        _ => None,
    });
    codes.collect()
}

/// The JSON of the success, with its media type.
fn answer(operation: &Operation, success: u16) -> Option<(&str, Value)> {
    let mut responses = operation.responses.iter();
    let response = responses.find(|each| each.status == Status::Code(success))?;
    let content = response.content.iter().find(|each| each.is_json())?;
    Some((&content.name, content.example.clone()?))
}

/// A page without items that leads nowhere: a walk ends there, whatever leads on.
fn last_page(operation: &Operation, success: u16, media: &str, page: Value) -> Option<Reply> {
    let pagination = operation.pagination.as_ref()?;
    let mut page = page;
    put(&mut page, &pagination.items, json!([]));
    if let NextPage::Link { keys } | NextPage::Cursor { keys, .. } = &pagination.next {
        remove(&mut page, keys);
    }
    Some(Reply::new(success).content(media, page.to_string()))
}

fn put(value: &mut Value, keys: &[String], new: Value) {
    let place = keys
        .iter()
        .try_fold(value, |value, key| value.get_mut(key.as_str()));
    if let Some(place) = place {
        *place = new;
    }
}

fn remove(value: &mut Value, keys: &[String]) {
    let Some((last, above)) = keys.split_last() else {
        return;
    };
    let holder = above
        .iter()
        .try_fold(value, |value, key| value.get_mut(key.as_str()));
    if let Some(object) = holder.and_then(Value::as_object_mut) {
        object.remove(last);
    }
}
