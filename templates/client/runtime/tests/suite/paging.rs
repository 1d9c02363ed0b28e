//! Lists in pages of every kind: how they follow one another, end, break, and are gone on with.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::runtime::tables::api::{Scheme, SchemeKind};
use crate::runtime::{
    Api, ApiError, Call, CallOptions, Core, CoreBuilder, Cursor, DecodeError, Error, Operation,
    Pages, Paging, Parameter, RawResponse, RetryPolicy, StatusCode, response,
};
use crate::server::{Arrived, Reply, Server};

static API: Api = Api {
    name: "lists",
    version: "1",
    servers: &[],
    schemes: &[
        Scheme {
            name: "token",
            kind: SchemeKind::Bearer,
        },
        Scheme {
            name: "key",
            kind: SchemeKind::Query { name: "api key" },
        },
    ],
    parameters: &[],
    request_id_headers: &[],
};

static LIST: Operation = Operation {
    id: "things.list",
    path: &[crate::runtime::Segment::Text("/things")],
    parameters: &[
        Parameter::query("at"),
        Parameter::query("limit"),
        Parameter::query("filter"),
        Parameter::header("x-trace"),
    ],
    security: &[&[0, 1], &[0], &[1]],
    ..Operation::USUAL
};

static HEADER: Paging = Paging::link_header();
static LINK: Paging = Paging::link(&["next"]);
static CURSOR: Paging = Paging::cursor(0, &["meta", "next"]).items(&["data"]);
static LAST_ITEM: Paging = Paging::last_item(0, &["id"])
    .items(&["data"])
    .more(&["has_more"]);
static PAGE: Paging = Paging::page(0, 1).items(&["data"]);
static OFFSET: Paging = Paging::offset(0, 0).items(&["data"]);

/// No failure is documented.
#[derive(Debug)]
struct Undocumented;

impl ApiError for Undocumented {
    fn decode(_: &RawResponse) -> Result<Option<Self>, DecodeError> {
        Ok(None)
    }
}

type Walk = Pages<Value, Undocumented>;

fn core(server: &Server) -> Core {
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(server.url());
    builder.credential(0, "secret");
    builder.build().unwrap()
}

fn call(server: &Server) -> Call {
    core(server).call(&LIST)
}

/// The value of a query parameter.
fn asked(request: &Arrived, name: &str) -> Option<String> {
    let (_, query) = request.target.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let found = pairs.find(|(key, _)| *key == name);
    found.map(|(_, value)| value.to_owned())
}

fn number(request: &Arrived, name: &str) -> Option<usize> {
    asked(request, name).map(|text| text.parse().unwrap())
}

/// The ids of the items of a page, which are in `data` or are the page.
fn ids(page: &Value) -> Vec<i64> {
    let items = page.get("data").unwrap_or(page);
    let ids = items.as_array().into_iter().flatten();
    ids.map(|item| item["id"].as_i64().unwrap()).collect()
}

/// The items of so many, after so many others.
fn things(total: usize, before: usize, limit: usize) -> Vec<Value> {
    let numbers = (0..total).skip(before).take(limit);
    numbers.map(|id| json!({ "id": id })).collect()
}

/// All ids until the end or the first error, after which there is nothing.
async fn all(pages: &mut Walk) -> (Vec<i64>, Option<Error<Undocumented>>) {
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => found.extend(ids(&page)),
            Err(error) => {
                assert!(pages.next().await.is_none());
                return (found, Some(error));
            }
        }
    }
    assert!(pages.next().await.is_none());
    assert_eq!(pages.cursor(), None, "the list is at its end");
    (found, None)
}

/// Walks to the end and checks that it came with these ids and this many calls.
async fn walks(server: &Server, call: Call, paging: &'static Paging, items: usize, calls: usize) {
    let (found, error) = all(&mut call.pages(response::json, paging)).await;
    assert!(error.is_none(), "{error:?}");
    let targets: Vec<String> = server.arrived().into_iter().map(|it| it.target).collect();
    assert_eq!(found, (0..items as i64).collect::<Vec<_>>(), "{targets:?}");
    assert_eq!(targets.len(), calls, "{targets:?}");
}

/// Walks to an error that says that there is no next page; what it says, and the ids before it.
async fn breaks(call: Call, paging: &'static Paging) -> (Vec<i64>, String) {
    let (found, error) = all(&mut call.pages(response::json, paging)).await;
    let error = error.unwrap();
    assert!(error.is_next_link(), "{error:?}");
    (found, error.to_string())
}

/// So many items, `limit` or two a page, and beside them what `meta` says by where they begin.
async fn numbered(
    total: usize,
    from: usize,
    pages: bool,
    meta: impl Fn(usize) -> Value + Send + Sync + 'static,
) -> Server {
    Server::start(move |request| {
        let limit = number(request, "limit").unwrap_or(2);
        let at = number(request, "at").unwrap_or(from) - from;
        let before = if pages { at * limit } else { at };
        let mut page = meta(before);
        page["data"] = things(total, before, limit).into();
        Reply::json(&page.to_string())
    })
    .await
}

fn nothing(_: usize) -> Value {
    json!({})
}

#[tokio::test]
async fn the_link_header_is_followed_as_the_first_call_was_made() {
    let server = Server::start(|request| {
        let page = number(request, "page").unwrap_or(1);
        let host = request.header("host").unwrap();
        let link = format!(
            r#"<http://{host}/things?page=9>; rel="last", <http://{host}/things?page={}>; rel="next""#,
            page + 1
        );
        let head = [("content-type", "application/json"), ("link", &*link)];
        let head = if page < 3 { &head[..] } else { &head[..1] };
        Reply::new("200 OK", head, &Value::from(things(6, page * 2 - 2, 2)).to_string())
    })
    .await;
    let mut call = call(&server);
    call.set(3, "t1");
    call.set(2, "new");
    walks(&server, call, &HEADER, 6, 3).await;
    let arrived = server.arrived();
    let targets: Vec<_> = arrived.iter().map(|it| &*it.target).collect();
    assert_eq!(
        targets,
        ["/things?filter=new", "/things?page=2", "/things?page=3"]
    );
    for request in arrived {
        assert_eq!(request.header("authorization"), Some("Bearer secret"));
        assert_eq!(request.header("x-trace"), Some("t1"));
    }
}

/// Where the second call goes if the first answer has these lines of `Link`.
async fn second(lines: &'static [&'static str]) -> Option<String> {
    let server = Server::start(move |request| {
        let last = request.target.contains("p=2");
        let lines = lines.iter().filter(|_| !last).map(|line| ("Link", *line));
        Reply::new("200 OK", &lines.collect::<Vec<_>>(), "[]")
    })
    .await;
    let (_, error) = all(&mut call(&server).pages(response::json, &HEADER)).await;
    assert!(error.is_none(), "{lines:?}: {error:?}");
    server
        .arrived()
        .get(1)
        .map(|request| request.target.clone())
}

#[tokio::test]
async fn the_next_link_is_found_among_others() {
    let good: [&[&str]; 8] = [
        &["<?p=2>;rel=next"],
        &["< ?p=2 > ; REL = NeXT"],
        &[r#"<?p=2>; title="a, <b>; \"c\""; rel="last next""#],
        &["</first>; rel=first;;,<?p=2>; rel=\"x\tnext\""],
        &["</a,b;c>; rel=prev, <?p=2>; crossorigin; rel=next"],
        &["</a>, <?p=2>; rel=next; rel=prev"],
        &["</a>; rel=prev", "<?p=2>; rel=next"],
        &["<?p=2>; rel=next", "<?p=3>; rel=next"],
    ];
    for lines in good {
        assert_eq!(
            second(lines).await.as_deref(),
            Some("/things?p=2"),
            "{lines:?}"
        );
    }
    let none: [&[&str]; 9] = [
        &[],
        &["?p=2; rel=next"],
        &["<?p=2; rel=next"],
        &["<?p=2>; rel=nextpage"],
        &["<?p=2>; rel=prev; rel=next"],
        &[r#"<?p=2>; title="rel=next""#],
        &[r#"<?p=2>; title="rel=next"#],
        &[r##"<?p=2>; rel=next; anchor="#part""##],
        &["<?p=2>; rel"],
    ];
    for lines in none {
        assert_eq!(second(lines).await, None, "{lines:?}");
    }
}

#[tokio::test]
async fn what_is_not_ascii_in_a_link_header_hides_no_link() {
    let cases: [(&[u8], &str); 3] = [
        ("<?p=2>; title=\"Résumé\"; rel=next".as_bytes(), "?p=2"),
        (b"</a>; title=\"R\xe9\", <?p=2>; rel=next", "?p=2"),
        ("<?q=é&p=2>; rel=next".as_bytes(), "?q=%C3%A9&p=2"),
    ];
    for (line, query) in cases {
        let reply = |link: &[u8]| {
            let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\nlink: ";
            Reply::Bytes([&head[..], link, b"\r\n\r\n[]"].concat())
        };
        let (first, last) = (reply(line), reply(b""));
        let server = Server::start(move |request| match request.target.contains("p=2") {
            true => last.clone(),
            false => first.clone(),
        })
        .await;
        walks(&server, call(&server), &HEADER, 0, 2).await;
        assert_eq!(server.arrived()[1].target, format!("/things{query}"));
    }
}

#[tokio::test]
async fn a_link_is_relative_to_where_the_page_was_found() {
    let server = Server::start(|request| match request.target.split('?').next() {
        Some("/things") => Reply::redirect("301 Moved", "/v1/items/"),
        Some("/v1/items/") => Reply::json(r#"{"data":[{"id":0}],"next":"2"}"#),
        _ => Reply::json(r#"{"data":[{"id":1}]}"#),
    })
    .await;
    walks(&server, call(&server), &LINK, 2, 3).await;
    assert_eq!(server.arrived()[2].target, "/v1/items/2");
    // The key of the call is in no link, be it relative to a URL that has it.
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(server.url());
    builder.credential(1, "secret");
    let core = builder.build().unwrap();
    let mut pages: Walk = core.call(&LIST).pages(response::json, &LINK);
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(pages.cursor().unwrap().to_string(), "link:/v1/items/2");
}

#[tokio::test]
async fn links_of_a_page_that_was_found_elsewhere_lead_home_or_nowhere() {
    let (send, receive) = std::sync::mpsc::channel::<String>();
    let receive = std::sync::Mutex::new(receive);
    let other = Server::start(move |_| {
        let next = receive.lock().unwrap().recv().unwrap();
        Reply::json(&json!({ "data": [{ "id": 0 }], "next": next }).to_string())
    })
    .await;
    let location = other.url() + "/things";
    let server = Server::start(move |request| match request.target.as_str() {
        "/things" => Reply::redirect("302 Found", &location),
        _ => Reply::json(r#"{"data":[{"id":1}]}"#),
    })
    .await;
    send.send(server.url() + "/things?at=2").unwrap();
    walks(&server, call(&server), &LINK, 2, 2).await;
    for link in ["?at=2", "/things?at=2", "2"] {
        send.send(link.to_owned()).unwrap();
        let (found, message) = breaks(call(&server), &LINK).await;
        assert_eq!(found, [0]);
        let expected = format!("the link to it is not a URL of {}", server.url());
        assert!(message.ends_with(&expected), "{message}");
    }
    assert_eq!(other.arrived().len(), 4, "once for each walk");
}

#[tokio::test]
async fn a_walk_does_not_go_round_by_way_of_redirects() {
    let server = Server::start(|request| match request.target.as_str() {
        "/things" => Reply::redirect("301 Moved", "/items"),
        _ => Reply::json(r#"{"data":[{"id":0}],"next":"/things"}"#),
    })
    .await;
    let (found, message) = breaks(call(&server), &LINK).await;
    assert_eq!(found, [0]);
    assert!(message.ends_with("was there before"), "{message}");
}

#[tokio::test]
async fn a_mark_of_byte_order_does_not_end_a_walk() {
    let server = Server::start(|request| {
        let next = request.target == "/things";
        let page = json!({ "data": [], "next": next.then_some("?at=2") });
        Reply::json(&format!("\u{feff}{page}"))
    })
    .await;
    walks(&server, call(&server), &LINK, 0, 2).await;
}

#[tokio::test]
async fn a_link_header_to_another_origin_is_refused() {
    let other = Server::always(Reply::json("[]")).await;
    let link = format!("<{}/things>; rel=next", other.url());
    let server = Server::always(Reply::new("200 OK", &[("link", &link)], r#"[{"id":7}]"#)).await;
    let mut pages: Walk = call(&server).pages(response::json, &HEADER);
    let (found, error) = all(&mut pages).await;
    assert_eq!(found, [7]);
    let error = error.unwrap();
    assert!(error.is_next_link());
    let message = format!("the link to it is not a URL of {}", server.url());
    assert!(error.to_string().ends_with(&message), "{error}");
    assert_eq!(pages.cursor(), None, "nobody knows where the next page is");
    assert!(other.arrived().is_empty());
}

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
async fn a_link_that_is_false_is_none() {
    let server = Server::always(Reply::json(r#"{"data":[],"next":false}"#)).await;
    walks(&server, call(&server), &LINK, 0, 1).await;
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
