//! The files of the folder `templates/`, which travel in the binary, those of a user that stand in
//! their place, and how one is rendered.
//!
//! The only room that knows tera and how the files are embedded. A template is handed a context
//! in which every word is decided: it prints, loops and asks whether something is there. Nothing
//! is escaped here; that is decided with the words.

mod fault;
mod files;
mod own;
mod render;
mod set;
mod strict;

pub use files::{file, files_under};
pub use render::{Handed, Shared};
pub use set::Templates;
