//! The table that describes how the pages of a list follow one another.
//!
//! An operation that answers in pages has one; [`Pages`](crate::runtime::Pages) walks by it. Parameters
//! are positions in [`Operation::parameters`](crate::runtime::Operation::parameters), values of a page are
//! named by the keys that lead to them in its body, from the outside in.

/// The keys that lead to a value in a body; none: the body itself.
pub type Keys = &'static [&'static str];

/// How the pages of a list follow one another.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    /// What leads from a page to the next one.
    pub next: Next,
    /// The items of a page.
    pub items: Keys,
    /// Whether there are more pages: `true` or `false`.
    pub more: Option<Keys>,
    /// How many items there are on all pages.
    pub total: Option<Keys>,
    /// How many pages there are.
    pub pages: Option<Keys>,
    /// How many items a page has.
    pub size: Option<Size>,
}

/// What leads from a page to the next one.
#[derive(Clone, Copy, Debug)]
pub enum Next {
    /// A link in the body: a URL, or an object with one as `href`.
    Link(Keys),
    /// The link of relation `next` in the `Link` header (RFC 8288).
    LinkHeader,
    /// A value of the body, to be sent as this parameter.
    Cursor(usize, Keys),
    /// A value of the last item, to be sent as this parameter.
    LastItem(usize, Keys),
    /// The number of the page, sent as this parameter; the first page has this number.
    Page(usize, u64),
    /// How many items come before the page, sent as this parameter; the first page has this value.
    Offset(usize, u64),
}

/// How many items a page has.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The parameter that asks for it.
    pub parameter: usize,
    /// What the API takes if nobody asks.
    pub default: Option<u64>,
    /// The most that the API gives.
    pub most: Option<u64>,
}

impl Paging {
    /// Pages that name the next one by what [`Next`] says, and say nothing else.
    pub const fn new(next: Next) -> Self {
        Self {
            next,
            items: &[],
            more: None,
            total: None,
            pages: None,
            size: None,
        }
    }

    /// By a link in the body.
    pub const fn link(keys: Keys) -> Self {
        Self::new(Next::Link(keys))
    }

    /// By the `Link` header.
    pub const fn link_header() -> Self {
        Self::new(Next::LinkHeader)
    }

    /// By a value of the body that becomes a parameter.
    pub const fn cursor(parameter: usize, keys: Keys) -> Self {
        Self::new(Next::Cursor(parameter, keys))
    }

    /// By a value of the last item that becomes a parameter.
    pub const fn last_item(parameter: usize, keys: Keys) -> Self {
        Self::new(Next::LastItem(parameter, keys))
    }

    /// By number, from this one on.
    pub const fn page(parameter: usize, first: u64) -> Self {
        Self::new(Next::Page(parameter, first))
    }

    /// By the number of items before, from this one on.
    pub const fn offset(parameter: usize, first: u64) -> Self {
        Self::new(Next::Offset(parameter, first))
    }

    /// The same, with the items of a page here.
    pub const fn items(mut self, keys: Keys) -> Self {
        self.items = keys;
        self
    }

    /// The same, where a page says whether there are more.
    pub const fn more(mut self, keys: Keys) -> Self {
        self.more = Some(keys);
        self
    }

    /// The same, where a page says how many items there are in all.
    pub const fn total(mut self, keys: Keys) -> Self {
        self.total = Some(keys);
        self
    }

    /// The same, where a page says how many pages there are.
    pub const fn pages(mut self, keys: Keys) -> Self {
        self.pages = Some(keys);
        self
    }

    /// The same, where this parameter says how many items a page has.
    pub const fn size(mut self, parameter: usize, default: Option<u64>, most: Option<u64>) -> Self {
        self.size = Some(Size {
            parameter,
            default,
            most,
        });
        self
    }
}
