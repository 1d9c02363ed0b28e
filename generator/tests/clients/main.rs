//! The generated clients against a real server, and every Rust sample of the docs run.
//!
//! Requests are compared with what the descriptions say, written out here by hand; answers are
//! the descriptions' own examples.

mod bodies;
mod broken;
mod callers;
mod described;
mod kitchen_sink;
mod losant_requests;
mod pages;
mod paths;
mod samples;
mod secrets;
mod server;
mod snyk_requests;
mod statuses;
mod throwaway;
