//! From a call to a request: values of parameters and a body become a URL, headers and bytes.
//!
//! ```text
//! Call ──style──▶ request_url, request_headers ──prepare──▶ what is sent, or what cannot be written
//! ```

pub mod call;
pub mod escape;
#[cfg(feature = "cli")]
pub mod form;
pub mod options;
pub(crate) mod prepare;
pub mod request;
pub(crate) mod request_headers;
pub(crate) mod request_url;
pub(crate) mod said;
pub mod style;
pub(crate) mod url_encoded;
pub mod whole_query;
