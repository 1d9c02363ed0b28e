//! A user's own templates: one folder beside a configuration a case. `README.md` is the manual.
//!
//! The modules are `cfg(test)`, as all of this is, so that clippy lets them unwrap.

#[cfg(test)]
#[path = "../folder/mod.rs"]
#[expect(dead_code, reason = "all cases of this suite share one description")]
mod folder;
#[cfg(test)]
mod suite;
