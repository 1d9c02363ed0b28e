//! What reqwest needs in a browser: bodies, which cannot be sent as streams.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::runtime::transport::body::Body;
use crate::runtime::transport::reqwest_transport::{answered, body_error, head_error};
use crate::runtime::transport::{Answer, ByteStream, TransportError};

/// Sends a request with this body, all of it, once it is read.
pub(crate) fn exchange(
    client: &reqwest::Client,
    mut request: reqwest::Request,
    body: Body,
) -> Answer<'_> {
    Box::pin(async move {
        *request.body_mut() = Some(outgoing(body).await?);
        let response = client.execute(request).await.map_err(head_error)?;
        Ok(answered(response))
    })
}

/// What `fetch` sends.
async fn outgoing(mut body: Body) -> Result<reqwest::Body, TransportError> {
    if let Some(bytes) = body.as_bytes() {
        return Ok(reqwest::Body::from(bytes.clone()));
    }
    let mut bytes = Vec::new();
    let mut next = |context: &mut Context<'_>| Pin::new(&mut body).poll_next(context);
    while let Some(piece) = poll_fn(&mut next).await {
        bytes.extend_from_slice(&piece.map_err(TransportError::interrupted)?);
    }
    Ok(reqwest::Body::from(bytes))
}

/// What it reads.
pub(crate) fn incoming(response: reqwest::Response) -> ByteStream {
    Box::pin(Incoming(response.bytes_stream()))
}

/// reqwest's body with errors turned into ours.
struct Incoming<S>(S);

impl<S: Stream<Item = reqwest::Result<Bytes>> + Unpin> Stream for Incoming<S> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = Pin::new(&mut self.0).poll_next(context);
        item.map(|chunk| chunk.map(|bytes| bytes.map_err(body_error)))
    }
}
