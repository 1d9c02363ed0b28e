//! The hand-written part of this client: how a call is written, sent and read.
//!
//! The modules of resources and types beside this one hold tables and plain types; all behaviour
//! is here. Most users need four things of it:
//!
//! * [`Error`], with predicates that say what went wrong,
//! * [`CallOptions`], to change one call,
//! * [`Nullable`], for fields where *absent* and *null* mean different things,
//! * [`Transport`], to send requests through something other than reqwest, as tests do.
//!
//! ```text
//! call ──set, body──▶ Call ──prepare──▶ request ──Transport──▶ RawResponse ──decode──▶ T or Error<E>
//! ```
//!
//! A request that failed is sent again if that is safe and may help: see [`retry`]. Redirects are
//! followed for GET and HEAD; to another origin goes nothing that says who the caller is.
//!
//! Of the modules `format_*`, which hold the values of formats in types of other crates, a client
//! has those that it was made with.

pub mod api;
mod attempt;
mod authorize;
pub mod base64;
pub mod blank;
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
pub mod body;
pub mod boxed;
pub mod build_error;
pub mod builder;
pub mod call;
#[cfg(feature = "test-util")]
pub mod cassette;
#[cfg(feature = "cli")]
pub mod cli;
pub mod client;
pub mod clock;
pub mod codec;
mod collect;
pub mod credential;
pub mod cursor;
pub mod decode_error;
pub mod download;
#[cfg(feature = "strict")]
pub mod drift;
pub mod error;
pub mod escape;
pub mod events;
mod exchange;
#[cfg(feature = "test-util")]
pub mod expected;
mod failure;
#[cfg(feature = "test-util")]
pub mod fake;
pub mod form;
#[cfg(any(
    feature = "tower",
    all(feature = "reqwest", not(target_arch = "wasm32"))
))]
mod frames;
pub mod headers;
pub mod hook;
pub mod items;
mod lines;
mod link_header;
mod measured;
pub mod meta;
pub mod mixed;
mod next_link;
pub mod nullable;
pub mod number;
pub mod oauth2;
pub mod object;
pub mod operation;
pub mod options;
mod page_body;
pub mod pages;
pub mod paging;
pub mod parameter;
mod place;
pub mod plain;
mod prepare;
mod reconnect;
pub mod record;
mod redirect;
pub mod request;
mod request_headers;
mod request_id;
mod request_url;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
mod reqwest_native;
#[cfg(feature = "reqwest")]
pub mod reqwest_transport;
#[cfg(all(feature = "reqwest", target_arch = "wasm32"))]
mod reqwest_wasm;
pub mod response;
pub mod retry;
mod retry_after;
pub mod rule;
mod said;
#[cfg(feature = "test-util")]
pub mod seen;
pub mod sending;
pub mod server;
#[cfg(feature = "tower")]
pub mod service_transport;
pub mod style;
mod summary;
pub mod system_clock;
pub mod text;
pub mod token;
#[cfg(not(target_arch = "wasm32"))]
mod tokio_timer;
mod trace;
#[cfg(feature = "strict")]
mod tracked;
mod trail;
pub mod transport;
pub mod tuple;
pub mod union;
pub mod values;
mod walk;
pub mod whole;
pub mod whole_query;

pub use self::api::{Api, Scheme, SchemeKind};
pub use self::base64::Base64;
pub use self::body::{Body, Upload};
pub use self::build_error::BuildError;
pub use self::builder::CoreBuilder;
pub use self::call::Call;
#[cfg(feature = "test-util")]
pub use self::cassette::{Recorder, Replay};
pub use self::client::Core;
pub use self::clock::Clock;
pub use self::credential::Credential;
pub use self::cursor::{Cursor, CursorError};
pub use self::decode_error::DecodeError;
pub use self::download::{Download, Opening};
#[cfg(feature = "strict")]
pub use self::drift::{Drift, DriftKind};
pub use self::error::{ApiError, Error};
pub use self::events::{Event, Events, SequenceError};
#[cfg(feature = "test-util")]
pub use self::expected::Expected;
#[cfg(feature = "test-util")]
pub use self::fake::Fake;
pub use self::form::{File, Form};
pub use self::headers::{HeaderError, Headers};
pub use self::hook::{Attempt, Hook, Outcome};
pub use self::items::Items;
pub use self::meta::WithMeta;
pub use self::nullable::Nullable;
pub use self::oauth2::OAuth2;
pub use self::operation::{Operation, Segment};
pub use self::options::CallOptions;
pub use self::pages::Pages;
pub use self::paging::Paging;
pub use self::parameter::{Parameter, Place, Style};
pub use self::request::Request;
#[cfg(feature = "reqwest")]
pub use self::reqwest_transport::ReqwestTransport;
pub use self::response::RawResponse;
pub use self::retry::RetryPolicy;
#[cfg(feature = "test-util")]
pub use self::seen::Seen;
pub use self::sending::Sending;
pub use self::server::Server;
#[cfg(feature = "tower")]
pub use self::service_transport::ServiceTransport;
pub use self::system_clock::SystemClock;
pub use self::token::{TokenContext, TokenError, TokenProvider};
pub use self::transport::{Transport, TransportError};
pub use self::values::Values;
pub use http::{HeaderMap, StatusCode};
pub use secrecy::SecretString;
