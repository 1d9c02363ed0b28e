//! The server over HTTP: both versions, many at once, orders, records, limits, the command.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::rt::{TokioExecutor, TokioIo};
use sdkwright::mock::{Answer, Reply, Server};
use serde_json::{Value, json};
use snapbox::cmd::cargo_bin;

use crate::shop;

type Request = hyper::Request<Full<Bytes>>;
type Got = (u16, Vec<(String, String)>, String);

fn request(line: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let (method, uri) = line.split_once(' ').unwrap();
    let mut builder = hyper::Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder
        .body(Full::new(Bytes::copy_from_slice(body.as_bytes())))
        .unwrap()
}

async fn got(response: hyper::Response<hyper::body::Incoming>) -> Got {
    let (parts, body) = response.into_parts();
    let headers = parts.headers.iter();
    let headers =
        headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let headers = headers.collect();
    let body = body.collect().await.unwrap().to_bytes();
    (
        parts.status.as_u16(),
        headers,
        String::from_utf8(body.to_vec()).unwrap(),
    )
}

/// Sends a request over HTTP/1.1.
async fn send(address: SocketAddr, mut request: Request) -> Got {
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.unwrap();
    tokio::spawn(connection);
    request
        .headers_mut()
        .insert("host", address.to_string().parse().unwrap());
    got(sender.send_request(request).await.unwrap()).await
}

fn start() -> Server {
    shop::mock().start().unwrap()
}

const KEYS: [(&str, &str); 2] = [("x-key", "s3cret"), ("authorization", "Bearer s3cret")];

#[tokio::test]
async fn the_url_is_that_of_the_first_server() {
    let server = start();
    assert_eq!(server.base_url(), format!("http://{}/v1", server.address()));
    assert!(server.address().ip().is_loopback());
    let (status, _, body) = send(server.address(), request("GET /v1/items?limit=5", &[], "")).await;
    assert_eq!((status, body.starts_with("[{")), (200, true));
}

#[tokio::test]
async fn head_has_the_headers_of_get_alone() {
    let server = start();
    let get = send(server.address(), request("GET /items", &[], "")).await;
    let head = send(server.address(), request("HEAD /items", &[], "")).await;
    assert_eq!((head.0, &*head.2), (200, ""));
    let length = |got: &Got| {
        let mut headers = got.1.iter();
        headers
            .find(|(name, _)| name == "content-length")
            .map(|(_, value)| value.clone())
    };
    assert_eq!(length(&head), Some(get.2.len().to_string()));
}

#[tokio::test]
async fn http_2_does_as_well() {
    let server = start();
    let stream = tokio::net::TcpStream::connect(server.address())
        .await
        .unwrap();
    let builder = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
    let (sender, connection) = builder.handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let calls = (1..=20).map(|limit| {
        let mut sender = sender.clone();
        let uri = format!("GET http://shop.example/items?limit={}", limit * 5);
        async move {
            got(sender.send_request(request(&uri, &[], "")).await.unwrap())
                .await
                .0
        }
    });
    let statuses = futures_util::future::join_all(calls).await;
    let expected: Vec<u16> = (1..=20)
        .map(|limit| if limit <= 10 { 200 } else { 400 })
        .collect();
    assert_eq!(statuses, expected);
    let (mut sender, cookies) = (sender, [("cookie", "a=b"), ("cookie", "session=s")]);
    let uri = "GET http://shop.example/secret";
    let (status, ..) = got(sender
        .send_request(request(uri, &cookies, ""))
        .await
        .unwrap())
    .await;
    assert_eq!(status, 200, "cookies may come in several headers");
}

#[tokio::test]
async fn a_slow_client_holds_up_nobody() {
    let server = start();
    let mut slow: Vec<TcpStream> = Vec::new();
    for _ in 0..20 {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream
            .write_all(b"POST /items HTTP/1.1\r\ncontent-length: 100\r\n\r\nab")
            .unwrap();
        slow.push(stream);
    }
    let address = server.address();
    let calls = (0..50).map(|_| send(address, request("GET /items", &[], "")));
    let all = futures_util::future::join_all(calls);
    let all = tokio::time::timeout(Duration::from_secs(20), all)
        .await
        .unwrap();
    assert!(all.iter().all(|got| got == &all[0] || got.0 == 200));
    assert_eq!(
        server.recorded().len(),
        50,
        "what is not whole is not answered"
    );
    drop(slow);
}

#[tokio::test]
async fn heads_and_bodies_have_limits() {
    let server = start();
    let long = "x".repeat(100_000);
    let (status, ..) = send(
        server.address(),
        request("GET /items", &[("x-long", &long)], ""),
    )
    .await;
    assert_eq!(status, 431);
    let huge = "x".repeat((64 << 20) + 1);
    let (status, _, body) = {
        let headers = [("content-type", "text/plain"), ("expect", "100-continue")];
        send(server.address(), request("POST /items", &headers, &huge)).await
    };
    assert_eq!(status, 413);
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["detail"], "the body is larger than 64 MB");
    let mut garbage = TcpStream::connect(server.address()).unwrap();
    garbage.write_all(b"\0\0\0 what?\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    garbage.read_to_end(&mut answer).unwrap();
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 400"));
    let (status, ..) = send(server.address(), request("GET /items", &[], "")).await;
    assert_eq!(status, 200, "it goes on");
}

#[tokio::test]
async fn answers_can_be_ordered() {
    let server = start();
    server.next("items.list", Answer::status(429)).unwrap();
    server.next("GET /items", Answer::example("none")).unwrap();
    let reply = Reply::json(299, &json!({ "own": true })).header("x-own", "1");
    server.next("items.list", Answer::exactly(reply)).unwrap();
    let ask = async |query: &str| {
        let line = format!("GET /items?{query}");
        send(server.address(), request(&line, &[], "")).await
    };
    assert_eq!(ask("limit=0").await.0, 400, "refused, and the order stays");
    assert_eq!(ask("").await.0, 429);
    assert_eq!(ask("").await.2, "[]");
    let (status, headers, body) = ask("").await;
    assert_eq!((status, &*body), (299, "{\"own\":true}"));
    assert!(headers.contains(&("x-own".to_owned(), "1".to_owned())));
    assert_eq!(ask("").await.0, 200);
    server.always("items.list", Answer::status(500)).unwrap();
    assert_eq!((ask("").await.0, ask("").await.0), (500, 500));
    server.clear();
    assert_eq!(ask("").await.0, 200);
    assert_eq!(server.recorded().len(), 1);
    let unknown = server.next("items.lst", Answer::status(429)).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "no operation is called `items.lst`; near to it are items.list, items.get, \
         items.add"
    );
}

#[tokio::test]
async fn requests_are_kept_without_their_secrets() {
    let server = start();
    let cookie = [
        ("cookie", "session=s3cret"),
        ("x-trace", "abc"),
        ("accept", "*/*"),
    ];
    let headers: Vec<(&str, &str)> = KEYS.into_iter().chain(cookie).collect();
    let line = "GET /v1/secret?api_key=s3cret&a=1&api%5Fkey=s3cret";
    send(server.address(), request(line, &headers, "")).await;
    let json_type = [("content-type", "application/json")];
    let body = "{\"name\":\"C\",\"secret\":\"s\"}";
    send(server.address(), request("POST /items", &json_type, body)).await;
    let records = server.recorded();
    let told = serde_json::to_value(&records).unwrap();
    assert!(!told.to_string().contains("s3cret"), "{told:#}");
    let first = json!({
        "method": "GET",
        "path": "/v1/secret",
        "query": "api_key=[redacted]&a=1&api%5Fkey=[redacted]",
        "headers": {
            "x-key": "[redacted]",
            "authorization": "[redacted]",
            "cookie": "[redacted]",
            "x-trace": "abc",
            "accept": "*/*",
            "host": server.address().to_string(),
        },
        "body": null,
        "operation": "secret.get",
        "status": 200,
        "problems": [{
            "in": "query",
            "name": "a",
            "rule": "unknown",
            "message": "the query parameter `a` is not described",
            "warning": true,
        }],
    });
    assert_eq!(told[0], first);
    assert_eq!(told[1]["body"], json!({ "name": "C", "secret": "s" }));
    assert_eq!(told[1]["problems"][0]["pointer"], "/name");
    assert!(records[0].is_good() && !records[1].is_good());
    assert_eq!(
        records[1].to_string(),
        "POST /items items.add 400: `/name` of the body has 1 character, the least is 2"
    );
}

#[test]
fn a_server_ends_when_it_is_dropped() {
    let server = start();
    let address = server.address();
    drop(server);
    assert!(TcpStream::connect(address).is_err());
}

#[tokio::test]
async fn the_command_says_where_it_listens_and_records() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("requests.jsonl");
    let mut command = Command::new(cargo_bin!("sdkwright"));
    command
        .arg("mock")
        .arg(shop::path())
        .arg("--record")
        .arg(&record);
    let piped = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .env("NO_COLOR", "1");
    let mut child = piped.spawn().unwrap();
    let mut line = String::new();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    let url = line
        .trim_end()
        .strip_prefix("listening on http://")
        .unwrap();
    let (address, base) = url.split_once('/').unwrap();
    assert_eq!(base, "v1");
    let wrong = request("GET /v1/items?limit=0", &KEYS, "");
    let (status, ..) = send(address.parse().unwrap(), wrong).await;
    assert_eq!(status, 400);
    let told = BufReader::new(child.stderr.take().unwrap()).lines();
    let told = told
        .map(Result::unwrap)
        .find(|line| line.starts_with("GET"));
    child.kill().unwrap();
    child.wait().unwrap();
    let expected = "GET /v1/items items.list 400: the query parameter `limit` must be at least 1, \
                    and is 0";
    assert_eq!(told.as_deref(), Some(expected));
    let text = std::fs::read_to_string(record).unwrap();
    let kept: Value = serde_json::from_str(text.trim_end()).unwrap();
    assert_eq!(kept["query"], "limit=0");
    assert_eq!(kept["headers"]["authorization"], "[redacted]");
}

#[test]
fn the_command_says_what_is_wrong() {
    let run = |arguments: &[&str]| {
        let mut command = Command::new(cargo_bin!("sdkwright"));
        let output = command
            .arg("mock")
            .args(arguments)
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let shop = shop::path();
    let shop = shop.to_str().unwrap();
    let (status, told) = run(&["/there/is/none.yaml"]);
    assert_eq!(status, Some(1));
    assert!(told.starts_with("error[unreadable-file]"), "{told}");
    let (status, told) = run(&[shop, "--listen", "nowhere"]);
    assert_eq!(status, Some(2));
    assert!(told.contains("name a port, such as 8080"), "{told}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (status, told) = run(&[shop, "--listen", &address]);
    assert_eq!(status, Some(1));
    assert!(
        told.contains(&format!("{address} cannot be listened to")),
        "{told}"
    );
    let (status, told) = run(&[shop, "--record", "/there/is/no/folder"]);
    assert_eq!(status, Some(1));
    assert!(told.contains("`--record`"), "{told}");
}
