//! The server, in a process of its own: raw TCP, so that it can do what no HTTP library would.
//!
//! A good answer repeats a word of its request. So a caller sees when it gets the answer of
//! another, which is the worst that broken lengths on kept connections could do.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::faults::{Fault, Weather};

/// Longer than any caller waits.
const FOR_LONG: Duration = Duration::from_secs(6);

/// How many pages a list has.
const PAGES: u32 = 3;

/// What was done, and how often.
type Counts = Arc<Mutex<BTreeMap<String, u64>>>;

/// Writes its port, serves until standard input ends, then writes what it did.
pub(crate) async fn run(seed: u64) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    io::stdout().flush()?;
    let counts = Counts::default();
    let accepting = tokio::spawn(accept(listener, seed, counts.clone()));
    let mut rest = Vec::new();
    tokio::io::stdin().read_to_end(&mut rest).await?;
    accepting.abort();
    for (name, count) in &*counts.lock().unwrap_or_else(PoisonError::into_inner) {
        println!("{name} {count}");
    }
    Ok(())
}

async fn accept(listener: TcpListener, seed: u64, counts: Counts) {
    let start = Instant::now();
    let mut number = 0;
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        number += 1;
        let connection = Connection {
            stream,
            start,
            random: fastrand::Rng::with_seed(seed.wrapping_add(number)),
            counts: counts.clone(),
            unread: Vec::new(),
        };
        tokio::spawn(async move {
            // A caller that goes away is no failure of ours.
            let _ = connection.serve().await;
        });
    }
}

struct Connection {
    stream: TcpStream,
    start: Instant,
    random: fastrand::Rng,
    counts: Counts,
    unread: Vec<u8>,
}

/// A request, as far as answers depend on it.
struct Request {
    method: String,
    path: String,
    query: String,
}

/// Whether the connection goes on.
enum After {
    Stay,
    End,
}

impl Connection {
    async fn serve(mut self) -> io::Result<()> {
        self.stream.set_nodelay(true)?;
        while let Some(request) = self.request().await? {
            let fault = match request.query.contains("calm=") {
                true => Fault::Nothing,
                false => Weather::at(self.start.elapsed()).fault(&mut self.random),
            };
            self.count(fault);
            if let After::End = self.answer(&request, fault).await? {
                break;
            }
        }
        Ok(())
    }

    fn count(&self, fault: Fault) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(format!("{fault:?}")).or_default() += 1;
    }

    /// The next request with its body; `None` at the end.
    async fn request(&mut self) -> io::Result<Option<Request>> {
        loop {
            if let Some((request, length)) = parse(&self.unread) {
                self.unread.drain(..length);
                return Ok(Some(request));
            }
            if self.stream.read_buf(&mut self.unread).await? == 0 {
                return Ok(None);
            }
        }
    }

    async fn answer(&mut self, request: &Request, fault: Fault) -> io::Result<After> {
        let (status, body) = good(request);
        let good = whole(status, "", &body);
        let half = body.len() / 2;
        match fault {
            Fault::Nothing => self.send(&good).await,
            Fault::CloseAfter => {
                self.send(&good).await?;
                Ok(After::End)
            }
            Fault::Reset => {
                self.stream.set_zero_linger()?;
                Ok(After::End)
            }
            Fault::Close => Ok(After::End),
            Fault::Stall => self.stall().await,
            Fault::StallInBody => {
                self.send(&good[..good.len() - half]).await?;
                self.stall().await
            }
            Fault::SlowBytes => self.slowly(&good).await,
            Fault::LengthTooLarge => {
                self.send(&with_length(status, body.len() + 100, &body))
                    .await?;
                Ok(After::End)
            }
            Fault::LengthTooSmall => self.send(&with_length(status, half, &body)).await,
            Fault::TruncatedJson => self.send(&whole(status, "", &body[..half])).await,
            Fault::BrokenChunks => {
                let head = "content-type: application/json\r\ntransfer-encoding: chunked\r\n";
                let text = format!("HTTP/1.1 {status}\r\n{head}\r\n5\r\n{{\"a\":\r\nzz\r\n");
                self.send(text.as_bytes()).await
            }
            Fault::Garbage => {
                let garbage: Vec<u8> = (0..200).map(|_| self.random.u8(..)).collect();
                self.send(&garbage).await
            }
            Fault::Html => self.send(&html("200 OK")).await,
            Fault::TooMany => {
                let wait = self.random.u8(0..4);
                let header = format!("retry-after: {wait}\r\n");
                self.send(&whole("429 Too Many Requests", &header, "{}"))
                    .await
            }
            Fault::Internal => self.send(&whole("500 Internal Server Error", "", "")).await,
            Fault::Unavailable => {
                self.send(&html("503 Service Unavailable")).await?;
                Ok(After::End)
            }
            Fault::NotFound => {
                let body = r#"{"type":"NotFound","message":"not here","jsonapi":{"version":"1.0"},"errors":[{"status":"404","detail":"not here"}]}"#;
                self.send(&whole("404 Not Found", "", body)).await
            }
            Fault::Redirect => self.send(&redirect(request, "calm=1")).await,
            Fault::RedirectLoop => self.send(&redirect(request, "again=1")).await,
        }
    }

    async fn send(&mut self, bytes: &[u8]) -> io::Result<After> {
        self.stream.write_all(bytes).await?;
        Ok(After::Stay)
    }

    /// In some forty parts, in anything from half a second to three.
    async fn slowly(&mut self, bytes: &[u8]) -> io::Result<After> {
        let pause = Duration::from_millis(self.random.u64(12..75));
        for part in bytes.chunks(bytes.len().div_ceil(40)) {
            self.stream.write_all(part).await?;
            tokio::time::sleep(pause).await;
        }
        Ok(After::Stay)
    }

    /// Says nothing more, until the caller is gone or long after it should be.
    async fn stall(&mut self) -> io::Result<After> {
        let mut rest = [0; 1];
        let _ = tokio::time::timeout(FOR_LONG, self.stream.read(&mut rest)).await;
        Ok(After::End)
    }
}

/// The request that begins here and how many bytes it has; `None` if it is not all there.
fn parse(bytes: &[u8]) -> Option<(Request, usize)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length: usize = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .unwrap_or(0);
    let mut words = head.split(' ');
    let method = words.next()?.to_owned();
    let target = words.next()?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let request = Request {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
    };
    (bytes.len() >= end + length).then_some((request, end + length))
}

impl Request {
    fn parameter(&self, name: &str) -> &str {
        let pairs = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        let mut values = pairs.filter(|(known, _)| *known == name);
        values.next().map_or("", |(_, value)| value)
    }
}

/// Status and body of a good answer: a page of a list below `/orgs/`, else the invitations.
fn good(request: &Request) -> (&'static str, String) {
    if request.path.starts_with("/orgs/") {
        return ("200 OK", page(request));
    }
    // The word that is repeated: of a list the filter, of what was posted the organization.
    let (status, word) = match request.method.as_str() {
        "POST" => ("201 Created", request.path.split('/').nth(4).unwrap_or("")),
        _ => ("200 OK", request.parameter("filter")),
    };
    let mut body = String::from(r#"{"items":["#);
    for number in 0..20 {
        let comma = if number > 0 { "," } else { "" };
        let _ = write!(
            body,
            r#"{comma}{{"id":"575ed71e7ae143cd83dc4a{number:02}","email":"{word}@example.com","role":"edit","inviteDate":"2016-05-13T04:00:00.000Z","hasExpired":false}}"#
        );
    }
    let _ = write!(body, r#"],"count":20,"filter":"{word}"}}"#);
    (status, body)
}

fn page(request: &Request) -> String {
    let number: u32 = request.parameter("starting_after").parse().unwrap_or(0);
    let org = request.path.split('/').nth(2).unwrap_or("");
    let items: Vec<String> = (0..5)
        .map(|item| {
            format!(
                r#"{{"id":"{number}-{item}","type":"org_invitation","attributes":{{"email":"{org}@example.com","is_active":true,"role":"r"}}}}"#
            )
        })
        .collect();
    let next = match number + 1 < PAGES {
        true => format!(
            r#""next":"{}?version=2021-06-04&starting_after={}""#,
            request.path,
            number + 1
        ),
        false => String::new(),
    };
    let items = items.join(",");
    format!(r#"{{"data":[{items}],"jsonapi":{{"version":"1.0"}},"links":{{{next}}}}}"#)
}

fn whole(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{headers}content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn with_length(status: &str, length: usize, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn html(status: &str) -> Vec<u8> {
    let body = "<!doctype html><title>Sign in</title><p>Please sign in.";
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn redirect(request: &Request, more: &str) -> Vec<u8> {
    let Request { path, query, .. } = request;
    let header = format!("location: {path}?{query}&{more}\r\n");
    whole("302 Found", &header, "")
}
