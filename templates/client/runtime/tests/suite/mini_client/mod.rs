//! A small client, written by hand the way the generator writes one.

pub mod client;
pub mod codec;
pub mod instance_org_invites;
pub mod types;

pub use self::client::{Client, ClientBuilder};
