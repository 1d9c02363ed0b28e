//! Everything that the codec of a type is written with, under one name.
//!
//! Types carry no serde attributes. The files of codecs implement [`Record`], `Union`, [`Blank`] and
//! their like by tables and short matches, and serde's own traits by one call into this module. That
//! compiles many times faster than derives and decodes as fast.

pub(crate) mod base64;
pub mod blank;
pub mod debug;
pub mod field;
mod names;
pub mod nullable;
pub mod object;
pub mod record;
pub mod text;
pub mod whole;

pub use self::blank::{Blank, blank};
pub use self::debug::{debug, debug_json};
pub use self::field::FieldVisitor;
pub use self::object::{Object, Optional, object};
pub use self::record::{Far, Record, Table, next_entry, record};
pub use self::text::text;
pub use self::whole::{Whole, whole, write_whole};
