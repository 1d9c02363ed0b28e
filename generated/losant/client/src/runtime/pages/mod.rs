//! The pages of a list, one after another.

pub mod cursor;
pub mod items;
mod link_header;
mod next_link;
mod page_body;
pub mod paging;
mod trail;
mod walk;

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::runtime::delivery::sending::finish;
use crate::runtime::pages::cursor::Cursor;
use crate::runtime::pages::items::Items;
use crate::runtime::pages::paging::Paging;
use crate::runtime::pages::walk::Walk;
use crate::runtime::reading::error::{ApiError, Error};
use crate::runtime::reading::response::Decode;
use crate::runtime::writing::call::Call;

impl Call {
    /// Walks the pages of a list, which follow one another as the table says.
    #[inline]
    pub fn pages<P, E: ApiError>(self, decode: Decode<P>, paging: &'static Paging) -> Pages<P, E> {
        Pages::new(self, decode, paging)
    }
}

/// The pages of a list, fetched one after another as they are asked for.
///
/// ```
/// use losant_invites::runtime::{ApiError, Error, Pages};
///
/// async fn count<P, E: ApiError>(mut pages: Pages<P, E>) -> Result<usize, Error<E>> {
///     let mut count = 0;
///     while let Some(page) = pages.next().await {
///         page?;
///         count += 1;
///     }
///     Ok(count)
/// }
/// ```
///
/// It is also a `futures` stream, for those who use its adapters. After an error it ends; a walk
/// that [begins](Pages::resume) at its [cursor](Pages::cursor) goes on where it failed.
#[must_use = "pages are fetched only when they are asked for"]
pub struct Pages<P, E> {
    walk: Walk,
    decode: Decode<P>,
    errors: PhantomData<fn() -> E>,
}

impl<P, E: ApiError> Pages<P, E> {
    pub(crate) fn new(call: Call, decode: Decode<P>, paging: &'static Paging) -> Self {
        Self {
            walk: Walk::new(call, paging),
            decode,
            errors: PhantomData,
        }
    }

    /// The next page; `None` after the last one.
    ///
    /// # Errors
    /// Any error of a call, and [`Error::is_next_link`] if there is no way from the last page to
    /// the next; the pages before it have been handed out by then.
    #[inline]
    pub async fn next(&mut self) -> Option<Result<P, Error<E>>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// Where the page begins that comes next; after an error, where the page begins that failed.
    /// `None` at the first page of a list, after the last one, and if the way to the next page is
    /// not known ([`Error::is_next_link`]).
    pub fn cursor(&self) -> Option<Cursor> {
        self.walk.cursor()
    }

    /// The same pages from this one on. The request must have the parameters of the one that the
    /// cursor came from.
    ///
    /// ```text
    /// let mut pages = client.invites().list("org").pages().resume(&cursor);
    /// ```
    pub fn resume(mut self, cursor: &Cursor) -> Self {
        self.walk.resume(cursor);
        self
    }

    /// The items of all pages, one by one, taken from each page by this function.
    pub fn items<T>(self, split: fn(P) -> Vec<T>) -> Items<T, P, E> {
        Items::new(self, split)
    }

    #[inline]
    pub(crate) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<P, Error<E>>>> {
        let Poll::Ready(outcome) = self.walk.poll(context) else {
            return Poll::Pending;
        };
        let came = matches!(outcome, Some(Ok(_)));
        let page = outcome.map(|it| finish(self.walk.call.operation, it, self.decode));
        if let (true, Some(Err(_))) = (came, &page) {
            self.walk.fail();
        }
        Poll::Ready(page)
    }
}

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
impl<P, E> Pages<P, E> {
    pub(crate) fn operation_id(&self) -> &'static str {
        self.walk.call.operation.id
    }
}

impl<P, E: ApiError> Stream for Pages<P, E> {
    type Item = Result<P, Error<E>>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<P, E> fmt::Debug for Pages<P, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Pages")
            .field("call", &self.walk.call)
            .finish_non_exhaustive()
    }
}
