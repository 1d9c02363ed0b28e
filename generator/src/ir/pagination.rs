//! Lists that come in pages: what a description says of them, and how to walk them.

use serde::Serialize;

use crate::diagnostic::At;

/// How to walk a list that comes in pages. Values of a page are named by the keys that lead to
/// them in the response, outermost first; parameters by their position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pagination {
    /// The items of a page; no keys: the response is the list.
    pub items: Vec<String>,
    /// How to find the next page.
    pub next: NextPage,
    /// Whether there are more pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<Vec<String>>,
    /// How many items there are on all pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<Vec<String>>,
    /// How many pages there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<Vec<String>>,
    /// How many items a page has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<PageSize>,
}

/// What leads from a page to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum NextPage {
    /// A URL in the response, a string or an object with `href`; absent, null or empty at the end.
    Link {
        /// The keys that lead to it: `links`, `next`.
        keys: Vec<String>,
    },
    /// The link of relation `next` in the `Link` header (RFC 8288).
    LinkHeader,
    /// A value of the response that is sent as a parameter.
    Cursor {
        /// The parameter.
        parameter: usize,
        /// The keys that lead to the value.
        keys: Vec<String>,
    },
    /// A value of the last item that is sent as a parameter.
    LastItem {
        /// The parameter.
        parameter: usize,
        /// The keys that lead to the value in an item.
        keys: Vec<String>,
    },
    /// The number of the page.
    Page {
        /// The parameter.
        parameter: usize,
        /// The number of the first page.
        first: u64,
    },
    /// How many items come before the page.
    Offset {
        /// The parameter.
        parameter: usize,
        /// Its value for the first page.
        first: u64,
    },
}

/// How many items a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PageSize {
    /// The parameter that asks for it.
    pub parameter: usize,
    /// What it is if nobody asks.
    pub default: Option<u64>,
    /// The most that it can be.
    pub most: Option<u64>,
}

/// What a description says of the pages of an operation.
#[derive(Clone, Debug, Default, Serialize)]
pub enum SaidPagination {
    /// Nothing: it is found out by conventions.
    #[default]
    Nothing,
    /// That there are none, whatever it looks like.
    None,
    /// How they follow one another (`x-pagination`).
    Declared(Box<DeclaredPagination>),
    /// Where the next link and the items are (`x-ms-pageable`).
    Pageable {
        /// `nextLinkName`
        link: String,
        /// `itemName`
        items: String,
    },
}

/// `x-pagination`: not yet held against the operation.
#[derive(Clone, Debug, Serialize)]
pub struct DeclaredPagination {
    /// Its place.
    pub at: At,
    /// `kind`
    pub kind: PageKind,
    /// `parameter`: the one that asks for the next page.
    pub parameter: Option<(String, At)>,
    /// `next`: the keys that lead to the link or the cursor.
    pub next: Option<(Vec<String>, At)>,
    /// `lastItem`: the keys that lead to the cursor in the last item.
    pub last_item: Option<(Vec<String>, At)>,
    /// `items`
    pub items: Option<(Vec<String>, At)>,
    /// `more`
    pub more: Option<(Vec<String>, At)>,
    /// `total`
    pub total: Option<(Vec<String>, At)>,
    /// `pages`
    pub pages: Option<(Vec<String>, At)>,
    /// `size`: the parameter that asks for so many items.
    pub size: Option<(String, At)>,
    /// `first`: the value of the parameter for the first page.
    pub first: Option<u64>,
}

/// The kinds of `x-pagination`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum PageKind {
    /// `link`
    Link,
    /// `link-header`
    LinkHeader,
    /// `cursor`
    Cursor,
    /// `page`
    Page,
    /// `offset`
    Offset,
}

impl PageKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Link,
        Self::LinkHeader,
        Self::Cursor,
        Self::Page,
        Self::Offset,
    ];

    /// As a description writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::LinkHeader => "link-header",
            Self::Cursor => "cursor",
            Self::Page => "page",
            Self::Offset => "offset",
        }
    }
}

impl SaidPagination {
    /// Whether the description says nothing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
}
