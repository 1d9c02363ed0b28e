//! What a client knows of its API: constants that the resources' modules and the client hold. All
//! behaviour reads them, none is emitted.

pub mod api;
pub mod operation;
pub mod parameter;
pub mod server;
