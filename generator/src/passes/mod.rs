//! Api → Api, one transform a file.

pub mod examples;
