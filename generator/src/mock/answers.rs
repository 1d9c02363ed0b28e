//! Chooses the documented answer to a good request, and makes it.

use serde_json::Value;

use super::Reply;
use super::content;
use super::judge::Judge;
use super::media;
use super::problem::{self, RequestProblem};
use super::wish::Wish;
use crate::ir::{Api, Header, MediaType, NamedExample, Operation, Response, Status};
use crate::passes::examples::{Direction, Examples};
use crate::source::near;

/// Headers that belong to the connection and the content, not to an answer's meaning.
const NOT_OURS: [&str; 8] = [
    "content-length",
    "content-encoding",
    "content-type",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "upgrade",
    "trailer",
];

/// What answers are made from.
pub(super) struct Answers<'a> {
    pub(super) api: &'a Api,
    pub(super) judge: &'a Judge,
}

/// Why there is no answer as it was wished: a problem of the request, with the status.
type Refused = (u16, RequestProblem);

impl Answers<'_> {
    /// The answer to a good request.
    pub(super) fn answer(&self, operation: &Operation, wish: &Wish, accept: Option<&str>) -> Reply {
        match self.made(operation, wish, accept) {
            Ok(reply) => reply,
            Err((status, refused)) => {
                let title = match status {
                    406 => "No such media type",
                    _ => "No such answer",
                };
                let message = refused.message.clone();
                problem::reply(status, title, &message, &[refused])
            }
        }
    }

    fn made(
        &self,
        operation: &Operation,
        wish: &Wish,
        accept: Option<&str>,
    ) -> Result<Reply, Refused> {
        let (status, response) = chosen(operation, wish)?;
        let Some(response) = response else {
            return Ok(Reply::new(status));
        };
        let mut reply = Reply::new(status);
        for header in &response.headers {
            let value = self.header(header);
            reply
                .headers
                .extend(value.map(|value| (header.name.to_ascii_lowercase(), value)));
        }
        if [204, 205, 304].contains(&status) || response.content.is_empty() {
            return Ok(reply);
        }
        let content = negotiated(response, wish, accept, status)?;
        let example = named(content, wish, status)?;
        let written = self.written(content, example);
        Ok(reply.content(&written.media, written.body))
    }

    /// The documented answer of a status, if there is one: what a server says that refuses.
    pub(super) fn documented(&self, operation: &Operation, status: u16) -> Option<Reply> {
        let mut responses = operation.responses.iter();
        responses.find(|response| response.status == Status::Code(status))?;
        let wish = Wish {
            status: Some(status.to_string()),
            example: None,
        };
        self.made(operation, &wish, None).ok()
    }

    /// A header, if its value is known or it is always there.
    fn header(&self, header: &Header) -> Option<String> {
        if NOT_OURS.contains(&&*header.name.to_ascii_lowercase()) {
            return None;
        }
        let ty = self.api.types.get(self.api.types.resolve(header.ty));
        let given = header.example.clone().or_else(|| ty.default.clone());
        let made = || {
            let examples = Examples::new(self.api);
            header
                .required
                .then(|| examples.whole(header.ty, Direction::Answer))
        };
        let value = given.or_else(made)?;
        let text = match header.content {
            Some(_) => value.to_string(),
            None => content::header_text(&value, header.explode),
        };
        // What no header can hold is left out.
        let fits = text
            .bytes()
            .all(|byte| byte == b'\t' || (32..127).contains(&byte));
        fits.then_some(text)
    }

    fn written(&self, content: &MediaType, example: Option<&NamedExample>) -> content::Written {
        if let Some(text) = example.and_then(|example| example.text.clone()) {
            return content::as_text(content, text);
        }
        let given = example.and_then(|example| example.value.clone());
        let writer = content::Writer {
            api: self.api,
            value: &|ty| self.value(ty),
        };
        let given = given.map(|value| self.unquoted(content, value));
        writer.write(content, given)
    }

    /// JSON that the description wrote as a text.
    fn unquoted(&self, content: &MediaType, value: Value) -> Value {
        let (Value::String(text), Some(ty)) = (&value, content.ty) else {
            return value;
        };
        let at = self.api.types.get(ty).at;
        let good = |value: &Value| self.judge.accepts(at, Direction::Answer, value);
        if !content.is_json() || good(&value) {
            return value;
        }
        let inner = serde_json::from_str(text).ok();
        inner.filter(Value::is_object).unwrap_or(value)
    }

    /// A value of a type: with the examples that the description has of its parts, unless they
    /// do not fit.
    fn value(&self, ty: crate::ir::TypeId) -> Value {
        let examples = Examples::new(self.api);
        let at = self.api.types.get(ty).at;
        let wrong = |value: &Value| {
            let findings = self
                .judge
                .findings(at, Direction::Answer, value)
                .into_iter();
            findings.filter(|finding| !finding.warning).count()
        };
        let whole = examples.whole(ty, Direction::Answer);
        match wrong(&whole) {
            0 => whole,
            known => {
                let plain = examples.from_scratch(ty, Direction::Answer);
                if wrong(&plain) < known { plain } else { whole }
            }
        }
    }
}

/// The status that is sent, and its documentation.
fn chosen<'a>(
    operation: &'a Operation,
    wish: &Wish,
) -> Result<(u16, Option<&'a Response>), Refused> {
    let responses = &operation.responses;
    let of = |status: Status| responses.iter().find(|each| each.status == status);
    let Some(wished) = &wish.status else {
        return Ok(success(operation));
    };
    let status: Option<u16> = wished
        .parse()
        .ok()
        .filter(|code| (200..=599).contains(code));
    let found = status.and_then(|code| {
        let hundreds = Status::Range(u8::try_from(code / 100).unwrap_or_default());
        let found = of(Status::Code(code)).or_else(|| of(hundreds));
        Some((code, found.or_else(|| of(Status::Default))?))
    });
    match found {
        Some((code, response)) => Ok((code, Some(response))),
        None => {
            let known: Vec<String> = responses
                .iter()
                .map(|each| each.status.to_string())
                .collect();
            let known = match known.is_empty() {
                true => "no status is".to_owned(),
                false => format!("those that are: {}", known.join(", ")),
            };
            let message = format!("the status `{wished}` is not documented here; {known}");
            Err((400, preferred("status", message)))
        }
    }
}

/// The lowest success.
fn success(operation: &Operation) -> (u16, Option<&Response>) {
    let responses = &operation.responses;
    let lowest = |least: u16, most: u16| {
        let codes = responses.iter().filter_map(|each| match each.status {
            Status::Code(code) if (least..most).contains(&code) => Some((code, each)),
            Status::Range(hundreds) => {
                let code = u16::from(hundreds) * 100;
                (least..most).contains(&code).then_some((code, each))
            }
            _ => None,
        });
        codes.min_by_key(|(code, _)| *code)
    };
    let default = || {
        let mut all = responses.iter();
        all.find(|each| each.status == Status::Default)
    };
    if let Some((code, response)) = lowest(200, 300) {
        return (code, Some(response));
    }
    if let Some((code, response)) = lowest(300, 400) {
        return (code, Some(response));
    }
    (200, default())
}

fn preferred(rule: &str, message: String) -> RequestProblem {
    RequestProblem::named("header", "Prefer", rule, message)
}

/// The content that is wanted most. A failure is told in what there is.
fn negotiated<'a>(
    response: &'a Response,
    wish: &Wish,
    accept: Option<&str>,
    status: u16,
) -> Result<&'a MediaType, Refused> {
    let has_example = |content: &&MediaType| {
        let mut examples = content.examples.iter();
        examples.any(|each| each.name == wish.example)
    };
    let mut all: Vec<&MediaType> = response.content.iter().collect();
    if wish.example.is_some() && all.iter().any(has_example) {
        all.retain(has_example);
    }
    // JSON first, streams last.
    all.sort_by_key(|content| match content {
        content if content.is_json() => 0,
        content if content.is_event_stream() || content.is_json_lines() => 2,
        _ => 1,
    });
    let accept = accept.unwrap_or("*/*");
    let ranked = all.iter().enumerate().map(|(index, content)| {
        let wanted = media::wanted(accept, &content.name);
        (wanted, std::cmp::Reverse(index), *content)
    });
    let best = ranked.max_by_key(|(wanted, index, _)| (*wanted, *index));
    match best {
        Some((wanted, _, content)) if wanted > 0 || status >= 400 => Ok(content),
        _ => {
            let names: Vec<String> = all.iter().map(|each| format!("`{}`", each.name)).collect();
            let names = names.join(" or ");
            let message = format!("the answer can be {names}, and `Accept` is `{accept}`");
            let refused = RequestProblem::named("header", "Accept", "enum", message);
            Err((406, refused))
        }
    }
}

/// The example that is wished, else the first.
fn named<'a>(
    content: &'a MediaType,
    wish: &Wish,
    status: u16,
) -> Result<Option<&'a NamedExample>, Refused> {
    let Some(wished) = &wish.example else {
        return Ok(content.examples.first());
    };
    let mut examples = content.examples.iter();
    if let Some(example) = examples.find(|each| each.name.as_ref() == Some(wished)) {
        return Ok(Some(example));
    }
    let names = content
        .examples
        .iter()
        .filter_map(|each| each.name.as_deref());
    let names: Vec<&str> = names.collect();
    let advice = match (near(wished, names.iter().copied()).first(), &names[..]) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, []) => "it has none with a name".to_owned(),
        (None, names) => format!("it has {}", names.join(", ")),
    };
    let message = format!("the answer {status} has no example `{wished}`; {advice}");
    Err((400, preferred("example", message)))
}
