//! One idea a folder, and what each stage makes of it. `README.md` is the manual.
//!
//! The modules are `cfg(test)`, as all of this is, so that clippy lets them unwrap.

#[cfg(test)]
#[path = "../folder/mod.rs"]
mod folder;
#[cfg(test)]
mod suite;
#[cfg(test)]
mod views;
