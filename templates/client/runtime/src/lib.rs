//! The runtime as a crate, so that it is compiled, linted and tested where it lives. Clients have
//! the module alone.

pub mod runtime;

pub use runtime::*;
