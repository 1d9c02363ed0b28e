//! From an answer to a value, or to an error that says what went wrong and where.

pub(crate) mod collect;
pub mod decode_error;
pub mod error;
pub(crate) mod failure;
pub(crate) mod json_text;
pub mod meta;
pub(crate) mod place;
#[cfg(feature = "cli")]
pub mod plain;
pub(crate) mod request_id;
pub mod response;
pub(crate) mod summary;
pub(crate) mod whole_numbers;
