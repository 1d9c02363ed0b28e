//! Services of `tower` as transports.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use http::{Request, Response};
use tower_service::Service;

use crate::mini_client::Client;
use crate::mini_client::types::{OrgInvitePost, OrgInvitePostRole};
use crate::runtime::{Body, ServiceTransport};

/// Answers each request with its own body.
#[derive(Clone, Default)]
struct Echo {
    seen: Arc<Mutex<Vec<String>>>,
}

impl Service<Request<Body>> for Echo {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let (head, body) = request.into_parts();
        self.seen.lock().unwrap().push(head.uri.path().to_owned());
        std::future::ready(Ok(Response::new(body)))
    }
}

#[tokio::test]
async fn a_service_carries_requests() {
    let echo = Echo::default();
    let transport = ServiceTransport::new(echo.clone());
    let client = Client::builder().transport(transport).build().unwrap();
    let invite = OrgInvitePost::new("a@b", OrgInvitePostRole::Edit);
    let call = client.instance_org_invites().post("i", "o", invite);
    let error = call.send().await.unwrap_err();
    // What was sent came back, and is no list.
    assert!(error.is_decode(), "{error}");
    assert!(error.body_text().unwrap().contains("a@b"));
    assert_eq!(*echo.seen.lock().unwrap(), ["/instances/i/orgs/o/invites"]);
}
