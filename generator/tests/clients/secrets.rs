//! Credentials are sent and never printed: not by clients, builders, requests or errors.

use std::error::Error;
use std::fmt::Debug;

use losant_invites::{CallOptions, Client};
use serde_json::json;

use crate::callers::{self, TOKEN};
use crate::server::{Answer, Reply, Server};

const HEADER: &str = "s3cr3t-of-a-header";
const QUERY: &str = "s3cr3t-of-a-query";

/// All that a value says for programmers.
fn debug(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// All that an error says, with all of its sources.
fn everything(error: &(impl Error + 'static)) -> String {
    let mut said = debug(error);
    let mut next: Option<&dyn Error> = Some(error);
    while let Some(error) = next {
        said.push_str(&format!("\n{error}\n{error:?}"));
        next = error.source();
    }
    said
}

#[track_caller]
fn assert_silent(said: &str) {
    for secret in [TOKEN, HEADER, QUERY] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}

fn options() -> CallOptions {
    CallOptions::new().header("x-own-key", HEADER)
}

#[tokio::test]
async fn clients_builders_and_requests_say_nothing() {
    let builder = Client::builder()
        .access_token(TOKEN)
        .header("x-key", HEADER)
        .base_url("http://127.0.0.1:1");
    assert_silent(&debug(&builder));
    let client = builder.build().expect("a client");
    assert_silent(&debug(&client));
    assert_silent(&debug(&client.instance_org_invites()));
    assert_silent(&debug(&options()));
    let call = client.instance_org_invites().get("i", "o");
    assert_silent(&debug(&call.options(options())));
    let builder = snyk_invites::Client::builder()
        .api_token(TOKEN)
        .bearer_auth(HEADER)
        .version("2024-10-15");
    assert_silent(&debug(&builder));
    let client = builder.build().expect("a client");
    let call = client.invites().list_org_invitation("o");
    assert_silent(&debug(&client));
    assert_silent(&debug(&call.clone().pages()));
    assert_silent(&debug(&call.items()));
}

#[tokio::test]
async fn errors_of_every_kind_say_nothing() {
    let fits = json!({ "type": "x", "message": "y" });
    let replies: [(&str, Reply); 8] = [
        ("documented", Answer::json(404, &fits).into()),
        ("undocumented", Answer::new(503, "later").into()),
        (
            "redirect",
            Answer::new(302, "")
                .header("location", "http://example.com")
                .into(),
        ),
        ("decode", Answer::new(200, "[").into()),
        ("body", Answer::new(200, "{").missing(3).into()),
        ("interrupted", Reply::NoHead),
        ("half a head", Reply::HalfHead),
        (
            "timeout",
            Reply::Silence(std::time::Duration::from_secs(30)),
        ),
    ];
    for (kind, reply) in replies {
        let server = Server::always(reply).await;
        let limit = std::time::Duration::from_millis(200);
        let call = callers::losant(&server)
            .instance_org_invites()
            .get("i", "o");
        let call = call.filter(QUERY).options(options().timeout(limit));
        let error = call.send().await.expect_err(kind);
        let request = server.only();
        assert!(request.query.contains(QUERY), "{kind}");
        assert_eq!(request.header("x-own-key"), Some(HEADER), "{kind}");
        assert_silent(&everything(&error));
    }
}

#[tokio::test]
async fn errors_without_an_answer_say_nothing() {
    let client = Client::builder().access_token(TOKEN);
    let client = client
        .base_url("http://127.0.0.1:1")
        .build()
        .expect("a client");
    let all = client.instance_org_invites();
    let refused = all.get("i", "o").filter(QUERY).options(options());
    assert_silent(&everything(&refused.send().await.expect_err("refused")));
    let unsent = all.get("", "o").filter(QUERY).options(options());
    assert_silent(&everything(&unsent.send().await.expect_err("not sent")));
    let header = CallOptions::new().header("x-key", format!("{HEADER}\r\n"));
    let unsent = all.get("i", "o").options(header).send().await;
    assert_silent(&everything(&unsent.expect_err("not sent")));
}

#[test]
fn errors_of_building_say_nothing() {
    let builders = [
        Client::builder().access_token(format!("{TOKEN}\n")),
        Client::builder().header("x-key", format!("{HEADER}\n")),
        Client::builder().base_url(format!("https://user:{TOKEN}@example.com")),
        Client::builder().base_url(format!("https://example.com/?key={QUERY}")),
    ];
    for builder in builders {
        assert_silent(&everything(
            &builder.build().expect_err("it cannot be sent"),
        ));
    }
}
