//! A client of a description with what the two real APIs do not have: it passes the lints as it
//! stands, and a program that uses it behaves.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use sdkwright::diagnostic::Problems;
use sdkwright::formats::Formats;
use sdkwright::ir::Api;
use sdkwright::pipeline::{self, ClientOptions, Package};
use serde_json::json;

use crate::described;
use crate::kitchen_sink_commands::Commands;
use crate::kitchen_sink_tokens as tokens;
use crate::server::{Answer, Server};
use crate::throwaway::{TOKIO, Throwaway, assert_good};

/// One of each crate; days stay as usual.
const FORMATS: &str = "{ date-time: chrono, time: time, duration: jiff, uuid: uuid, uri: url, \
     decimal: rust_decimal, ipv4: std, ipv6: std, float: f32 }";

const DESCRIPTION: &str = "generator/tests/clients/kitchen-sink.yaml";

/// Writes the client, and the program that uses it.
fn write_crate() -> Throwaway {
    let api = described::api(DESCRIPTION);
    let options = ClientOptions {
        name: "kitchen-sink".to_owned(),
        version: "0.1.0".to_owned(),
        license: None,
        package: Package::default(),
        formats: serde_yaml::from_str::<Formats>(FORMATS).expect("choices"),
        description: DESCRIPTION.to_owned(),
        checks: true,
        runtime: None,
    };
    let mut problems = Problems::new();
    let tree = pipeline::client(&api, &options, &mut problems);
    let tree = tree.unwrap_or_else(|| panic!("{:#?}", problems.sorted()));
    assert!(problems.is_empty(), "{:#?}", problems.sorted());
    let dependencies = [
        &Throwaway::dependency("kitchen-sink", Path::new("src/kitchen-sink")),
        TOKIO,
        "jiff = { version = \"0.2\", default-features = false }\nserde_json = \"1\"\n",
    ];
    let made = Throwaway::new("sdkwright-kitchen", &dependencies.concat());
    for (path, text) in tree.iter() {
        made.write(&format!("src/kitchen-sink/{path}"), text);
    }
    made.write("src/main.rs", include_str!("kitchen-sink-program.rs"));
    made.write("src/samples.rs", &samples(&api, &options));
    made
}

/// Every sample of the docs as a function; the program need only compile them.
fn samples(api: &Api, options: &ClientOptions) -> String {
    let mut problems = Problems::new();
    let pages = pipeline::docs(api, "rust", options, &mut problems).expect("pages");
    let mut functions = String::new();
    for (path, page) in pages.iter() {
        for (number, rest) in page.split("```rust\n").skip(1).enumerate() {
            let (sample, _) = rest.split_once("```").expect("the end of a block");
            assert!(!sample.contains("my_"), "{path}: made up:\n{sample}");
            let page = path.trim_end_matches(".md");
            functions.push_str(&format!(
                "pub async fn {page}_{number}(client: &kitchen_sink::Client) \
                 -> Result<(), Box<dyn std::error::Error>> {{\n{sample}Ok(())\n}}\n\n"
            ));
        }
    }
    assert!(!functions.is_empty(), "no samples");
    format!("#![allow(dead_code, deprecated)]\n\n{functions}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_of_everything_passes_the_lints_and_works() {
    let made = write_crate();
    let client = ["-p", "kitchen-sink"];
    made.cargo(&[&["clippy"], &client[..], &["--", "-D", "warnings"]].concat());
    made.cargo(&[&["doc", "--no-deps"], &client[..]].concat());
    let plain = ["--no-default-features", "--", "-D", "warnings"];
    made.cargo(&[&["clippy"], &client[..], &plain].concat());
    let commands = ["--features", "cli", "--", "-D", "warnings"];
    made.cargo(&[&["clippy"], &client[..], &commands].concat());
    made.cargo(&[&["build", "--features", "cli"], &client[..]].concat());
    made.cargo(&["build"]);
    let failures = AtomicUsize::new(0);
    let server = Server::start(move |request| match request.path.as_str() {
        "/search" => Answer::json(200, &json!([{ "kind": "circle", "radius": 1.5 }, 7, "new"])),
        "/events" => Answer::new(
            200,
            "\u{feff}: hello\r\ndata: a\r\ndata:b\r\n\r\nevent: none\n\nevent: leaf\rid: 7\r\
             data: {\"name\":\"l\"}\r\rdata: cut off\n",
        ),
        "/chats" if request.body.as_slice() == br#"{"stream":true}"# => {
            Answer::new(200, "data: {\"name\":\"piece\"}\n\n")
                .header("content-type", "text/event-stream; charset=utf-8")
        }
        "/chats" => Answer::json(200, &json!({ "name": "whole" })),
        "/watch" => Answer::new(
            200,
            "event: grown\ndata: {\"name\":\"g\"}\n\nevent: word\ndata: no\n\n\
             event: grown\ndata: {}\n\nevent: at-last\ndata: 2026-01-31\nid: 9\n\n\
             event: new\ndata: [DONE]\n\n",
        )
        .header("x-server-time", "2026-01-31T12:00:00Z"),
        "/chat" => Answer::new(
            200,
            "data: {\"name\":\"a\"}\n\ndata: {\"name\":\"b\"}\n\ndata: [DONE]\n\ndata: more\n\n",
        ),
        "/headers/204" => Answer::new(204, "")
            .header("link", "</a>; rel=next")
            .header("LINK", "</b>; rel=last")
            .header("X-COUNT", "7")
            .header("x-kinds", "oak, ash")
            .header("x-limits", "rate=0.5")
            .header("x-filter", "{\"min\":1}")
            .header("x-day", "2026-01-31")
            .header("last-modified", "Sat, 31 Jan 2026 12:00:00 GMT")
            .header("of", "all"),
        "/headers/429" => Answer::new(429, "").header("retry-after", "soon"),
        "/trees" => Answer::new(
            200,
            "{\"name\":\"a\"}\n\n{\"name\":1}\r\n\u{1e}{\"name\":\"c\"}",
        ),
        "/answers/200" | "/answers/299" => {
            let status = request.path[9..].parse().unwrap_or_default();
            Answer::json(status, &json!({ "name": "t" }))
        }
        "/answers/2000" => {
            Answer::new(200, "a,b").header("content-type", "text/csv; header=absent")
        }
        "/answers/202" => Answer::new(202, "whatever"),
        "/answers/204" | "/answers/205" | "/answers/304" => {
            Answer::new(request.path[9..].parse().unwrap_or_default(), "")
        }
        "/answers/302" => Answer::new(302, "").header("location", "/there"),
        "/profiles/404" => Answer::new(404, ""),
        "/profiles/409" => Answer::json(409, &json!({ "message": "no", "code": 7 })),
        "/profiles/500" => Answer::new(500, "broken"),
        "/lists/cursor" => match request.query.as_str() {
            "" => Answer::json(
                200,
                &json!({ "result": { "items": [0, 1], "next_cursor": "b" } }),
            ),
            "cursor=b" => Answer::json(
                200,
                &json!({ "result": { "items": null, "next_cursor": "c" } }),
            ),
            _ => Answer::json(200, &json!({ "result": { "items": [2] } })),
        },
        "/lists/page" => match request.query.as_str() {
            "per_page=2" => Answer::json(200, &json!([0, 1])),
            "page=2&per_page=2" if failures.fetch_add(1, Ordering::SeqCst) == 0 => {
                Answer::new(500, "later")
            }
            "page=2&per_page=2" => Answer::json(200, &json!([2, 3])),
            _ => Answer::json(200, &json!([4])),
        },
        "/lists/offset" => match request.query.as_str() {
            "" => Answer::json(200, &json!({ "all": 3, "things": [0, 1] })),
            _ => Answer::json(200, &json!({ "all": 3, "things": [2] })),
        },
        "/lists/header" => match request.query.as_str() {
            "" => Answer::json(200, &json!([0, 1])).header("link", "<?at=2>; rel=\"next\""),
            _ => Answer::json(200, &json!(null)),
        },
        "/token" => tokens::token(request),
        "/guarded" => tokens::guarded(request),
        "/ping" => Answer::new(204, ""),
        path if path.starts_with("/styles") => Answer::new(204, ""),
        "/new/ping" => Answer::new(404, ""),
        "/old" => Answer::json(200, &json!({ "id": "1", "age": 2 })),
        _ => Answer::new(200, request.body.clone()),
    })
    .await;
    let mut program = made.program();
    program.arg(server.url());
    let output = tokio::task::spawn_blocking(move || program.output()).await;
    let output = output.expect("no panic").expect("a program");
    assert_good("the program of the kitchen sink", &output);
    let seen = server.seen();
    let lines: Vec<_> = seen.iter().map(|request| request.line()).collect();
    let expected = String::from_utf8(output.stdout).expect("text");
    assert_eq!(lines, expected.lines().collect::<Vec<_>>());
    let search = seen.iter().find(|each| each.path == "/search");
    let search = search.expect("a search");
    assert_eq!(search.header("x-trace"), Some("t1,t2"));
    assert_eq!(search.header("x-level"), Some("2"));
    assert_eq!(search.header("cookie"), Some("session=s1"));
    let basic = Some("Basic bWU6cGFzcyB3b3Jk");
    assert_eq!(search.header("authorization"), basic);
    let styles = seen.iter().find(|each| each.path.starts_with("/styles"));
    let styles = styles.expect("a call in every style");
    assert_eq!(styles.header("x-rgb"), Some("G,200,R,100"));
    assert_eq!(styles.header("x-rgbs"), Some("G=200,R=100"));
    let crumbs = Some("crumbs=a b; crumbs=c%3Bd; crumb=a%20b,c%3Bd");
    assert_eq!(styles.header("cookie"), crumbs);
    let chats = seen.iter().filter(|each| each.path == "/chats");
    let asked: Vec<_> = chats.map(|each| each.header("accept")).collect();
    let events = Some("text/event-stream, application/json;q=0.5");
    assert_eq!(asked, [Some("application/json"), events, events]);
    let (last, _) = seen.split_last().expect("the call with a key");
    assert_eq!(last.header("authorization"), None);
    let patch = Some("application/merge-patch+json");
    assert_eq!(seen[0].header("content-type"), patch);
    let commands = Commands {
        made: &made,
        server: &server,
    };
    commands.behave().await;
    tokens::behave(&commands).await;
}
