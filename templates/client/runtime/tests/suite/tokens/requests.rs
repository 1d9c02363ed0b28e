//! What is asked of a token server, and what is made of its answer.

use super::*;

#[test]
fn secrets_go_into_the_body_for_servers_that_insist() {
    let world = World::new(vec![grant("t", "")]);
    let client = world.client(by_credentials().credentials_in_body());
    world.run(get(&client)).unwrap();
    let [request] = world.tokens().try_into().unwrap();
    assert_eq!(request.headers.get("authorization"), None);
    assert_eq!(
        text(&request),
        "grant_type=client_credentials&client_id=an%20id&client_secret=a%3Asecret"
    );
}

#[test]
fn a_token_of_a_type_that_is_not_known_is_not_sent() {
    let token_type = |said: &str| {
        let body = format!(r#"{{"access_token":"t"{said}}}"#);
        let world = World::new(vec![Head::new(200).piece(body).whole()]);
        let outcome = world.run(get(&world.client(by_credentials())));
        assert_eq!(world.calls().len(), usize::from(outcome.is_ok()));
        outcome
    };
    // RFC 6749, section 7.1; the case of the letters says nothing (section 5.1).
    for good in [
        "",
        r#","token_type":"BEARER""#,
        r#","token_type":"BearerToken""#,
        r#","token_type":null"#,
    ] {
        token_type(good).unwrap();
    }
    for bad in [r#""mac""#, r#""DPoP""#, r#""é""#, "1"] {
        let error = token_type(&format!(r#","token_type":{bad}"#)).unwrap_err();
        let expected = "instanceOrgInvites.get: not sent: the token server's answer has a \
                        `token_type` that is not `bearer`";
        assert_eq!(error, expected);
    }
}

#[test]
fn a_refusal_that_repeats_the_header_of_the_client_shows_no_secret() {
    let world = World::new(vec![
        Head::new(401)
            .piece(r#"{"error":"no: Basic aWQ6U0VDUiUyMEVU, SECR ET, SECR%20ET"}"#)
            .whole(),
    ]);
    let tokens = OAuth2::client_credentials(TOKENS, "id", "SECR ET");
    let error = world.run(get(&world.client(tokens))).unwrap_err();
    assert!(
        error.ends_with("no: Basic [redacted], [redacted], [redacted]"),
        "{error}"
    );
}

#[test]
fn refusals_are_told_in_the_words_of_the_server() {
    let refusal =
        r#"{"error":"invalid_grant","error_description":"refresh-1 or a:secret or a%3Asecret"}"#;
    let cases = [
        (
            Head::new(400).piece(refusal).whole(),
            "the token server answered 400 Bad Request: invalid_grant: \
             [redacted] or [redacted] or [redacted]",
        ),
        (
            Head::new(302)
                .header("location", "https://other.example")
                .whole(),
            "the token server answered 302 Found",
        ),
        (
            Head::new(200).piece("<html>").whole(),
            "the token server answered with something else than JSON",
        ),
        (
            Head::new(200).piece("{}").whole(),
            "the token server's answer has no `access_token`",
        ),
        // Some servers refuse with a success.
        (
            Head::new(200).piece(refusal).whole(),
            "the token server answered 200 OK: invalid_grant: \
             [redacted] or [redacted] or [redacted]",
        ),
        (
            grant("", ""),
            "the token server's answer has no `access_token`",
        ),
        (
            grant(r"a\nb", ""),
            "the token server's `access_token` has characters that no token may have",
        ),
    ];
    for (fate, expected) in cases {
        let world = World::new(vec![fate]);
        let tokens = OAuth2::refresh_token(TOKENS, "id", "refresh-1").client_secret("a:secret");
        let client = world.client(tokens);
        let error = world
            .run(client.instance_org_invites().get("i", "o").send())
            .unwrap_err();
        assert!(error.is_credential(), "{error:?}");
        assert_eq!(
            error.to_string(),
            format!("instanceOrgInvites.get: not sent: {expected}")
        );
        assert_eq!((error.attempts(), world.tokens().len()), (0, 1));
    }
}

#[test]
fn what_may_be_over_next_time_is_tried_again_even_for_a_post() {
    let fates = [
        Fate::Refused,
        Fate::Interrupted(1),
        Fate::Answer(Head::new(200).piece("{"), End::Broken),
        Head::new(429).header("retry-after", "7").whole(),
        Head::new(500).whole(),
    ];
    for fate in fates {
        let patience = match &fate {
            Fate::Answer(head, _) if head.status == 429 => second(7),
            _ => Duration::ZERO,
        };
        let world = World::new(vec![fate, grant("t", "")]);
        let client = world.client(by_credentials());
        let invite = OrgInvitePost::new("a@b", OrgInvitePostRole::Edit);
        let post = client.instance_org_invites().post("i", "o", invite).send();
        world.run(post).unwrap();
        assert_eq!((world.tokens().len(), world.calls().len()), (2, 1));
        assert!(world.clock.time() >= patience);
    }
}

#[test]
fn a_token_url_is_seen_from_the_base_url() {
    let cases = [
        ("/oauth/token", Some("https://api.example/oauth/token")),
        ("token", Some("https://api.example/token")),
        ("//other.example/token", Some("https://other.example/token")),
        ("ftp://a/token", None),
        ("https://user:hunter2@a/token", None),
        ("https://[/token", None),
    ];
    for (url, expected) in cases {
        let world = World::new(vec![grant("t", "")]);
        let tokens = OAuth2::client_credentials(url, "id", "secret");
        assert!(!format!("{tokens:?}").contains("hunter2"));
        let client = world.client(tokens);
        let result = world.run(get(&client));
        let asked = world.tokens().first().map(|seen| seen.uri.to_string());
        assert_eq!(asked.as_deref(), expected, "{result:?}");
        if expected.is_none() {
            let error = result.unwrap_err();
            assert!(error.contains("the token URL"), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}

#[test]
fn a_mark_of_byte_order_before_a_token_is_passed_over() {
    let body = "\u{feff}{\"access_token\":\"t\"}".to_owned();
    let world = World::new(vec![Head::new(200).piece(body).whole()]);
    world.run(get(&world.client(by_credentials()))).unwrap();
    assert_eq!(world.calls(), ["Bearer t"]);
}
