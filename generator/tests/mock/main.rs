//! The mock server: what it makes of requests, and what it answers.
//!
//! Most tests ask a [`Mock`](sdkwright::mock::Mock) without the network; those of `server` and
//! `showcase` go through HTTP. The modules are `cfg(test)`, so that clippy lets them unwrap.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod checks;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod server;
#[cfg(test)]
mod shop;
#[cfg(test)]
mod showcase;
