//! Recordings: what is in them, and what comes of them.

use std::path::PathBuf;

use crate::mini_client::{Client, ClientBuilder};
use crate::runtime::{OAuth2, Recorder, Replay};
use crate::sim::{Fate, Head, SimClock, SimServer};

/// A file for a recording, and its removal.
struct Tape(PathBuf);

impl Tape {
    fn new(name: &str) -> Self {
        let name = format!("{name}-{}.jsonl", std::process::id());
        Self(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name))
    }

    /// What is recorded while a client of this server makes its calls.
    fn record(
        &self,
        clock: &SimClock,
        decide: impl FnMut(usize) -> Fate + Send + 'static,
        calls: impl AsyncFnOnce(ClientBuilder),
    ) -> String {
        let mut decide = decide;
        let server = SimServer::new(clock, move |_, seen| decide(seen.len()));
        let builder = builder(clock).transport(Recorder::create(&self.0, server).unwrap());
        clock.run(calls(builder));
        std::fs::read_to_string(&self.0).unwrap()
    }
}

impl Drop for Tape {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn builder(clock: &SimClock) -> ClientBuilder {
    let builder = Client::builder().base_url("https://api.example/v1");
    builder.clock(clock.clone())
}

async fn get(client: &Client) {
    let get = client.instance_org_invites().get("i", "o").send();
    get.await.unwrap();
}

fn list() -> Head {
    Head::new(200).header("content-type", "application/json")
}

#[test]
fn a_credential_of_the_query_is_recorded_nowhere() {
    let tape = Tape::new("echoes");
    let clock = SimClock::default();
    let decide = |before| match before {
        0 => Head::new(307)
            .header("location", "/v2?a=b&api%20key=hunter2%3F&c=d#e")
            .whole(),
        _ => list()
            .header(
                "content-location",
                "https://api.example/v2?api key=hunter2?&api+key=hunter2",
            )
            .header(
                "link",
                "<https://api.example/v2?api%20key=hunter2%3F&p=1>; rel=\"prev\", \
                 </v2?p=3&api%20key=hunter2%3F>; rel=\"next\"",
            )
            .piece(r#"{"items":[],"links":{"next":"/v2?p=3\u0026api%20key=hunter2%3F"}}"#)
            .whole(),
    };
    let text = tape.record(&clock, decide, async |builder| {
        get(&builder.query_key("hunter2?").build().unwrap()).await;
    });
    assert!(!text.contains("hunter2"), "{text}");
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains("a=b&api%20key=[redacted]&c=d#e"), "{text}");
    assert!(
        text.contains(r#"</v2?p=3&api%20key=[redacted]>; rel=\"next\""#),
        "{text}"
    );
    let replay = std::sync::Arc::new(Replay::open(&tape.0).unwrap());
    let client = builder(&clock)
        .query_key("another")
        .transport(replay.clone());
    clock.run(get(&client.build().unwrap()));
    assert_eq!(replay.left(), 0);
}

#[test]
fn no_text_of_a_token_server_is_recorded_however_deep() {
    let tape = Tape::new("tokens");
    let clock = SimClock::default();
    let grant = r#"{"access_token":"hunter2","token_type":"Bearer","expires_in":9,
        "authed_user":{"access_token":"hunter2-nested","all":[["hunter2-list"],1]}}"#;
    let decide = move |before| match before {
        0 => list().piece(grant).whole(),
        _ => list().piece(r#"{"items":[]}"#).whole(),
    };
    let tokens = || OAuth2::client_credentials("/token", "id", "hunter2-secret");
    let text = tape.record(&clock, decide, async |builder| {
        let builder = builder.access_token_provider(tokens());
        get(&builder.build().unwrap()).await;
    });
    assert!(!text.contains("hunter2"), "{text}");
    assert!(text.contains("authed_user"), "{text}");
    let client = builder(&clock).access_token_provider(tokens());
    let client = client.transport(Replay::open(&tape.0).unwrap());
    clock.run(get(&client.build().unwrap()));
}

#[test]
fn all_lines_of_a_header_are_recorded_and_played_back() {
    let tape = Tape::new("lines");
    let clock = SimClock::default();
    let decide = |_| {
        let head = list().header("link", "<a>").header("x-one", "1");
        let head = head.header("link", "<b>").header("set-cookie", "a=hunter2");
        head.header("set-cookie", "b=hunter2")
            .piece(r#"{"items":[]}"#)
            .whole()
    };
    let text = tape.record(&clock, decide, async |builder| {
        get(&builder.build().unwrap()).await;
    });
    assert!(!text.contains("hunter2"), "{text}");
    assert!(text.contains(r#""link":["<a>","<b>"]"#), "{text}");
    assert!(text.contains(r#""x-one":"1""#), "{text}");
    let client = builder(&clock).transport(Replay::open(&tape.0).unwrap());
    let client = client.build().unwrap();
    let answer = clock.run(client.instance_org_invites().get("i", "o").send_with_meta());
    let answer = answer.unwrap();
    let links: Vec<_> = answer.headers().get_all("link").iter().collect();
    assert_eq!(links, ["<a>", "<b>"]);
    assert_eq!(answer.headers()["x-one"], "1");
}
