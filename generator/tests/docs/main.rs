//! The documentation formats: the seeds, one small case for each rule, links.
//!
//! The modules are `cfg(test)`, as all of this is, so that clippy lets them unwrap.

#[cfg(test)]
mod build;
#[cfg(test)]
mod cases;
#[cfg(test)]
#[path = "../links/mod.rs"]
mod links;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod seeds;
#[cfg(test)]
mod stripped;
