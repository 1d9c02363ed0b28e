//! Who a caller is: what a client was given, where it stands in requests, and tokens that are fetched.

pub(crate) mod authorize;
pub(crate) mod chosen;
pub mod credential;
#[cfg(feature = "cli")]
pub(crate) mod granted;
#[cfg(feature = "cli")]
pub mod oauth2;
pub mod token;
