//! The runtime where a client has it: in a module of another crate, with its files unchanged.
//!
//! That this compiles is the test that no path in it begins at the crate's root.

#[path = "../src/lib.rs"]
pub mod runtime;
