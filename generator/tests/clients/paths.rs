//! The values of path parameters stay in their segment, or are not sent.

use crate::callers;
use crate::server::{Answer, Server};

#[tokio::test]
async fn every_character_stays_in_its_segment() {
    let values = [
        ("a/b", "a%2Fb"),
        ("a b", "a%20b"),
        ("\u{fc}", "%C3%BC"),
        ("%2F", "%252F"),
        ("%", "%25"),
        ("?", "%3F"),
        ("#", "%23"),
        ("..%2F..", "..%252F.."),
        ("../x", "..%2Fx"),
        ("...", "..."),
        ("a\\b", "a%5Cb"),
        ("a;b", "a%3Bb"),
        ("\r\n", "%0D%0A"),
        ("-._~", "-._~"),
    ];
    for (value, escaped) in values {
        let server = Server::always(Answer::new(204, "")).await;
        let invites = callers::snyk(&server).invites();
        let call = invites.delete_org_invitation(value, value);
        call.send().await.expect("204");
        let path = format!("/rest/orgs/{escaped}/invites/{escaped}");
        assert_eq!(server.only().path, path, "{value:?}");
    }
}

#[tokio::test]
async fn what_would_lead_elsewhere_is_not_sent() {
    let server = Server::always(Answer::new(200, "{}")).await;
    let invite = callers::losant(&server).instance_org_invite();
    for value in ["", ".", ".."] {
        let calls = [
            (invite.delete(value, "o", "v"), "`instanceId`"),
            (invite.delete("i", value, "v"), "`orgId`"),
            (invite.delete("i", "o", value), "`inviteId`"),
        ];
        for (call, name) in calls {
            let error = call.send().await.expect_err(name);
            assert!(error.is_request(), "{error:?}");
            assert!(error.to_string().contains(name), "{error}");
            assert_eq!((error.status(), error.body_text()), (None, None));
        }
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_header_that_cannot_be_carried_is_not_sent() {
    let server = Server::always(Answer::new(200, "{}")).await;
    let invite = callers::losant(&server).instance_org_invite();
    let call = invite.get("i", "o", "v").losantdomain("a\r\nevil: 1");
    let error = call.send().await.expect_err("a line break");
    assert!(error.is_request(), "{error:?}");
    assert!(error.to_string().contains("`losantdomain`"), "{error}");
    assert!(server.seen().is_empty());
}
