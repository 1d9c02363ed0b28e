//! From a request to an answer: attempts, and what comes between them.
//!
//! ```text
//! Sending ──▶ exchange ──attempt──▶ transport
//!                ▲                      │
//!                └──retry, redirect─────┘
//! ```

pub(crate) mod attempt;
pub mod build_error;
pub mod builder;
pub mod client;
pub mod clock;
pub(crate) mod exchange;
pub mod hook;
pub(crate) mod redirect;
pub mod retry;
pub(crate) mod retry_after;
pub mod sending;
pub mod system_clock;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod tokio_timer;
pub(crate) mod trace;
