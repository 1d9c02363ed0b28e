//! The runtime as a generated client uses it, against servers on the loopback interface.

// Emitted code says `crate::runtime`.
use sdkwright_runtime as runtime;

pub mod mini_client;

#[cfg(test)]
mod answers;
#[cfg(test)]
mod blocking;
#[cfg(test)]
mod builders;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod cancel;
#[cfg(test)]
#[cfg(feature = "test-util")]
mod cassettes;
#[cfg(test)]
mod codec;
#[cfg(test)]
#[cfg(feature = "cli")]
mod commands;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod documented_headers;
#[cfg(all(test, feature = "strict"))]
mod drifts;
#[cfg(test)]
mod enums;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod names;
mod options;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod paging;
#[cfg(test)]
mod paths;
#[cfg(test)]
mod places;
#[cfg(test)]
mod reconnects;
#[cfg(test)]
mod recorder;
#[cfg(test)]
mod redirects;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod retries;
#[cfg(test)]
mod schedules;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod secrets_everywhere;
#[cfg(test)]
mod server;
#[cfg(test)]
mod servers;
#[cfg(test)]
mod services;
#[cfg(test)]
mod sim;
#[cfg(test)]
mod sizes;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod streams;
#[cfg(test)]
mod styles;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod traces;
#[cfg(test)]
mod transports;
#[cfg(test)]
mod tuples;
#[cfg(test)]
mod unions;
#[cfg(test)]
mod uploads;
#[cfg(test)]
mod wire;
