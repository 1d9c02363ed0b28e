//! UUIDs as the crate uuid has them.

use uuid::Uuid;

use crate::runtime::codec::blank::Blank;

impl Blank for Uuid {
    #[inline]
    fn blank() -> Self {
        Self::nil()
    }
}
