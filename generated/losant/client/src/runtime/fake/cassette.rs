//! Recording what a server answers, and playing it back without the server: the feature
//! `test-util`.
//!
//! A recording is a file with a line of JSON for each exchange, made to be read and to be kept in
//! a repository. Secrets are taken out before anything is written: headers that are marked as
//! sensitive or known to hold secrets, credentials in the query of any URL, and tokens.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;
use serde::de::Error as _;
use serde_json::{Map, Value, json};

use crate::runtime::codec::base64;
use crate::runtime::delivery::clock::{Alarm, Clock};
use crate::runtime::delivery::system_clock::SystemClock;
use crate::runtime::fake::whole;
use crate::runtime::reading::collect::collect;
use crate::runtime::transport::body::Body;
use crate::runtime::transport::{Answer, Transport, TransportError};

/// What stands in a recording instead of a secret.
const REDACTED: &str = "[redacted]";

/// What stands before a parameter of a query, also in HTML and in JSON.
const LEADS: [&str; 4] = ["?", "&", "&amp;", "\\u0026"];

/// What ends a parameter of a query, also where a URL is in a text.
const ENDS: [char; 7] = ['&', '#', '"', '<', '>', '\\', ' '];

/// What a request carries that must not be recorded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Secrets {
    /// Parameters of the query, as they are written there.
    pub(crate) query: Vec<String>,
    /// Whether the bodies are about tokens.
    pub(crate) bodies: bool,
}

/// Sends requests through another transport and writes down what was answered.
///
/// ```
/// use losant_invites::runtime::{Fake, Recorder, Replay};
///
/// # fn main() -> std::io::Result<()> {
/// # let path = std::env::temp_dir().join(format!("recorded-{}.jsonl", std::process::id()));
/// // With `ReqwestTransport` it is the real API that is recorded.
/// let recorder = Recorder::create(&path, Fake::new())?;
/// // … calls through a client whose transport is the recorder …
/// # drop(recorder);
/// let replay = Replay::open(&path)?;
/// assert_eq!(replay.left(), 0, "nothing was recorded");
/// # std::fs::remove_file(&path)
/// # }
/// ```
pub struct Recorder<T> {
    inner: T,
    file: Mutex<File>,
    clock: SystemClock,
}

impl<T: Transport> Recorder<T> {
    /// Records into this file, which is made anew.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn create(path: impl AsRef<Path>, inner: T) -> io::Result<Self> {
        Ok(Self {
            inner,
            file: Mutex::new(File::create(path)?),
            clock: SystemClock::new(),
        })
    }

    fn write(&self, line: &Value) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(file, "{line}")
    }
}

impl<T: Transport> Transport for Recorder<T> {
    fn send(&self, request: Request<Body>, timeout: Option<Duration>) -> Answer<'_> {
        Box::pin(async move {
            let secrets = request.extensions().get::<Secrets>().cloned();
            let secrets = secrets.unwrap_or_default();
            let asked = asked(&request, &secrets);
            let (head, mut body) = self.inner.send(request, timeout).await?.into_parts();
            let now = self.clock.now();
            let ends = timeout.map(|limit| now.saturating_add(limit));
            let mut alarm = Alarm::at(&self.clock, now, ends);
            let (bytes, broken) = collect(&mut body, &mut alarm, u64::MAX, || None).await;
            if let Some(error) = broken {
                return Err(error);
            }
            let answered = json!({
                "status": head.status.as_u16(),
                "headers": headers(&head.headers, &secrets),
                "body": body_text(&bytes, &secrets),
            });
            self.write(&json!({ "request": asked, "response": answered }))
                .map_err(TransportError::interrupted)?;
            let mut answer = Response::new(whole(bytes));
            *answer.status_mut() = head.status;
            *answer.headers_mut() = head.headers;
            Ok(answer)
        })
    }
}

impl<T: fmt::Debug> fmt::Debug for Recorder<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Recorder")
            .field("inner", &self.inner)
            .finish_non_exhaustive()
    }
}

/// Answers from a recording. Each exchange is played once, to a request with the same method, path,
/// query and body; those that are alike, in the order in which they were recorded.
///
/// ```
/// use losant_invites::runtime::Replay;
///
/// let error = Replay::open("no/such/recording.jsonl").unwrap_err();
/// assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
/// ```
pub struct Replay {
    left: Mutex<Vec<Value>>,
}

impl Replay {
    /// Plays back this file.
    ///
    /// # Errors
    /// If the file cannot be read or is no recording; the error says at which line.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let lines = BufReader::new(File::open(path)?).lines();
        let mut left = Vec::new();
        for (number, line) in lines.enumerate() {
            let exchange = serde_json::from_str::<Value>(&line?);
            let exchange = exchange.and_then(|it| match it.pointer("/response/status") {
                Some(_) => Ok(it),
                None => Err(serde_json::Error::custom("no exchange")),
            });
            left.push(exchange.map_err(|error| {
                io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("line {}: {error}", number + 1),
                )
            })?);
        }
        Ok(Self {
            left: Mutex::new(left),
        })
    }

    /// How many exchanges were not asked for yet.
    pub fn left(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Value>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, asked: &Value) -> Result<Value, TransportError> {
        let mut left = self.lock();
        let same = |exchange: &Value, asked: &Value| {
            ["method", "target", "body"]
                .iter()
                .all(|part| exchange.get("request").and_then(|it| it.get(part)) == asked.get(part))
        };
        match left.iter().position(|exchange| same(exchange, asked)) {
            Some(at) => Ok(left.remove(at)),
            None => Err(TransportError::interrupted(format!(
                "the recording has no answer to {} {}",
                text(asked, "method"),
                text(asked, "target")
            ))),
        }
    }
}

impl Transport for Replay {
    fn send(&self, request: Request<Body>, _: Option<Duration>) -> Answer<'_> {
        Box::pin(async move {
            let secrets = request.extensions().get::<Secrets>().cloned();
            let asked = asked(&request, &secrets.unwrap_or_default());
            let exchange = self.answer(&asked)?;
            replayed(&exchange).ok_or_else(|| {
                TransportError::interrupted("the recording has an answer that is none")
            })
        })
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Replay")
            .field("left", &self.left())
            .finish()
    }
}

type Played = Response<crate::runtime::transport::ByteStream>;

fn replayed(exchange: &Value) -> Option<Played> {
    let recorded = exchange.get("response")?;
    let status = u16::try_from(recorded.get("status")?.as_u64()?).ok()?;
    let body = match recorded.get("body")? {
        Value::String(text) => text.clone().into_bytes(),
        Value::Object(parts) => base64::decode(parts.get("base64")?.as_str()?)?,
        _ => Vec::new(),
    };
    let mut answer = Response::new(whole(body.into()));
    *answer.status_mut() = StatusCode::from_u16(status).ok()?;
    for (name, value) in recorded.get("headers")?.as_object()? {
        let name = HeaderName::try_from(name.as_str()).ok()?;
        // What a body is sent as is past: it is whole and plain here.
        if !matches!(name.as_str(), "content-length" | "transfer-encoding") {
            for line in lines(value) {
                let line = HeaderValue::from_str(line.as_str()?).ok()?;
                answer.headers_mut().append(name.clone(), line);
            }
        }
    }
    Some(answer)
}

/// The lines of a header: one, or several of the same name.
fn lines(value: &Value) -> &[Value] {
    match value {
        Value::Array(lines) => lines,
        line => std::slice::from_ref(line),
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A request as it is recorded.
fn asked(request: &Request<Body>, secrets: &Secrets) -> Value {
    let target = request.uri().path_and_query();
    let target = target.map_or("/", |target| target.as_str());
    json!({
        "method": request.method().as_str(),
        "target": without(target, secrets),
        "headers": headers(request.headers(), secrets),
        "body": match request.body().as_bytes() {
            Some(bytes) => body_text(bytes, secrets),
            None => Value::Null,
        },
    })
}

/// A text without the credentials that the query of any URL in it holds: servers like to repeat
/// them in links.
fn without(text: &str, secrets: &Secrets) -> String {
    let mut text = text.to_owned();
    for name in &secrets.query {
        let plain = percent_decode_str(name).decode_utf8_lossy();
        for name in [name, &*plain, &plain.replace(' ', "+")] {
            for lead in LEADS {
                text = redacted(&text, &format!("{lead}{name}="));
            }
        }
    }
    text
}

/// A text without what stands behind each of these.
fn redacted(text: &str, lead: &str) -> String {
    let mut parts = text.split(lead);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(ENDS).unwrap_or(part.len());
        let (_, rest) = part.split_at(end);
        out.extend([lead, REDACTED, rest]);
    }
    out
}

/// Headers by name; several lines of one name are an array.
fn headers(headers: &HeaderMap, secrets: &Secrets) -> Value {
    let secret = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE];
    let mut all = Map::new();
    for name in headers.keys() {
        let lines = headers.get_all(name).iter().map(|value| {
            match value.is_sensitive() || secret.contains(name) {
                true => Value::from(REDACTED),
                false => without(&String::from_utf8_lossy(value.as_bytes()), secrets).into(),
            }
        });
        let mut lines: Vec<Value> = lines.collect();
        let value = match lines.len() {
            1 => lines.remove(0),
            _ => Value::Array(lines),
        };
        all.insert(name.as_str().to_owned(), value);
    }
    Value::Object(all)
}

/// A body: text as it is but for credentials in URLs, bytes as base64, and of what is about tokens
/// only its shape.
fn body_text(bytes: &[u8], secrets: &Secrets) -> Value {
    if secrets.bodies {
        return Value::from(shape(bytes));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => without(text, secrets).into(),
        Err(_) => json!({ "base64": base64::encode(bytes) }),
    }
}

/// The answer of a token server without its tokens, wherever in it they are, and nothing at all of
/// the request. What type they are is no secret, and whoever plays it back needs to know.
fn shape(bytes: &[u8]) -> String {
    let Ok(Value::Object(mut fields)) = serde_json::from_slice(bytes) else {
        return String::new();
    };
    for (name, value) in &mut fields {
        if name != "token_type" {
            hide(value);
        }
    }
    Value::Object(fields).to_string()
}

/// Hides all text of a value. It is no deeper than `serde_json` reads.
fn hide(value: &mut Value) {
    match value {
        Value::String(_) => *value = Value::from(REDACTED),
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::Object(fields) => fields.values_mut().for_each(hide),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
