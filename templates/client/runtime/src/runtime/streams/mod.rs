//! Answers that are read as they arrive: downloads, events and values one after another.

pub mod download;
pub mod events;
mod lines;
mod reconnect;
pub mod values;
