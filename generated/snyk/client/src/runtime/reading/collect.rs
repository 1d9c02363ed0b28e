//! Reading a body to its end.

use std::future::poll_fn;
use std::mem::{replace, take};
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use crate::runtime::delivery::clock::Alarm;
use crate::runtime::transport::{ByteStream, TransportError};

/// What there is of a body, and why that is not the whole.
type Collected = (Bytes, Option<TransportError>);

/// Reads a body to its end, or to where it breaks, the time is up, or it is too large: then what
/// there is of it, and why. Nobody waits for a body of which it is known that it will be too large; one
/// that is there at once is measured as it is.
pub(crate) fn collect(
    body: &mut ByteStream,
    alarm: &mut Alarm,
    largest: u64,
    announced: impl Fn() -> Option<u64>,
) -> impl Future<Output = Collected> {
    let mut pieces = Pieces::default();
    let mut waited = false;
    poll_fn(move |context| {
        let collected = pieces.poll(body, alarm, largest, context);
        let waits = collected.is_pending() && !replace(&mut waited, true);
        if waits && announced().is_some_and(|length| length > largest) {
            let error = TransportError::too_large(largest);
            return Poll::Ready((Bytes::new(), Some(error)));
        }
        collected
    })
}

/// What came of a body so far.
#[derive(Default)]
struct Pieces {
    /// Most bodies are one piece, which is taken as it is.
    first: Bytes,
    /// All pieces, once there are more.
    all: Vec<u8>,
}

impl Pieces {
    fn poll(
        &mut self,
        body: &mut ByteStream,
        alarm: &mut Alarm,
        largest: u64,
        context: &mut Context<'_>,
    ) -> Poll<Collected> {
        loop {
            let error = match ready!(alarm.poll_piece(body, context)) {
                Some(Ok(piece)) if self.fits(&piece, largest) => {
                    self.add(piece);
                    continue;
                }
                Some(Ok(_)) => Some(TransportError::too_large(largest)),
                Some(Err(error)) => Some(error),
                None => None,
            };
            return Poll::Ready((self.joined(), error));
        }
    }

    fn fits(&self, piece: &Bytes, largest: u64) -> bool {
        let length = self.first.len().max(self.all.len()) + piece.len();
        u64::try_from(length).is_ok_and(|length| length <= largest)
    }

    fn add(&mut self, piece: Bytes) {
        if self.first.is_empty() {
            self.first = piece;
        } else {
            if self.all.is_empty() {
                self.all.extend_from_slice(&self.first);
            }
            self.all.extend_from_slice(&piece);
        }
    }

    fn joined(&mut self) -> Bytes {
        match self.all.is_empty() {
            true => take(&mut self.first),
            false => Bytes::from(take(&mut self.all)),
        }
    }
}
