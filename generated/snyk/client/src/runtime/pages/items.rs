//! The items of a list, across its pages.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use futures_core::Stream;

use crate::runtime::pages::Pages;
use crate::runtime::pages::cursor::Cursor;
use crate::runtime::reading::error::{ApiError, Error};

/// The items of a list, whose pages are fetched as they are needed.
///
/// ```
/// use snyk_invites::runtime::{ApiError, Error, Items};
///
/// async fn print<T, P, E>(mut items: Items<T, P, E>) -> Result<(), Error<E>>
/// where
///     T: std::fmt::Debug,
///     E: ApiError,
/// {
///     while let Some(item) = items.next().await {
///         println!("{:?}", item?);
///     }
///     Ok(())
/// }
/// ```
///
/// It is also a `futures` stream, for those who use its adapters. After an error it ends.
#[must_use = "items are fetched only when they are asked for"]
pub struct Items<T, P, E> {
    pages: Pages<P, E>,
    split: fn(P) -> Vec<T>,
    ready: vec::IntoIter<T>,
}

/// Items are moved out of the list, never pinned in it.
impl<T, P, E> Unpin for Items<T, P, E> {}

impl<T, P, E: ApiError> Items<T, P, E> {
    pub(crate) fn new(pages: Pages<P, E>, split: fn(P) -> Vec<T>) -> Self {
        Self {
            pages,
            split,
            ready: Vec::new().into_iter(),
        }
    }

    /// Where the page begins that comes after the items of this one, as [`Pages::cursor`] says.
    /// After an error all items before it have been handed out.
    pub fn cursor(&self) -> Option<Cursor> {
        self.pages.cursor()
    }

    /// The items from this page on, as [`Pages::resume`] says.
    pub fn resume(self, cursor: &Cursor) -> Self {
        Self::new(self.pages.resume(cursor), self.split)
    }

    /// The next item; `None` after the last one of the last page.
    ///
    /// # Errors
    /// As for [`Pages::next`]; the items before it have been handed out by then.
    #[inline]
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    #[inline]
    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match self.pages.poll_page(context) {
                Poll::Ready(Some(Ok(page))) => self.ready = (self.split)(page).into_iter(),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
impl<T, P, E> Items<T, P, E> {
    pub(crate) fn operation_id(&self) -> &'static str {
        self.pages.operation_id()
    }
}

impl<T, P, E: ApiError> Stream for Items<T, P, E> {
    type Item = Result<T, Error<E>>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<T, P, E> fmt::Debug for Items<T, P, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}
