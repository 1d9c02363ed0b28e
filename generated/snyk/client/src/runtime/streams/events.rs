//! Answers that are server-sent events (HTML, 9.2).

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::runtime::reading::decode_error::DecodeError;
use crate::runtime::reading::json_text;
use crate::runtime::reading::plain;
use crate::runtime::reading::response::RawResponse;
use crate::runtime::streams::download::Download;
use crate::runtime::streams::lines::{Line, Lines};
use crate::runtime::streams::reconnect::Connection;
use crate::runtime::transport::{ByteStream, TransportError};

/// Why a sequence cannot go on.
///
/// ```
/// use snyk_invites::runtime::{DecodeError, SequenceError};
///
/// /// Whether the items after this error are still worth asking for.
/// fn goes_on(error: &SequenceError) -> bool {
///     matches!(error, SequenceError::Decode(_))
/// }
///
/// assert!(goes_on(&SequenceError::Decode(DecodeError::new("odd"))));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum SequenceError {
    /// The connection broke, the time was up, or an item is larger than the client takes.
    Transport(TransportError),
    /// An item does not fit the description; those after it can still be read.
    Decode(DecodeError),
    /// The connection broke and could not be made again.
    Reconnect(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for SequenceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(out),
            Self::Decode(error) => write!(out, "an item does not fit the description: {error}"),
            Self::Reconnect(error) => {
                write!(out, "the stream could not be taken up again: {error}")
            }
        }
    }
}

impl Error for SequenceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Decode(error) => Some(error),
            Self::Reconnect(error) => Some(error.as_ref()),
        }
    }
}

/// A server-sent event, with its data as text or as what the description says that it is.
///
/// ```
/// use snyk_invites::runtime::{DecodeError, Event};
///
/// /// What an event says, whose data is JSON text.
/// fn words(event: &Event) -> Result<Vec<String>, DecodeError> {
///     event.json()
/// }
///
/// let mut event = Event::default();
/// event.data = r#"["to", "be"]"#.to_owned();
/// assert_eq!(words(&event).unwrap(), ["to", "be"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T = String> {
    /// What kind of event it is; `message` if the server does not say.
    pub event: String,
    /// Its data; text comes without the line break at its end.
    pub data: T,
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
        json_text::decode(self.data.as_bytes())
    }

    /// The data as text that stands for a value, such as a date or a word of an enum.
    ///
    /// # Errors
    /// If it does not fit the type.
    pub fn plain<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        plain::value(&self.data, ',').map_err(DecodeError::new)
    }

    fn text(&self) -> Result<String, DecodeError> {
        Ok(self.data.clone())
    }

    fn with<T>(self, data: T) -> Event<T> {
        Event {
            event: self.event,
            data,
            id: self.id,
            retry: self.retry,
        }
    }
}

/// Server-sent events as they arrive.
///
/// When the connection to an action that only reads breaks, it is made again after as long as the
/// server said (`retry`), with the id of the last event (`Last-Event-ID`), so that a server that
/// gives ids leaves no gap. [`reconnects`](Events::reconnects) says how often that is tried. A limit
/// of time of the call's own is that of all its connections. When the server ends the stream, it has
/// ended, unless it is [`endless`](Events::endless). No event may be larger than what the client
/// takes into memory.
///
/// ```
/// # use std::error::Error;
/// # use snyk_invites::runtime::*;
/// # static API: Api = Api {
/// #     name: "example",
/// #     version: "1",
/// #     servers: &[Server::new("https://api.example.com")],
/// #     schemes: &[],
/// #     parameters: &[],
/// #     request_id_headers: &[],
/// # };
/// # static WATCH: Operation = Operation { id: "things.watch", ..Operation::USUAL };
/// # #[derive(Debug)]
/// # struct Never;
/// # impl ApiError for Never {
/// #     fn decode(_: &RawResponse) -> Result<Option<Self>, DecodeError> {
/// #         Ok(None)
/// #     }
/// # }
/// use snyk_invites::runtime::Events;
///
/// /// Prints what comes, and says how much it was.
/// async fn print(mut events: Events) -> Result<usize, Box<dyn std::error::Error>> {
///     let mut seen = 0;
///     while let Some(event) = events.next().await {
///         let event = event?;
///         println!("{}: {}", event.event, event.data);
///         seen += 1;
///     }
///     Ok(seen)
/// }
///
/// # #[cfg(feature = "test-util")]
/// # fn run() -> Result<(), Box<dyn Error>> {
/// #     let fake = Fake::new();
/// #     let watch = Expected::<Events, Never>::new(&WATCH, None, "{}");
/// #     fake.expect(watch.answers_bytes(200, "text/event-stream", "data: a\n\ndata: b\n\n"));
/// #     let mut builder = CoreBuilder::new(&API);
/// #     builder.transport(fake);
/// #     let call = builder.build()?.call(&WATCH);
/// #     let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// #     let seen = runtime.block_on(async { print(call.open::<_, Never>(Events::of).await?).await })?;
/// #     assert_eq!(seen, 2);
/// #     Ok(())
/// # }
/// # #[cfg(not(feature = "test-util"))]
/// # fn run() -> Result<(), Box<dyn Error>> {
/// #     Ok(())
/// # }
/// # fn main() -> Result<(), Box<dyn Error>> {
/// #     run()
/// # }
/// ```
///
/// It is also a `futures` stream, for those who use its adapters.
#[must_use = "events are read only when they are asked for"]
pub struct Events<T = String> {
    connection: Connection,
    decode: fn(&Event) -> Result<T, DecodeError>,
    /// Whether the data `[DONE]`, which is no JSON, is the end, as many APIs have it.
    ends_by_word: bool,
}

impl Events {
    /// Reads a body as events whose data is text.
    pub fn of(download: Download) -> Self {
        Self::with(download, Event::text)
    }
}

impl<T> Events<T> {
    /// Reads a body as events whose data this function reads.
    #[inline]
    pub fn with(download: Download, decode: fn(&Event) -> Result<T, DecodeError>) -> Self {
        Self {
            connection: Connection::new(download),
            decode,
            ends_by_word: false,
        }
    }

    /// The answer's status and headers.
    pub fn response(&self) -> &Download {
        self.connection.reader.download()
    }

    /// Says how often in a row a broken connection is made again without an event in between;
    /// 5 times unless set, 0 for never.
    pub fn reconnects(mut self, most: u32) -> Self {
        self.connection.most = most;
        self
    }

    /// Connects again also when the server ends the stream, as browsers do, until it answers 204 or
    /// the call's own time is up.
    pub fn endless(mut self) -> Self {
        self.connection.endless = true;
        self
    }

    /// The same events with their data as text, as it comes.
    pub fn raw(self) -> Events {
        Events {
            connection: self.connection,
            decode: Event::text,
            ends_by_word: false,
        }
    }

    /// The next event; `None` when the server has ended the stream. An event whose data does not
    /// fit is an error; those after it can still be read.
    ///
    /// # Errors
    /// If the connection breaks, the time is up, or an event is too large, after which no events
    /// come; if the data does not fit.
    #[inline]
    pub async fn next(&mut self) -> Option<Result<Event<T>, SequenceError>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    #[inline]
    fn poll_event(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Event<T>, SequenceError>>> {
        Poll::Ready(match ready!(self.connection.poll_event(context)) {
            None => None,
            Some(Err(error)) => Some(Err(error)),
            Some(Ok(event)) if self.ends_by_word && event.data.trim() == "[DONE]" => {
                self.connection.end();
                None
            }
            Some(Ok(event)) => Some(match (self.decode)(&event) {
                Ok(data) => Ok(event.with(data)),
                Err(error) => Err(SequenceError::Decode(error)),
            }),
        })
    }
}

impl<T: DeserializeOwned> Events<T> {
    /// Reads a body as events whose data is JSON. Data that is `[DONE]` is the end.
    #[inline]
    pub fn json(download: Download) -> Self {
        Self {
            ends_by_word: true,
            ..Self::with(download, Event::json)
        }
    }

    /// Reads a body as events whose data is text that stands for a value.
    #[inline]
    pub fn plain(download: Download) -> Self {
        Self::with(download, Event::plain)
    }
}

impl<T> Stream for Events<T> {
    type Item = Result<Event<T>, SequenceError>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Events")
            .field("response", self.response())
            .finish_non_exhaustive()
    }
}

/// Puts events together from lines (HTML, 9.2.6).
pub(crate) struct Reader {
    lines: Lines,
    begun: bool,
    event: String,
    data: String,
    has_data: bool,
    id: String,
    /// The id of the last event that was complete.
    last_id: String,
    /// How long the server wants to be left alone, as far as the event that is read says so.
    retry: Option<Duration>,
    /// The same, as it said last.
    rest: Option<Duration>,
}

impl Reader {
    pub(crate) fn new(download: Download) -> Self {
        Self {
            lines: Lines::of_events(download),
            begun: false,
            event: String::new(),
            data: String::new(),
            has_data: false,
            id: String::new(),
            last_id: String::new(),
            retry: None,
            rest: None,
        }
    }

    pub(crate) fn download(&self) -> &Download {
        &self.lines.download
    }

    /// The last id that the server gave an event.
    pub(crate) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How long the server wants to be left alone, if it said so, be it without an event.
    pub(crate) fn rest(&self) -> Option<Duration> {
        self.rest
    }

    /// Goes on with another answer to the same call. An event that was not complete is lost.
    pub(crate) fn resume(&mut self, head: RawResponse, body: ByteStream) {
        self.lines.resume(head, body);
        self.begun = false;
        self.has_data = false;
        self.id.clone_from(&self.last_id);
        self.event.clear();
        self.data.clear();
        self.retry = None;
    }

    /// Reads nothing more.
    pub(crate) fn end(&mut self) {
        self.lines.end();
    }

    pub(crate) fn poll_event(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Event, SequenceError>>> {
        loop {
            match ready!(self.lines.poll_line(self.data.len(), context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(SequenceError::Transport(error))));
                }
                // An event that is not followed by an empty line is incomplete.
                Some(Ok(Line { end: None, .. })) => {}
                Some(Ok(line)) => {
                    if let Some(event) = self.line(&line.text) {
                        return Poll::Ready(Some(Ok(event)));
                    }
                }
            }
        }
    }

    /// Takes a line in; an empty one may complete an event.
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
                if let Ok(time) = value.parse() {
                    self.retry = Some(Duration::from_millis(time));
                    self.rest = self.retry;
                }
            }
            _ => {}
        }
        None
    }

    fn complete(&mut self) -> Option<Event> {
        let event = std::mem::take(&mut self.event);
        let data = std::mem::take(&mut self.data);
        let retry = self.retry.take();
        self.last_id.clone_from(&self.id);
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
