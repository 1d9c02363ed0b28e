//! A server that speaks HTTP/1.1 and HTTP/2, with TLS or without, and counts what it gets instead
//! of keeping it.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, Version};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// A request that has arrived to its end.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) version: Version,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: u64,
    /// The first bytes of the body.
    pub(crate) start: Vec<u8>,
}

/// The server.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    pub(crate) address: SocketAddr,
    got: Arc<Mutex<Vec<Got>>>,
    /// The bytes of bodies that have arrived so far.
    pub(crate) arrived: Arc<AtomicU64>,
}

impl Wire {
    /// A server that ends with the test. It answers everything with this JSON.
    pub(crate) async fn start(tls: Option<ServerConfig>, json: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let this = Self {
            address: listener.local_addr().unwrap(),
            got: Arc::default(),
            arrived: Arc::default(),
        };
        let wire = this.clone();
        let tls = tls.map(|config| TlsAcceptor::from(Arc::new(config)));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (wire, tls) = (wire.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => wire.serve(stream, json).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                wire.serve(stream, json).await;
                            }
                        }
                    }
                });
            }
        });
        this
    }

    pub(crate) fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    async fn serve(&self, io: impl AsyncRead + AsyncWrite + Unpin + 'static, json: &'static str) {
        let service = service_fn(move |request| self.clone().answer(request, json));
        let builder = Builder::new(TokioExecutor::new());
        let _ = builder.serve_connection(TokioIo::new(io), service).await;
    }

    async fn answer(
        self,
        request: Request<Incoming>,
        json: &'static str,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let (head, mut body) = request.into_parts();
        let mut got = Got {
            version: head.version,
            headers: head.headers,
            bytes: 0,
            start: Vec::new(),
        };
        while let Some(Ok(frame)) = body.frame().await {
            let Ok(data) = frame.into_data() else {
                continue;
            };
            let length = u64::try_from(data.len()).unwrap();
            self.arrived.fetch_add(length, Ordering::Relaxed);
            got.bytes += length;
            if got.start.len() < 1000 {
                got.start.extend_from_slice(&data);
            }
        }
        self.got.lock().unwrap().push(got);
        let answer = Response::builder().header("content-type", "application/json");
        Ok(answer.body(Full::from(json)).unwrap())
    }
}
