//! Waiting for the pages of a list, and for its items.

use crate::runtime::blocking::waiting::Awaited;
use crate::runtime::blocking::{Waiting, unable};
use crate::runtime::pages::Pages;
use crate::runtime::pages::items::Items;
use crate::runtime::reading::error::ApiError;

impl<P: 'static, E: ApiError> Pages<P, E> {
    /// The pages as an iterator that waits for each.
    pub fn wait(self) -> Waiting<Self>
    where
        P: Send,
    {
        Waiting::new(self)
    }
}

impl<P, E: ApiError> Awaited for Pages<P, E> {
    fn unable(&self, why: &'static str) -> Self::Item {
        Err(unable(self.operation_id(), why))
    }
}

impl<T, P, E: ApiError> Awaited for Items<T, P, E> {
    fn unable(&self, why: &'static str) -> Self::Item {
        Err(unable(self.operation_id(), why))
    }
}

impl<T: Send + 'static, P: 'static, E: ApiError> Items<T, P, E> {
    /// The items as an iterator that waits for each page.
    pub fn wait(self) -> Waiting<Self> {
        Waiting::new(self)
    }
}
