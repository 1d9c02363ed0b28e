//! Path parameters stay within their segment, or are refused.

use crate::server::{Reply, Server};

#[tokio::test]
async fn values_stay_within_their_segment() {
    let server = Server::always(Reply::json(r#"{"items":[]}"#)).await;
    let values = [
        "a/b", "../x", "%2e%2e", "a?b#c", "é b", "...", "a\\b", "x;y=z", "\r\n",
    ];
    for value in values {
        server
            .client()
            .instance_org_invites()
            .get("i", value)
            .send()
            .await
            .unwrap();
    }
    let arrived = server.arrived();
    let segment = |target: &str| {
        let (path, _) = target.split_once('?').unwrap();
        let inner = path.strip_prefix("/instances/i/orgs/").unwrap();
        inner.strip_suffix("/invites").unwrap().to_owned()
    };
    let segments: Vec<_> = arrived.iter().map(|it| segment(&it.target)).collect();
    assert_eq!(
        segments,
        [
            "a%2Fb",
            "..%2Fx",
            "%252e%252e",
            "a%3Fb%23c",
            "%C3%A9%20b",
            "...",
            "a%5Cb",
            "x%3By%3Dz",
            "%0D%0A"
        ]
    );
}

#[tokio::test]
async fn values_that_would_change_the_path_are_refused() {
    let server = Server::always(Reply::json(r#"{"items":[]}"#)).await;
    for value in ["", ".", ".."] {
        let call = server.client().instance_org_invites().get("i", value);
        let error = call.send().await.unwrap_err();
        assert!(error.is_request(), "{error:?}");
        assert!(
            error.to_string().contains("path parameter `orgId`"),
            "{error}"
        );
        assert_eq!(error.status(), None);
    }
    assert_eq!(server.arrived().len(), 0);
}

#[tokio::test]
async fn a_required_parameter_without_a_value_is_refused() {
    let server = Server::always(Reply::json(r#"{"items":[]}"#)).await;
    let invites = server.client().instance_org_invites();
    let error = invites.delete("x").send().await.unwrap_err();
    assert!(error.is_request());
    assert_eq!(
        error.to_string(),
        "instanceOrgInvite.delete: not sent: query parameter `reason` is required"
    );
    let error = invites
        .get("i", "o")
        .version(None)
        .send()
        .await
        .unwrap_err();
    assert!(
        error.is_request() && error.to_string().contains("`version`"),
        "{error}"
    );
    assert_eq!(server.arrived().len(), 0);
}
