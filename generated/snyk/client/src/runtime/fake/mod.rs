//! A stand-in for the API in tests of code that uses this client: the feature `test-util`.
//!
//! A [`Fake`] is a transport that answers calls as it was told and reaches no network. What it
//! expects is typed: the answer to an action is of the type that the action returns, or one of
//! its documented errors, or an example of the description.
//!
//! ```text
//! let fake = Fake::new();
//! fake.expect(fakes::get().with("orgId", "o1").example());
//! fake.expect(fakes::get().fails(404, GetError::NotFound(problem)));
//!
//! let client = Client::builder().transport(fake.clone()).build()?;
//! code_under_test(&client).await;
//! fake.verify();
//! ```

pub mod cassette;
pub mod expected;
pub mod seen;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Request;

use crate::runtime::fake::expected::{Expectation, Expected, Planned};
use crate::runtime::fake::seen::Seen;
use crate::runtime::transport::body::Body;
use crate::runtime::transport::boxed::BoxStream;
use crate::runtime::transport::{Answer, Transport, TransportError};

/// A stand-in for the API: a transport that answers as it was told. Clones are the same fake.
///
/// ```
/// # use std::error::Error;
/// # use snyk_invites::runtime::*;
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
/// fake.expect(fakes::get().with("id", "7").answers("a thing".to_owned()));
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
        self.state().expected.push(expected.untyped());
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
        Planned::refusal(problem)
    }
}

impl Transport for Fake {
    fn send(&self, request: Request<Body>, _: Option<Duration>) -> Answer<'_> {
        let planned = self.answer(Seen::of(&request));
        Box::pin(async move { planned.send() })
    }
}

/// A body that comes at once.
pub(crate) fn whole(body: Bytes) -> BoxStream<Result<Bytes, TransportError>> {
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
