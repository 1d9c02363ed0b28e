//! The command line of the kitchen sink with OAuth 2: it fetches a token with what the environment
//! has, and nothing that is secret is in what it says.

use std::process::Output;

use serde_json::json;

use crate::kitchen_sink_commands::Commands;
use crate::server::{Answer, Request};

const SECRET: &str = "s3cr3t-of-the-sink";
const TOKEN: &str = "t0k3n-for-an-hour";

/// What is sent as the id and the secret: `the-id:s3cr3t-of-the-sink`.
const PAIR: &str = "dGhlLWlkOnMzY3IzdC1vZi10aGUtc2luaw==";

/// The endpoint that tokens come from.
pub(crate) fn token(request: &Request) -> Answer {
    let known = format!("Basic {PAIR}");
    if request.header("authorization") != Some(known.as_str()) {
        return Answer::json(401, &json!({ "error": "invalid_client" }));
    }
    let token = json!({ "access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600 });
    Answer::json(200, &token)
}

/// What only somebody with a token gets.
pub(crate) fn guarded(request: &Request) -> Answer {
    let known = format!("Bearer {TOKEN}");
    if request.header("authorization") == Some(known.as_str()) {
        Answer::json(200, &json!({ "gold": 1 }))
    } else {
        Answer::json(401, &json!({ "message": "who are you?" }))
    }
}

/// Runs the command for what is guarded.
async fn run(commands: &Commands<'_>, secret: &str, arguments: &[&str]) -> (Output, String) {
    let variables = [
        ("KITCHEN_SINK_OAUTH_CLIENT_ID", "the-id"),
        ("KITCHEN_SINK_OAUTH_CLIENT_SECRET", secret),
        ("KITCHEN_SINK_OAUTH_SCOPES", "read write"),
    ];
    let arguments = [&["sink", "guarded"], arguments].concat();
    let output = commands.run_with(&variables, &arguments, b"");
    let output = output.await.expect("no panic");
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.push_str(&String::from_utf8_lossy(&output.stderr));
    for hidden in [SECRET, TOKEN, PAIR, secret] {
        assert!(!said.contains(hidden), "{said}");
    }
    (output, said)
}

/// All that it does with tokens.
pub(crate) async fn behave(commands: &Commands<'_>) {
    let before = commands.server.seen().len();
    for arguments in [&[][..], &["--verbose"]] {
        let (output, said) = run(commands, SECRET, arguments).await;
        assert!(output.status.success(), "{said}");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert_eq!(printed, "{\n  \"gold\": 1\n}\n");
        let told = String::from_utf8_lossy(&output.stderr);
        let attempt = format!("GET {}/guarded: 200", commands.server.url());
        assert_eq!(told.contains(&attempt), !arguments.is_empty(), "{told}");
    }
    let seen = commands.server.seen().split_off(before);
    let lines: Vec<_> = seen.iter().map(Request::line).collect();
    let each = ["POST /token", "GET /guarded"];
    assert_eq!(lines, [each, each].concat());
    let body = String::from_utf8_lossy(&seen[0].body);
    assert_eq!(body, "grant_type=client_credentials&scope=read%20write");

    let (output, said) = run(commands, "another-secret", &["--verbose"]).await;
    assert!(!output.status.success(), "{said}");
    assert!(said.contains("invalid_client"), "{said}");

    let (output, said) = {
        let output = commands.run_with(&[], &["sink", "guarded"], b"").await;
        let output = output.expect("no panic");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output, said)
    };
    assert_eq!(output.status.code(), Some(2), "{said}");
    let wanted = "KITCHEN_SINK_OAUTH_CLIENT_ID and KITCHEN_SINK_OAUTH_CLIENT_SECRET";
    assert!(said.contains(wanted), "{said}");
}
