//! A stream that is sent, held to the length that was said of it.
//!
//! HTTP/1.1 would send the first bytes of a stream that is too long, and nobody would notice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use crate::runtime::transport::body::{Pieces, UploadError};

/// Whether a stream has broken off.
pub(crate) type Broken = Arc<AtomicBool>;

/// The pieces of a stream, and how many bytes are still to come.
pub(crate) struct Measured {
    /// Nothing after its end.
    pieces: Option<Pieces>,
    left: Option<u64>,
    /// The piece that should be the last.
    last: Option<Bytes>,
    broken: Broken,
}

/// What a stream is polled for.
type Piece = Option<Result<Bytes, UploadError>>;

impl Measured {
    pub(crate) fn new(pieces: Pieces, length: Option<u64>) -> Self {
        Self {
            pieces: Some(pieces),
            left: length,
            last: None,
            broken: Broken::default(),
        }
    }

    /// Whether it has broken off, for those who no longer hold it.
    pub(crate) fn broken(&self) -> Broken {
        Arc::clone(&self.broken)
    }

    /// The next piece. What should be the last one is held back until it is sure to be.
    pub(crate) fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Piece> {
        while let Some(pieces) = &mut self.pieces {
            let piece = match ready!(pieces.as_mut().poll_next(context)) {
                Some(Ok(piece)) => piece,
                Some(Err(error)) => return Poll::Ready(self.breaks(error)),
                None => return Poll::Ready(self.end()),
            };
            let Some(left) = self.left else {
                return Poll::Ready(Some(Ok(piece)));
            };
            let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
            match left.checked_sub(length) {
                _ if piece.is_empty() => {}
                None => return Poll::Ready(self.breaks("the stream is longer than was said")),
                Some(0) => (self.left, self.last) = (Some(0), Some(piece)),
                left => {
                    self.left = left;
                    return Poll::Ready(Some(Ok(piece)));
                }
            }
        }
        Poll::Ready(None)
    }

    fn end(&mut self) -> Piece {
        if self.left.is_some_and(|left| left > 0) {
            return self.breaks("the stream is shorter than was said");
        }
        self.pieces = None;
        self.last.take().map(Ok)
    }

    fn breaks(&mut self, why: impl Into<UploadError>) -> Piece {
        self.pieces = None;
        self.broken.store(true, Ordering::Relaxed);
        Some(Err(why.into()))
    }
}
