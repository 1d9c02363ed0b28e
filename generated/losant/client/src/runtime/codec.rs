//! Everything that the codec of a type is written with, under one name.
//!
//! Types carry no serde attributes. The files of codecs implement [`Record`], [`Text`], [`Union`],
//! [`Blank`] and their like by tables and short matches, and serde's own traits by one call into this
//! module. That compiles many times faster than derives and decodes as fast.

pub use super::blank::{Blank, blank};
pub use super::mixed::{Mixed, mixed, mixed_of, write_mixed};
pub use super::number::{Number, number, write_number};
pub use super::object::{Object, Optional, object};
pub use super::record::{Record, next, next_entry, next_list, next_or_null, pass_over, record};
pub use super::rule::{Is, Kind, Rule};
pub use super::text::{Text, text, write_text};
pub use super::tuple::{Tuple, array, next_item, next_of_rest, pass_over_item, tuple};
pub use super::union::{Union, union, value};
pub use super::whole::{Whole, whole, write_whole};
