//! Each documented status of each action decodes as what the description says it is, and the
//! others are told apart from them.

use std::fmt::Debug;

use losant_invites::types::{OrgInvite, Role};
use losant_invites::{instance_org_invite as invite, instance_org_invites as invites};
use sdkwright::ir::Operation;
use serde_json::Value;
use snyk_invites::invites as snyk;
use snyk_invites::types::{Link, OrgInvitation, OrgInvitationType};

use crate::callers;
use crate::described;
use crate::server::{Answer, Server};

/// The value of a field of an example.
fn said<'a>(example: &'a Value, field: &str) -> Option<&'a str> {
    example[field].as_str()
}

/// Plays each documented answer of an action to a call and looks at what becomes of it.
///
/// One macro for two crates, whose runtimes are of one text but not of one type. `$success`
/// compares a decoded body with the example, `$documented` a documented error, and says the
/// status that the error's variant stands for.
macro_rules! each_status {
    ($operation:expr, |$server:ident| $call:expr, $success:expr, $documented:expr) => {{
        let operation: &Operation = $operation;
        let answers = described::answers(operation);
        assert!(answers.iter().any(|(status, _)| *status >= 400));
        for (status, example) in answers {
            let answer = described::answer(status, example.as_ref());
            let answer = answer
                .header("snyk-request-id", "r-1")
                .header("x-extra", "1");
            let $server = Server::always(answer).await;
            let example = example.unwrap_or_default();
            match $call.send_with_meta().await {
                Ok(answer) => {
                    assert!(status < 300);
                    assert_eq!(answer.status().as_u16(), status);
                    assert_eq!(answer.headers()["x-extra"], "1");
                    $success(answer.body(), &example);
                }
                Err(error) => {
                    assert!(status >= 400, "{status}: {error:?}");
                    assert!(error.is_api() && !error.is_undocumented_status());
                    assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
                    assert_eq!(error.body_text(), Some(example.to_string().into()));
                    let documented = $documented(error.api().expect("documented"), &example);
                    assert_eq!(documented, status, "{error:?}");
                    assert!(error.into_api().is_ok());
                }
            }
        }
    }};
}

/// The status of an error of one invite.
fn of_invite(error: &invite::GetError, example: &Value) -> u16 {
    let (status, body) = match error {
        invite::GetError::BadRequest(body) => (400, body),
        invite::GetError::NotFound(body) => (404, body),
        other => panic!("{other:?}"),
    };
    assert_eq!(body.message.as_deref(), said(example, "message"));
    assert_eq!(body.type_.as_deref(), said(example, "type"));
    status
}

/// The status of an error of the invites.
fn of_invites(error: &invites::GetError, example: &Value) -> u16 {
    let (status, body) = match error {
        invites::GetError::BadRequest(body) => (400, body),
        invites::GetError::NotFound(body) => (404, body),
        other => panic!("{other:?}"),
    };
    assert_eq!(body.message.as_deref(), said(example, "message"));
    status
}

fn is_invite(invite: &OrgInvite, example: &Value) {
    assert_eq!(invite.id.as_deref(), said(example, "id"));
    assert_eq!(invite.email.as_deref(), said(example, "email"));
    assert_eq!(invite.role, Some(Role::Edit));
    let roles = invite.application_roles.as_ref().expect("roles");
    let role = &example["applicationRoles"][0];
    assert_eq!(Some(&*roles[0].resource_id), said(role, "resourceId"));
    let date: jiff::Timestamp = said(example, "inviteDate")
        .and_then(|text| text.parse().ok())
        .expect("a date");
    assert_eq!(invite.invite_date, Some(date));
    assert_eq!(invite.ttl, example["ttl"].as_f64());
    assert_eq!(invite.has_expired, example["hasExpired"].as_bool());
    assert_eq!(
        invite.disallow_transfer,
        example["disallowTransfer"].as_bool()
    );
}

fn is_collection(all: &losant_invites::types::OrgInviteCollection, example: &Value) {
    assert_eq!(all.count, example["count"].as_i64());
    assert_eq!(all.sort_field.as_deref(), said(example, "sortField"));
    assert_eq!(all.org_id, None);
    let items = all.items.as_ref().expect("items");
    assert_eq!(items.len(), 1);
    is_invite(&items[0], &example["items"][0]);
}

#[tokio::test]
async fn one_invite_of_losant() {
    let api = described::losant();
    let operation =
        |action: &str| described::operation(&api, &format!("instanceOrgInvite.{action}"));
    each_status!(
        operation("delete"),
        |server| callers::losant(&server)
            .instance_org_invite()
            .delete("i", "o", "v"),
        |body: &losant_invites::types::Success, example: &Value| {
            assert_eq!(body.success, example["success"].as_bool());
        },
        of_invite
    );
    each_status!(
        operation("get"),
        |server| callers::losant(&server)
            .instance_org_invite()
            .get("i", "o", "v"),
        is_invite,
        of_invite
    );
    let role = losant_invites::types::OrgRoleInfo::new();
    each_status!(
        operation("resendInvite"),
        |server| {
            let invite = callers::losant(&server).instance_org_invite();
            invite.resend_invite("i", "o", "v", &role)
        },
        is_invite,
        of_invite
    );
}

#[tokio::test]
async fn the_invites_of_losant() {
    let api = described::losant();
    each_status!(
        described::operation(&api, "instanceOrgInvites.get"),
        |server| callers::losant(&server)
            .instance_org_invites()
            .get("i", "o"),
        is_collection,
        of_invites
    );
    let post = losant_invites::types::OrgInvitePost::new("e", Role::View);
    each_status!(
        described::operation(&api, "instanceOrgInvites.post"),
        |server| callers::losant(&server)
            .instance_org_invites()
            .post("i", "o", &post),
        is_collection,
        of_invites
    );
}

/// The status of an error of Snyk's.
fn of_snyk(error: &snyk::ListOrgInvitationError, example: &Value) -> u16 {
    use snyk::ListOrgInvitationError as Error;
    let (status, document) = match error {
        Error::BadRequest(document) => (400, document),
        Error::Unauthorized(document) => (401, document),
        Error::Forbidden(document) => (403, document),
        Error::NotFound(document) => (404, document),
        Error::InternalServerError(document) => (500, document),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        Some(&*document.jsonapi.version),
        said(&example["jsonapi"], "version")
    );
    let first = &example["errors"][0];
    assert_eq!(Some(&*document.errors[0].detail), said(first, "detail"));
    assert_eq!(document.errors[0].title.as_deref(), said(first, "title"));
    status
}

fn is_invitation(invitation: &OrgInvitation, example: &Value) {
    assert_eq!(Some(&*invitation.id), said(example, "id"));
    assert_eq!(invitation.type_, OrgInvitationType::OrgInvitation);
    let attributes = &example["attributes"];
    assert_eq!(
        Some(&*invitation.attributes.email),
        said(attributes, "email")
    );
    assert_eq!(
        Some(invitation.attributes.is_active),
        attributes["is_active"].as_bool()
    );
    let related = invitation
        .relationships
        .as_ref()
        .and_then(|it| it.org.as_ref());
    let org = &example["relationships"]["org"]["data"];
    assert_eq!(Some(&*related.expect("an org").data.id), said(org, "id"));
}

fn link(text: Option<&str>) -> Option<Link> {
    text.map(|text| Link::Text(text.to_owned()))
}

#[tokio::test]
async fn the_invitations_of_snyk() {
    let api = described::snyk();
    let attributes = snyk_invites::types::OrgInvitationRequestDataAttributes::new("e", "r");
    let data = snyk_invites::types::OrgInvitationRequestData::new(attributes);
    let request = snyk_invites::types::OrgInvitationRequest::new(data);
    each_status!(
        described::operation(&api, "Invites.createOrgInvitation"),
        |server| callers::snyk(&server)
            .invites()
            .create_org_invitation("o", &request),
        |body: &snyk_invites::types::OrgInvitationCreated, example: &Value| {
            is_invitation(&body.data, &example["data"]);
            let links = body.links.as_ref().expect("links");
            assert_eq!(links.self_, link(said(&example["links"], "self")));
        },
        of_snyk
    );
    each_status!(
        described::operation(&api, "Invites.listOrgInvitation"),
        |server| callers::snyk(&server).invites().list_org_invitation("o"),
        |body: &snyk_invites::types::OrgInvitationList, example: &Value| {
            is_invitation(&body.data[0], &example["data"][0]);
            let links = body.links.as_ref().expect("links");
            assert_eq!(links.next, link(said(&example["links"], "next")));
            assert_eq!(links.prev, None);
        },
        of_snyk
    );
    each_status!(
        described::operation(&api, "Invites.deleteOrgInvitation"),
        |server| callers::snyk(&server)
            .invites()
            .delete_org_invitation("o", "v"),
        |(): &(), _: &Value| (),
        of_snyk
    );
}

#[tokio::test]
async fn the_id_of_the_request_is_found() {
    let list = described::body(
        described::operation(&described::snyk(), "Invites.listOrgInvitation"),
        200,
    );
    let answer = Answer::json(200, &list).header("snyk-request-id", "r-1");
    let server = Server::always(answer).await;
    let call = callers::snyk(&server).invites().list_org_invitation("o");
    let answer = call.send_with_meta().await.expect("200");
    assert_eq!(answer.request_id(), Some("r-1"));
    let server = Server::always(Answer::new(503, "").header("snyk-request-id", "r-2")).await;
    let call = callers::snyk(&server).invites().list_org_invitation("o");
    let error = call.send().await.expect_err("503");
    assert_eq!(error.request_id(), Some("r-2"));
}

#[tokio::test]
async fn a_status_that_nobody_documented() {
    for (status, body) in [
        (418, "I am a teapot"),
        (503, ""),
        (302, "elsewhere"),
        (401, "{}"),
    ] {
        let server = Server::always(Answer::new(status, body).header("location", "/x")).await;
        let invite = callers::losant(&server).instance_org_invite();
        let error = invite.delete("i", "o", "v").send().await;
        let error = error.expect_err("no success");
        assert!(error.is_undocumented_status(), "{error:?}");
        assert!(!error.is_api() && !error.is_decode());
        assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
        assert_eq!(error.body_text().as_deref(), Some(body));
        assert_eq!(error.operation(), "instanceOrgInvite.delete");
        assert!(error.into_api().is_err());
        assert_eq!(server.seen().len(), 1, "it is not sent twice");
    }
}

/// 202 is a success that the description does not list; its body need not be of the same type.
#[tokio::test]
async fn a_success_that_nobody_documented_is_not_mistaken() {
    let server = Server::always(Answer::new(202, "queued")).await;
    let invite = callers::losant(&server).instance_org_invite();
    let error = invite.get("i", "o", "v").send().await.expect_err("no JSON");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(202));
    assert_eq!(error.body_text().as_deref(), Some("queued"));
    assert!(
        error.is_decode() || error.is_undocumented_status(),
        "{error:?}"
    );
}

#[test]
fn every_error_is_an_error_of_the_standard_library() {
    fn is<E: std::error::Error + Debug + Send + Sync + 'static>() {}
    is::<losant_invites::Error<invite::GetError>>();
    is::<snyk_invites::Error<snyk::ListOrgInvitationError>>();
}
