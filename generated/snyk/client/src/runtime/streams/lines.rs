//! The lines of an answer that arrives bit by bit.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BytesMut};
use futures_core::Stream;

use crate::runtime::reading::response::RawResponse;
use crate::runtime::streams::download::Download;
use crate::runtime::transport::{ByteStream, TransportError};

/// The lines of a body, whatever they end in.
pub(crate) struct Lines {
    pub(crate) download: Download,
    buffer: BytesMut,
    /// How much of the buffer is known to have no end of a line.
    searched: usize,
    /// Whether the last byte was the `\r` of what may be a `\r\n`.
    after_return: bool,
    /// Whether `\r` alone ends a line; in JSON it is mere space.
    by_return: bool,
    ended: bool,
}

impl Lines {
    pub(crate) fn new(download: Download, by_return: bool) -> Self {
        Self {
            download,
            buffer: BytesMut::new(),
            searched: 0,
            after_return: false,
            by_return,
            ended: false,
        }
    }

    /// Goes on with another body, from the beginning of a line.
    pub(crate) fn resume(&mut self, head: RawResponse, body: ByteStream) {
        self.download.goes_on(head, body);
        self.buffer.clear();
        self.searched = 0;
        self.after_return = false;
        self.ended = false;
    }

    /// Reads nothing more.
    pub(crate) fn end(&mut self) {
        self.download.end();
        self.buffer.clear();
        self.ended = true;
    }

    /// The next line; and whether it has an end: the last may lack it.
    pub(crate) fn poll_line(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<(BytesMut, bool), TransportError>>> {
        loop {
            if let Some(line) = self.take_line() {
                return Poll::Ready(Some(Ok((line, true))));
            }
            if self.ended {
                let rest = std::mem::take(&mut self.buffer);
                return Poll::Ready((!rest.is_empty()).then_some(Ok((rest, false))));
            }
            match ready!(Pin::new(&mut self.download).poll_next(context)) {
                Some(Ok(chunk)) => self.buffer.extend_from_slice(&chunk),
                Some(Err(error)) => {
                    self.ended = true;
                    self.buffer.clear();
                    return Poll::Ready(Some(Err(error)));
                }
                None => self.ended = true,
            }
        }
    }

    fn take_line(&mut self) -> Option<BytesMut> {
        if self.after_return && self.buffer.first() == Some(&b'\n') {
            self.buffer.advance(1);
        }
        self.after_return &= self.buffer.is_empty();
        let ends = |byte: &u8| *byte == b'\n' || (*byte == b'\r' && self.by_return);
        let fresh = self.buffer.iter().skip(self.searched);
        let Some(end) = fresh.copied().position(|byte| ends(&byte)) else {
            self.searched = self.buffer.len();
            return None;
        };
        let mut line = self.buffer.split_to(self.searched + end + 1);
        self.searched = 0;
        self.after_return = line.last() == Some(&b'\r');
        line.truncate(line.len() - 1);
        Some(line)
    }
}
