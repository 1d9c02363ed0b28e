//! Cursors, given by a page or by its last item.

use super::*;

#[tokio::test]
async fn a_cursor_goes_into_the_next_call() {
    let cursors = [json!("a b&c"), json!(17), json!("p3")];
    let server = Server::start(move |request| {
        let names = [None, Some("a%20b%26c"), Some("17"), Some("p3")];
        let at = asked(request, "at");
        let page = names.iter().position(|name| *name == at.as_deref());
        let page = page.unwrap();
        let mut body = json!({ "data": things(7, page * 2, 2), "meta": { "total": 7 } });
        if let Some(next) = cursors.get(page) {
            body["meta"]["next"] = next.clone();
        }
        Reply::json(&body.to_string())
    })
    .await;
    let mut begun = call(&server);
    begun.set(2, "new");
    walks(&server, begun.clone(), &CURSOR, 7, 4).await;
    let arrived = server.arrived();
    assert!(arrived.iter().all(|it| it.target.contains("filter=new")));
    begun.set(0, "17");
    let (found, error) = all(&mut begun.pages(response::json, &CURSOR)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(found, [4, 5, 6], "from where the caller said");
}

#[tokio::test]
async fn these_cursors_say_that_it_is_the_last_page() {
    for last in [
        json!({}),
        json!({ "meta": null }),
        json!({ "meta": [] }),
        json!({ "meta": { "next": null } }),
        json!({ "meta": { "next": "" } }),
        json!({ "meta": { "next": false } }),
        json!({ "meta": { "next": 0 } }),
    ] {
        let server = Server::always(Reply::json(&last.to_string())).await;
        walks(&server, call(&server), &CURSOR, 0, 1).await;
    }
    let server = Server::always(Reply::json(r#"{"meta":{"next":["a"]}}"#)).await;
    let (_, message) = breaks(call(&server), &CURSOR).await;
    assert!(message.ends_with("its cursor is neither a string nor a number"));
}

#[tokio::test]
async fn a_cursor_that_comes_back_ends_the_list() {
    // a → b → a
    let server = Server::start(|request| {
        let next = if asked(request, "at").as_deref() == Some("a") {
            "b"
        } else {
            "a"
        };
        Reply::json(&json!({ "data": [{ "id": 1 }], "meta": { "next": next } }).to_string())
    })
    .await;
    let (found, message) = breaks(call(&server), &CURSOR).await;
    assert_eq!(found.len(), 3);
    assert!(
        message.ends_with("no next page: its cursor was there before"),
        "{message}"
    );
    let mut begun = call(&server);
    begun.set(0, "b");
    let (found, _) = breaks(begun, &CURSOR).await;
    assert_eq!(found.len(), 2, "the caller's own was there as well");
}

#[tokio::test]
async fn an_empty_page_that_names_itself_is_the_last() {
    let server = Server::start(|request| {
        let before = number(request, "at").unwrap_or(0);
        let items = things(3, before, 2);
        let next = before + items.len();
        let page = json!({ "data": items, "meta": { "next": next.to_string() } });
        Reply::json(&page.to_string())
    })
    .await;
    walks(&server, call(&server), &CURSOR, 3, 3).await;
}

#[tokio::test]
async fn the_last_item_leads_on() {
    let server = Server::start(|request| {
        let before = number(request, "at").map_or(0, |id| id + 1);
        let page = json!({ "has_more": before < 4, "data": things(6, before, 2) });
        Reply::json(&page.to_string())
    })
    .await;
    walks(&server, call(&server), &LAST_ITEM, 6, 3).await;
    let silent = Server::always(Reply::json(r#"{"data":[{"id":0}]}"#)).await;
    walks(&silent, call(&silent), &LAST_ITEM, 1, 1).await;
    let empty = Server::always(Reply::json(r#"{"data":[],"has_more":true}"#)).await;
    let (_, message) = breaks(call(&empty), &LAST_ITEM).await;
    assert!(message.ends_with("no last item to go on from"), "{message}");
    let deaf = Server::always(Reply::json(r#"{"data":[{"id":3}],"has_more":true}"#)).await;
    let (found, _) = breaks(call(&deaf), &LAST_ITEM).await;
    assert_eq!(found, [3, 3], "the cursor was there before");
}

#[tokio::test]
async fn the_last_item_leads_on_until_a_page_is_empty() {
    static UNTIL_EMPTY: Paging = Paging::last_item(0, &["id"]);
    let server = Server::start(|request| {
        let before = number(request, "at").map_or(0, |id| id + 1);
        Reply::json(&Value::from(things(3, before, 2)).to_string())
    })
    .await;
    walks(&server, call(&server), &UNTIL_EMPTY, 3, 3).await;
}

#[tokio::test]
async fn the_last_item_may_have_the_id_0() {
    static UNTIL_EMPTY: Paging = Paging::last_item(0, &["id"]).items(&["data"]);
    let server = Server::start(|request| {
        let before = number(request, "at").map_or(0, |id| id + 1);
        let page = json!({ "has_more": before < 2, "data": things(3, before, 1) });
        Reply::json(&page.to_string())
    })
    .await;
    walks(&server, call(&server), &LAST_ITEM, 3, 3).await;
    let server = Server::start(|request| {
        let before = number(request, "at").map_or(0, |id| id + 1);
        Reply::json(&json!({ "data": things(2, before, 1) }).to_string())
    })
    .await;
    walks(&server, call(&server), &UNTIL_EMPTY, 2, 3).await;
}
