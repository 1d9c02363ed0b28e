//! Lists in pages of every kind: how they follow one another, end, break, and are gone on with.

mod cursors;
mod going_on;
mod links;
mod numbers;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::runtime::tables::api::{Scheme, SchemeKind};
use crate::runtime::{
    Api, ApiError, Call, CallOptions, Core, CoreBuilder, Cursor, DecodeError, Error, Operation,
    Pages, Paging, Parameter, QUERY, RawResponse, RetryPolicy, StatusCode, response,
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
    path: "/things",
    parameters: &[
        Parameter("at", QUERY),
        Parameter("limit", QUERY),
        Parameter("filter", QUERY),
        Parameter("x-trace", crate::runtime::HEADER),
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
