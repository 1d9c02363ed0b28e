//! Tokens that are fetched: by OAuth 2 and by a provider of one's own, on a clock that is not
//! real.

mod lifetimes;
mod providers;
mod requests;
mod sharing;

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
