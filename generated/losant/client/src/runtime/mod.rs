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
//! Requests are sent once: there are no retries. Redirects are followed for GET and HEAD, and
//! only to the same origin, so that a credential never reaches another host.
//!
//! Of the modules `format_*`, which hold the values of formats in types of other crates, a client
//! has those that it was made with.

pub mod api;
pub mod base64;
pub mod blank;
pub mod build_error;
pub mod builder;
pub mod call;
pub mod client;
pub mod codec;
pub mod credential;
pub mod decode_error;
pub mod download;
pub mod error;
pub mod escape;
pub mod events;
mod exchange;
mod failure;
pub mod form;
pub mod headers;
pub mod items;
pub mod meta;
pub mod mixed;
mod next_link;
pub mod nullable;
pub mod number;
pub mod object;
pub mod operation;
pub mod options;
pub mod pages;
pub mod parameter;
pub mod plain;
mod prepare;
pub mod record;
mod request_headers;
mod request_id;
mod request_url;
pub mod reqwest_transport;
pub mod response;
pub mod rule;
pub mod sending;
pub mod server;
pub mod style;
mod summary;
pub mod text;
pub mod transport;
pub mod tuple;
pub mod union;
mod walk;
pub mod whole;
pub mod whole_query;

pub use self::api::{Api, Scheme, SchemeKind};
pub use self::base64::Base64;
pub use self::build_error::BuildError;
pub use self::builder::CoreBuilder;
pub use self::call::Call;
pub use self::client::Core;
pub use self::decode_error::DecodeError;
pub use self::download::{Download, Opening};
pub use self::error::{ApiError, Error};
pub use self::events::{Event, Events, SequenceError, Values};
pub use self::form::{File, Form};
pub use self::headers::{HeaderError, Headers};
pub use self::items::Items;
pub use self::meta::WithMeta;
pub use self::nullable::Nullable;
pub use self::operation::{Operation, Segment};
pub use self::options::CallOptions;
pub use self::pages::Pages;
pub use self::parameter::{Parameter, Place, Style};
pub use self::reqwest_transport::ReqwestTransport;
pub use self::response::RawResponse;
pub use self::sending::Sending;
pub use self::server::Server;
pub use self::transport::{Transport, TransportError};
pub use http::{HeaderMap, StatusCode};
pub use secrecy::SecretString;
