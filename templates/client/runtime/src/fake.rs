//! A stand-in for the API in tests of code that uses this client: the feature `test-util`.
//!
//! A [`Fake`] is a transport that answers calls as it was told and reaches no network. What it
//! expects is typed: the answer to an action is of the type that the action returns, or one of
//! its documented errors, or an example of the description.
//!
//! ```text
//! let fake = Fake::new();
//! fake.expect(Get::fake().with("orgId", "o1").example());
//! fake.expect(Get::fake().fails(404, GetError::NotFound(problem)));
//!
//! let client = Client::builder().transport(fake.clone()).build()?;
//! code_under_test(&client).await;
//! fake.verify();
//! ```

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use serde::Serialize;
use serde_json::Value;

use super::body::Body;
use super::boxed::BoxStream;
use super::error::ApiError;
use super::operation::Operation;
use super::response::{Decode, RawResponse};
use super::transport::{Answer, Transport, TransportError, TransportErrorKind};

/// What a request carries for a [`Fake`]: the call that it comes from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub(super) operation: &'static Operation,
    /// The parameters that are sent, with their values.
    pub(super) values: Vec<(&'static str, Value)>,
}

/// A value that stands for the body of an answer, so that it need not be written and read.
#[derive(Clone)]
pub(super) struct Typed(Arc<dyn Any + Send + Sync>);

/// Makes the value anew for each call.
struct Maker<T>(Box<dyn Fn() -> T + Send + Sync>);

impl Typed {
    fn new<T: Clone + Send + Sync + 'static>(value: T) -> Self {
        Self(Arc::new(Maker(Box::new(move || value.clone()))))
    }

    /// The value, if it is of this type.
    pub(super) fn get<T: 'static>(&self) -> Option<T> {
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

/// A call that a [`Fake`] expects, and how it is answered. Made by `fake()` of each request.
///
/// ```
/// # use std::error::Error;
/// # use sdkwright_runtime::*;
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
/// #     path: &[Segment::Text("/things/"), Segment::Parameter(0)],
/// #     parameters: &[Parameter::path("id")],
/// #     ..Operation::USUAL
/// # };
/// # #[derive(Clone, Debug, PartialEq)]
/// # struct GetError;
/// # impl ApiError for GetError {
/// #     fn decode(_: &RawResponse) -> Result<Option<Self>, DecodeError> {
/// #         Ok(None)
/// #     }
/// # }
/// # struct Get;
/// # impl Get {
/// #     fn fake() -> Expected<String, GetError> {
/// #         Expected::new(&GET, Some(response::text), "{}")
/// #     }
/// # }
/// # fn main() -> Result<(), Box<dyn Error>> {
/// let fake = Fake::new();
/// fake.expect(Get::fake().with("id", "7").answers("a thing".to_owned()).times(2));
/// fake.expect(Get::fake().answers_bytes(503, "text/plain", "later").any_times());
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
enum Planned {
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
        let names: Vec<&str> = known.map(|known| known.name).collect();
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
struct Expectation {
    operation: &'static Operation,
    values: Vec<(String, Value)>,
    body: Option<Value>,
    /// How often it may still be met; `None` for any number of times.
    left: Option<usize>,
    answer: Planned,
}

impl Expectation {
    /// Why a call is not this one; `None` if it is.
    fn mismatch(&self, seen: &Seen) -> Option<String> {
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

/// A call that a [`Fake`] has seen.
///
/// ```
/// # use std::error::Error;
/// # use sdkwright_runtime::*;
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
/// #     path: &[Segment::Text("/things/"), Segment::Parameter(0)],
/// #     parameters: &[Parameter::path("id")],
/// #     ..Operation::USUAL
/// # };
/// # #[derive(Clone, Debug, PartialEq)]
/// # struct GetError;
/// # impl ApiError for GetError {
/// #     fn decode(_: &RawResponse) -> Result<Option<Self>, DecodeError> {
/// #         Ok(None)
/// #     }
/// # }
/// # struct Get;
/// # impl Get {
/// #     fn fake() -> Expected<String, GetError> {
/// #         Expected::new(&GET, Some(response::text), "{}")
/// #     }
/// # }
/// # fn main() -> Result<(), Box<dyn Error>> {
/// # let fake = Fake::new();
/// # fake.expect(Get::fake().answers("a thing".to_owned()));
/// # let mut builder = CoreBuilder::new(&API);
/// # builder.transport(fake.clone());
/// # let mut call = builder.build()?.call(&GET);
/// # call.set_text(0, "7");
/// # let sent = call.send::<_, GetError>(response::text);
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// # assert_eq!(runtime.block_on(sent)?, "a thing");
/// for call in fake.seen() {
///     assert_eq!((call.operation, call.target.as_str()), ("things.get", "/things/7"));
///     assert_eq!(call.parameter("id").unwrap(), "7");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Seen {
    /// The operation, as `resource.action`.
    pub operation: &'static str,
    /// The parameters that were sent, by their names in the description.
    pub parameters: Vec<(&'static str, Value)>,
    /// The headers. Those with secrets are marked as sensitive.
    pub headers: HeaderMap,
    /// The path and the query.
    pub target: String,
    /// The body, unless it was a stream.
    pub body: Option<Bytes>,
}

impl Seen {
    /// The value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&Value> {
        let mut all = self.parameters.iter();
        all.find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// The body as JSON, if it is that.
    pub fn json_body(&self) -> Option<Value> {
        serde_json::from_slice(self.body.as_ref()?).ok()
    }
}

/// A stand-in for the API: a transport that answers as it was told. Clones are the same fake.
///
/// ```
/// # use std::error::Error;
/// # use sdkwright_runtime::*;
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
/// #     path: &[Segment::Text("/things/"), Segment::Parameter(0)],
/// #     parameters: &[Parameter::path("id")],
/// #     ..Operation::USUAL
/// # };
/// # #[derive(Clone, Debug, PartialEq)]
/// # struct GetError;
/// # impl ApiError for GetError {
/// #     fn decode(_: &RawResponse) -> Result<Option<Self>, DecodeError> {
/// #         Ok(None)
/// #     }
/// # }
/// # struct Get;
/// # impl Get {
/// #     fn fake() -> Expected<String, GetError> {
/// #         Expected::new(&GET, Some(response::text), "{}")
/// #     }
/// # }
/// # fn main() -> Result<(), Box<dyn Error>> {
/// let fake = Fake::new();
/// fake.expect(Get::fake().with("id", "7").answers("a thing".to_owned()));
/// // … here the code that is tested runs, with a client whose transport is the fake …
/// # let mut builder = CoreBuilder::new(&API);
/// # builder.transport(fake.clone());
/// # let mut call = builder.build()?.call(&GET);
/// # call.set_text(0, "7");
/// # let sent = call.send::<_, GetError>(response::text);
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// # assert_eq!(runtime.block_on(sent)?, "a thing");
/// fake.verify();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Fake {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    expected: Vec<Expectation>,
    seen: Vec<Seen>,
    /// What was asked for without being expected.
    unexpected: Vec<String>,
}

impl Fake {
    /// A fake that expects nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects a call. Of several expectations that a call meets, the first that is left is taken.
    pub fn expect<T, E>(&self, expected: Expected<T, E>) {
        let answer = match expected.answer {
            Planned::Usual => usual(&expected.examples),
            answer => answer,
        };
        self.state().expected.push(Expectation {
            operation: expected.operation,
            values: expected.values,
            body: expected.body,
            left: expected.times,
            answer,
        });
    }

    /// All calls that were made, in order.
    pub fn seen(&self) -> Vec<Seen> {
        self.state().seen.clone()
    }

    /// Holds what was expected against what came.
    ///
    /// # Panics
    /// If a call came that was not expected, or one was expected that did not come; the message
    /// lists all of these.
    #[track_caller]
    pub fn verify(&self) {
        let problems = self.problems();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    /// What [`verify`](Fake::verify) would complain about.
    pub fn problems(&self) -> Vec<String> {
        let state = self.state();
        let missing = state.expected.iter().filter_map(|it| {
            let left = it.left.filter(|left| *left > 0)?;
            Some(format!(
                "`{}` was not called ({left} more expected)",
                it.operation.id
            ))
        });
        state.unexpected.iter().cloned().chain(missing).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, seen: Seen) -> Planned {
        let mut state = self.state();
        state.seen.push(seen.clone());
        let mut reasons = Vec::new();
        for expectation in &mut state.expected {
            if expectation.left == Some(0) {
                continue;
            }
            match expectation.mismatch(&seen) {
                Some(reason) => reasons.push(reason),
                None => {
                    expectation.left = expectation.left.map(|left| left - 1);
                    return expectation.answer.clone();
                }
            }
        }
        let reasons = match reasons.is_empty() {
            true => "nothing more is expected".to_owned(),
            false => reasons.join("; "),
        };
        let problem = format!("unexpected call of `{}`: {reasons}", seen.operation);
        state.unexpected.push(problem.clone());
        Planned::Answer {
            status: StatusCode::IM_A_TEAPOT,
            headers: HeaderMap::new(),
            body: Value::from(problem).to_string().into(),
            typed: None,
        }
    }
}

impl Transport for Fake {
    fn send(&self, request: Request<Body>, _: Option<Duration>) -> Answer<'_> {
        let origin = request.extensions().get::<Origin>().cloned();
        let target = request.uri().path_and_query();
        let seen = Seen {
            operation: origin.as_ref().map_or("", |origin| origin.operation.id),
            parameters: origin.map(|origin| origin.values).unwrap_or_default(),
            headers: request.headers().clone(),
            target: target.map(ToString::to_string).unwrap_or_default(),
            body: request.body().as_bytes().cloned(),
        };
        let planned = self.answer(seen);
        Box::pin(async move { planned.send() })
    }
}

impl Planned {
    fn send(self) -> Result<Response<BoxStream<Result<Bytes, TransportError>>>, TransportError> {
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

/// A body that comes at once.
pub(super) fn whole(body: Bytes) -> BoxStream<Result<Bytes, TransportError>> {
    struct Whole(Option<Bytes>);
    impl futures_core::Stream for Whole {
        type Item = Result<Bytes, TransportError>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(self.0.take().map(Ok))
        }
    }
    Box::pin(Whole(Some(body).filter(|body| !body.is_empty())))
}

impl fmt::Debug for Fake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        out.debug_struct("Fake")
            .field("expected", &state.expected.len())
            .field("seen", &state.seen.len())
            .finish()
    }
}
