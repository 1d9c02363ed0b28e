//! A call as the transport of a test sees it.

use bytes::Bytes;
use http::{HeaderMap, Request};
use serde_json::Value;

use crate::runtime::tables::operation::Operation;
use crate::runtime::transport::body::Body;

/// What a request carries for a [`Fake`](crate::runtime::fake::Fake): the call that it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) operation: &'static Operation,
    /// The parameters that are sent, with their values.
    pub(crate) values: Vec<(&'static str, Value)>,
}

/// A call that a [`Fake`](crate::runtime::fake::Fake) has seen.
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
/// # let fake = Fake::new();
/// # fake.expect(fakes::get().answers("a thing".to_owned()));
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
    pub(crate) fn of(request: &Request<Body>) -> Self {
        let origin = request.extensions().get::<Origin>().cloned();
        let target = request.uri().path_and_query();
        Self {
            operation: origin.as_ref().map_or("", |origin| origin.operation.id),
            parameters: origin.map(|origin| origin.values).unwrap_or_default(),
            headers: request.headers().clone(),
            target: target.map(ToString::to_string).unwrap_or_default(),
            body: request.body().as_bytes().cloned(),
        }
    }

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
