//! The names that APIs have for the parts of pages, without regard to case and signs: `page_size`,
//! `pageSize` and `page[size]` are one name.

/// Where a page holds what it says of itself.
const CONTAINERS: [&str; 22] = [
    "cursor",
    "cursors",
    "info",
    "link",
    "links",
    "listinfo",
    "listmeta",
    "listmetadata",
    "meta",
    "metadata",
    "next",
    "page",
    "pageinfo",
    "pagemetadata",
    "pager",
    "pages",
    "pagination",
    "paginationinfo",
    "paging",
    "pagingmetadata",
    "responsemetadata",
    "resultinfo",
];

/// What a whole answer is put into.
const ENVELOPES: [&str; 7] = [
    "data", "embedded", "list", "payload", "response", "result", "results",
];

/// What a list of items is called among other lists.
const ITEMS: [&str; 10] = [
    "data", "items", "results", "value", "values", "records", "entries", "elements", "content",
    "objects",
];

/// Lists that are no items.
const NO_ITEMS: [&str; 16] = [
    "columns", "errors", "facets", "fields", "filters", "headers", "included", "includes", "links",
    "messages", "notices", "scopes", "sort", "sorts", "tags", "warnings",
];

/// Links to the next page.
const LINKS: [&str; 9] = [
    "nexthref",
    "nextlink",
    "nextpagelink",
    "nextpageuri",
    "nextpageurl",
    "nexturi",
    "nexturl",
    "odatanextlink",
    "nextresultsurl",
];

/// Parameters that take a cursor, those that can be nothing else first.
pub(super) const CURSORS: [&str; 29] = [
    "nextpagetoken",
    "pagetoken",
    "nextcursor",
    "cursor",
    "pagecursor",
    "startcursor",
    "aftercursor",
    "paginationcursor",
    "nexttoken",
    "paginationtoken",
    "pagingtoken",
    "startingtoken",
    "continuationtoken",
    "continuation",
    "continue",
    "nextmarker",
    "marker",
    "nextbookmark",
    "bookmark",
    "startingafter",
    "startafter",
    "pageafter",
    "afterid",
    "after",
    "pagekey",
    "nextkey",
    "exclusivestartkey",
    "pagestate",
    "scrollid",
];

/// Values of a page that are the cursor of the next one, whatever the parameter is called.
const NEXT_CURSORS: [&str; 17] = [
    "continuationtoken",
    "endcursor",
    "nextaftercursor",
    "nextbookmark",
    "nextcontinuationtoken",
    "nextcursor",
    "nextcursortoken",
    "nextkey",
    "nextmarker",
    "nextpagecursor",
    "nextpagekey",
    "nextpagestate",
    "nextpagetoken",
    "nextpaginationtoken",
    "nextscrollid",
    "nextstartkey",
    "nexttoken",
];

/// Values of a page that are the cursor of the next one if the parameter has the same name. Of
/// others, such as `marker`, the page repeats what it was asked for.
const SAME: [&str; 10] = [
    "after",
    "bookmark",
    "continuation",
    "continue",
    "cursor",
    "nextbookmark",
    "paginationtoken",
    "pagingtoken",
    "scrollid",
    "startingafter",
];

/// Parameters that are the id of the last item of the page before.
pub(super) const AFTER_ITEM: [&str; 2] = ["startingafter", "startafter"];

/// Parameters that are the number of a page.
pub(super) const PAGES: [&str; 7] = [
    "page",
    "pagenumber",
    "pageno",
    "pagenum",
    "pageindex",
    "currentpage",
    "pagenr",
];

/// Parameters that are the number of items before the page.
pub(super) const OFFSETS: [&str; 6] = [
    "offset",
    "skip",
    "pageoffset",
    "startat",
    "start",
    "startindex",
];

/// Those of them that begin at zero unless something else is said. Of the others some begin at
/// one, and some are moments.
pub(super) const FROM_ZERO: [&str; 3] = ["offset", "skip", "pageoffset"];

/// Parameters that are the number of items of a page.
pub(super) const SIZES: [&str; 19] = [
    "perpage",
    "pagesize",
    "pagelimit",
    "limit",
    "size",
    "itemsperpage",
    "resultsperpage",
    "recordsperpage",
    "maxpagesize",
    "maxresults",
    "maxitems",
    "pagelen",
    "pagelength",
    "count",
    "take",
    "top",
    "rows",
    "max",
    "num",
];

/// Numbers of all items.
pub(super) const TOTALS: [&str; 12] = [
    "total",
    "totalcount",
    "totalitems",
    "totalresults",
    "totalelements",
    "totalrecords",
    "totalsize",
    "totalhits",
    "totalentries",
    "totalrows",
    "totalnumber",
    "totalobjects",
];

/// Numbers of all pages. `lastpage` is one as well where pages begin at one.
pub(super) const PAGE_COUNTS: [&str; 6] = [
    "totalpages",
    "pagecount",
    "numpages",
    "numberofpages",
    "totalpagecount",
    "pagestotal",
];

/// The number of the last page.
pub(super) const LAST_PAGE: &str = "lastpage";

/// Whether there are more pages.
pub(super) const MORE: [&str; 10] = [
    "hasmore",
    "hasnext",
    "hasnextpage",
    "hasmoreitems",
    "hasmoreresults",
    "hasmorepages",
    "morepages",
    "moreresults",
    "istruncated",
    "more",
];

/// A name without case and signs.
pub(super) fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

pub(super) fn is_container(name: &str) -> bool {
    CONTAINERS.contains(&&*plain(name))
}

pub(super) fn is_envelope(name: &str) -> bool {
    ENVELOPES.contains(&&*plain(name))
}

pub(super) fn is_items(name: &str) -> bool {
    ITEMS.contains(&&*plain(name))
}

pub(super) fn is_no_items(name: &str) -> bool {
    NO_ITEMS.contains(&&*plain(name))
}

/// Whether these keys can lead to nothing but a link to the next page.
pub(super) fn is_link(keys: &[String]) -> bool {
    match &words(keys)[..] {
        [.., container, last] if last == "next" => ["links", "link"].contains(&&**container),
        [.., last] => LINKS.contains(&&**last),
        [] => false,
    }
}

/// Whether these keys lead to what is a link to the next page if it is a URL.
pub(super) fn may_be_link(keys: &[String]) -> bool {
    let last = keys.last().map(|key| plain(key));
    last.is_some_and(|last| ["next", "nextpage"].contains(&&*last))
}

/// Whether the value at these keys is the cursor that goes into this parameter.
pub(super) fn is_cursor(parameter: &str, keys: &[String]) -> bool {
    match &words(keys)[..] {
        [.., container, last] if container == "next" => {
            ["after", "cursor", "token", "startingafter"].contains(&&**last)
        }
        [.., container, last] if container.starts_with("cursor") => {
            last == "next" || (last == "after" && !parameter.contains("token"))
        }
        [.., last] => {
            let same = last == parameter && SAME.contains(&&**last);
            same || NEXT_CURSORS.contains(&&**last)
        }
        [] => false,
    }
}

/// Whether a value of this plain name is what a page says of itself.
pub(super) fn speaks_of_pages(name: &str) -> bool {
    const OTHERS: [&str; 3] = ["nextpage", "perpage", "pagesize"];
    let known: [&[&str]; 5] = [
        &TOTALS,
        &PAGE_COUNTS,
        &PAGES,
        &OTHERS,
        &["offset", "skip", LAST_PAGE],
    ];
    known.iter().any(|names| names.contains(&name))
}

/// Whether a parameter may be the id of the last item, which the page says.
pub(super) fn takes_last_id(parameter: &str) -> bool {
    ["after", "afterid", "startingafter"].contains(&parameter)
}

/// Whether the value at these keys is the id of the last item.
pub(super) fn is_last_id(keys: &[String]) -> bool {
    keys.last().is_some_and(|last| plain(last) == "lastid")
}

fn words(keys: &[String]) -> Vec<String> {
    keys.iter().map(|key| plain(key)).collect()
}
