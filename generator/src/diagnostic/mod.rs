//! The one way to report a problem.
//!
//! A stage never prints and never panics on what came from a description: it adds a
//! [`Problem`] to the [`Problems`] it was handed and goes on as well as it can. A problem says
//! what is wrong (a stable [`Code`] and a message), where ([`At`], turned into file, line and
//! pointer only when somebody asks), and what to do about it (`help`).

mod at;
mod excerpt;
mod locate;
mod machine;
mod near;
mod problem;
mod render;

pub use at::{At, FileId};
pub use locate::{Both, Locate, Nowhere, Place};
pub use machine::json;
pub use near::near;
pub use problem::{Code, Problem, Problems, Severity};
pub use render::{Style, human, summary};
