//! In which component a schema is written.
//!
//! A child takes the schemas of its parent's fields as they are, so that one inline schema is held
//! by many types. It is written in one of them.

use std::collections::BTreeMap;

use crate::diagnostic::At;
use crate::ir::{TypeId, Types};

/// The components of an API by their places.
pub(super) struct Homes {
    components: BTreeMap<At, TypeId>,
}

impl Homes {
    /// The components among these types.
    pub(super) fn of(types: &Types) -> Self {
        let components = types.iter().filter(|(_, ty)| ty.key.is_some());
        Self {
            components: components.map(|(id, ty)| (ty.at, id)).collect(),
        }
    }

    /// The component that what stands at this place is written in: the last one that begins before
    /// it. Behind the components there is nothing that they hold.
    pub(super) fn of_place(&self, at: At) -> Option<TypeId> {
        let (place, id) = self.components.range(..=at).next_back()?;
        (place.file == at.file).then_some(*id)
    }
}
