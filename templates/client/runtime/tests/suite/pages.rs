//! Lists in pages: links of every kind, ends, loops and links that lead elsewhere.

use futures_util::StreamExt;

use crate::runtime::StatusCode;
use crate::server::{Arrived, Reply, Server};

/// A page with one invitation and this JSON as its `links`.
fn page(id: &str, links: &str) -> Reply {
    Reply::json(&format!(
        r#"{{"links":{links},"items":[{{"id":"{id}","role":"edit"}}]}}"#
    ))
}

/// Answers the first request with this link, and all others with a last page.
fn then_last(link: String) -> impl Fn(&Arrived) -> Reply + Send + Sync + 'static {
    move |request| {
        if request.target.contains("page=2") {
            page("2", "{}")
        } else {
            page("1", &format!(r#"{{"next":{link}}}"#))
        }
    }
}

async fn ids(server: &Server, base: &str) -> Vec<String> {
    let client = server
        .builder()
        .base_url(server.url() + base)
        .access_token("secret");
    let mut items = client
        .build()
        .unwrap()
        .instance_org_invites()
        .get("i", "o")
        .items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap().id);
    }
    assert!(items.next().await.is_none());
    ids
}

#[tokio::test]
async fn links_of_every_kind_are_followed() {
    let here = "/rest/instances/i/orgs/o/invites";
    let cases = [
        (r#""/rest/orgs/x?page=2""#, "/rest/orgs/x?page=2"),
        (r#""/orgs/x?page=2""#, "/rest/orgs/x?page=2"),
        (r#""/restful?page=2""#, "/rest/restful?page=2"),
        (r#""?page=2""#, &format!("{here}?page=2")),
        (
            r#""other?page=2#part""#,
            "/rest/instances/i/orgs/o/other?page=2",
        ),
        (r#""../up?page=2""#, "/rest/instances/i/orgs/up?page=2"),
        (
            r#"{"href":"/rest/x?page=2","meta":{"a":[1]}}"#,
            "/rest/x?page=2",
        ),
        (
            r#"{"meta":1,"href":"?page=2&q=a%26b"}"#,
            &format!("{here}?page=2&q=a%26b"),
        ),
    ];
    for (link, target) in cases {
        let server = Server::start(then_last(link.to_owned())).await;
        assert_eq!(ids(&server, "/rest").await, ["1", "2"], "{link}");
        let arrived = server.arrived();
        assert_eq!(arrived[1].target, target, "{link}");
        assert_eq!(arrived[1].header("authorization"), Some("Bearer secret"));
        assert_eq!(arrived[1].header("accept-version"), Some("^1.28.3"));
    }
}

#[tokio::test]
async fn an_absolute_link_is_followed() {
    let server = Server::start(|request| {
        let host = request.header("host").unwrap();
        if request.target == "/page=2?x" {
            return page("2", r#"{"next":null}"#);
        }
        page("1", &format!(r#"{{"next":"http://{host}/page=2?x"}}"#))
    })
    .await;
    assert_eq!(ids(&server, "").await, ["1", "2"]);
}

#[tokio::test]
async fn these_are_the_last_page() {
    let last = [
        "null",
        "{}",
        r#"{"next":null}"#,
        r#"{"next":""}"#,
        r#"{"prev":"/x"}"#,
        r#"{"next":{"href":""}}"#,
    ];
    for links in last {
        let server = Server::always(page("1", links)).await;
        assert_eq!(ids(&server, "").await, ["1"], "{links}");
        assert_eq!(server.arrived().len(), 1);
    }
    let server = Server::always(Reply::json(r#"{"items":[]}"#)).await;
    assert_eq!(ids(&server, "").await, [""; 0]);
}

#[tokio::test]
async fn an_empty_page_does_not_end_the_items() {
    let server = Server::start(|request| match request.target.as_str() {
        "/?page=3" => page("3", "{}"),
        "/?page=2" => Reply::json(r#"{"items":[],"links":{"next":"/?page=3"}}"#),
        _ => page("1", r#"{"next":"/?page=2"}"#),
    })
    .await;
    assert_eq!(ids(&server, "").await, ["1", "3"]);
}

/// The pages until the first error, and the error; nothing may follow it.
async fn stops(server: &Server) -> (usize, String) {
    let client = server
        .builder()
        .access_token("secret")
        .query_key("unused")
        .build()
        .unwrap();
    let mut pages = client.instance_org_invites().get("i", "o").pages();
    let mut good = 0;
    loop {
        match pages.next().await.unwrap() {
            Ok(_) => good += 1,
            Err(error) => {
                assert!(error.is_next_link(), "{error:?}");
                assert!(pages.next().await.is_none());
                return (good, error.to_string());
            }
        }
    }
}

#[tokio::test]
async fn another_origin_is_refused_after_the_page() {
    let other = Server::always(page("2", "{}")).await;
    let foreign = other.url().replace("http://", "//");
    for link in [
        other.url() + "/x",
        foreign,
        "https://127.0.0.1/".into(),
        "file:///etc".into(),
    ] {
        let server = Server::always(page("1", &format!(r#"{{"next":"{link}"}}"#))).await;
        let (good, message) = stops(&server).await;
        assert_eq!(good, 1);
        let origin = server.url();
        assert_eq!(
            message,
            format!(
                "instanceOrgInvites.get: no next page: the link to it is not a URL of {origin}"
            )
        );
    }
    assert_eq!(other.arrived().len(), 0);
}

#[tokio::test]
async fn loops_are_ended() {
    let server = Server::always(page("1", r#"{"next":"?page=2"}"#)).await;
    let (good, message) = stops(&server).await;
    assert_eq!(good, 2);
    assert!(
        message.contains("a page that was there before"),
        "{message}"
    );
    let to_itself = Server::always(page(
        "1",
        r#"{"next":"?_actions=false&version=2021-06-04"}"#,
    ));
    assert_eq!(stops(&to_itself.await).await.0, 1);
}

#[tokio::test]
async fn what_is_no_link_is_not_followed() {
    for link in ["5", "true", "1.5", "[]"] {
        let server = Server::always(page("1", &format!(r#"{{"next":{link}}}"#))).await;
        let (good, message) = stops(&server).await;
        assert_eq!(good, 1, "{link}");
        assert!(
            message.contains("neither a string nor an object"),
            "{message}"
        );
    }
}

#[tokio::test]
async fn an_error_is_reported_once_and_ends_the_list() {
    let server = Server::start(|request| match request.target.as_str() {
        "/?page=2" => Reply::new("500 Oops", &[], ""),
        _ => page("1", r#"{"next":"/?page=2"}"#),
    })
    .await;
    let call = server.client().instance_org_invites().get("i", "o");
    let mut items = call.items();
    assert_eq!(items.next().await.unwrap().unwrap().id, "1");
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
    assert!(items.next().await.is_none());
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_page_that_does_not_fit_ends_the_list() {
    let body = r#"{"items":[{"id":1}],"links":{"next":"/?page=2"}}"#;
    let server = Server::always(Reply::json(body)).await;
    let mut pages = server.client().instance_org_invites().get("i", "o").pages();
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.json_path(), Some("items[0].id"));
    assert!(pages.next().await.is_none());
    assert_eq!(server.arrived().len(), 1);
}

#[tokio::test]
async fn a_call_that_is_refused_is_the_only_item() {
    let server = Server::always(page("1", "{}")).await;
    let mut pages = server
        .client()
        .instance_org_invites()
        .get("i", "..")
        .pages();
    assert!(pages.next().await.unwrap().unwrap_err().is_request());
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn pages_and_items_are_streams() {
    let server = Server::start(then_last(r#""?page=2""#.to_owned())).await;
    let invites = server.client().instance_org_invites();
    let get = move || invites.get("i", "o");
    let items: Vec<_> = StreamExt::map(get().items(), |it| it.unwrap().id)
        .collect()
        .await;
    assert_eq!(items, ["1", "2"]);
    assert_eq!(StreamExt::collect::<Vec<_>>(get().pages()).await.len(), 2);
    let spawned = tokio::spawn(async move { get().items().next().await.unwrap().unwrap().id });
    assert_eq!(spawned.await.unwrap(), "1");
}

#[tokio::test]
async fn a_key_in_the_query_goes_with_each_page_once() {
    let server = Server::start(then_last(r#""?page=2&api%20key=old""#.to_owned())).await;
    let client = server.builder().query_key("k").build().unwrap();
    let pages = client.instance_org_invites().get("i", "o").pages();
    assert_eq!(StreamExt::collect::<Vec<_>>(pages).await.len(), 2);
    assert!(server.arrived()[1].target.ends_with("?page=2&api%20key=k"));
}
