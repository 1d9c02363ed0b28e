//! No credential is ever told to anybody but its server: every kind of credential, every kind of
//! failure, and everything that is shown of it — errors and their sources, what hooks are told,
//! and all that `tracing` hears, from whichever crate.

use std::error::Error as _;
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Request;

use crate::mini_client::{Client, ClientBuilder};
use crate::recorder::Recorder;
use crate::runtime::Body;
use crate::runtime::transport::boxed::BoxFuture;
use crate::runtime::{
    Attempt, CallOptions, Credential, HeaderMap, Hook, OAuth2, Outcome, ReqwestTransport,
    RetryPolicy, SecretString, TokenContext, TokenError, TokenProvider,
};
use crate::server::{Arrived, Reply, Server};
use crate::sim::{End, Fate, Head, SimClock, SimServer};
use crate::wire::Wire;

/// What all secrets of these tests have in common, as it is and in Base64 at each offset.
const SECRETS: [&str; 4] = ["hunter2", "aHVudGVyM", "h1bnRlcj", "odW50ZXIy"];

/// Notes all that it is shown, but for the headers that are its to change.
#[derive(Clone, Default)]
struct Nosy(Arc<Mutex<String>>);

impl Debug for Nosy {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Nosy")
    }
}

impl Nosy {
    fn note(&self, what: &dyn Debug) {
        writeln!(self.0.lock().unwrap(), "{what:?}").unwrap();
    }
}

impl Hook for Nosy {
    fn before_request(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        self.note(attempt);
        // Those with secrets are marked, so that this shows none.
        self.note(headers);
    }

    fn after_response(&self, attempt: &Attempt<'_>, outcome: Outcome<'_>) {
        self.note(attempt);
        if let Outcome::Failure { error, .. } = outcome {
            self.note(&error);
        }
    }

    fn before_retry(&self, attempt: &Attempt<'_>, pause: Duration) {
        self.note(&(attempt, pause));
    }
}

/// A vault, open or closed.
#[derive(Debug)]
struct Vault(bool);

impl TokenProvider for Vault {
    fn token<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<SecretString, TokenError>> {
        Box::pin(async move {
            match self.0 {
                true => Ok("hunter2".into()),
                false => Err(TokenError::new("the vault is closed").transient()),
            }
        })
    }
}

/// A way to set credentials, on the client and on the call.
struct Way {
    name: &'static str,
    client: fn(ClientBuilder, &str) -> ClientBuilder,
    call: fn(CallOptions) -> CallOptions,
}

fn ways() -> Vec<Way> {
    let client = |name, client: fn(ClientBuilder, &str) -> ClientBuilder| Way {
        name,
        client,
        call: |options| options,
    };
    let call = |name, call: fn(CallOptions) -> CallOptions| Way {
        name,
        client: |client, _| client,
        call,
    };
    vec![
        client("bearer", |client, _| client.access_token("hunter2")),
        client("basic", |client, _| client.login("use", "hunter2")),
        client("keys", |client, _| {
            client.api_key("hunter2").cookie_key("hunter2")
        }),
        client("query", |client, _| client.query_key("hunter2")),
        client("header", |client, _| client.header("x-own", "hunter2")),
        client("vault", |client, _| {
            client.access_token_provider(Vault(true))
        }),
        client("closed vault", |client, _| {
            client.access_token_provider(Vault(false))
        }),
        client("client credentials", |client, url| {
            let url = format!("{url}/token?key=hunter2");
            let tokens = OAuth2::client_credentials(url, "id", "hunter2-secret");
            client.access_token_provider(tokens)
        }),
        client("credentials in the body", |client, url| {
            let url = format!("{url}/token");
            let tokens = OAuth2::client_credentials(url, "id", "hunter2 secret");
            let tokens = tokens
                .parameter("password", "hunter2")
                .credentials_in_body();
            client.access_token_provider(tokens)
        }),
        client("refresh token", |client, url| {
            let tokens = OAuth2::refresh_token(format!("{url}/token"), "id", "hunter2-refresh");
            client.access_token_provider(tokens.client_secret("hunter2"))
        }),
        call("token of a call", |options| {
            options.credential("accessToken", Credential::token("hunter2"))
        }),
        call("login of a call", |options| {
            options.credential("login", Credential::basic("user", "hunter2"))
        }),
        call("key in the query of a call", |options| {
            options.credential("queryKey", Credential::token("hunter2"))
        }),
        call("header of a call", |options| {
            options.header("x-own", "hunter2")
        }),
        call("idempotency key", |options| {
            options.idempotency_key("hunter2")
        }),
        call("a token that cannot be sent", |options| {
            options.credential("accessToken", Credential::token("hunter2\n"))
        }),
    ]
}

fn assert_clean(what: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} shows a secret: {text}");
    }
}

/// Makes a call with this way's credentials and gathers all that is shown of it.
async fn shown(way: &Way, url: &str, builder: ClientBuilder) -> String {
    let (recorder, _guard) = Recorder::listen();
    let nosy = Nosy::default();
    let builder = (way.client)(builder.base_url(url).hook(nosy.clone()), url);
    let mut text = format!("{builder:?} {builder:#?}");
    let client = builder.build().unwrap();
    let options = (way.call)(CallOptions::new().timeout(Duration::from_secs(2)));
    let quick = RetryPolicy::new().base(Duration::ZERO);
    let options = options.retries(quick);
    let get = client.instance_org_invites().get("i", "o");
    let get = get.options(options.clone());
    write!(text, "{client:?} {options:?} {get:?}").unwrap();
    let call = get.send();
    write!(text, "{call:?}").unwrap();
    if let Err(error) = call.await {
        write!(text, "{error} {error:?} {error:#?}").unwrap();
        let mut source = error.source();
        while let Some(error) = source {
            write!(text, "{error} {error:?}").unwrap();
            source = error.source();
        }
    }
    write!(text, "{}", nosy.0.lock().unwrap()).unwrap();
    let heard = recorder.text();
    // What is refused before anything is done has no span.
    let refused = way.name == "a token that cannot be sent";
    assert!(refused || heard.contains("otel.name"), "nothing was heard");
    text + &heard
}

fn granted() -> &'static str {
    r#"{"access_token":"hunter2","refresh_token":"hunter2-next","expires_in":60}"#
}

/// A refusal that repeats what was sent.
fn echo(request: &Request<Body>) -> Fate {
    let said = String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap();
    let body = format!(r#"{{"error":"no","error_description":"{said}"}}"#);
    Head::new(400).piece(body).whole()
}

#[test]
fn faults_of_every_kind_show_no_secret() {
    let fates = [
        Fate::Refused,
        Fate::Interrupted(1),
        Fate::Silence,
        Fate::Answer(Head::new(200).piece("{"), End::Broken),
        Head::new(200).piece("<html>").whole(),
        Head::new(200).piece(r#"{"items":[]}"#).whole(),
        Head::new(404)
            .piece(r#"{"type":"a","message":"b"}"#)
            .whole(),
        Head::new(401).whole(),
        Head::new(400)
            .piece(r#"{"error":"invalid_client"}"#)
            .whole(),
        Head::new(503).header("retry-after", "1").whole(),
        Head::new(500)
            .header("set-cookie", "session=hunter2")
            .piece("hunter2")
            .whole(),
        Head::new(302).header("location", "/new?hop=1").whole(),
        Head::new(302)
            .header("location", "https://other.example/?key=hunter2")
            .whole(),
        Head::new(200)
            .header("content-length", "99999999999")
            .whole(),
    ];
    for fate in fates {
        for of_tokens in [false, true] {
            for way in ways() {
                let clock = SimClock::default();
                let fate = fate.clone();
                let server = SimServer::new(&clock, move |request, _| {
                    let is_token = request.uri().path() == "/token";
                    match (is_token, of_tokens) {
                        (true, true) if matches!(fate, Fate::Silence) => echo(request),
                        (true, false) => Head::new(200).piece(granted()).whole(),
                        (false, true) => Head::new(401).whole(),
                        _ => fate.clone(),
                    }
                });
                let builder = Client::builder().clock(clock.clone());
                let builder = builder.transport(server);
                let text = clock.run(shown(&way, "https://api.example", builder));
                assert_clean(way.name, &text);
            }
        }
    }
}

/// What reqwest, hyper and h2 have to say of it.
#[tokio::test]
async fn faults_on_the_wire_show_no_secret() {
    let replies = [
        Reply::Close,
        Reply::Bytes(b"nonsense\r\n\r\n".to_vec()),
        Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec()),
        Reply::json(r#"{"items":5}"#),
    ];
    // One for all: it takes its time to load the certificates of the system.
    let transport = ReqwestTransport::new(Some(Duration::from_secs(2))).unwrap();
    let known = || reqwest::Client::builder().http2_prior_knowledge();
    let http_2 = ReqwestTransport::with_client(known().build().unwrap());
    let builder = || Client::builder().transport(transport.clone());
    for way in ways() {
        let text = shown(&way, "http://127.0.0.1:1", builder()).await;
        assert_clean(way.name, &text);
        for reply in replies.clone() {
            let server = Server::start(move |request: &Arrived| {
                match request.target.starts_with("/token") {
                    true => Reply::json(granted()),
                    false => reply.clone(),
                }
            })
            .await;
            let text = shown(&way, &server.url(), builder()).await;
            assert_clean(way.name, &text);
        }
        let wire = Wire::start(None, r#"{"items":[],"access_token":"hunter2"}"#).await;
        let builder = Client::builder().transport(http_2.clone());
        let text = shown(&way, &format!("http://{}", wire.address), builder).await;
        assert_clean(way.name, &text);
    }
}
