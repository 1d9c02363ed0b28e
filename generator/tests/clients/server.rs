//! A server that keeps what it was asked and answers what the test tells it, also wrongly.
//!
//! It speaks HTTP/1.1 on a plain socket, one request a connection, because the tests want the
//! bytes of the request line as they came, and answers that no HTTP library would send.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The path, escaped as it was sent.
    pub(crate) path: String,
    /// What follows the question mark, escaped as it was sent.
    pub(crate) query: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The value of a header; `None` if there is none. Two of one name are a mistake.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter().filter(|(key, _)| key == name);
        let first = all.next().map(|(_, value)| value.as_str());
        assert!(all.next().is_none(), "two headers `{name}`: {self:?}");
        first
    }

    /// The body, which must be JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the body should be JSON")
    }

    /// `GET /path?query`
    pub(crate) fn line(&self) -> String {
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("{} {}{mark}{}", self.method, self.path, self.query)
    }
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// An answer; it may promise more bytes than it has.
    Answer(Answer),
    /// Nothing for a while.
    Silence(Duration),
    /// Closes the connection at once.
    NoHead,
    /// Closes the connection inside the headers.
    HalfHead,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    missing: usize,
}

impl Answer {
    /// With this body, as it is.
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
            missing: 0,
        }
    }

    /// With this JSON as the body.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, body.to_string()).header("content-type", "application/json")
    }

    /// With one more header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Promises this many bytes more than there are.
    pub(crate) fn missing(mut self, bytes: usize) -> Self {
        self.missing = bytes;
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Whatever\r\nconnection: close\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if self.status != 204 {
            let length = self.body.len() + self.missing;
            head.push_str(&format!("content-length: {length}\r\n"));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

/// A server on a free port of this machine; it ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Answers each request with what this function makes of it.
    pub(crate) async fn start<R: Into<Reply>>(
        answer: impl Fn(&Request) -> R + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let answer = Arc::new(move |request: &Request| answer(request).into());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                tokio::spawn(async move { converse(stream, &log, &*answer).await });
            }
        });
        Self {
            address,
            seen,
            task,
        }
    }

    /// Answers every request alike.
    pub(crate) async fn always(reply: impl Into<Reply>) -> Self {
        let reply = reply.into();
        Self::start(move |_| reply.clone()).await
    }

    /// `http://127.0.0.1:12345`
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Request> {
        self.seen.lock().expect("no test panics in here").clone()
    }

    /// The only request so far.
    pub(crate) fn only(&self) -> Request {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reads one request and does what is to be done with it.
async fn converse(
    mut stream: TcpStream,
    log: &Mutex<Vec<Request>>,
    answer: &(dyn Fn(&Request) -> Reply + Send + Sync),
) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    let reply = answer(&request);
    log.lock().expect("no test panics in here").push(request);
    let bytes = match reply {
        Reply::Answer(answer) => answer.bytes(),
        Reply::HalfHead => b"HTTP/1.1 200 OK\r\ncontent-".to_vec(),
        Reply::NoHead => Vec::new(),
        Reply::Silence(time) => {
            tokio::time::sleep(time).await;
            Vec::new()
        }
    };
    // The client may have hung up, which is its right.
    let _ = stream.write_all(&bytes).await;
    let _ = stream.shutdown().await;
}

/// Reads a request; `None` if the connection ends before it is whole.
async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let mut body = bytes.split_off(head + 4);
    let mut request = parse(&String::from_utf8_lossy(&bytes));
    let length = request.header("content-length").unwrap_or("0");
    let length: usize = length.parse().expect("a length");
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    request.body = body;
    Some(request)
}

/// The request line and the headers.
fn parse(head: &str) -> Request {
    let mut lines = head.lines();
    let mut words = lines.next().unwrap_or_default().split(' ');
    let method = words.next().unwrap_or_default().to_owned();
    let target = words.next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = lines.filter_map(|line| line.split_once(':'));
    Request {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect(),
        body: Vec::new(),
    }
}
