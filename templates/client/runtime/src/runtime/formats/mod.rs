//! Values of formats such as `date-time` in types of other crates, or of ours. A client has the modules
//! of those that it was made with.

#[cfg(feature = "format-base64")]
pub mod base64;
#[cfg(feature = "format-chrono")]
pub mod chrono;
#[cfg(feature = "format-jiff")]
pub mod jiff;
#[cfg(feature = "format-rust-decimal")]
pub mod rust_decimal;
#[cfg(feature = "format-time")]
pub mod time;
#[cfg(feature = "format-url")]
pub mod url;
#[cfg(feature = "format-uuid")]
pub mod uuid;
