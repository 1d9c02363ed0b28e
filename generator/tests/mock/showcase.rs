//! The generated clients of this repository call every action of their descriptions, and get what
//! is documented: the success, and each failure as its typed error.

use std::path::Path;

use losant_invites::types::{OrgInvitePost, OrgRoleInfo, Role};
use sdkwright::diagnostic::Problems;
use sdkwright::ir::{Api, Status};
use sdkwright::mock::{Answer, Server};
use sdkwright::pipeline;
use snyk_invites::types::{
    OrgInvitationRequest, OrgInvitationRequestData, OrgInvitationRequestDataAttributes,
};

/// A server of one of the descriptions, and what it describes.
fn start(name: &str) -> (Server, Api) {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let spec = project.join(format!("spec/{name}/openapi.yaml"));
    let mock = pipeline::mocked(&spec).unwrap_or_else(|problems| panic!("{problems}"));
    let api = pipeline::read(&spec, &mut Problems::new()).api.unwrap();
    (mock.strict(true).start().unwrap(), api)
}

/// The documented failures of an operation.
fn failures(api: &Api, id: &str) -> Vec<u16> {
    let mut operations = api.operations();
    let (.., operation) = operations
        .find(|(.., each)| each.id.as_deref() == Some(id))
        .unwrap();
    let statuses = operation
        .responses
        .iter()
        .filter_map(|each| match each.status {
            Status::Code(code) if code >= 400 => Some(code),
            _ => None,
        });
    statuses.collect()
}

/// Calls once for the success, and once for each documented failure.
macro_rules! each {
    ($server:expr, $api:expr, $id:expr, $call:expr) => {{
        $call
            .send()
            .await
            .unwrap_or_else(|error| panic!("{}: {error:?}", $id));
        let failures = failures(&$api, $id);
        assert!(!failures.is_empty());
        for status in failures {
            $server.clear();
            $server.always($id, Answer::status(status)).unwrap();
            let error = $call.send().await.expect_err("a failure");
            assert_eq!(
                error.status().map(|it| it.as_u16()),
                Some(status),
                "{error:?}"
            );
            assert!(
                error.api().is_some(),
                "{}: {status} is no typed error: {error:?}",
                $id
            );
            assert!(!error.is_undocumented_status());
            for record in $server.recorded() {
                assert_eq!(record.problems, [], "{record:#?}");
                assert_eq!(record.operation.as_deref(), Some($id));
            }
            $server.clear();
        }
    }};
}

#[tokio::test]
async fn every_action_of_losant() {
    let (server, api) = start("losant");
    let client = losant_invites::Client::builder()
        .access_token("t")
        .base_url(server.base_url())
        .build()
        .unwrap();
    let (instance, org, invite) = (
        "575ec8687ae143cd83dc4a95",
        "575ec8687ae143cd83dc4a97",
        "575ec8687ae143cd83dc4a94",
    );
    let one = client.instance_org_invite();
    let all = client.instance_org_invites();
    let role = OrgRoleInfo::new().role(Role::Admin);
    let post = OrgInvitePost::new("a@example.com", Role::View);
    each!(
        server,
        api,
        "instanceOrgInvite.delete",
        one.delete(instance, org, invite)
    );
    each!(
        server,
        api,
        "instanceOrgInvite.get",
        one.get(instance, org, invite)
    );
    let id = "instanceOrgInvite.resendInvite";
    each!(
        server,
        api,
        id,
        one.resend_invite(instance, org, invite, &role)
    );
    let filter = "my * instance&x=1+ü";
    each!(
        server,
        api,
        "instanceOrgInvites.get",
        all.get(instance, org).filter(filter)
    );
    each!(
        server,
        api,
        "instanceOrgInvites.post",
        all.post(instance, org, &post)
    );
    assert_eq!(api.operations().count(), 5, "all of them");

    let error = all
        .get(instance, "o1")
        .send()
        .await
        .expect_err("no such id");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(400));
    let wrong = &server.recorded()[0].problems[0];
    assert_eq!(
        (wrong.name.as_deref(), &*wrong.rule),
        (Some("orgId"), "pattern")
    );
}

#[tokio::test]
async fn every_action_of_snyk() {
    let (server, api) = start("snyk");
    assert!(server.base_url().ends_with("/rest"));
    let client = snyk_invites::Client::builder()
        .api_token("t")
        .version("2024-10-15")
        .base_url(server.base_url())
        .build()
        .unwrap();
    let id = "b667f176-df52-4b0a-9954-117af6b05ab7";
    let attributes = OrgInvitationRequestDataAttributes::new("a@example.com", id);
    let body = OrgInvitationRequest::new(OrgInvitationRequestData::new(attributes));
    let invites = client.invites();
    each!(
        server,
        api,
        "createOrgInvitation",
        invites.create_org_invitation(id, &body)
    );
    each!(
        server,
        api,
        "listOrgInvitation",
        invites.list_org_invitation(id).limit(25)
    );
    each!(
        server,
        api,
        "deleteOrgInvitation",
        invites.delete_org_invitation(id, id)
    );
    assert_eq!(api.operations().count(), 3, "all of them");
}
