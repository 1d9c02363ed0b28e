//! Everything that the codec of a type is written with, under one name.
//!
//! Types carry no serde attributes. The files of codecs implement [`Record`], `Union`, [`Blank`] and
//! their like by tables and short matches, and serde's own traits by one call into this module. That
//! compiles many times faster than derives and decodes as fast.

pub(crate) mod base64;
pub mod blank;
pub mod debug;
pub mod field;
#[cfg(feature = "unions")]
pub mod mixed;
mod names;
pub mod nullable;
#[cfg(feature = "unions")]
pub mod number;
pub mod object;
pub mod record;
#[cfg(feature = "unions")]
pub mod rule;
pub mod text;
#[cfg(feature = "unions")]
mod trials;
#[cfg(feature = "tuples")]
pub mod tuple;
#[cfg(feature = "unions")]
pub mod union;
pub mod whole;

pub use self::blank::{Blank, blank};
pub use self::debug::{debug, debug_json};
pub use self::field::FieldVisitor;
#[cfg(feature = "unions")]
pub use self::mixed::{Mixed, mixed, mixed_of, write_mixed};
#[cfg(feature = "unions")]
pub use self::number::{Number, number, write_number};
pub use self::object::{Object, Optional, object};
pub use self::record::{Far, Record, Table, next_entry, record};
#[cfg(feature = "unions")]
pub use self::rule::{Is, Kind, Rule};
pub use self::text::text;
#[cfg(feature = "tuples")]
pub use self::tuple::{Tuple, array, next_item, next_of_rest, pass_over_item, tuple};
#[cfg(feature = "unions")]
pub use self::union::{Union, boxed_variant, union, value, variant, write_tagged};
pub use self::whole::{Whole, whole, write_whole};
