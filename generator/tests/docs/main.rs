//! The documentation formats: the seeds, one small case for each rule, links.

mod build;
mod cases;
#[path = "../links/mod.rs"]
mod links;
mod pages;
mod seeds;
mod stripped;
