//! One OpenAPI description in; a Rust client crate and Markdown docs out.

pub mod cli;
pub mod commonmark;
pub mod config;
pub mod diagnostic;
pub mod docs;
pub mod formats;
pub mod ir;
pub mod mock;
pub mod model;
pub mod naming;
pub mod output;
pub mod parallel;
pub mod passes;
pub mod pipeline;
pub mod resolve;
pub mod rust;
pub mod source;
pub mod template;
