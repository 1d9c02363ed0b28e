//! Actions that answer in pages.

use serde::Serialize;

use super::Ty;
use crate::ir::Pagination;

/// How to walk the pages of an action.
#[derive(Clone, Debug, Serialize)]
pub struct PagesPlan {
    /// The static table: `LIST_PAGES`.
    pub table: String,
    /// The variant that is a page, where successes differ; the others have no items.
    pub variant: Option<PageVariant>,
    /// How the pages follow one another.
    pub paging: Pagination,
    /// The fields that lead from a page to its items; none: the page is the list.
    pub items: Vec<PageField>,
    /// The type of an item.
    pub item: Ty,
}

/// The success that is a page.
#[derive(Clone, Debug, Serialize)]
pub struct PageVariant {
    /// The enum of the successes: `ListOk`.
    pub successes: String,
    /// The variant: `Ok`.
    pub name: String,
    /// What it holds.
    pub page: Ty,
    /// Whether it holds it in a box.
    pub boxed: bool,
}

/// A field on the way from a page to its items.
#[derive(Clone, Debug, Serialize)]
pub struct PageField {
    /// Its name.
    pub name: String,
    /// Whether it is always there.
    pub holds: Holds,
}

/// What a field of some type holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Holds {
    /// A value.
    Value,
    /// An `Option`.
    Option,
    /// A `Nullable`.
    Nullable,
}
