//! How long a token is used, and when another takes its place.

use super::*;

#[test]
fn one_token_is_fetched_for_all_calls() {
    let world = World::new(vec![grant("t", r#","expires_in":3600"#)]);
    let client = world.client(
        by_credentials()
            .scope("a")
            .scope("b")
            .parameter("audience", "x y"),
    );
    let results = world.run(join_all((0..50).map(|_| get(&client))));
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    let [request] = world.tokens().try_into().unwrap();
    assert_eq!(request.method, "POST");
    assert_eq!(request.uri, TOKENS);
    assert_eq!(request.headers["accept"], "application/json");
    assert_eq!(
        request.headers["content-type"],
        "application/x-www-form-urlencoded"
    );
    // an%20id:a%3Asecret
    assert_eq!(
        request.headers["authorization"],
        "Basic YW4lMjBpZDphJTNBc2VjcmV0"
    );
    assert!(request.headers["authorization"].is_sensitive());
    assert_eq!(
        text(&request),
        "grant_type=client_credentials&scope=a%20b&audience=x%20y"
    );
    assert_eq!(world.calls(), vec!["Bearer t"; 50]);
}

#[test]
fn a_token_is_replaced_before_it_ends() {
    let lives = [r#"100"#, r#""100""#, "100.0"];
    for life in lives {
        let fate = |token| grant(token, &format!(r#","expires_in":{life}"#));
        let world = World::new(vec![fate("t1"), fate("t2")]);
        let client = world.client(by_credentials());
        world.run(async {
            get(&client).await.unwrap();
            world.clock.wait(second(70)).await;
            get(&client).await.unwrap();
            world.clock.wait(second(5)).await;
            get(&client).await.unwrap();
        });
        assert_eq!(
            world.calls(),
            ["Bearer t1", "Bearer t1", "Bearer t2"],
            "{life}"
        );
    }
}

#[test]
fn a_token_that_is_still_good_is_used_while_no_other_can_be_had() {
    for fate in [Fate::Silence, Fate::Refused, Head::new(503).whole()] {
        let world = World::new(vec![grant("t1", r#","expires_in":1000"#), fate]);
        let client = world.client(by_credentials());
        world.run(async {
            get(&client).await.unwrap();
            world.clock.wait(second(970)).await;
            let began = world.clock.time();
            get(&client).await.unwrap();
            assert!(world.clock.time() - began <= second(6));
            // The next one does not wait at all.
            let began = world.clock.time();
            get(&client).await.unwrap();
            assert_eq!(world.clock.time() - began, second(1));
        });
        assert_eq!(world.calls(), vec!["Bearer t1"; 3]);
    }
}

#[test]
fn a_token_that_is_still_good_is_used_until_its_end_though_another_is_refused() {
    let fate = Head::new(400).piece(r#"{"error":"invalid_grant"}"#).whole();
    let world = World::new(vec![grant("t1", r#","expires_in":1000"#), fate]);
    let client = world.client(by_credentials());
    world.run(async {
        get(&client).await.unwrap();
        world.clock.wait(second(978)).await;
        get(&client).await.unwrap();
        world.clock.wait(second(10)).await;
        get(&client).await.unwrap();
        world.clock.wait(second(20)).await;
        let error = get(&client).await.unwrap_err();
        assert!(error.ends_with("400 Bad Request: invalid_grant"), "{error}");
    });
    assert_eq!(world.calls(), vec!["Bearer t1"; 3]);
    assert_eq!(world.tokens().len(), 4);
}

#[test]
fn a_call_is_made_once_more_when_its_token_is_refused() {
    let world = World::new(vec![grant("t1", ""), grant("t2", "")]);
    let client = world.client(by_credentials());
    world.refused.lock().unwrap().push("t1");
    let invite = OrgInvitePost::new("a@b", OrgInvitePostRole::Edit);
    let post = client.instance_org_invites().post("i", "o", invite).send();
    world.run(post).unwrap();
    assert_eq!(world.calls(), ["Bearer t1", "Bearer t2"]);
    let seen = world.server.seen();
    assert!(!seen[1].body.is_empty());
    assert_eq!(seen[1].body, seen[3].body);
}

#[test]
fn many_refusals_of_one_token_fetch_one_other() {
    let world = World::new(vec![grant("t1", ""), grant("t2", "")]);
    let client = world.client(by_credentials());
    world.refused.lock().unwrap().push("t1");
    let results = world.run(join_all((0..20).map(|_| get(&client))));
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!((world.tokens().len(), world.calls().len()), (2, 40));
}

#[test]
fn a_call_whose_every_token_is_refused_ends() {
    let world = World::new(vec![grant("t1", ""), grant("t2", "")]);
    let client = world.client(by_credentials());
    world.refused.lock().unwrap().extend(["t1", "t2"]);
    let error = world
        .run(client.instance_org_invites().get("i", "o").send())
        .unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (401, 2)
    );
    assert_eq!(world.calls(), ["Bearer t1", "Bearer t2"]);
}

#[test]
fn a_refresh_token_is_replaced_by_the_one_that_comes() {
    let world = World::new(vec![
        grant("t1", r#","expires_in":10,"refresh_token":"r2""#),
        grant("t2", r#","expires_in":10"#),
        grant("t3", r#","expires_in":10,"refresh_token":"r3""#),
    ]);
    let tokens = OAuth2::refresh_token(TOKENS, "id", "r1").client_secret("secret");
    let client = world.client(tokens);
    world.run(async {
        for _ in 0..3 {
            get(&client).await.unwrap();
            world.clock.wait(second(10)).await;
        }
    });
    let tokens = world.tokens();
    let bodies: Vec<String> = tokens.iter().map(text).collect();
    let expected =
        ["r1", "r2", "r2"].map(|token| format!("grant_type=refresh_token&refresh_token={token}"));
    assert_eq!(bodies, expected);
}

#[test]
fn client_credentials_take_no_refresh_token() {
    let fate = || grant("t", r#","expires_in":10,"refresh_token":"r""#);
    let world = World::new(vec![fate()]);
    let client = world.client(by_credentials());
    world.run(async {
        get(&client).await.unwrap();
        world.clock.wait(second(10)).await;
        get(&client).await.unwrap();
    });
    for request in world.tokens() {
        assert_eq!(text(&request), "grant_type=client_credentials");
    }
}
