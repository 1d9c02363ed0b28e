//! The exchange with the server: one future that knows no types of any API.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use bytes::{Bytes, BytesMut};
use http::header::LOCATION;
use http::{Method, Request, StatusCode};
use url::Url;

use super::client::{Core, Shared};
use super::failure::{Failure, FailureKind};
use super::operation::Operation;
use super::prepare::Prepared;
use super::request_url;
use super::response::RawResponse;
use super::transport::{ByteStream, TransportError};

/// An exchange that is under way.
pub(super) type Exchange = Pin<Box<dyn Future<Output = Result<RawResponse, Failure>> + Send>>;

/// The most redirects that one call follows.
const MOST_REDIRECTS: usize = 10;

/// Begins an exchange. Nothing is sent before the future is polled.
pub(super) fn begin(core: &Core, request: Result<Prepared, Failure>) -> Exchange {
    let shared = Arc::clone(&core.shared);
    Box::pin(async move { follow(&shared, request?).await })
}

/// An answer whose body may still be on its way.
pub(super) enum Opened {
    /// A success: its head, and its body as it arrives.
    Success(RawResponse, ByteStream),
    /// Any other answer, whole.
    Failure(RawResponse),
}

/// Begins an exchange of which a success is not waited for to its end. Redirects are followed as
/// in any other.
pub(super) fn open(
    core: &Core,
    operation: &'static Operation,
    request: Result<Prepared, Failure>,
) -> Pin<Box<dyn Future<Output = Result<Opened, Failure>> + Send>> {
    let shared = Arc::clone(&core.shared);
    Box::pin(async move {
        let (head, body, origin) = connect(&shared, &mut request?).await?;
        let status = head.status_code();
        if status.is_success() || (operation.redirects && status.is_redirection()) {
            return Ok(Opened::Success(head, body));
        }
        whole(head, body, origin).await.map(Opened::Failure)
    })
}

/// Sends a request and reads the answer to its end.
async fn follow(shared: &Shared, mut request: Prepared) -> Result<RawResponse, Failure> {
    let (head, body, origin) = connect(shared, &mut request).await?;
    whole(head, body, origin).await
}

/// Sends a request and follows redirects. One that must not be followed is the answer.
async fn connect(
    shared: &Shared,
    request: &mut Prepared,
) -> Result<(RawResponse, ByteStream, String), Failure> {
    let deadline = request
        .timeout
        .and_then(|limit| Instant::now().checked_add(limit));
    let mut redirects = 0;
    loop {
        let (head, body, origin) = send(shared, request, deadline).await?;
        match redirect(request, &head) {
            Some(url) if redirects < MOST_REDIRECTS => request.url = url,
            _ => return Ok((head, body, origin)),
        }
        redirects += 1;
    }
}

/// Where a redirect leads, if it may be followed: the method is safe to repeat, and the target
/// has the same origin, so that credentials stay where they belong.
fn redirect(request: &Prepared, response: &RawResponse) -> Option<Url> {
    let safe = matches!(request.method, Method::GET | Method::HEAD);
    let status = response.status_code();
    let moved = matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let location = response.headers().get(LOCATION).filter(|_| safe && moved)?;
    request_url::same_origin(&request.url, location.to_str().ok()?)
}

/// Sends one request; the answer is its head, its body and the origin that it comes from.
async fn send(
    shared: &Shared,
    request: &Prepared,
    deadline: Option<Instant>,
) -> Result<(RawResponse, ByteStream, String), Failure> {
    let origin = request.url.origin().ascii_serialization();
    let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
    let answer = shared.transport.send(http_request(request)?, left).await;
    let (head, body) = answer
        .map_err(|error| Failure::transport(origin.clone(), error))?
        .into_parts();
    let head = RawResponse::new(head.status, head.headers, Bytes::new())
        .with_request_id_headers(shared.api.request_id_headers);
    Ok((head, body, origin))
}

/// The whole answer, or what there is of it if the body breaks off.
async fn whole(
    head: RawResponse,
    body: ByteStream,
    origin: String,
) -> Result<RawResponse, Failure> {
    let (body, broken) = collect(body).await;
    let response = head.with_body(body);
    match broken {
        None => Ok(response),
        Some(error) => Err(Failure::answer(
            FailureKind::Transport(origin, error),
            response,
        )),
    }
}

fn http_request(prepared: &Prepared) -> Result<Request<Bytes>, Failure> {
    let mut request = Request::builder()
        .method(prepared.method.clone())
        .uri(prepared.url.as_str())
        .body(prepared.body.clone())
        .map_err(|error| Failure::request(format!("the URL cannot be sent: {error}")))?;
    *request.headers_mut() = prepared.headers.clone();
    Ok(request)
}

/// Reads a body to its end, or to where it breaks.
async fn collect(mut body: ByteStream) -> (Bytes, Option<TransportError>) {
    let mut bytes = BytesMut::new();
    loop {
        match poll_fn(|context| body.as_mut().poll_next(context)).await {
            Some(Ok(chunk)) => bytes.extend_from_slice(&chunk),
            Some(Err(error)) => return (bytes.freeze(), Some(error)),
            None => return (bytes.freeze(), None),
        }
    }
}
