//! Providers of one's own, and what a refusal may cost.

use super::*;

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
