//! Reading a body to its end.

use std::future::poll_fn;

use bytes::{Bytes, BytesMut};

use crate::runtime::delivery::clock::Alarm;
use crate::runtime::transport::{ByteStream, TransportError};

/// Reads a body to its end, or to where it breaks, the time is up, or it is too large: then what
/// there is of it, and why.
pub(crate) async fn collect(
    body: &mut ByteStream,
    alarm: &mut Alarm,
    largest: u64,
) -> (Bytes, Option<TransportError>) {
    let mut first = Bytes::new();
    let mut bytes = BytesMut::new();
    loop {
        let chunk = match poll_fn(|context| alarm.poll_piece(body, context)).await {
            Some(Ok(chunk)) => chunk,
            None => return (joined(first, bytes), None),
            Some(Err(error)) => return (joined(first, bytes), Some(error)),
        };
        let length = first.len().max(bytes.len()) + chunk.len();
        if u64::try_from(length).unwrap_or(u64::MAX) > largest {
            let error = TransportError::too_large(largest);
            return (joined(first, bytes), Some(error));
        }
        // Most bodies are one chunk, which is taken as it is.
        if first.is_empty() && bytes.is_empty() {
            first = chunk;
        } else {
            if bytes.is_empty() {
                bytes.extend_from_slice(&first);
            }
            bytes.extend_from_slice(&chunk);
        }
    }
}

fn joined(first: Bytes, rest: BytesMut) -> Bytes {
    if rest.is_empty() {
        first
    } else {
        rest.freeze()
    }
}
