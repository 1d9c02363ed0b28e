//! The server: HTTP/1.1 and HTTP/2 without TLS, on a thread of its own.
//!
//! Connections are read side by side, so that a slow one holds up nobody; what takes time to
//! check is checked on further threads.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::answer::{Answer, Kind, Orders};
use super::problem;
use super::verdict::Verdict;
use super::wish::Wish;
use super::{Exchange, Mock, Record, Reply, Request, UnknownOperation};

/// The largest body that is read.
const BODY_BYTES: usize = 64 << 20;
/// The largest head that is read.
const HEAD_BYTES: usize = 64 << 10;
/// How long a client may take for the head of a request.
const HEAD_TIME: Duration = Duration::from_secs(30);

/// A running server; it ends when it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What all connections share.
struct Shared {
    mock: Mock,
    orders: Mutex<Orders>,
    records: Mutex<Vec<Record>>,
}

impl Server {
    /// Listens at an address and answers until it is dropped.
    pub(super) fn start(mock: Mock, address: SocketAddr) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let shared = Arc::new(Shared {
            mock,
            orders: Mutex::default(),
            records: Mutex::default(),
        });
        let (stop, stopped) = oneshot::channel();
        let own = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("mock".to_owned());
        let thread = thread.spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, own) => {}
                    _ = stopped => {}
                }
            });
            runtime.shutdown_background();
        })?;
        Ok(Self {
            address,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where clients find the API: `http://127.0.0.1:43121/v1`, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}{}", self.address, self.shared.mock.base_path())
    }

    /// The address that it listens to.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests so far, in the order in which they were answered; none if they are told to
    /// somebody instead ([`Mock::tell`]).
    #[must_use]
    pub fn recorded(&self) -> Vec<Record> {
        lock(&self.shared.records).clone()
    }

    /// Forgets the requests so far and all answers that were ordered.
    pub fn clear(&self) {
        lock(&self.shared.records).clear();
        lock(&self.shared.orders).clear();
    }

    /// Orders an answer for the next good request of an operation; of several, the first order
    /// is the first answer. The operation is named by its `operationId`, `resource.action` or
    /// `GET /path`. A request that does not fit the description is refused all the same, and
    /// leaves the order where it is.
    ///
    /// # Errors
    /// If no operation is called so.
    pub fn next(&self, operation: &str, answer: Answer) -> Result<(), UnknownOperation> {
        let id = self.shared.mock.find(operation)?;
        lock(&self.shared.orders).next(id, answer);
        Ok(())
    }

    /// Orders an answer for all good requests of an operation for which there is no other order.
    ///
    /// # Errors
    /// If no operation is called so.
    pub fn always(&self, operation: &str, answer: Answer) -> Result<(), UnknownOperation> {
        let id = self.shared.mock.find(operation)?;
        lock(&self.shared.orders).always(id, answer);
        Ok(())
    }

    /// Waits until somebody presses Ctrl-C, and ends.
    ///
    /// # Errors
    /// If nobody can be told of Ctrl-C.
    pub fn run(self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(tokio::signal::ctrl_c())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nobody listens any more if the thread has ended by itself.
        let _ = self.stop.take().map(|stop| stop.send(()));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// What is behind a lock; a test that panicked while it held it has changed nothing halfway.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: std::net::TcpListener, shared: Arc<Shared>) {
    let Ok(listener) = TcpListener::from_std(listener) else {
        return;
    };
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(converse(stream, Arc::clone(&shared)));
            }
            // Too many open files, say: some will be closed.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn converse(stream: TcpStream, shared: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(HEAD_BYTES as u32);
    let service = service_fn(|request| {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, Infallible>(sent(respond(request, shared).await)) }
    });
    // A client that breaks off has its reasons.
    let _ = builder
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn respond(request: hyper::Request<Incoming>, shared: Arc<Shared>) -> Reply {
    let (parts, body) = request.into_parts();
    let head = parts.method == hyper::Method::HEAD;
    let body = match Limited::new(body, BODY_BYTES).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => {
            let detail = format!("the body is larger than {} MB", BODY_BYTES >> 20);
            return problem::reply(413, "The body is too large", &detail, &[])
                .header("connection", "close");
        }
        Err(_) => return problem::reply(400, "The body broke off", "not all of it came", &[]),
    };
    let request = request_of(&parts, body);
    let answered = tokio::task::spawn_blocking(move || shared.answer(&request)).await;
    let mut reply = answered.unwrap_or_else(|_| {
        let detail = "this is a mistake of the mock server";
        problem::reply(500, "No answer could be made", detail, &[])
    });
    if head {
        let length = reply.body.len().to_string();
        reply.body.clear();
        reply = reply.header("content-length", &length);
    }
    reply
}

fn request_of(parts: &hyper::http::request::Parts, body: Bytes) -> Request {
    let headers = parts.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    Request {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: headers.collect(),
        body: body.into(),
    }
}

impl Shared {
    /// Answers a request and keeps it.
    fn answer(&self, request: &Request) -> Reply {
        let exchange = self.exchange(request);
        let record = Record::of(&self.mock.api, request, &exchange);
        if let Some(observer) = &self.mock.observer {
            observer(&record);
        }
        if self.mock.keeps {
            lock(&self.records).push(record);
        }
        exchange.reply
    }

    fn exchange(&self, request: &Request) -> Exchange {
        let (id, problems) = match self.mock.verdict(request) {
            Verdict::Refused(exchange) => return exchange,
            Verdict::Good(id, problems) => (id, problems),
        };
        let ordered = lock(&self.orders).take(id);
        let reply = match ordered.map(|answer| answer.kind) {
            Some(Kind::Exact(reply)) => reply,
            Some(Kind::Documented(wish)) => self.mock.documented(id, &wish, request),
            None => self.mock.documented(id, &Wish::of(request), request),
        };
        self.mock.exchange(id, reply, problems)
    }
}

/// A reply as hyper sends it. What no header can hold is left out.
fn sent(reply: Reply) -> hyper::Response<Full<Bytes>> {
    let mut response = hyper::Response::new(Full::new(Bytes::from(reply.body)));
    if let Ok(status) = hyper::StatusCode::from_u16(reply.status) {
        *response.status_mut() = status;
    }
    for (name, value) in &reply.headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::from_bytes(value.as_bytes());
        if let (Ok(name), Ok(value)) = (name, value) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
