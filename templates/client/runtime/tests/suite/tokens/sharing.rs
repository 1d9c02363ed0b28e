//! Calls that share a token: one that is dropped, one that waits, one that panics.

use super::*;

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
fn clients_can_share_a_source_of_tokens() {
    let world = World::new(vec![grant("t", "")]);
    let tokens = Arc::new(by_credentials());
    let clients = [(); 2].map(|()| world.client(Arc::clone(&tokens)));
    for client in &clients {
        world.run(get(client)).unwrap();
    }
    assert_eq!(world.tokens().len(), 1);
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
