//! Fakes of the API, and recordings of it.

use losant_invites::instance_org_invite::{self, GetError};
use losant_invites::instance_org_invites;
use losant_invites::runtime::transport::TransportErrorKind;
use losant_invites::runtime::{Fake, Recorder, Replay, ReqwestTransport};
use losant_invites::types::{OrgInvitePost, Role};
use losant_invites::{Client, RetryPolicy};
use serde_json::json;

use crate::callers::TOKEN;
use crate::server::{Answer, Server};

fn client(fake: &Fake) -> Client {
    Client::builder()
        .access_token(TOKEN)
        .transport(fake.clone())
        .retries(RetryPolicy::none())
        .build()
        .expect("a client")
}

fn invite() -> OrgInvitePost {
    OrgInvitePost::new("a@example.com", Role::Edit)
}

#[tokio::test]
async fn an_example_of_the_description_is_the_usual_answer() {
    let fake = Fake::new();
    fake.expect(instance_org_invites::fakes::get().with("orgId", "o1"));
    let list = client(&fake).instance_org_invites().get("i1", "o1").send();
    let list = list.await.expect("the example");
    let invites = list.items.expect("invites");
    assert_eq!(invites[0].email.as_deref(), Some("invitedUser@example.com"));
    fake.verify();
    let seen = fake.seen();
    assert_eq!(seen[0].operation, "instanceOrgInvites.get");
    assert_eq!(seen[0].parameter("instanceId"), Some(&json!("i1")));
}

#[tokio::test]
async fn a_typed_value_is_the_answer_as_it_is() {
    let fake = Fake::new();
    let expected = instance_org_invites::fakes::get();
    let mut list = expected.example_value();
    list.count = Some(4711);
    fake.expect(expected.answers(list.clone()).times(2));
    let all = client(&fake).instance_org_invites();
    assert_eq!(all.get("i", "o").send().await.expect("a list"), list);
    let answer = all.get("i", "o").send_with_meta().await.expect("a list");
    assert_eq!((answer.status().as_u16(), answer.body()), (200, &list));
    fake.verify();
}

#[tokio::test]
async fn a_documented_error_is_typed() {
    let fake = Fake::new();
    let expected = instance_org_invite::fakes::get();
    fake.expect(expected.example_of(404));
    let one = client(&fake).instance_org_invite();
    let error = one.get("i", "o", "v").send().await.expect_err("404");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(404));
    let Some(GetError::NotFound(body)) = error.api() else {
        panic!("{error:?}");
    };
    let again = instance_org_invite::fakes::get().fails(400, GetError::BadRequest(body.clone()));
    fake.expect(again);
    let error = one.get("i", "o", "v").send().await.expect_err("400");
    assert!(
        matches!(error.api(), Some(GetError::BadRequest(_))),
        "{error:?}"
    );
    fake.verify();
}

#[tokio::test]
async fn what_was_not_expected_is_told() {
    let fake = Fake::new();
    fake.expect(instance_org_invites::fakes::post().with_body(&json!({ "email": "x" })));
    let all = client(&fake).instance_org_invites();
    let error = all.post("i", "o", &invite()).send().await;
    let error = error.expect_err("another body").to_string();
    let said = "instanceOrgInvites.post: 418 I'm a teapot: unexpected call of \
                `instanceOrgInvites.post`: the body is not {\"email\":\"x\"}";
    assert_eq!(error, said);
    assert_eq!(
        fake.problems(),
        [
            "unexpected call of `instanceOrgInvites.post`: the body is not {\"email\":\"x\"}",
            "`instanceOrgInvites.post` was not called (1 more expected)"
        ]
    );
}

#[test]
#[should_panic(expected = "`instanceOrgInvites.get` has no parameter `organization`")]
fn a_parameter_that_is_none_fails_the_test() {
    let _ = instance_org_invites::fakes::get().with("organization", "o");
}

#[test]
#[should_panic(expected = "`instanceOrgInvites.get` has no answer 418; it has [200, 400, 404]")]
fn an_answer_that_is_none_fails_the_test() {
    let _ = instance_org_invites::fakes::get().example_of(418);
}

#[tokio::test]
async fn a_broken_connection_is_tried_again_as_ever() {
    let fake = Fake::new();
    fake.expect(instance_org_invites::fakes::get().breaks(TransportErrorKind::Interrupted));
    fake.expect(instance_org_invites::fakes::get().any_times());
    let client = Client::builder()
        .transport(fake.clone())
        .retries(RetryPolicy::new().base(std::time::Duration::ZERO));
    let client = client.build().expect("a client");
    let call = client.instance_org_invites().get("i", "o");
    let answer = call.send_with_meta().await.expect("the second answer");
    assert_eq!(answer.attempts(), 2);
}

#[tokio::test]
async fn what_was_recorded_is_played_back_and_holds_no_secret() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("invites.jsonl");
    let body = r#"{"count":1,"items":[]}"#;
    let answer = Answer::new(200, body).header("set-cookie", "session=hunter2");
    let server = Server::always(answer).await;
    let real = ReqwestTransport::new(None).expect("a transport");
    let builder = || {
        Client::builder()
            .access_token(TOKEN)
            .header("x-key", "hunter2")
    };
    let recorder = Recorder::create(&path, real).expect("a file");
    let recorded = builder().base_url(server.url()).transport(recorder);
    let recorded = recorded.build().expect("a client").instance_org_invites();
    let list = recorded.get("i", "o").filter("a b").send().await;
    let list = list.expect("a list");
    recorded
        .post("i", "o", &invite())
        .send()
        .await
        .expect("a list");
    let text = std::fs::read_to_string(&path).expect("a recording");
    assert!(!text.contains("hunter2") && !text.contains(TOKEN), "{text}");
    assert_eq!(text.lines().count(), 2);

    let replay = builder().transport(Replay::open(&path).expect("a recording"));
    let replay = replay.build().expect("a client").instance_org_invites();
    replay
        .post("i", "o", &invite())
        .send()
        .await
        .expect("played");
    let again = replay.get("i", "o").filter("a b").send().await;
    assert_eq!(again.expect("played"), list);
    let options = losant_invites::CallOptions::new().retries(RetryPolicy::none());
    let unknown = replay.get("i", "o").options(options).send().await;
    let error = unknown.expect_err("not recorded");
    let source = std::error::Error::source(&error)
        .expect("a reason")
        .to_string();
    assert!(
        source.starts_with("the recording has no answer to GET /instances/i/orgs/o/invites?"),
        "{source}"
    );
}
