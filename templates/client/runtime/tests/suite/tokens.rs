//! Tokens that are fetched: by OAuth 2 and by a provider of one's own, on a clock that is not
//! real.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, join_all, select};
use http::Request;

use crate::mini_client::types::{OrgInvitePost, OrgInvitePostRole};
use crate::mini_client::{Client, ClientBuilder};
use crate::runtime::transport::Answer;
use crate::runtime::transport::boxed::BoxFuture;
use crate::runtime::{
    Body, CallOptions, Credential, OAuth2, RetryPolicy, SecretString, TokenContext, TokenError,
    TokenProvider, Transport,
};
use crate::sim::{End, Fate, Head, Seen, SimClock, SimServer};

const TOKENS: &str = "https://tokens.example/token?tenant=a";

fn second(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A token server's answer, a second later.
fn grant(token: &str, more: &str) -> Fate {
    let body = format!(r#"{{"access_token":"{token}","token_type":"bearer"{more}}}"#);
    Head::new(200).after(second(1)).piece(body).whole()
}

/// A world whose API takes any token but those that are named, and whose token server answers its
/// first request with the first fate, and so on; the last one stays.
struct World {
    clock: SimClock,
    server: SimServer,
    refused: Arc<Mutex<Vec<&'static str>>>,
}

impl World {
    fn new(fates: Vec<Fate>) -> Self {
        let clock = SimClock::default();
        let refused: Arc<Mutex<Vec<&'static str>>> = Arc::default();
        let bad = Arc::clone(&refused);
        let server = SimServer::new(&clock, move |request, seen| {
            if request.uri().path().ends_with("token") {
                let before = seen.iter().filter(|it| it.uri.path().ends_with("token"));
                let at = before.count().min(fates.len() - 1);
                return fates[at].clone();
            }
            let token = request.headers()["authorization"].to_str().unwrap();
            match bad.lock().unwrap().iter().any(|bad| token.ends_with(bad)) {
                true => Head::new(401).after(second(1)).piece("{}").whole(),
                false => {
                    let body = r#"{"id":"i","role":"edit","items":[]}"#;
                    Head::new(200).after(second(1)).piece(body).whole()
                }
            }
        });
        Self {
            clock,
            server,
            refused,
        }
    }

    fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().base_url("https://api.example/v1");
        builder
            .clock(self.clock.clone())
            .transport(self.server.clone())
    }

    fn client(&self, provider: impl TokenProvider) -> Client {
        self.builder()
            .access_token_provider(provider)
            .build()
            .unwrap()
    }

    fn run<F: Future>(&self, future: F) -> F::Output {
        self.clock.run(future)
    }

    fn tokens(&self) -> Vec<Seen> {
        let seen = self.server.seen().into_iter();
        seen.filter(|seen| seen.uri.path().ends_with("token"))
            .collect()
    }

    /// What the API saw, as the tokens that came with it.
    fn calls(&self) -> Vec<String> {
        let seen = self.server.seen().into_iter();
        let calls = seen.filter(|seen| !seen.uri.path().ends_with("token"));
        let token = |seen: Seen| seen.headers["authorization"].to_str().unwrap().to_owned();
        calls.map(token).collect()
    }
}

fn text(seen: &Seen) -> String {
    String::from_utf8(seen.body.clone()).unwrap()
}

fn by_credentials() -> OAuth2 {
    OAuth2::client_credentials(TOKENS, "an id", "a:secret")
}

async fn get(client: &Client) -> Result<(), String> {
    let get = client.instance_org_invites().get("i", "o").send();
    get.await.map(drop).map_err(|error| error.to_string())
}

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

#[test]
fn a_call_that_is_dropped_leaves_its_token_to_the_next() {
    // A server that takes each refresh token once: what it answers must not be lost.
    let world = World::new(vec![
        grant("t1", r#","expires_in":10,"refresh_token":"r2""#),
        grant("t2", r#","refresh_token":"r3""#),
    ]);
    let client = world.client(OAuth2::refresh_token(TOKENS, "id", "r1"));
    world.run(async {
        let call = Box::pin(get(&client));
        let wait = world.clock.wait(Duration::from_millis(500));
        assert!(matches!(select(call, wait).await, Either::Right(_)));
        world.clock.wait(second(3)).await;
        get(&client).await.unwrap();
        world.clock.wait(second(20)).await;
        get(&client).await.unwrap();
    });
    let bodies: Vec<String> = world.tokens().iter().map(text).collect();
    assert!(
        bodies[0].contains("=r1&") && bodies[1].contains("=r2&"),
        "{bodies:?}"
    );
    assert_eq!(world.calls(), ["Bearer t1", "Bearer t2"]);
}

/// A transport whose answers take one more turn to be read.
#[derive(Clone, Debug)]
struct Hesitant(SimServer);

impl Transport for Hesitant {
    fn send(&self, request: Request<Body>, timeout: Option<Duration>) -> Answer<'_> {
        Box::pin(async move {
            let answer = self.0.send(request, timeout).await;
            let mut ready = false;
            poll_fn(move |context| {
                context.waker().wake_by_ref();
                match std::mem::replace(&mut ready, true) {
                    true => Poll::Ready(()),
                    false => Poll::Pending,
                }
            })
            .await;
            answer
        })
    }
}

#[test]
fn a_token_that_came_while_nobody_called_is_not_lost() {
    let world = World::new(vec![grant("t", r#","refresh_token":"r2""#)]);
    let tokens = OAuth2::refresh_token(TOKENS, "id", "r1");
    let builder = world.builder().access_token_provider(tokens);
    let transport = Hesitant(world.server.clone());
    let client = builder.transport(transport).build().unwrap();
    world.run(async {
        let call = Box::pin(get(&client));
        let wait = world.clock.wait(Duration::from_millis(500));
        assert!(matches!(select(call, wait).await, Either::Right(_)));
        world.clock.wait(second(3_600)).await;
        get(&client).await.unwrap();
    });
    assert_eq!(world.tokens().len(), 1);
    assert_eq!(world.calls(), ["Bearer t"]);
}

#[test]
fn a_dropped_call_holds_up_nobody_who_waits() {
    let world = World::new(vec![grant("t", "")]);
    let client = world.client(by_credentials());
    let results = world.run(async {
        let first = Box::pin(get(&client));
        let drops = async {
            let wait = world.clock.wait(Duration::from_millis(500));
            drop(select(first, wait).await);
        };
        let others = join_all((0..5).map(|_| get(&client)));
        futures_util::future::join(drops, others).await.1
    });
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(world.tokens().len(), 1);
}

#[test]
fn a_silent_token_server_does_not_hold_up_calls_for_ever() {
    let world = World::new(vec![Fate::Silence, grant("t", "")]);
    let client = world.client(by_credentials());
    let options = || {
        CallOptions::new()
            .timeout(second(2))
            .retries(RetryPolicy::none())
    };
    world.run(async {
        let first = client
            .instance_org_invites()
            .get("i", "o")
            .options(options());
        let error = first.send().await.unwrap_err();
        assert!(error.is_credential(), "{error:?}");
        assert_eq!((error.attempts(), world.clock.time()), (0, second(2)));
        // Once it has been silent for too long, it is asked anew.
        world.clock.wait(second(30)).await;
        get(&client).await.unwrap();
    });
    assert_eq!(world.tokens().len(), 2);
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
fn clients_can_share_a_source_of_tokens() {
    let world = World::new(vec![grant("t", "")]);
    let tokens = Arc::new(by_credentials());
    let clients = [(); 2].map(|()| world.client(Arc::clone(&tokens)));
    for client in &clients {
        world.run(get(client)).unwrap();
    }
    assert_eq!(world.tokens().len(), 1);
}

/// Counts up.
#[derive(Debug, Default)]
struct Counter {
    count: AtomicU32,
    again: bool,
}

impl TokenProvider for Counter {
    fn token<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<SecretString, TokenError>> {
        let count = self.count.load(Ordering::Relaxed);
        Box::pin(async move { Ok(format!("own-{count}").into()) })
    }

    fn refused(&self, _: &SecretString) -> bool {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.again
    }
}

#[test]
fn a_provider_of_one_s_own_says_whether_to_try_again() {
    for again in [false, true] {
        let world = World::new(vec![Fate::Refused]);
        let client = world.client(Counter {
            again,
            ..Counter::default()
        });
        world.refused.lock().unwrap().push("own-0");
        assert_eq!(world.run(get(&client)).is_ok(), again);
        assert_eq!(world.calls().len(), 1 + usize::from(again));
    }
}

#[test]
fn a_provider_cannot_fill_in_a_user_name() {
    let world = World::new(vec![Fate::Refused]);
    let client = world.builder().build().unwrap();
    let options = CallOptions::new().credential("login", Credential::provider(by_credentials()));
    let get = client.instance_org_invites().get("i", "o").options(options);
    let error = world.run(get.send()).unwrap_err();
    assert!(error.is_request());
    assert!(
        error
            .to_string()
            .ends_with("credential `login` needs a user name and a password"),
        "{error}"
    );
}

#[test]
fn an_upload_that_can_be_read_once_is_not_sent_again_after_a_refusal() {
    use crate::calls::NoError;
    use crate::runtime::{Api, CoreBuilder, Operation, Scheme, SchemeKind, Upload, response};
    static API: Api = Api {
        name: "once",
        version: "1",
        servers: &[],
        schemes: &[Scheme {
            name: "token",
            kind: SchemeKind::Bearer,
        }],
        parameters: &[],
        request_id_headers: &[],
    };
    static PUT: Operation = Operation {
        id: "put",
        method: "PUT",
        security: &[&[0]],
        ..Operation::USUAL
    };
    let world = World::new(vec![grant("t1", ""), grant("t2", "")]);
    world.refused.lock().unwrap().push("t1");
    let mut builder = CoreBuilder::new(&API);
    builder.base_url("https://api.example");
    builder.clock(world.clock.clone());
    builder.transport(world.server.clone());
    builder.credential_provider(0, by_credentials());
    let mut call = builder.build().unwrap().call(&PUT);
    let pieces = futures_util::stream::iter([Ok(Bytes::from_static(b"content"))]);
    call.body_bytes("text/plain", Upload::once(Box::pin(pieces)));
    let error = world
        .run(call.send::<(), NoError>(response::empty))
        .unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (401, 1)
    );
    assert_eq!(world.calls(), ["Bearer t1"]);
}

#[test]
fn a_refusal_by_a_host_that_got_no_token_is_no_refusal_of_the_token() {
    let clock = SimClock::default();
    let server = SimServer::new(&clock, |request, _| match request.uri().host() {
        Some("tokens.example") => grant("t", ""),
        Some("other.example") => Head::new(401).piece("{}").whole(),
        _ => Head::new(302)
            .header("location", "https://other.example/x")
            .whole(),
    });
    let builder = Client::builder().base_url("https://api.example");
    let builder = builder.clock(clock.clone()).transport(server.clone());
    let builder = builder.access_token_provider(by_credentials());
    let client = builder.build().unwrap();
    for _ in 0..2 {
        assert!(clock.run(get(&client)).is_err());
    }
    let seen = server.seen();
    let hosts: Vec<_> = seen.iter().filter_map(|it| it.uri.host()).collect();
    let call = ["api.example", "other.example"];
    assert_eq!(hosts, [&["tokens.example"], &call[..], &call[..]].concat());
}

/// A transport that panics at its first request.
#[derive(Clone, Debug)]
struct Fragile(Arc<AtomicU32>, SimServer);

impl Transport for Fragile {
    fn send(&self, request: Request<Body>, timeout: Option<Duration>) -> Answer<'_> {
        let first = self.0.fetch_add(1, Ordering::Relaxed) == 0;
        Box::pin(async move {
            assert!(!first, "as the test wants it");
            self.1.send(request, timeout).await
        })
    }
}

#[test]
fn a_panic_while_a_token_is_fetched_is_that_of_one_call() {
    let world = World::new(vec![grant("a", "")]);
    let builder = world.builder().access_token_provider(by_credentials());
    let fragile = Fragile(Arc::default(), world.server.clone());
    let client = builder.transport(fragile).build().unwrap();
    let panics = AssertUnwindSafe(|| world.clock.run(get(&client)));
    assert!(catch_unwind(panics).is_err());
    world.clock.run(get(&client)).unwrap();
}

#[test]
fn a_mark_of_byte_order_before_a_token_is_passed_over() {
    let body = "\u{feff}{\"access_token\":\"t\"}".to_owned();
    let world = World::new(vec![Head::new(200).piece(body).whole()]);
    world.run(get(&world.client(by_credentials()))).unwrap();
    assert_eq!(world.calls(), ["Bearer t"]);
}
