//! Everything that the codec of a type is written with, under one name.
//!
//! Types carry no serde attributes. The files of codecs implement [`Record`], [`Text`], `Union`,
//! [`Blank`] and their like by tables and short matches, and serde's own traits by one call into this
//! module. That compiles many times faster than derives and decodes as fast.

pub mod base64;
pub mod blank;
pub mod nullable;
pub mod object;
pub mod record;
pub mod text;
pub mod whole;

pub use self::blank::{Blank, blank};
pub use self::object::{Object, Optional, object};
pub use self::record::{
    Record, Table, next, next_entry, next_list, next_or_null, pass_over, record,
};
pub use self::text::{Text, text, write_text};
pub use self::whole::{Whole, whole, write_whole};
