//! The requests of the Snyk client, as they arrive.

use std::collections::BTreeMap;

use serde_json::json;
use snyk_invites::types::{
    OrgInvitationRequest, OrgInvitationRequestData, OrgInvitationRequestDataAttributes,
};
use snyk_invites::{CallOptions, Client};

use crate::callers;
use crate::described;
use crate::server::{Request, Server};

const JSON_API: &str = "application/vnd.api+json";

/// A server with the example of the first success of an operation.
async fn server(id: &str) -> Server {
    let api = described::snyk();
    let (status, body) = described::answers(described::operation(&api, id)).remove(0);
    Server::always(described::answer(status, body.as_ref())).await
}

fn assert_headers(request: &Request, body: bool) {
    let token = format!("token {}", callers::TOKEN);
    assert_eq!(request.header("authorization"), Some(&*token));
    assert_eq!(request.header("accept"), Some(JSON_API));
    assert_eq!(request.header("content-type"), body.then_some(JSON_API));
    assert_eq!(request.body.is_empty(), !body);
}

#[tokio::test]
async fn invite_somebody() {
    let server = server("Invites.createOrgInvitation").await;
    let invites = callers::snyk(&server).invites();
    let attributes = OrgInvitationRequestDataAttributes::new("a@example.com", "r1");
    let data = OrgInvitationRequestData::new(attributes);
    let least = OrgInvitationRequest::new(data.clone());
    let call = invites.create_org_invitation("o1", &least);
    call.send().await.expect("201");
    let related = BTreeMap::from([("org".to_owned(), json!({ "data": null }))]);
    let most = OrgInvitationRequest::new(data.relationships(related));
    let call = invites.create_org_invitation("o1", &most);
    call.version("2021-06-04~beta").send().await.expect("201");
    let [plain, set] = &server.seen()[..] else {
        panic!("two requests");
    };
    assert_headers(plain, true);
    assert_eq!(
        plain.line(),
        "POST /rest/orgs/o1/invites?version=2024-10-15"
    );
    let attributes = json!({ "email": "a@example.com", "role": "r1" });
    let data = json!({ "type": "org_invitation", "attributes": attributes });
    assert_eq!(plain.json(), json!({ "data": data }));
    assert_headers(set, true);
    assert_eq!(
        set.line(),
        "POST /rest/orgs/o1/invites?version=2021-06-04~beta"
    );
    let related = json!({ "org": { "data": null } });
    assert_eq!(set.json()["data"]["relationships"], related);
}

#[tokio::test]
async fn list_invites() {
    let server = server("Invites.listOrgInvitation").await;
    let invites = callers::snyk(&server).invites();
    invites.list_org_invitation("o1").send().await.expect("200");
    let call = invites
        .list_org_invitation("o1")
        .limit(25)
        .starting_after("v1.eyJ9+/=")
        .ending_before("b")
        .version("2023-01-01");
    call.send().await.expect("200");
    let [plain, set] = &server.seen()[..] else {
        panic!("two requests");
    };
    assert_headers(plain, false);
    assert_eq!(plain.line(), "GET /rest/orgs/o1/invites?version=2024-10-15");
    assert_headers(set, false);
    let line = "GET /rest/orgs/o1/invites\
                ?version=2023-01-01&starting_after=v1.eyJ9%2B%2F%3D&ending_before=b&limit=25";
    assert_eq!(set.line(), line);
}

#[tokio::test]
async fn cancel_an_invite() {
    let server = Server::always(crate::server::Answer::new(204, "")).await;
    let invites = callers::snyk(&server).invites();
    let call = invites.delete_org_invitation("o1", "v1");
    call.send().await.expect("204");
    let call = invites.delete_org_invitation("o1", "v1");
    call.version("2023-01-01").send().await.expect("204");
    let [plain, set] = &server.seen()[..] else {
        panic!("two requests");
    };
    assert_headers(plain, false);
    let path = "DELETE /rest/orgs/o1/invites/v1";
    assert_eq!(plain.line(), format!("{path}?version=2024-10-15"));
    assert_headers(set, false);
    assert_eq!(set.line(), format!("{path}?version=2023-01-01"));
}

#[tokio::test]
async fn a_bearer_token_does_as_well() {
    let server = server("Invites.listOrgInvitation").await;
    let client = Client::builder()
        .bearer_auth(callers::TOKEN)
        .version("2024-10-15")
        .base_url(server.url())
        .build()
        .expect("a client");
    let call = client.invites().list_org_invitation("o1");
    call.send().await.expect("200");
    let request = server.only();
    let bearer = format!("Bearer {}", callers::TOKEN);
    assert_eq!(request.header("authorization"), Some(&*bearer));
}

#[tokio::test]
async fn a_call_can_go_to_another_server() {
    let (usual, other) = (
        server("Invites.listOrgInvitation").await,
        server("Invites.listOrgInvitation").await,
    );
    let call = callers::snyk(&usual).invites().list_org_invitation("o1");
    let options = CallOptions::new().base_url(format!("{}/eu/", other.url()));
    call.options(options).send().await.expect("200");
    assert!(usual.seen().is_empty());
    assert_eq!(other.only().path, "/eu/orgs/o1/invites");
}

#[test]
fn a_client_without_a_version_is_not_built() {
    let error = Client::builder().api_token(callers::TOKEN).build();
    let error = error.expect_err("the version is required").to_string();
    assert!(error.contains("`version`"), "{error}");
}
