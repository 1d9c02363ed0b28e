//! The generated clients against a real server.
//!
//! Requests are compared with what the descriptions say, written out here by hand; answers are
//! the descriptions' own examples.
//!
//! The modules are `cfg(test)`, as all of this is, so that clippy lets them unwrap.

#[cfg(test)]
mod bodies;
#[cfg(test)]
mod broken;
#[cfg(test)]
mod callers;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod described;
#[cfg(test)]
mod fakes;
#[cfg(test)]
mod features;
#[cfg(test)]
mod instances;
#[cfg(test)]
mod kitchen_sink;
#[cfg(test)]
mod kitchen_sink_commands;
#[cfg(test)]
mod kitchen_sink_tokens;
#[cfg(test)]
mod losant_requests;
#[cfg(test)]
mod merged;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod paths;
#[cfg(test)]
mod round_trips;
#[cfg(test)]
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod server;
#[cfg(test)]
mod snyk_requests;
#[cfg(test)]
mod statuses;
#[cfg(test)]
mod throwaway;
