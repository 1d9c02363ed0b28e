//! Bodies that are not quite what the description says: what is kept, what is passed over, and
//! how exactly the rest is refused.

use losant_invites::instance_org_invite::GetError;
use losant_invites::types::{OrgInvite, OrgInviteCollection, OrgInvitePost, Role};
use losant_invites::{Error, instance_org_invites as invites};
use serde_json::{Value, json};
use snyk_invites::types::Link;

use crate::callers;
use crate::described;
use crate::server::{Answer, Server};

async fn invite(body: impl Into<Vec<u8>>) -> Result<OrgInvite, Error<GetError>> {
    let server = Server::always(Answer::new(200, body)).await;
    let invite = callers::losant(&server).instance_org_invite();
    invite.get("i", "o", "v").send().await
}

async fn collection(body: &Value) -> Result<OrgInviteCollection, Error<invites::GetError>> {
    let server = Server::always(Answer::json(200, body)).await;
    let all = callers::losant(&server).instance_org_invites();
    all.get("i", "o").send().await
}

/// A good collection to break.
fn good_collection() -> Value {
    let api = described::losant();
    described::body(described::operation(&api, "instanceOrgInvites.get"), 200)
}

#[tokio::test]
async fn a_new_value_of_an_enum_is_kept_and_sent_back_unchanged() {
    for new in ["owner", "ADMIN", "", "r\u{f6}le \"\\", "Unrecognized"] {
        let got = invite(json!({ "role": new }).to_string()).await;
        let role = got.expect("it fits").role.expect("a role");
        assert_eq!(role, Role::Unrecognized(new.to_owned()));
        let server = Server::always(Answer::new(503, "")).await;
        let all = callers::losant(&server).instance_org_invites();
        let post = OrgInvitePost::new("e", role);
        all.post("i", "o", &post).send().await.expect_err("503");
        assert_eq!(server.only().json()["role"], new);
    }
}

#[tokio::test]
async fn a_new_value_of_a_parameter_is_sent() {
    let server = Server::always(Answer::new(503, "")).await;
    let all = callers::losant(&server).instance_org_invites();
    let field = invites::SortField::Unrecognized("last login".to_owned());
    let call = all.get("i", "o").sort_field(field);
    call.send().await.expect_err("503");
    assert!(server.only().query.starts_with("sortField=last%20login&"));
}

#[tokio::test]
async fn unknown_fields_are_passed_over_wherever_they_are() {
    let mut body = good_collection();
    let known = collection(&body).await.expect("it fits");
    let new = json!({ "deep": [1, { "er": null }] });
    body["_links"] = new.clone();
    body["items"][0]["new"] = new.clone();
    body["items"][0]["applicationRoles"][0]["new"] = new;
    assert_eq!(collection(&body).await.expect("it fits"), known);
}

#[tokio::test]
async fn absent_and_null_are_nothing_where_a_field_is_optional() {
    let empty = invite("{}").await.expect("it fits");
    assert_eq!(empty.id, None);
    let null = invite(r#"{"id":null,"role":null,"applicationRoles":null,"inviteDate":null}"#);
    assert_eq!(null.await.expect("it fits"), empty);
}

#[tokio::test]
async fn a_missing_field_is_named_with_its_place() {
    let mut body = good_collection();
    let role = body["items"][0]["applicationRoles"][0].as_object_mut();
    role.expect("an object").remove("resourceId");
    let error = collection(&body).await.expect_err("it is required");
    assert!(error.is_decode() && !error.is_api(), "{error:?}");
    let path = error.json_path().expect("a path");
    assert!(path.starts_with("items[0].applicationRoles[0]"), "{path}");
    assert!(error.to_string().contains("resourceId"), "{error}");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(200));
    assert_eq!(error.body_text(), Some(body.to_string().into()));
}

#[tokio::test]
async fn a_wrong_type_is_named_with_its_place() {
    let wrong = [
        ("/items/1/role", json!(7), "items[1].role"),
        ("/items/1/hasExpired", json!("yes"), "items[1].hasExpired"),
        (
            "/items/1/dashboardRoles/0/role",
            json!([]),
            "items[1].dashboardRoles[0].role",
        ),
        (
            "/items/1/inviteDate",
            json!("yesterday"),
            "items[1].inviteDate",
        ),
        ("/items/1", json!("x"), "items[1]"),
        ("/items", json!({}), "items"),
        ("/count", json!(1.5), "count"),
    ];
    for (pointer, value, path) in wrong {
        let mut body = good_collection();
        let second = body["items"][0].clone();
        body["items"].as_array_mut().expect("a list").push(second);
        *body.pointer_mut(pointer).expect(pointer) = value;
        let error = collection(&body).await.expect_err(pointer);
        assert!(error.is_decode(), "{error:?}");
        assert_eq!(error.json_path(), Some(path), "{error}");
        assert!(error.to_string().contains(path), "{error}");
        assert_eq!(error.body_text(), Some(body.to_string().into()));
    }
}

#[tokio::test]
async fn a_documented_error_whose_body_does_not_fit() {
    let server = Server::always(Answer::json(404, &json!({ "errors": [{}] }))).await;
    let call = callers::snyk(&server).invites().list_org_invitation("o");
    let error = call.send().await.expect_err("404");
    assert!(error.is_decode() && !error.is_api(), "{error:?}");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(404));
    assert!(
        error
            .json_path()
            .is_some_and(|path| path.starts_with("errors[0]")),
        "{error}"
    );
}

#[tokio::test]
async fn dates_are_dates() {
    let utc = invite(r#"{"inviteDate":"2016-05-13T04:00:00.000Z"}"#).await;
    let offset = invite(r#"{"inviteDate":"2016-05-13T06:00:00+02:00"}"#).await;
    let date = utc.expect("it fits").invite_date.expect("a date");
    assert_eq!(date.as_second(), 1_463_112_000);
    assert_eq!(offset.expect("it fits").invite_date, Some(date));
}

#[tokio::test]
async fn numbers_of_every_size() {
    let body = json!({ "count": i64::MAX, "items": [] });
    assert_eq!(
        collection(&body).await.expect("it fits").count,
        Some(i64::MAX)
    );
    let ttl = async |text: &str| {
        let body = format!("{{\"ttl\":{text}}}");
        invite(body).await.expect("it fits").ttl
    };
    assert_eq!(ttl("4233600000").await, Some(4_233_600_000.0));
    assert_eq!(ttl("0.25").await, Some(0.25));
    assert_eq!(ttl("-1e3").await, Some(-1000.0));
}

#[tokio::test]
async fn links_are_strings_objects_or_something_new() {
    let links = json!({
        "self": "/a",
        "next": { "href": "/b", "meta": { "count": 1 } },
        "prev": 7,
        "last": null,
    });
    let body = json!({ "data": [], "jsonapi": { "version": "1.0" }, "links": links });
    let server = Server::always(Answer::json(200, &body)).await;
    let call = callers::snyk(&server).invites().list_org_invitation("o");
    let links = call.send().await.expect("200").links.expect("links");
    assert_eq!(links.self_, Some(Link::Text("/a".to_owned())));
    let Some(Link::Object(next)) = links.next else {
        panic!("{:?}", links.next);
    };
    assert_eq!(next.href, "/b");
    assert_eq!(next.meta.expect("meta")["count"], 1);
    assert_eq!(links.prev, Some(Link::Unrecognized(json!(7))));
    assert_eq!((links.first, links.last), (None, None));
}

#[tokio::test]
async fn what_is_not_json_is_refused_with_its_text() {
    let bodies = [
        "<html>502 Bad Gateway</html>",
        "",
        "  ",
        "{\"id\":",
        "{} {}",
        "[]",
        "null",
    ];
    for body in bodies {
        let error = invite(body).await.expect_err(body);
        assert!(error.is_decode(), "{body}: {error:?}");
        assert_eq!(error.body_text().as_deref(), Some(body));
    }
    let error = invite("{\"role\":\"edit\",\"id\":")
        .await
        .expect_err("half");
    assert_eq!(error.json_path(), Some("id"), "{error}");
    let error = invite("").await.expect_err("nothing");
    assert!(error.to_string().contains("the body is empty"), "{error}");
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused() {
    let error = invite(*b"{\"id\":\"\xff\"}").await.expect_err("no UTF-8");
    assert!(error.is_decode(), "{error:?}");
    assert_eq!(error.body_text().as_deref(), Some("{\"id\":\"\u{fffd}\"}"));
}

/// A proxy answers in HTML, whatever the description says.
#[tokio::test]
async fn a_page_of_a_proxy() {
    let html = "<html><h1>502 Bad Gateway</h1></html>";
    let page = |status| Answer::new(status, html).header("content-type", "text/html");
    let server = Server::always(page(502)).await;
    let invite = callers::losant(&server).instance_org_invite();
    let error = invite.get("i", "o", "v").send().await.expect_err("502");
    assert!(error.is_undocumented_status(), "{error:?}");
    assert_eq!(error.body_text().as_deref(), Some(html));
    let server = Server::always(page(500)).await;
    let call = callers::snyk(&server).invites().list_org_invitation("o");
    let error = call.send().await.expect_err("500");
    assert!(error.is_decode(), "{error:?}");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(500));
    assert_eq!(error.body_text().as_deref(), Some(html));
}
