//! Walks that are gone on with where they failed, and cursors that are kept.

use super::*;

/// Five items in pages of two by whichever kind is asked for; the second page fails once.
async fn fails_once() -> Server {
    let failed = Arc::new(AtomicUsize::new(0));
    Server::start(move |request| {
        let by = asked(request, "filter").unwrap_or_default();
        let at = number(request, "at");
        let before = match &*by {
            "page" => (at.unwrap_or(1) - 1) * 2,
            "last" => at.map_or(0, |id| id + 1),
            _ => at.unwrap_or(0),
        };
        if before == 2 && failed.fetch_add(1, Ordering::SeqCst) == 0 {
            return Reply::new("500 Oops", &[], "");
        }
        let next = format!("/things?filter={by}&at={}", before + 2);
        let mut page = json!({ "data": things(5, before, 2) });
        if before < 4 {
            page["has_more"] = json!(true);
            page["meta"] = json!({ "next": before + 2 });
            page["next"] = json!(next);
        }
        let link = format!("<{next}>; rel=next");
        let head: &[_] = if before < 4 { &[("link", &*link)] } else { &[] };
        Reply::new("200 OK", head, &page.to_string())
    })
    .await
}

#[tokio::test]
async fn a_walk_goes_on_where_it_failed() {
    let kinds: [(&'static Paging, &str, &str); 6] = [
        (&HEADER, "header", "link:/things?filter=header&at=2"),
        (&LINK, "link", "link:/things?filter=link&at=2"),
        (&CURSOR, "cursor", "cursor:2"),
        (&LAST_ITEM, "last", "cursor:1"),
        (&PAGE, "page", "page:2"),
        (&OFFSET, "offset", "offset:2"),
    ];
    for (paging, by, text) in kinds {
        let server = fails_once().await;
        let mut call = call(&server);
        call.set(2, by);
        call.options(CallOptions::new().retries(RetryPolicy::none()));
        let mut pages: Walk = call.clone().pages(response::json, paging);
        assert_eq!(pages.cursor(), None, "{by}: nothing has begun");
        assert_eq!(ids(&pages.next().await.unwrap().unwrap()), [0, 1]);
        let before = pages.cursor().unwrap();
        let error = pages.next().await.unwrap().unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
        let cursor = pages.cursor().unwrap();
        assert_eq!(
            cursor, before,
            "{by}: the page that failed is still to come"
        );
        assert_eq!(cursor.to_string(), text);
        let stored = serde_json::to_string(&cursor).unwrap();
        let cursor: Cursor = serde_json::from_str(&stored).unwrap();
        let items = call
            .clone()
            .pages::<Value, Undocumented>(response::json, paging);
        let mut pages = call.pages(response::json, paging).resume(&cursor);
        assert_eq!(pages.cursor().as_ref(), Some(&cursor));
        let (found, error) = all(&mut pages).await;
        assert!(error.is_none(), "{by}: {error:?}");
        assert_eq!(found, [2, 3, 4], "{by}: nothing is lost or doubled");
        let split: fn(Value) -> Vec<i64> = |page| ids(&page);
        let mut items = items.items(split).resume(&cursor);
        assert_eq!(items.cursor(), Some(cursor));
        assert_eq!(items.next().await.unwrap().unwrap(), 2);
    }
}

#[tokio::test]
async fn after_a_page_that_does_not_fit_the_cursor_is_its_own() {
    let server = Server::start(|request| match number(request, "at") {
        None => Reply::json(r#"{"data":[{"id":0}],"meta":{"next":"1"}}"#),
        _ => Reply::json(r#"{"data":{},"meta":{"next":"2"}}"#),
    })
    .await;
    #[derive(serde::Deserialize)]
    struct Page {
        data: Vec<Value>,
    }
    let mut pages = call(&server).pages::<Page, Undocumented>(response::json, &CURSOR);
    assert_eq!(pages.next().await.unwrap().unwrap().data.len(), 1);
    assert!(pages.next().await.unwrap().err().unwrap().is_decode());
    assert_eq!(pages.cursor().unwrap().to_string(), "cursor:1");
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn after_a_first_page_that_fails_the_list_begins_anew() {
    let server = Server::always(Reply::new("500 Oops", &[], "")).await;
    let mut pages: Walk = call(&server).pages(response::json, &PAGE);
    assert!(pages.next().await.unwrap().is_err());
    assert_eq!(pages.cursor(), None);
}

#[tokio::test]
async fn a_cursor_holds_no_credential_and_leads_nowhere_else() {
    let server = Server::start(|request| {
        let next = "/things?api%20key=k%26y&a=1&api+key=other&at=2";
        let next = if asked(request, "at").is_some() {
            json!(null)
        } else {
            json!(next)
        };
        Reply::json(&json!({ "data": [], "next": next }).to_string())
    })
    .await;
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(server.url());
    builder.credential(1, "k&y");
    let core = builder.build().unwrap();
    let mut pages: Walk = core.call(&LIST).pages(response::json, &LINK);
    assert!(pages.next().await.unwrap().is_ok());
    let cursor = pages.cursor().unwrap();
    assert_eq!(cursor.to_string(), "link:/things?a=1&at=2");
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(
        server.arrived()[1].target,
        "/things?a=1&at=2&api%20key=k%26y"
    );
    for text in ["link://127.0.0.1:9/x?at=1", "link:/@127.0.0.1:9?at=1#x"] {
        let cursor: Cursor = text.parse().unwrap();
        let mut pages: Walk = core
            .call(&LIST)
            .pages(response::json, &LINK)
            .resume(&cursor);
        assert!(
            pages.next().await.unwrap().is_ok(),
            "{text}: on the same server"
        );
    }
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let server = Server::always(Reply::json("{}")).await;
    let cursors = ["link:/x", "cursor:a", "page:3", "offset:4"];
    let tables = [&LINK, &CURSOR, &PAGE, &OFFSET];
    for (kind, text) in cursors.into_iter().enumerate() {
        let cursor: Cursor = text.parse().unwrap();
        assert_eq!(cursor.to_string(), text);
        for (table, paging) in tables.into_iter().enumerate() {
            let pages: Walk = call(&server).pages(response::json, paging);
            let first = pages.resume(&cursor).next().await.unwrap();
            assert_eq!(first.is_ok(), kind == table, "{text} {first:?}");
            if let Err(error) = first {
                assert!(error.is_request());
                assert!(
                    error
                        .to_string()
                        .ends_with("the cursor is one of another list")
                );
            }
        }
    }
    let texts = [
        "", "page", "page:", "page:-1", "page:x", "link:x", "cursor:", "pages:1",
    ];
    for text in texts {
        let error = text.parse::<Cursor>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the text is not what a cursor prints",
            "{text}"
        );
        assert!(serde_json::from_value::<Cursor>(json!(text)).is_err());
    }
    assert!(serde_json::from_value::<Cursor>(json!(3)).is_err());
}
