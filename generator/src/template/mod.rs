//! The files of the folder `templates/`, which travel in the binary, and how one is rendered.
//!
//! The only room that knows tera and how the files are embedded. A template is handed a context
//! in which every word is decided: it prints, loops and asks whether something is there. Nothing
//! is escaped here; that is decided with the words.

mod files;
mod render;

pub use files::{doc_formats, file, files_under};
pub use render::render;
