//! One parameter of an operation, or of the client.

use std::ops::Deref;

use crate::runtime::tables::manner::Manner;

/// The name of a parameter on the wire, and all else of it. Most tables have many, so an entry is made
/// without a call, which takes the compiler less.
#[derive(Clone, Copy, Debug)]
pub struct Parameter(pub &'static str, pub Manner);

impl Parameter {
    /// The name on the wire.
    pub const fn name(&self) -> &'static str {
        self.0
    }
}

impl Deref for Parameter {
    type Target = Manner;

    #[inline]
    fn deref(&self) -> &Manner {
        &self.1
    }
}
