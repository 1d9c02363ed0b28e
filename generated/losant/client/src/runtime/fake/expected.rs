//! What a test expects to be called, and how that is answered.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde_json::Value;

use crate::runtime::fake::seen::Seen;
use crate::runtime::fake::whole;
use crate::runtime::reading::error::ApiError;
use crate::runtime::reading::response::{Decode, RawResponse};
use crate::runtime::tables::operation::Operation;
use crate::runtime::transport::boxed::BoxStream;
use crate::runtime::transport::{TransportError, TransportErrorKind};

/// A value that stands for the body of an answer, so that it need not be written and read.
#[derive(Clone)]
pub(crate) struct Typed(Arc<dyn Any + Send + Sync>);

/// Makes the value anew for each call.
struct Maker<T>(Box<dyn Fn() -> T + Send + Sync>);

impl Typed {
    fn new<T: Clone + Send + Sync + 'static>(value: T) -> Self {
        Self(Arc::new(Maker(Box::new(move || value.clone()))))
    }

    /// The value, if it is of this type.
    pub(crate) fn get<T: 'static>(&self) -> Option<T> {
        self.0.downcast_ref::<Maker<T>>().map(|maker| (maker.0)())
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Typed")
    }
}

/// A documented answer of an operation.
#[derive(Clone, Debug)]
struct Example {
    status: u16,
    media_type: String,
    body: Bytes,
}

impl Example {
    /// The documented answers of an operation, from the examples of its resource.
    fn all(examples: &str, operation: &str) -> Vec<Self> {
        let all: Value = serde_json::from_str(examples).unwrap_or_default();
        let own = all.get(operation).and_then(Value::as_array);
        own.into_iter().flatten().filter_map(Self::of).collect()
    }

    fn of(value: &Value) -> Option<Self> {
        let status = u16::try_from(value.get("status")?.as_u64()?).ok()?;
        let media_type = value.get("mediaType").and_then(Value::as_str);
        let media_type = media_type.unwrap_or_default().to_owned();
        let body = match value.get("body") {
            None => Bytes::new(),
            Some(Value::String(text)) if !media_type.contains("json") => text.clone().into(),
            Some(body) => body.to_string().into(),
        };
        Some(Self {
            status,
            media_type,
            body,
        })
    }

    fn planned(self) -> Planned {
        let media_type = Some(self.media_type).filter(|it| !it.is_empty());
        let media_type = media_type.and_then(|it| HeaderValue::try_from(it).ok());
        Planned::Answer {
            status: StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK),
            headers: media_type
                .map(|it| (CONTENT_TYPE, it))
                .into_iter()
                .collect(),
            body: self.body,
            typed: None,
        }
    }
}

/// A call that a [`Fake`](crate::runtime::fake::Fake) expects, and how it is answered. Made by a
/// function of the module `fakes` that each resource has.
///
/// ```
/// # use std::error::Error;
/// # use losant_invites::runtime::*;
/// # static API: Api = Api {
/// #     name: "example",
/// #     version: "1",
/// #     servers: &[Server::new("https://api.example.com")],
/// #     schemes: &[],
/// #     parameters: &[],
/// #     request_id_headers: &[],
/// # };
/// # static GET: Operation = Operation {
/// #     id: "things.get",
/// #     path: "/things/{0}",
/// #     parameters: &[Parameter("id", PATH)],
/// #     ..Operation::USUAL
/// # };
/// # #[derive(Clone, Debug, PartialEq)]
/// # struct GetError;
/// # impl ApiError for GetError {
/// #     fn decode(_: &RawResponse) -> Result<Option<Self>, DecodeError> {
/// #         Ok(None)
/// #     }
/// # }
/// # mod fakes {
/// #     pub fn get() -> super::Expected<String, super::GetError> {
/// #         super::Expected::new(&super::GET, Some(super::response::text), "{}")
/// #     }
/// # }
/// # fn main() -> Result<(), Box<dyn Error>> {
/// let fake = Fake::new();
/// fake.expect(fakes::get().with("id", "7").answers("a thing".to_owned()).times(2));
/// fake.expect(fakes::get().answers_bytes(503, "text/plain", "later").any_times());
/// assert_eq!(fake.problems().len(), 1, "nobody has asked for the thing");
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is expected before it is given to `Fake::expect`"]
pub struct Expected<T, E> {
    operation: &'static Operation,
    examples: Vec<Example>,
    decode: Option<Decode<T>>,
    values: Vec<(String, Value)>,
    body: Option<Value>,
    times: Option<usize>,
    answer: Planned,
    types: PhantomData<fn() -> (T, E)>,
}

/// How a call is answered.
#[derive(Clone, Debug)]
pub(crate) enum Planned {
    /// With the first documented success.
    Usual,
    /// With this.
    Answer {
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        typed: Option<Typed>,
    },
    /// Not at all.
    Break(TransportErrorKind),
}

impl<T, E> Expected<T, E> {
    /// Expects a call of this operation. `decode` is how its success is read, if it is read as a
    /// whole; `examples` are the documented answers of operations, as JSON.
    pub fn new(operation: &'static Operation, decode: Option<Decode<T>>, examples: &str) -> Self {
        Self {
            operation,
            examples: Example::all(examples, operation.id),
            decode,
            values: Vec::new(),
            body: None,
            times: Some(1),
            answer: Planned::Usual,
            types: PhantomData,
        }
    }

    /// Expects this value of a parameter, by its name in the description. Parameters that are not
    /// named may be anything.
    ///
    /// # Panics
    /// If the operation has no such parameter, or the value cannot be written.
    #[track_caller]
    pub fn with<V: Serialize + ?Sized>(mut self, parameter: &str, value: &V) -> Self {
        let known = self.operation.parameters.iter();
        let names: Vec<&str> = known.map(|known| known.name()).collect();
        assert!(
            names.contains(&parameter),
            "`{}` has no parameter `{parameter}`; it has {names:?}",
            self.operation.id
        );
        self.values.push((parameter.to_owned(), json(value)));
        self
    }

    /// Expects this JSON body. Without it, the body may be anything.
    ///
    /// # Panics
    /// If the value cannot be written.
    #[track_caller]
    pub fn with_body<V: Serialize + ?Sized>(mut self, body: &V) -> Self {
        self.body = Some(json(body));
        self
    }

    /// Expects the call this many times; once unless set.
    pub fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// Expects the call any number of times, also none.
    pub fn any_times(mut self) -> Self {
        self.times = None;
        self
    }

    /// Answers with the example of the first documented success. So it is unless something else is
    /// said.
    pub fn example(mut self) -> Self {
        self.answer = Planned::Usual;
        self
    }

    /// Answers with the documented example of this status.
    ///
    /// # Panics
    /// If the description has no answer of this status.
    #[track_caller]
    pub fn example_of(mut self, status: u16) -> Self {
        let mut examples = self.examples.iter();
        let Some(example) = examples.find(|known| known.status == status) else {
            let known: Vec<u16> = self.examples.iter().map(|known| known.status).collect();
            complain(&format!(
                "`{}` has no answer {status}; it has {known:?}",
                self.operation.id
            ));
        };
        self.answer = example.clone().planned();
        self
    }

    /// Answers with this value.
    pub fn answers(mut self, value: T) -> Self
    where
        T: Clone + Send + Sync + 'static,
    {
        let success = self.examples.iter().map(|known| known.status);
        let status = success.filter(|status| *status < 400).min().unwrap_or(200);
        self.answer = Planned::Answer {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::OK),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            typed: Some(Typed::new(value)),
        };
        self
    }

    /// Answers with this documented error, under this status.
    ///
    /// # Panics
    /// If there is no such status.
    #[track_caller]
    pub fn fails(mut self, status: u16, error: E) -> Self
    where
        E: ApiError + Clone,
    {
        self.answer = Planned::Answer {
            status: self::status(status),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            typed: Some(Typed::new(error)),
        };
        self
    }

    /// Answers with this status and this JSON, whether it fits the description or not.
    ///
    /// # Panics
    /// If there is no such status, or the value cannot be written.
    #[track_caller]
    pub fn answers_json<V: Serialize + ?Sized>(self, status: u16, body: &V) -> Self {
        self.answers_bytes(status, "application/json", json(body).to_string())
    }

    /// Answers with this status and these bytes of this media type.
    ///
    /// # Panics
    /// If there is no such status or media type.
    #[track_caller]
    pub fn answers_bytes(mut self, status: u16, media_type: &str, body: impl Into<Bytes>) -> Self {
        let Ok(media_type) = HeaderValue::from_str(media_type) else {
            complain(&format!("`{media_type}` is no media type"));
        };
        self.answer = Planned::Answer {
            status: self::status(status),
            headers: HeaderMap::from_iter([(CONTENT_TYPE, media_type)]),
            body: body.into(),
            typed: None,
        };
        self
    }

    /// Adds a header to the answer that was given last.
    ///
    /// # Panics
    /// If HTTP allows no such header, or no answer was given.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if matches!(self.answer, Planned::Usual) {
            self.answer = usual(&self.examples);
        }
        let parsed = (HeaderName::try_from(name), HeaderValue::from_str(value));
        match (&mut self.answer, parsed) {
            (Planned::Answer { headers, .. }, (Ok(name), Ok(value))) => {
                headers.insert(name, value);
            }
            _ => complain(&format!(
                "there is no answer that could have a header `{name}`"
            )),
        }
        self
    }

    /// Does not answer: the connection fails in this way.
    pub fn breaks(mut self, kind: TransportErrorKind) -> Self {
        self.answer = Planned::Break(kind);
        self
    }

    /// The documented success, as the action returns it: something to start from.
    ///
    /// # Panics
    /// If the description has no example that fits, or the success is read as it arrives.
    #[track_caller]
    pub fn example_value(&self) -> T {
        let Planned::Answer {
            status,
            headers,
            body,
            ..
        } = usual(&self.examples)
        else {
            complain(&format!(
                "`{}` has no documented success",
                self.operation.id
            ));
        };
        let Some(decode) = self.decode else {
            complain(&format!(
                "the success of `{}` is a stream",
                self.operation.id
            ));
        };
        match decode(&RawResponse::new(status, headers, body)) {
            Ok(value) => value,
            Err(error) => complain(&format!(
                "the example of `{}` does not fit: {error}",
                self.operation.id
            )),
        }
    }
}

impl<T, E> Expected<T, E> {
    pub(crate) fn untyped(self) -> Expectation {
        let answer = match self.answer {
            Planned::Usual => usual(&self.examples),
            answer => answer,
        };
        Expectation {
            operation: self.operation,
            values: self.values,
            body: self.body,
            left: self.times,
            answer,
        }
    }
}

impl<T, E> fmt::Debug for Expected<T, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Expected")
            .field("operation", &self.operation.id)
            .field("values", &self.values)
            .field("times", &self.times)
            .field("answer", &self.answer)
            .finish_non_exhaustive()
    }
}

/// Fails the test.
#[track_caller]
#[allow(clippy::panic, reason = "this is what tests are for")]
fn complain(problem: &str) -> ! {
    panic!("{problem}")
}

#[track_caller]
fn json<V: Serialize + ?Sized>(value: &V) -> Value {
    match serde_json::to_value(value) {
        Ok(value) => value,
        Err(error) => complain(&format!("the value cannot be written as JSON: {error}")),
    }
}

#[track_caller]
fn status(status: u16) -> StatusCode {
    match StatusCode::from_u16(status) {
        Ok(status) => status,
        Err(_) => complain(&format!("{status} is no status of HTTP")),
    }
}

/// The first documented success; an empty 204 where there is none.
fn usual(examples: &[Example]) -> Planned {
    let success = examples.iter().find(|known| known.status < 400).cloned();
    let nothing = || Example {
        status: 204,
        media_type: String::new(),
        body: Bytes::new(),
    };
    success.unwrap_or_else(nothing).planned()
}

/// An expectation without its types.
pub(crate) struct Expectation {
    pub(crate) operation: &'static Operation,
    values: Vec<(String, Value)>,
    body: Option<Value>,
    /// How often it may still be met; `None` for any number of times.
    pub(crate) left: Option<usize>,
    pub(crate) answer: Planned,
}

impl Expectation {
    /// Why a call is not this one; `None` if it is.
    pub(crate) fn mismatch(&self, seen: &Seen) -> Option<String> {
        if self.operation.id != seen.operation {
            return Some(format!("`{}` is expected", self.operation.id));
        }
        for (name, wanted) in &self.values {
            let found = seen.parameter(name);
            if found != Some(wanted) {
                let found = found.map_or_else(|| "is not set".to_owned(), |it| format!("is {it}"));
                return Some(format!("`{name}` {found} and not {wanted}"));
            }
        }
        match &self.body {
            Some(wanted) if seen.json_body().as_ref() != Some(wanted) => {
                Some(format!("the body is not {wanted}"))
            }
            _ => None,
        }
    }
}

impl Planned {
    /// What a call gets that nobody expects.
    pub(crate) fn refusal(problem: String) -> Self {
        Self::Answer {
            status: StatusCode::IM_A_TEAPOT,
            headers: HeaderMap::new(),
            body: Value::from(problem).to_string().into(),
            typed: None,
        }
    }

    pub(crate) fn send(
        self,
    ) -> Result<Response<BoxStream<Result<Bytes, TransportError>>>, TransportError> {
        match self {
            Self::Usual => Err(TransportError::interrupted("no answer was planned")),
            Self::Break(kind) => Err(TransportError::new(kind, "as the test wants it")),
            Self::Answer {
                status,
                headers,
                body,
                typed,
            } => {
                let mut answer = Response::new(whole(body));
                *answer.status_mut() = status;
                *answer.headers_mut() = headers;
                if let Some(typed) = typed {
                    answer.extensions_mut().insert(typed);
                }
                Ok(answer)
            }
        }
    }
}
