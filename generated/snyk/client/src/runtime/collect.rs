//! Reading a body to its end.

use std::future::poll_fn;

use bytes::{Bytes, BytesMut};

use super::clock::Alarm;
use super::transport::{ByteStream, TransportError};

/// Reads a body to its end, or to where it breaks, the time is up, or it is too large: then what
/// there is of it, and why.
pub(super) async fn collect(
    mut body: ByteStream,
    alarm: &mut Alarm,
    largest: u64,
) -> (Bytes, Option<TransportError>) {
    let mut first = Bytes::new();
    let mut bytes = BytesMut::new();
    loop {
        let next = alarm
            .guard(poll_fn(|context| body.as_mut().poll_next(context)))
            .await;
        let chunk = match next {
            Ok(Some(Ok(chunk))) => chunk,
            Ok(None) if bytes.is_empty() => return (first, None),
            Ok(None) => return (bytes.freeze(), None),
            Ok(Some(Err(error))) => return (joined(first, bytes), Some(error)),
            Err(_) => {
                let error = TransportError::timeout("the body did not come in time");
                return (joined(first, bytes), Some(error));
            }
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
