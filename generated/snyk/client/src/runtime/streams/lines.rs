//! The lines and records of an answer that arrives bit by bit.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BytesMut};
use futures_core::Stream;

use crate::runtime::reading::response::RawResponse;
use crate::runtime::streams::download::Download;
use crate::runtime::transport::{ByteStream, TransportError};

/// What stands before each record of a sequence (RFC 7464, section 2.2).
const SEPARATOR: u8 = 0x1e;

/// The lines of a body, whatever they end in.
pub(crate) struct Lines {
    pub(crate) download: Download,
    buffer: BytesMut,
    /// How much of the buffer is known to have no end of a line.
    searched: usize,
    /// Whether the last byte was the `\r` of what may be a `\r\n`.
    after_return: bool,
    ends: Ends,
    ended: bool,
}

/// What ends a line.
enum Ends {
    /// `\n`, `\r\n` or `\r`, as of events.
    Any,
    /// `\n` alone: in JSON `\r` is mere space.
    Newline,
    /// That of a record.
    Record(Nesting),
}

/// Where in a JSON text one is.
#[derive(Default)]
struct Nesting {
    depth: usize,
    in_text: bool,
    escaped: bool,
}

impl Nesting {
    /// Whether this byte ends a record: a separator, whatever came before it, or a line break
    /// behind a whole value, so that nobody has to wait for the next record.
    fn ends(&mut self, byte: u8) -> bool {
        let escaped = std::mem::take(&mut self.escaped);
        match byte {
            SEPARATOR => return true,
            b'\\' if self.in_text => self.escaped = !escaped,
            b'"' if !escaped => self.in_text = !self.in_text,
            _ if self.in_text => {}
            b'\n' => return self.depth == 0,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        false
    }
}

impl Ends {
    /// Whether this byte, which is behind all those before, ends a line.
    fn at(&mut self, byte: u8) -> bool {
        match self {
            Self::Any => matches!(byte, b'\n' | b'\r'),
            Self::Newline => byte == b'\n',
            Self::Record(nesting) => nesting.ends(byte),
        }
    }
}

/// A line without what ended it.
pub(crate) struct Line {
    pub(crate) text: BytesMut,
    /// What ended it; the last one may lack its end.
    pub(crate) end: Option<u8>,
}

impl Lines {
    /// The lines of events.
    pub(crate) fn of_events(download: Download) -> Self {
        Self::new(download, Ends::Any)
    }

    /// The lines of JSON. Where one begins with a separator, as no JSON does, a sequence of records
    /// begins, each of which may have many lines.
    pub(crate) fn of_values(download: Download) -> Self {
        Self::new(download, Ends::Newline)
    }

    fn new(download: Download, ends: Ends) -> Self {
        Self {
            download,
            buffer: BytesMut::new(),
            searched: 0,
            after_return: false,
            ends,
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

    /// The next line. With as much as is held of what came before it, it must not be larger than
    /// what the client takes into memory.
    pub(crate) fn poll_line(
        &mut self,
        held: usize,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Line, TransportError>>> {
        loop {
            let line = self.take_line();
            let length = line.as_ref().map_or(self.buffer.len(), |it| it.text.len());
            if let Err(error) = self.download.holds(held.saturating_add(length)) {
                self.end();
                return Poll::Ready(Some(Err(error)));
            }
            if line.is_some() {
                return Poll::Ready(line.map(Ok));
            }
            if self.ended {
                let text = std::mem::take(&mut self.buffer);
                let rest = Line { text, end: None };
                return Poll::Ready((!rest.text.is_empty()).then_some(Ok(rest)));
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

    fn take_line(&mut self) -> Option<Line> {
        let first = self.buffer.first().copied();
        if first.is_some() && std::mem::take(&mut self.after_return) && first == Some(b'\n') {
            self.buffer.advance(1);
        }
        if first == Some(SEPARATOR) && matches!(self.ends, Ends::Newline) {
            self.ends = Ends::Record(Nesting::default());
        }
        let mut fresh = self.buffer.iter().skip(self.searched);
        let Some(at) = fresh.position(|byte| self.ends.at(*byte)) else {
            self.searched = self.buffer.len();
            return None;
        };
        let mut text = self.buffer.split_to(self.searched + at + 1);
        self.searched = 0;
        if let Ends::Record(nesting) = &mut self.ends {
            *nesting = Nesting::default();
        }
        let end = text.last().copied();
        self.after_return = end == Some(b'\r');
        text.truncate(text.len() - 1);
        Some(Line { text, end })
    }

    /// Whether a line may be the beginning of a number or a word whose rest was lost. Of a record
    /// only space behind it says that it was not (RFC 7464, section 2.4); all other values show
    /// their end themselves.
    pub(crate) fn is_cut(&self, line: &Line) -> bool {
        if line.end == Some(b'\n') || !matches!(self.ends, Ends::Record(_)) {
            return false;
        }
        let first = line.text.trim_ascii_start().first();
        let space = line.text.last().is_some_and(u8::is_ascii_whitespace);
        !space && !matches!(first, Some(b'{' | b'[' | b'"'))
    }
}
