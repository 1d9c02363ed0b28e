//! Waiting for the pages of a list, and for its items.

use crate::runtime::blocking::Waiting;
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

impl<T: Send + 'static, P: 'static, E: ApiError> Items<T, P, E> {
    /// The items as an iterator that waits for each page.
    pub fn wait(self) -> Waiting<Self> {
        Waiting::new(self)
    }
}
