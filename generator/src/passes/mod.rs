//! The API → the API, one transform a file, each with the reason why it is there.

mod events;
pub mod examples;
mod own_shapes;
mod pagination;
mod ranges;
mod select;
mod self_holding;
mod twins;
mod unions;

pub use events::find_events;
pub use own_shapes::give_own_shapes;
pub use pagination::find_pagination;
pub use ranges::settle_ranges;
pub use select::{Chosen, Selection, select};
pub use self_holding::name_self_holding;
pub use twins::{Twins, twins};
pub use unions::simplify_unions;
