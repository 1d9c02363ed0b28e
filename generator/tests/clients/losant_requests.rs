//! The requests of the Losant client, as they arrive.

use losant_invites::types::{OrgInvitePost, OrgRoleInfo, ResourceAccess, ResourceRole, Role};
use losant_invites::{CallOptions, Client, instance_org_invites as invites};
use serde_json::json;

use crate::callers;
use crate::described;
use crate::server::{Request, Server};

/// What is sent when nothing optional is set.
const DEFAULTS: &str = "_actions=false&_links=true&_embedded=true";
/// The same, each set to the opposite.
const OPPOSITES: &str = "_actions=true&_links=false&_embedded=false";
const INVITE: &str = "/instances/i1/orgs/o1/invites/v1";
const INVITES: &str = "/instances/i1/orgs/o1/invites";

/// A server with the example of the first success of an operation.
async fn server(id: &str) -> Server {
    let api = described::losant();
    let (status, body) = described::answers(described::operation(&api, id)).remove(0);
    Server::always(described::answer(status, body.as_ref())).await
}

/// What every request has, and the ones with a body have besides.
fn assert_headers(request: &Request, body: bool) {
    let bearer = format!("Bearer {}", callers::TOKEN);
    assert_eq!(request.header("authorization"), Some(&*bearer));
    assert_eq!(request.header("accept"), Some("application/json"));
    let agent = concat!("losant-invites/", "0.1.0");
    assert_eq!(request.header("user-agent"), Some(agent));
    let content_type = body.then_some("application/json");
    assert_eq!(request.header("content-type"), content_type);
    assert_eq!(request.body.is_empty(), !body);
}

fn assert_plain(request: &Request, line: &str, body: bool) {
    assert_headers(request, body);
    assert_eq!(request.line(), format!("{line}?{DEFAULTS}"));
    assert_eq!(request.header("accept-version"), Some("^1.28.3"));
    assert_eq!(request.header("losantdomain"), None);
}

fn assert_set(request: &Request, line: &str, body: bool) {
    assert_headers(request, body);
    assert_eq!(request.line(), format!("{line}?{OPPOSITES}"));
    assert_eq!(request.header("accept-version"), Some("^2.0.0"));
    assert_eq!(request.header("losantdomain"), Some("call.example"));
}

/// Sets all that every action has.
macro_rules! set {
    ($request:expr) => {
        $request
            .losantdomain("call.example")
            .actions(true)
            .links(false)
            .embedded(false)
            .accept_version("^2.0.0")
    };
}

#[tokio::test]
async fn delete_an_invite() {
    let server = server("instanceOrgInvite.delete").await;
    let invite = callers::losant(&server).instance_org_invite();
    invite.delete("i1", "o1", "v1").send().await.expect("200");
    set!(invite.delete("i1", "o1", "v1"))
        .send()
        .await
        .expect("200");
    let [plain, set] = &server.seen()[..] else {
        panic!("two requests");
    };
    assert_plain(plain, &format!("DELETE {INVITE}"), false);
    assert_set(set, &format!("DELETE {INVITE}"), false);
}

#[tokio::test]
async fn get_an_invite() {
    let server = server("instanceOrgInvite.get").await;
    let invite = callers::losant(&server).instance_org_invite();
    invite.get("i1", "o1", "v1").send().await.expect("200");
    set!(invite.get("i1", "o1", "v1"))
        .send()
        .await
        .expect("200");
    let [plain, set] = &server.seen()[..] else {
        panic!("two requests");
    };
    assert_plain(plain, &format!("GET {INVITE}"), false);
    assert_set(set, &format!("GET {INVITE}"), false);
}

#[tokio::test]
async fn resend_an_invite() {
    let server = server("instanceOrgInvite.resendInvite").await;
    let invite = callers::losant(&server).instance_org_invite();
    let nothing = OrgRoleInfo::new();
    let call = invite.resend_invite("i1", "o1", "v1", &nothing);
    call.send().await.expect("201");
    let something = OrgRoleInfo::new()
        .role(Role::Admin)
        .application_roles(Vec::new());
    let call = invite.resend_invite("i1", "o1", "v1", &something);
    set!(call).send().await.expect("201");
    let [plain, set] = &server.seen()[..] else {
        panic!("two requests");
    };
    assert_plain(plain, &format!("POST {INVITE}"), true);
    assert_eq!(plain.body, b"{}");
    assert_set(set, &format!("POST {INVITE}"), true);
    assert_eq!(
        set.json(),
        json!({ "role": "admin", "applicationRoles": [] })
    );
}

#[tokio::test]
async fn list_invites() {
    let server = server("instanceOrgInvites.get").await;
    let all = callers::losant(&server).instance_org_invites();
    all.get("i1", "o1").send().await.expect("200");
    let call = all
        .get("i1", "o1")
        .sort_field(invites::SortField::InviteDate)
        .sort_direction(invites::SortDirection::Asc)
        .filter_field(invites::FilterField::Email)
        .filter("my * instance&x=1+ü");
    set!(call).send().await.expect("200");
    let [plain, set] = &server.seen()[..] else {
        panic!("two requests");
    };
    assert_plain(plain, &format!("GET {INVITES}"), false);
    assert_headers(set, false);
    let own = "sortField=inviteDate&sortDirection=asc&filterField=email\
               &filter=my%20%2A%20instance%26x%3D1%2B%C3%BC";
    assert_eq!(set.line(), format!("GET {INVITES}?{own}&{OPPOSITES}"));
}

#[tokio::test]
async fn invite_somebody() {
    let server = server("instanceOrgInvites.post").await;
    let all = callers::losant(&server).instance_org_invites();
    let least = OrgInvitePost::new("a@example.com", Role::Edit);
    all.post("i1", "o1", &least).send().await.expect("201");
    let role = ResourceAccess::View;
    let other = ResourceAccess::Unrecognized("new".to_owned());
    let most = OrgInvitePost::new("b@example.com", Role::None)
        .application_roles(vec![ResourceRole::new("r1", role)])
        .dashboard_roles(vec![ResourceRole::new("r2", other)])
        .disallow_transfer(false);
    set!(all.post("i1", "o1", &most)).send().await.expect("201");
    let [plain, set] = &server.seen()[..] else {
        panic!("two requests");
    };
    assert_plain(plain, &format!("POST {INVITES}"), true);
    assert_eq!(plain.body, br#"{"email":"a@example.com","role":"edit"}"#);
    assert_set(set, &format!("POST {INVITES}"), true);
    let body = json!({
        "email": "b@example.com",
        "role": "none",
        "applicationRoles": [{ "resourceId": "r1", "role": "view" }],
        "dashboardRoles": [{ "resourceId": "r2", "role": "new" }],
        "disallowTransfer": false,
    });
    assert_eq!(set.json(), body);
}

#[tokio::test]
async fn the_domain_comes_from_the_client_unless_the_call_has_its_own() {
    let server = server("instanceOrgInvites.get").await;
    let client = Client::builder()
        .access_token(callers::TOKEN)
        .losantdomain("client.example")
        .header("x-trace", "client")
        .base_url(server.url())
        .build()
        .expect("a client");
    let all = client.instance_org_invites();
    all.get("i1", "o1").send().await.expect("200");
    let options = CallOptions::new().header("x-trace", "call");
    let call = all.get("i1", "o1").losantdomain("call.example");
    call.options(options).send().await.expect("200");
    let seen = server.seen();
    let sent = |name| {
        seen.iter()
            .map(|each| each.header(name))
            .collect::<Vec<_>>()
    };
    let domains = [Some("client.example"), Some("call.example")];
    assert_eq!(sent("losantdomain"), domains);
    assert_eq!(sent("x-trace"), [Some("client"), Some("call")]);
}

#[tokio::test]
async fn nothing_is_sent_before_the_request_is_awaited() {
    let server = server("instanceOrgInvites.get").await;
    let call = callers::losant(&server)
        .instance_org_invites()
        .get("i1", "o1");
    drop(call.clone().send());
    assert!(server.seen().is_empty());
    call.send().await.expect("200");
    assert_eq!(server.seen().len(), 1);
}
