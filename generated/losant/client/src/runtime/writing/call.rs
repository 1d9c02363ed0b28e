//! One call while it is written: the values of parameters, the body, the options.
//!
//! Nothing fails here. What cannot be written is kept and reported when the call is sent, so that
//! setters can be chained.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::runtime::delivery::client::Core;
use crate::runtime::delivery::sending::{How, Sending};
use crate::runtime::reading::error::ApiError;
use crate::runtime::reading::meta::WithMeta;
use crate::runtime::reading::response::{self, Decode, RawResponse};
use crate::runtime::tables::operation::Operation;
use crate::runtime::tables::parameter::{Parameter, Place};
use crate::runtime::transport::body::Upload;
use crate::runtime::writing::options::CallOptions;
use crate::runtime::writing::request::Request;
use crate::runtime::writing::said::Said;

/// A call that has not been sent.
#[derive(Clone)]
pub struct Call {
    pub(crate) core: Core,
    pub(crate) operation: &'static Operation,
    /// What few calls have is in boxes, for a call is moved by each of its setters.
    options: Option<Box<CallOptions>>,
    pub(crate) body: Option<Box<Payload>>,
    /// The media types to ask for, where they are not those of the operation.
    pub(crate) accept: Option<&'static str>,
    /// The first thing that could not be written.
    pub(crate) problem: Option<String>,
    /// What was set, with the positions of its parameters. That is a few of many, mostly.
    values: Vec<(usize, Value)>,
}

/// A body with its media type.
#[derive(Clone)]
pub(crate) struct Payload {
    pub(crate) media_type: String,
    pub(crate) content: Upload,
}

/// Who set a value; the later goes before the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    Default,
    Client,
    Call,
}

impl Call {
    pub(crate) fn new(core: Core, operation: &'static Operation) -> Self {
        Self {
            core,
            operation,
            options: None,
            body: None,
            accept: None,
            problem: None,
            values: Vec::new(),
        }
    }

    /// Sets the parameter at this position of [`Operation::parameters`]. A value that is null on
    /// the wire means that the parameter is not sent, not even its default.
    pub fn set<T: Serialize + ?Sized>(&mut self, parameter: usize, value: &T) {
        self.set_value(parameter, serde_json::to_value(value));
    }

    /// Sets the parameter at this position to a text.
    #[inline]
    pub fn set_text(&mut self, parameter: usize, text: impl Into<String>) {
        self.set_value(parameter, Ok(Value::String(text.into())));
    }

    fn set_value(&mut self, parameter: usize, value: Result<Value, serde_json::Error>) {
        match (self.operation.parameters.get(parameter), value) {
            (Some(_), Ok(value)) => match self.values.iter_mut().find(|(at, _)| *at == parameter) {
                Some((_, set)) => *set = value,
                None => self.values.push((parameter, value)),
            },
            (Some(Parameter(name, _)), Err(error)) => {
                self.problem(format!("parameter `{name}` cannot be written: {error}"));
            }
            (None, _) => {
                self.problem(format!("the operation has no parameter number {parameter}"));
            }
        }
    }

    /// What the call set of a parameter.
    #[inline]
    fn own_value(&self, parameter: usize) -> Option<&Value> {
        let mut values = self.values.iter();
        values.find_map(|(at, value)| (*at == parameter).then_some(value))
    }

    /// Sets a JSON body of this media type.
    pub fn body<T: Serialize + ?Sized>(&mut self, media_type: &str, value: &T) {
        match serde_json::to_vec(value) {
            Ok(bytes) => self.body_bytes(media_type, bytes),
            Err(error) => self.problem(format!("the body cannot be written as JSON: {error}")),
        }
    }

    /// Sets a body of JSON values, each on a line of its own. Records of `application/json-seq`
    /// begin with `U+001E` (RFC 7464).
    pub fn body_lines<T: Serialize>(&mut self, media_type: &str, items: &[T]) {
        let mut body = Vec::new();
        for item in items {
            if media_type.starts_with("application/json-seq") {
                body.push(0x1e);
            }
            if let Err(error) = serde_json::to_writer(&mut body, item) {
                self.problem(format!("the body cannot be written as JSON: {error}"));
            }
            body.push(b'\n');
        }
        self.body_bytes(media_type, body);
    }

    /// Sets a body that is text of this media type.
    pub fn body_text(&mut self, media_type: &str, text: impl Into<String>) {
        self.body_bytes(media_type, text.into());
    }

    /// Sets a body as it is, of this media type.
    pub fn body_bytes(&mut self, media_type: &str, content: impl Into<Upload>) {
        self.body = Some(Box::new(Payload {
            media_type: media_type.to_owned(),
            content: content.into(),
        }));
    }

    /// Sets the options, in place of any that were set before.
    pub fn options(&mut self, options: CallOptions) {
        self.options = Some(Box::new(options));
    }

    /// What was set of this call only.
    pub(crate) fn own_options(&self) -> &CallOptions {
        static NONE: CallOptions = CallOptions::NONE;
        self.options.as_deref().unwrap_or(&NONE)
    }

    /// The request of an action that has nothing more to set.
    #[inline]
    pub fn request<T, E>(self, decode: Decode<T>) -> Request<T, E> {
        Request::new(self, decode)
    }

    /// Sends the call. Nothing happens until the result is awaited.
    #[inline]
    pub fn send<T: 'static, E: ApiError>(self, decode: Decode<T>) -> Sending<T, E> {
        Sending::new(self, How::Plain(decode))
    }

    /// Sends the call and keeps status and headers beside the decoded body.
    #[inline]
    pub fn send_with_meta<T: 'static, E: ApiError>(
        self,
        decode: Decode<T>,
    ) -> Sending<WithMeta<T>, E> {
        let with_meta = move |answer: &RawResponse| {
            let body = How::Plain(decode).decode(answer)?;
            Ok(WithMeta::new(answer, body))
        };
        Sending::new(self, How::Other(Box::new(with_meta)))
    }

    /// [`request`](Self::request) of an action that is answered with JSON, as most are. This and the two
    /// below are there because a decoder that is named at each call takes the compiler longer.
    #[inline]
    pub fn json_request<T: DeserializeOwned, E>(self) -> Request<T, E> {
        self.request(response::json)
    }

    /// [`send`](Self::send), answered with JSON.
    #[inline]
    pub fn json<T: DeserializeOwned + 'static, E: ApiError>(self) -> Sending<T, E> {
        self.send(response::json)
    }

    /// [`send_with_meta`](Self::send_with_meta), answered with JSON.
    #[inline]
    pub fn json_with_meta<T: DeserializeOwned + 'static, E: ApiError>(
        self,
    ) -> Sending<WithMeta<T>, E> {
        self.send_with_meta(response::json)
    }

    /// The value to send for a parameter and who set it; `None` if it is not sent. It is asked for in
    /// many places, one after the other, which are short if it is not put into each.
    #[inline(never)]
    pub(crate) fn value(&self, index: usize) -> Option<(Layer, Said<'_>)> {
        let parameter = self.operation.parameters.get(index)?;
        let shared = &self.core.shared;
        let from_client = parameter
            .client
            .and_then(|at| shared.parameters.get(at)?.as_ref());
        let (layer, value) = match (self.own_value(index), from_client) {
            (Some(value), _) => (Layer::Call, value),
            (None, Some(value)) => (Layer::Client, value),
            (None, None) => {
                let of_client = || shared.api.parameters.get(parameter.client?)?.default;
                let text = parameter.default.or_else(of_client)?;
                return Some((Layer::Default, Said::Text(text)));
            }
        };
        (!value.is_null()).then_some((layer, Said::Value(value)))
    }

    /// The parameters of these places with the values to send.
    pub(crate) fn values_in(
        &self,
        places: impl Fn(Place) -> bool,
    ) -> impl Iterator<Item = (&'static Parameter, Layer, Said<'_>)> {
        let parameters = self.operation.parameters.iter().enumerate();
        let there = parameters.filter(move |(_, parameter)| places(parameter.place));
        there.filter_map(|(index, parameter)| {
            let (layer, value) = self.value(index)?;
            Some((parameter, layer, value))
        })
    }

    pub(crate) fn problem(&mut self, message: String) {
        self.problem.get_or_insert(message);
    }
}

/// Names the parameters that are set, without their values.
impl fmt::Debug for Call {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters = self.operation.parameters.iter().enumerate();
        let set = parameters.filter(|(at, _)| self.own_value(*at).is_some());
        let set = set.map(|(_, parameter)| parameter.name());
        out.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("parameters", &set.collect::<Vec<_>>())
            .field("body", &self.body.as_ref().map(|body| &body.content))
            .field("options", self.own_options())
            .field("core", &self.core)
            .finish()
    }
}
