//! Pages by number and by offset: where they begin and end, and servers that know neither.

use super::*;

#[tokio::test]
async fn pages_by_number_end_at_an_empty_one() {
    let server = numbered(5, 1, true, nothing).await;
    walks(&server, call(&server), &PAGE, 5, 4).await;
    let targets: Vec<_> = server.arrived().into_iter().map(|it| it.target).collect();
    assert_eq!(
        targets,
        ["/things", "/things?at=2", "/things?at=3", "/things?at=4"]
    );
    static FROM_ZERO: Paging = Paging::page(0, 0).items(&["data"]);
    let server = numbered(4, 0, true, nothing).await;
    walks(&server, call(&server), &FROM_ZERO, 4, 3).await;
    let none = numbered(0, 1, true, nothing).await;
    walks(&none, call(&none), &PAGE, 0, 1).await;
}

/// Pages by number of which the second is empty, and beside it `meta`.
async fn with_a_gap(meta: Value) -> Server {
    Server::start(move |request| {
        let at = number(request, "at").unwrap_or(1);
        let data = match at {
            1 => things(2, 0, 2),
            3 => things(4, 2, 2),
            _ => Vec::new(),
        };
        let mut page = meta.clone();
        page["data"] = data.into();
        Reply::json(&page.to_string())
    })
    .await
}

#[tokio::test]
async fn an_empty_page_is_not_the_last_if_it_says_so() {
    static PAGES: Paging = Paging::page(0, 1).items(&["data"]).pages(&["pages"]);
    static MORE: Paging = Paging::page(0, 1).items(&["data"]).more(&["more"]);
    static TOTAL: Paging = Paging::page(0, 1).items(&["data"]).total(&["total"]);
    static OFFSET_MORE: Paging = Paging::offset(0, 0).items(&["data"]).more(&["more"]);
    let server = with_a_gap(json!({ "pages": 3 })).await;
    walks(&server, call(&server), &PAGES, 4, 3).await;
    let server = with_a_gap(json!({ "pages": 6 })).await;
    walks(&server, call(&server), &PAGES, 4, 5).await;
    // Totals are often those of more than the caller may see.
    let server = with_a_gap(json!({ "total": 4 })).await;
    walks(&server, call(&server), &TOTAL, 2, 2).await;
    // It does not go on for ever, nor end without a word.
    let server = with_a_gap(json!({ "more": true })).await;
    let (found, message) = breaks(call(&server), &MORE).await;
    assert_eq!(found, [0, 1, 2, 3]);
    assert!(message.contains("the same as the one before"), "{message}");
    assert_eq!(server.arrived().len(), 5);
    let server = Server::always(Reply::json(r#"{"data":[],"more":true}"#)).await;
    let (found, message) = breaks(call(&server), &OFFSET_MORE).await;
    assert!(found.is_empty());
    assert!(
        message.ends_with("there are more, and no items to count on from"),
        "{message}"
    );
}

#[tokio::test]
async fn pages_by_number_begin_where_the_caller_says() {
    let server = numbered(7, 1, true, nothing).await;
    let mut begun = call(&server);
    begun.set(0, &3);
    let (found, error) = all(&mut begun.clone().pages(response::json, &PAGE)).await;
    assert!(error.is_none());
    assert_eq!(found, [4, 5, 6]);
    assert_eq!(server.arrived()[0].target, "/things?at=3");
    let words = Server::always(Reply::json(r#"{"data":[{"id":1}]}"#)).await;
    let mut begun = call(&words);
    begun.set(0, "last");
    let (found, message) = breaks(begun, &PAGE).await;
    assert_eq!(found, [1]);
    assert!(
        message.ends_with("`at` is no whole number to count on from"),
        "{message}"
    );
}

#[tokio::test]
async fn what_a_page_says_of_the_end_is_believed() {
    static MORE: Paging = Paging::page(0, 1).items(&["data"]).more(&["more"]);
    static TOTAL: Paging = Paging::page(0, 1)
        .items(&["data"])
        .total(&["meta", "total"]);
    static PAGES: Paging = Paging::page(0, 1).items(&["data"]).pages(&["pages"]);
    static PAGES_FROM_ZERO: Paging = Paging::page(0, 0).items(&["data"]).pages(&["pages"]);
    static OFFSET_TOTAL: Paging = Paging::offset(0, 0).items(&["data"]).total(&["total"]);
    let server = numbered(6, 1, true, |before| json!({ "more": before < 4 })).await;
    walks(&server, call(&server), &MORE, 6, 3).await;
    let server = numbered(6, 1, true, |_| json!({ "meta": { "total": "6" } })).await;
    walks(&server, call(&server), &TOTAL, 6, 3).await;
    let server = numbered(6, 1, true, |_| json!({ "pages": 3 })).await;
    walks(&server, call(&server), &PAGES, 6, 3).await;
    let server = numbered(6, 0, true, |_| json!({ "pages": 3 })).await;
    walks(&server, call(&server), &PAGES_FROM_ZERO, 6, 3).await;
    let server = numbered(6, 0, false, |_| json!({ "total": 6 })).await;
    walks(&server, call(&server), &OFFSET_TOTAL, 6, 3).await;
    // In the middle nobody knows how many items came before, and nothing is left out.
    let server = numbered(6, 1, true, |_| json!({ "meta": { "total": 6 } })).await;
    let mut begun = call(&server);
    begun.set(0, &2);
    let (found, _) = all(&mut begun.pages(response::json, &TOTAL)).await;
    assert_eq!(found, [2, 3, 4, 5]);
    // A total that is not known is no total.
    for unknown in [json!(-1), json!(0), json!(null), json!("many")] {
        let server = numbered(4, 0, false, move |_| json!({ "total": unknown })).await;
        walks(&server, call(&server), &OFFSET_TOTAL, 4, 3).await;
    }
}

#[tokio::test]
async fn items_are_counted_for_the_next_offset() {
    let server = numbered(5, 0, false, nothing).await;
    walks(&server, call(&server), &OFFSET, 5, 4).await;
    let targets: Vec<_> = server.arrived().into_iter().map(|it| it.target).collect();
    assert_eq!(
        targets,
        ["/things", "/things?at=2", "/things?at=4", "/things?at=5"]
    );
    static FROM_ONE: Paging = Paging::offset(0, 1).items(&["data"]);
    let server = numbered(4, 1, false, nothing).await;
    walks(&server, call(&server), &FROM_ONE, 4, 3).await;
    assert_eq!(server.arrived()[1].target, "/things?at=3");
}

/// So many items; a page has what is asked for, but never more than `most`.
async fn bounded(total: usize, usual: usize, most: usize) -> Server {
    Server::start(move |request| {
        let limit = number(request, "limit").unwrap_or(usual).min(most);
        let page = things(total, number(request, "at").unwrap_or(0), limit);
        Reply::json(&json!({ "data": page }).to_string())
    })
    .await
}

#[tokio::test]
async fn a_page_with_fewer_items_than_asked_for_is_the_last() {
    static PLAIN: Paging = Paging::offset(0, 0).items(&["data"]).size(1, None, None);
    static USUAL: Paging = Paging::offset(0, 0)
        .items(&["data"])
        .size(1, Some(20), None);
    static BOTH: Paging = Paging::offset(0, 0)
        .items(&["data"])
        .size(1, Some(20), Some(50));
    // (table, limit, items, the server's own bound, calls)
    let cases: [(&'static Paging, Option<u64>, usize, usize, usize); 10] = [
        (&PLAIN, Some(4), 7, 100, 2),
        (&PLAIN, Some(4), 8, 100, 3),
        (&PLAIN, None, 7, 100, 2),
        // 20 of 1000 looks like a bound of the server, 20 + 13 like the end.
        (&PLAIN, Some(1000), 33, 20, 2),
        (&USUAL, None, 33, 100, 2),
        (&USUAL, Some(10), 33, 100, 4),
        (&USUAL, Some(1000), 90, 30, 4),
        (&USUAL, Some(1000), 63, 30, 3),
        (&BOTH, Some(1000), 120, 50, 3),
        (&BOTH, Some(40), 60, 50, 2),
    ];
    for (paging, limit, items, most, calls) in cases {
        let server = bounded(items, 20, most).await;
        let mut begun = call(&server);
        begun.set(1, &limit);
        walks(&server, begun, paging, items, calls).await;
    }
}

#[tokio::test]
async fn a_size_that_is_no_count_says_nothing_of_the_end() {
    static USUAL: Paging = Paging::offset(0, 0)
        .items(&["data"])
        .size(1, Some(20), None);
    let server = Server::start(|request| {
        let before = number(request, "at").unwrap_or(0);
        Reply::json(&json!({ "data": things(5, before, 3) }).to_string())
    })
    .await;
    let mut begun = call(&server);
    begun.set(1, &-3);
    walks(&server, begun, &USUAL, 5, 3).await;
}

#[tokio::test]
async fn a_server_that_does_not_know_the_parameter_is_found_out() {
    let server = Server::always(Reply::json(r#"{"data":[{"id":1},{"id":2}],"at":7}"#)).await;
    for paging in [&PAGE, &OFFSET] {
        let mut pages: Walk = call(&server).pages(response::json, paging);
        let (found, error) = all(&mut pages).await;
        assert_eq!(found, [1, 2], "the page is handed out once");
        let error = error.unwrap();
        assert!(error.is_next_link());
        assert_eq!(
            error.to_string(),
            "things.list: no next page: it is the same as the one before, so the server seems \
             not to know `at`"
        );
        assert!(pages.cursor().is_some(), "the page that failed");
    }
    // A moment in each item does not make them others.
    let calls = AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let at = calls.fetch_add(1, Ordering::SeqCst);
        let items = [json!({ "id": 1, "at": at }), json!({ "id": 2, "at": at })];
        Reply::json(&json!({ "data": items }).to_string())
    })
    .await;
    let (found, _) = breaks(call(&server), &PAGE).await;
    assert_eq!(found, [1, 2]);
    // What all items have in common says nothing of them.
    let server = Server::start(move |request| {
        let at = number(request, "at").unwrap_or(1);
        let items = [json!({ "id": 7, "of": at }), json!({ "id": 7, "of": -1 })];
        Reply::json(&json!({ "data": &items[..if at < 4 { 2 } else { 0 }] }).to_string())
    })
    .await;
    let (found, error) = all(&mut call(&server).pages(response::json, &PAGE)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(found, [7; 6]);
    // What stands beside the items may change, and so may their order.
    let calls = AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let call = calls.fetch_add(1, Ordering::SeqCst);
        let items = [
            json!({ "id": 1 }),
            json!({ "id": 2.5, "of": [null, true, "x", -1] }),
        ];
        let page = match call {
            0 => json!({ "data": items, "call": call }),
            1 => json!({ "data": [items[1], items[0]], "call": call }),
            _ => json!({ "call": call, "data": [items[1], items[0]] }),
        };
        Reply::json(&page.to_string())
    })
    .await;
    let mut pages: Walk = call(&server).pages(response::json, &PAGE);
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().unwrap_err().is_next_link());
}

/// How many pages come of a server that answers all with this, and whether an error follows them.
async fn equal(page: Value, paging: &'static Paging) -> (usize, bool) {
    let server = Server::always(Reply::json(&page.to_string())).await;
    let mut pages: Walk = call(&server).pages(response::json, paging);
    let mut good = 0;
    while let Some(page) = pages.next().await {
        match page {
            Ok(_) => good += 1,
            Err(error) => {
                assert!(error.is_next_link(), "{error:?}");
                return (good, true);
            }
        }
    }
    (good, false)
}

#[tokio::test]
async fn equal_pages_of_a_list_that_repeats_itself_may_be_two_pages() {
    static PAGES: Paging =
        Paging::page(0, 1)
            .items(&["data"])
            .pages(&["pages"])
            .size(1, Some(3), Some(3));
    static TOTAL: Paging = Paging::offset(0, 0).items(&["data"]).total(&["total"]);
    let same = json!([5, 5]);
    let all = json!({ "data": same, "pages": 2, "total": 4 });
    for paging in [&PAGES, &TOTAL] {
        assert_eq!(equal(all.clone(), paging).await, (2, false));
    }
    let lines = json!([{ "line": "" }, { "line": "" }]);
    let lines = json!({ "data": lines, "pages": 2 });
    assert_eq!(equal(lines, &PAGES).await, (2, false));
    // Without an end, it would go on for ever.
    for more in [
        json!({ "data": same }),
        json!({ "data": same, "pages": 9, "total": 9 }),
    ] {
        assert_eq!(equal(more.clone(), &PAGE).await, (1, true), "{more}");
        assert_eq!(equal(more.clone(), &TOTAL).await, (1, true), "{more}");
    }
    // Items that are told apart are the same items, however many there should be.
    for items in [
        json!([{ "id": 1 }, { "id": 2 }]),
        json!([{ "id": 1 }]),
        json!(["a", "b"]),
    ] {
        let page = json!({ "data": items, "pages": 2 });
        assert_eq!(equal(page, &PAGES).await, (1, true), "{items}");
    }
}

#[tokio::test]
async fn no_number_is_too_large() {
    let server = Server::start(|request| {
        let id = asked(request, "at").unwrap_or_default().len();
        Reply::json(&json!({ "data": [{ "id": id }] }).to_string())
    })
    .await;
    for paging in [&PAGE, &OFFSET] {
        let mut begun = call(&server);
        begun.set(0, &u64::MAX);
        let (found, error) = all(&mut begun.pages(response::json, paging)).await;
        assert!(error.is_none());
        assert_eq!(found, [20]);
    }
}
