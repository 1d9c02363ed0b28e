//! The hand-written part of a client: how a call is written, sent and read.
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
//! The folders follow a call on its way: [`tables`], [`writing`], [`credentials`], [`delivery`],
//! [`transport`], [`reading`], [`codec`]. Parts that an API has no use for are left out, or for the
//! command line only: `pages`, `streams`, forms, OAuth 2, unions and the like.

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
#[cfg(feature = "check-values")]
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod codec;
pub mod credentials;
pub mod delivery;
#[cfg(feature = "strict")]
pub mod drift;
#[cfg(feature = "test-util")]
pub mod fake;
#[cfg(feature = "formats")]
pub mod formats;
#[cfg(feature = "pages")]
pub mod pages;
pub mod reading;
#[cfg(feature = "streams")]
pub mod streams;
pub mod tables;
pub mod transport;
pub mod writing;

#[cfg(feature = "check-values")]
pub use self::check::limit;
pub use self::codec::nullable::Nullable;
pub use self::credentials::credential::Credential;
#[cfg(feature = "oauth2")]
pub use self::credentials::oauth2::OAuth2;
pub use self::credentials::token::{TokenContext, TokenError, TokenProvider};
pub use self::delivery::build_error::BuildError;
pub use self::delivery::builder::CoreBuilder;
pub use self::delivery::client::Core;
pub use self::delivery::clock::Clock;
pub use self::delivery::hook::{Attempt, Hook, Outcome};
pub use self::delivery::retry::{self, RetryPolicy};
pub use self::delivery::sending::Sending;
pub use self::delivery::system_clock::SystemClock;
#[cfg(feature = "strict")]
pub use self::drift::{Drift, DriftKind};
#[cfg(feature = "test-util")]
pub use self::fake::Fake;
#[cfg(feature = "test-util")]
pub use self::fake::cassette::{Recorder, Replay};
#[cfg(feature = "test-util")]
pub use self::fake::expected::Expected;
#[cfg(feature = "test-util")]
pub use self::fake::seen::Seen;
#[cfg(feature = "format-base64")]
pub use self::formats::base64::Base64;
#[cfg(feature = "pages")]
pub use self::pages::Pages;
#[cfg(feature = "pages")]
pub use self::pages::cursor::{Cursor, CursorError};
#[cfg(feature = "pages")]
pub use self::pages::items::Items;
#[cfg(feature = "pages")]
pub use self::pages::paging::Paging;
pub use self::reading::decode_error::DecodeError;
pub use self::reading::error::{ApiError, Error};
#[cfg(feature = "headers")]
pub use self::reading::headers::{HeaderError, Headers};
pub use self::reading::meta::WithMeta;
pub use self::reading::response::{self, RawResponse};
#[cfg(feature = "streams")]
pub use self::streams::download::{self, Download, Opening};
#[cfg(feature = "streams")]
pub use self::streams::events::{Event, Events, SequenceError};
#[cfg(feature = "streams")]
pub use self::streams::values::Values;
pub use self::tables::api::{Api, Scheme, SchemeKind};
pub use self::tables::operation::Operation;
pub use self::tables::parameter::{COOKIE, HEADER, Manner, PATH, Parameter, Place, QUERY, Style};
pub use self::tables::server::Server;
pub use self::transport::body::{Body, Upload};
#[cfg(feature = "reqwest")]
pub use self::transport::reqwest_transport::ReqwestTransport;
#[cfg(feature = "tower")]
pub use self::transport::service_transport::ServiceTransport;
pub use self::transport::{Transport, TransportError};
pub use self::writing::call::Call;
#[cfg(feature = "forms")]
pub use self::writing::form::{File, Form};
pub use self::writing::options::CallOptions;
pub use self::writing::request::Request;
pub use self::writing::whole_query::QUERYSTRING;
pub use http::{HeaderMap, StatusCode};
pub use secrecy::SecretString;
