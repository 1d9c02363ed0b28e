//! The API → the API, one transform a file, each with the reason why it is there.

mod events;
pub mod examples;
mod pagination;
mod ranges;
mod select;
mod twins;
mod unions;

pub use events::find_events;
pub use pagination::find_pagination;
pub use ranges::settle_ranges;
pub use select::{Chosen, Selection, select};
pub use twins::{Twins, twins};
pub use unions::simplify_unions;
