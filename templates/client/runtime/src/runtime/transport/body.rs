//! The body of a request: in memory, or read as it is sent.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::runtime::transport::boxed::BoxStream;
use crate::runtime::transport::measured::{Broken, Measured};

/// Why a stream of an upload broke off.
pub type UploadError = Box<dyn Error + Send + Sync>;

/// The pieces of an upload.
pub type Pieces = BoxStream<Result<Bytes, UploadError>>;

/// The body of one request, as a [`Transport`](crate::runtime::Transport) gets it.
///
/// It is a stream of its pieces; [`Body::as_bytes`] has it whole if it is in memory.
///
/// ```
/// use bytes::Bytes;
/// use sdkwright_runtime::Body;
///
/// let body = Body::from(Bytes::from_static(b"{}"));
/// assert_eq!(body.length(), Some(2));
/// assert_eq!(body.as_bytes().unwrap(), "{}");
/// ```
pub struct Body {
    kind: Kind,
}

enum Kind {
    Bytes(Bytes),
    Stream {
        pieces: Measured,
        length: Option<u64>,
    },
}

impl Body {
    /// A body without bytes.
    pub const fn empty() -> Self {
        Self {
            kind: Kind::Bytes(Bytes::new()),
        }
    }

    /// The whole body, if it is in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.kind {
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Stream { .. } => None,
        }
    }

    /// Turns true once the stream has broken off; `None` for what is in memory.
    pub(crate) fn broken(&self) -> Option<Broken> {
        match &self.kind {
            Kind::Bytes(_) => None,
            Kind::Stream { pieces, .. } => Some(pieces.broken()),
        }
    }

    /// How many bytes there are, if that is known.
    pub fn length(&self) -> Option<u64> {
        match &self.kind {
            Kind::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Kind::Stream { length, .. } => *length,
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self {
            kind: Kind::Bytes(bytes),
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, UploadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.kind {
            Kind::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)))
            }
            Kind::Stream { pieces, .. } => pieces.poll_piece(context),
        }
    }
}

/// Shows the length but not the content.
impl fmt::Debug for Body {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Body")
            .field("bytes", &self.length())
            .finish_non_exhaustive()
    }
}

/// What is to be sent as a body or as a file of a form: bytes, text, or a stream.
///
/// What can be opened again can be sent again if the request fails:
///
/// ```
/// use std::path::PathBuf;
///
/// use bytes::Bytes;
/// use sdkwright_runtime::Upload;
/// use sdkwright_runtime::transport::body::Pieces;
///
/// /// However a program reads a file piece by piece: `tokio_util::io::ReaderStream`, say.
/// fn read(path: PathBuf) -> Pieces {
///     # struct All(Option<PathBuf>);
///     # impl futures_core::Stream for All {
///     #     type Item = Result<Bytes, sdkwright_runtime::transport::body::UploadError>;
///     #     fn poll_next(
///     #         mut self: std::pin::Pin<&mut Self>,
///     #         _: &mut std::task::Context<'_>,
///     #     ) -> std::task::Poll<Option<Self::Item>> {
///     #         let path = self.0.take();
///     #         std::task::Poll::Ready(path.map(|path| Ok(std::fs::read(path)?.into())))
///     #     }
///     # }
///     # Box::pin(All(Some(path)))
/// }
///
/// let path = PathBuf::from("cat.png");
/// let content = Upload::stream(move || read(path.clone())).length(5_000);
/// assert!(content.as_bytes().is_none());
///
/// let in_memory = Upload::from("a text");
/// assert_eq!(in_memory.as_bytes().unwrap().len(), 6);
/// ```
#[derive(Clone)]
pub struct Upload {
    source: Source,
    length: Option<u64>,
}

/// Where the bytes come from.
#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Again(Opener),
    Once(Slot),
    Chain(Arc<[Upload]>),
}

/// Begins a stream anew.
type Opener = Arc<dyn Fn() -> Pieces + Send + Sync>;

/// A stream until it is taken.
#[cfg(not(target_arch = "wasm32"))]
type Slot = Arc<Mutex<Option<Pieces>>>;
/// A stream until it is taken.
#[cfg(target_arch = "wasm32")]
type Slot = std::rc::Rc<Mutex<Option<Pieces>>>;

impl Upload {
    /// A stream that can be begun anew, so that the request can be sent again if it fails. The
    /// function is called once an attempt.
    pub fn stream(open: impl Fn() -> Pieces + Send + Sync + 'static) -> Self {
        Self {
            source: Source::Again(Arc::new(open)),
            length: None,
        }
    }

    /// A stream that can be read only once. A request with it is never sent again.
    pub fn once(pieces: Pieces) -> Self {
        Self {
            source: Source::Once(Slot::new(Mutex::new(Some(pieces)))),
            length: None,
        }
    }

    /// Uploads one after the other, as one.
    pub fn chain(parts: Vec<Self>) -> Self {
        Self {
            source: Source::Chain(parts.into()),
            length: None,
        }
    }

    /// Says how many bytes a stream has; without it, it is sent in chunks. If it has more or fewer
    /// after all, the call fails. It has no effect on what is in memory.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    /// The bytes, if they are in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// How many bytes there are, if that is known.
    pub(crate) fn known_length(&self) -> Option<u64> {
        match &self.source {
            Source::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Source::Chain(parts) => {
                let mut lengths = parts.iter().map(Self::known_length);
                let sum = lengths.try_fold(0, |sum: u64, length| sum.checked_add(length?));
                sum.or(self.length)
            }
            _ => self.length,
        }
    }

    /// Whether it can still be sent: what is read only once cannot after the first time.
    pub(crate) fn is_left(&self) -> bool {
        match &self.source {
            Source::Once(slot) => slot
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_some(),
            Source::Chain(parts) => parts.iter().all(Self::is_left),
            _ => true,
        }
    }

    /// A body of it; `None` if it is a stream that was sent before.
    pub(crate) fn open(&self) -> Option<Body> {
        let pieces = match &self.source {
            Source::Bytes(bytes) => return Some(Body::from(bytes.clone())),
            Source::Again(open) => open(),
            Source::Once(slot) => slot.lock().unwrap_or_else(PoisonError::into_inner).take()?,
            Source::Chain(parts) => {
                let bodies: Option<VecDeque<Body>> = parts.iter().map(Self::open).collect();
                Box::pin(Chain { bodies: bodies? })
            }
        };
        let length = self.known_length();
        let pieces = Measured::new(pieces, length);
        Some(Body {
            kind: Kind::Stream { pieces, length },
        })
    }
}

/// Bodies one after the other.
struct Chain {
    bodies: VecDeque<Body>,
}

impl Stream for Chain {
    type Item = Result<Bytes, UploadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(body) = self.bodies.front_mut() {
            match Pin::new(body).poll_next(context) {
                Poll::Ready(None) => drop(self.bodies.pop_front()),
                other => return other,
            }
        }
        Poll::Ready(None)
    }
}

impl<T: Into<Bytes>> From<T> for Upload {
    fn from(content: T) -> Self {
        Self {
            source: Source::Bytes(content.into()),
            length: None,
        }
    }
}

/// Shows the length but not the content.
impl fmt::Debug for Upload {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.source {
            Source::Bytes(_) => "bytes",
            Source::Again(_) => "stream",
            Source::Once(_) => "stream, once",
            Source::Chain(_) => "parts",
        };
        out.debug_struct("Upload")
            .field("kind", &kind)
            .field("bytes", &self.known_length())
            .finish()
    }
}
