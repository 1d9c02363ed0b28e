//! Snyk's list, whose pages name the next one in `links.next`, as a stream of pages and of items.

use futures_util::{StreamExt, TryStreamExt};
use serde_json::{Value, json};
use snyk_invites::Error;
use snyk_invites::invites::ListOrgInvitationError;
use snyk_invites::types::OrgInvitation;

use crate::callers;
use crate::described;
use crate::server::{Answer, Request, Server};

const PATH: &str = "/orgs/o1/invites?version=2024-10-15";

/// A page with two invitations and this link to the next.
fn page(number: usize, next: &Value) -> Value {
    let api = described::snyk();
    let mut page = described::body(described::operation(&api, "Invites.listOrgInvitation"), 200);
    let first = page["data"][0].clone();
    page["data"] = json!([first, first]);
    page["data"][0]["id"] = json!(format!("{number}a"));
    page["data"][1]["id"] = json!(format!("{number}b"));
    page["links"] = json!({ "next": next });
    page
}

/// The number of the page that a request asks for: the cursor, else 1.
fn number(request: &Request) -> usize {
    let mut pairs = request.query.split('&');
    let cursor = pairs.find_map(|pair| pair.strip_prefix("starting_after=p"));
    cursor.map_or(1, |number| number.parse().expect("a number"))
}

/// Three pages, each with what this function makes of the path of the next.
async fn three(link: impl Fn(&str) -> Value + Send + Sync + 'static) -> Server {
    Server::start(move |request| {
        let number = number(request);
        let next = match number {
            3 => Value::Null,
            _ => link(&format!("{PATH}&starting_after=p{}", number + 1)),
        };
        Answer::json(200, &page(number, &next))
    })
    .await
}

fn ids(items: &[OrgInvitation]) -> Vec<&str> {
    items.iter().map(|item| &*item.id).collect()
}

async fn items(server: &Server) -> Vec<Result<OrgInvitation, Error<ListOrgInvitationError>>> {
    let invites = callers::snyk(server).invites();
    let stream = invites.list_org_invitation("o1").limit(10).items();
    stream.collect().await
}

/// All of the items, after which every page was asked for once and with the credential.
async fn assert_three_pages(server: &Server) {
    let items: Result<Vec<_>, _> = items(server).await.into_iter().collect();
    let items = items.expect("all is well");
    assert_eq!(ids(&items), ["1a", "1b", "2a", "2b", "3a", "3b"]);
    let seen = server.seen();
    let paths: Vec<_> = seen.iter().map(Request::line).collect();
    let further = |number| format!("GET /rest{PATH}&starting_after=p{number}");
    let first = format!("GET /rest{PATH}&limit=10");
    assert_eq!(paths, [first, further(2), further(3)]);
    let token = format!("token {}", callers::TOKEN);
    for request in &seen {
        assert_eq!(request.header("authorization"), Some(&*token));
        assert_eq!(request.header("accept"), Some("application/vnd.api+json"));
    }
}

#[tokio::test]
async fn links_without_the_path_of_the_server() {
    assert_three_pages(&three(|path| json!(path)).await).await;
}

#[tokio::test]
async fn links_with_the_path_of_the_server() {
    assert_three_pages(&three(|path| json!(format!("/rest{path}"))).await).await;
}

#[tokio::test]
async fn links_as_objects() {
    let server = three(|path| json!({ "href": path, "meta": { "page": [1] } })).await;
    assert_three_pages(&server).await;
}

#[tokio::test]
async fn links_that_are_a_query_alone() {
    let server = three(|path| json!(&path[path.find('?').expect("a query")..])).await;
    assert_three_pages(&server).await;
}

#[tokio::test]
async fn pages_one_by_one() {
    let server = three(|path| json!(path)).await;
    let invites = callers::snyk(&server).invites();
    let mut pages = invites.list_org_invitation("o1").pages();
    assert!(
        server.seen().is_empty(),
        "nothing is fetched before it is asked for"
    );
    for number in 1..=3 {
        let page = pages.next().await.expect("a page").expect("a good page");
        assert_eq!(
            ids(&page.data),
            [format!("{number}a"), format!("{number}b")]
        );
        assert_eq!(server.seen().len(), number, "one page at a time");
    }
    assert!(pages.next().await.is_none());
    assert!(pages.next().await.is_none());
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn pages_as_a_stream() {
    let server = three(|path| json!(path)).await;
    let pages = callers::snyk(&server)
        .invites()
        .list_org_invitation("o1")
        .pages();
    let pages: Vec<_> = pages.try_collect().await.expect("all is well");
    assert_eq!(pages.len(), 3);
}

#[tokio::test]
async fn every_way_to_say_that_there_is_no_next_page() {
    let ends = [
        json!({ "next": null }),
        json!({ "next": "" }),
        json!({}),
        Value::Null,
    ];
    for links in ends {
        let mut last = page(1, &Value::Null);
        last["links"] = links.clone();
        let server = Server::always(Answer::json(200, &last)).await;
        let items = items(&server).await;
        assert!(
            items.len() == 2 && items.iter().all(Result::is_ok),
            "{links}: {items:?}"
        );
        assert_eq!(server.seen().len(), 1, "{links}");
    }
}

#[tokio::test]
async fn an_error_in_the_middle_is_yielded_once() {
    let server = Server::start(|request| match number(request) {
        1 => Answer::json(200, &page(1, &json!(format!("{PATH}&starting_after=p2")))),
        _ => Answer::new(503, "later"),
    })
    .await;
    let mut stream = callers::snyk(&server)
        .invites()
        .list_org_invitation("o1")
        .items();
    for id in ["1a", "1b"] {
        assert_eq!(stream.next().await.expect("an item").expect("good").id, id);
    }
    let error = stream.next().await.expect("an error").expect_err("503");
    assert!(error.is_undocumented_status(), "{error:?}");
    assert_eq!(error.body_text().as_deref(), Some("later"));
    assert!(stream.next().await.is_none());
    assert!(stream.next().await.is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_page_that_does_not_fit_is_the_last() {
    let server = Server::start(|request| {
        let mut page = page(number(request), &json!(format!("{PATH}&starting_after=p2")));
        page["data"][1]["attributes"]["is_active"] = json!("yes");
        Answer::json(200, &page)
    })
    .await;
    let items = items(&server).await;
    let [Err(error)] = &items[..] else {
        panic!("{items:?}");
    };
    assert_eq!(error.json_path(), Some("data[1].attributes.is_active"));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_link_to_another_server_is_refused_and_gets_no_credentials() {
    let other = Server::always(Answer::new(200, "{}")).await;
    let stranger = other.url();
    let links = [
        stranger.clone(),
        stranger.replace("http:", ""),
        stranger.replace("http://", "http://user:password@"),
        "ftp://example.com/".to_owned(),
        "http://".to_owned(),
    ];
    for link in links {
        let server = Server::always(Answer::json(200, &page(1, &json!(link)))).await;
        let items = items(&server).await;
        let [Ok(_), Ok(_), Err(error)] = &items[..] else {
            panic!("{link}: {items:?}");
        };
        assert!(error.is_next_link(), "{link}: {error:?}");
        assert_eq!(server.seen().len(), 1);
    }
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn a_link_that_is_no_link() {
    let server = Server::always(Answer::json(200, &page(1, &json!(7)))).await;
    let items = items(&server).await;
    let [Ok(_), Ok(_), Err(error)] = &items[..] else {
        panic!("{items:?}");
    };
    assert!(error.is_next_link(), "{error:?}");
}

#[tokio::test]
async fn a_link_to_a_page_that_was_there_does_not_loop() {
    // 1 → 2 → 2, and 1 → 2 → 1.
    let circles = [
        format!("{PATH}&starting_after=p2"),
        format!("{PATH}&limit=10"),
    ];
    for back in circles {
        let server = Server::start(move |request| match number(request) {
            1 => Answer::json(200, &page(1, &json!(format!("{PATH}&starting_after=p2")))),
            _ => Answer::json(200, &page(2, &json!(back))),
        })
        .await;
        let items = items(&server).await;
        assert_eq!(items.len(), 5, "{items:?}");
        let Some(Err(error)) = items.last() else {
            panic!("{items:?}");
        };
        assert!(error.is_next_link(), "{error:?}");
        assert_eq!(server.seen().len(), 2);
    }
}

#[tokio::test]
async fn a_redirect_to_another_server_takes_no_credentials_along() {
    let invites = r#"{"data":[],"jsonapi":{"version":"1.0"},"links":{}}"#;
    let other = Server::always(Answer::new(200, invites)).await;
    let answer = Answer::new(307, "").header("location", other.url());
    let server = Server::always(answer).await;
    let call = callers::snyk(&server).invites().list_org_invitation("o1");
    call.send().await.expect("a list");
    let seen = other.seen();
    let [request] = seen.as_slice() else {
        panic!("{seen:?}");
    };
    assert!(!format!("{request:?}").contains(callers::TOKEN));
}
