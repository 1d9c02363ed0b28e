//! Answers that are sequences: server-sent events (HTML, 9.2) and JSON values (NDJSON, RFC 7464).

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, BytesMut};
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::decode_error::DecodeError;
use super::download::Download;
use super::transport::TransportError;

/// Why a sequence cannot go on.
#[derive(Debug)]
#[non_exhaustive]
pub enum SequenceError {
    /// The connection broke or the time was up.
    Transport(TransportError),
    /// An item does not fit the description; those after it can still be read.
    Decode(DecodeError),
}

impl fmt::Display for SequenceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(out),
            Self::Decode(error) => write!(out, "an item does not fit the description: {error}"),
        }
    }
}

impl Error for SequenceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Decode(error) => Some(error),
        }
    }
}

/// The lines of a body, whatever they end in.
struct Lines {
    download: Download,
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
    fn new(download: Download, by_return: bool) -> Self {
        Self {
            download,
            buffer: BytesMut::new(),
            searched: 0,
            after_return: false,
            by_return,
            ended: false,
        }
    }

    /// The next line; and whether it has an end: the last may lack it.
    fn poll_line(
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

/// A server-sent event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// What kind of event it is; `message` if the server does not say.
    pub event: String,
    /// Its data, without the line break at its end.
    pub data: String,
    /// The last id that the server gave an event; empty if it gave none.
    pub id: String,
    /// How long the server wants to be left alone after the connection is lost.
    pub retry: Option<Duration>,
}

impl Event {
    /// The data as JSON.
    ///
    /// # Errors
    /// If it is not JSON or does not fit the type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        serde_json::from_str(&self.data).map_err(DecodeError::new)
    }
}

/// Server-sent events as they arrive. It does not connect again when the server ends it.
#[must_use = "events are read only when they are asked for"]
pub struct Events {
    lines: Lines,
    begun: bool,
    event: String,
    data: String,
    has_data: bool,
    id: String,
    retry: Option<Duration>,
}

impl Events {
    /// Reads a body as events.
    pub fn of(download: Download) -> Self {
        Self {
            lines: Lines::new(download, true),
            begun: false,
            event: String::new(),
            data: String::new(),
            has_data: false,
            id: String::new(),
            retry: None,
        }
    }

    /// The answer's status and headers.
    pub fn response(&self) -> &Download {
        &self.lines.download
    }

    /// The next event; `None` when the server has ended the stream.
    ///
    /// # Errors
    /// If the connection breaks or the time is up; no events come after that.
    pub async fn next(&mut self) -> Option<Result<Event, SequenceError>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Event, SequenceError>>> {
        loop {
            match ready!(self.lines.poll_line(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(SequenceError::Transport(error))));
                }
                // An event that is not followed by an empty line is incomplete.
                Some(Ok((_, false))) => {}
                Some(Ok((line, true))) => {
                    if let Some(event) = self.line(&line) {
                        return Poll::Ready(Some(Ok(event)));
                    }
                }
            }
        }
    }

    /// Takes a line in; an empty one may complete an event (HTML, 9.2.6).
    fn line(&mut self, line: &[u8]) -> Option<Event> {
        let text = String::from_utf8_lossy(line);
        let mut text = &*text;
        if !std::mem::replace(&mut self.begun, true) {
            text = text.strip_prefix('\u{feff}').unwrap_or(text);
        }
        if text.is_empty() {
            return self.complete();
        }
        let (field, value) = text.split_once(':').unwrap_or((text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.data.push('\n');
                }
                self.data.push_str(value);
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            _ => {}
        }
        None
    }

    fn complete(&mut self) -> Option<Event> {
        let event = std::mem::take(&mut self.event);
        let data = std::mem::take(&mut self.data);
        let retry = self.retry.take();
        std::mem::take(&mut self.has_data).then(|| Event {
            event: if event.is_empty() {
                "message".to_owned()
            } else {
                event
            },
            data,
            id: self.id.clone(),
            retry,
        })
    }
}

impl Stream for Events {
    type Item = Result<Event, SequenceError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Events")
            .field("response", &self.lines.download)
            .finish_non_exhaustive()
    }
}

/// JSON values as they arrive, each on a line of its own or a record of `application/json-seq`.
#[must_use = "values are read only when they are asked for"]
pub struct Values<T> {
    lines: Lines,
    values: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Values<T> {
    /// Reads a body as values.
    #[inline]
    pub fn of(download: Download) -> Self {
        Self {
            lines: Lines::new(download, false),
            values: PhantomData,
        }
    }

    /// The next value; `None` at the end.
    ///
    /// # Errors
    /// If the connection breaks, the time is up, or a value does not fit.
    #[inline]
    pub async fn next(&mut self) -> Option<Result<T, SequenceError>> {
        poll_fn(|context| self.poll_value(context)).await
    }

    #[inline]
    fn poll_value(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, SequenceError>>> {
        loop {
            let line = match ready!(self.lines.poll_line(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(SequenceError::Transport(error))));
                }
                Some(Ok((line, _))) => line,
            };
            let line = line.strip_prefix(b"\x1e").unwrap_or(&line).trim_ascii();
            if !line.is_empty() {
                let value = serde_json::from_slice(line).map_err(DecodeError::new);
                return Poll::Ready(Some(value.map_err(SequenceError::Decode)));
            }
        }
    }
}

impl<T> Values<T> {
    /// The answer's status and headers.
    pub fn response(&self) -> &Download {
        &self.lines.download
    }
}

impl<T: DeserializeOwned> Stream for Values<T> {
    type Item = Result<T, SequenceError>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_value(context)
    }
}

impl<T> fmt::Debug for Values<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Values")
            .field("response", &self.lines.download)
            .finish_non_exhaustive()
    }
}
