//! Waiting for what is read as it arrives: events, values, the pieces of a body.

use std::io;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::waiting::Awaited;
use super::{Waiting, wait};
use crate::runtime::reading::error::{ApiError, Error};
use crate::runtime::streams::download::{Download, Opening};
use crate::runtime::streams::events::{Event, Events, SequenceError};
use crate::runtime::streams::values::Values;
use crate::runtime::transport::{TransportError, TransportErrorKind};

fn unable(why: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::Runtime, why)
}

impl<T: Send + 'static, E: ApiError> Opening<T, E> {
    /// Sends the call and waits until the body of the answer begins.
    ///
    /// # Errors
    /// As when it is awaited, and where the work itself is done.
    pub fn wait(self) -> Result<T, Error<E>> {
        wait(self.operation_id(), self)
    }
}

impl<T: Send + 'static> Events<T> {
    /// The events as an iterator that waits for each.
    pub fn wait(self) -> impl Iterator<Item = Result<Event<T>, SequenceError>> {
        Waiting::new(self)
    }
}

impl<T> Awaited for Events<T> {
    fn unable(&self, why: &'static str) -> Self::Item {
        Err(SequenceError::Transport(unable(why)))
    }
}

impl<T: DeserializeOwned + Send + 'static> Values<T> {
    /// The values as an iterator that waits for each.
    pub fn wait(self) -> impl Iterator<Item = Result<T, SequenceError>> {
        Waiting::new(self)
    }
}

impl<T: DeserializeOwned> Awaited for Values<T> {
    fn unable(&self, why: &'static str) -> Self::Item {
        Err(SequenceError::Transport(unable(why)))
    }
}

impl Download {
    /// The body as a reader that waits for each piece.
    pub fn wait(self) -> Reader {
        Reader {
            pieces: Waiting::new(self),
            piece: Bytes::new(),
        }
    }
}

impl Awaited for Download {
    fn unable(&self, why: &'static str) -> Self::Item {
        Err(unable(why))
    }
}

/// A body that is read as it arrives.
///
/// ```
/// use std::io::{self, Read};
///
/// use losant_invites::runtime::Download;
///
/// /// A body as text, in a program without `async`.
/// fn text(download: Download) -> io::Result<String> {
///     let mut text = String::new();
///     download.wait().read_to_string(&mut text)?;
///     Ok(text)
/// }
/// ```
#[derive(Debug)]
pub struct Reader {
    pieces: Waiting<Download>,
    piece: Bytes,
}

impl io::Read for Reader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.pieces.next() {
                Some(piece) => self.piece = piece.map_err(broken)?,
                None => return Ok(0),
            }
        }
        let some = self.piece.split_to(into.len().min(self.piece.len()));
        io::Read::read(&mut &some[..], into)
    }
}

fn broken(error: TransportError) -> io::Error {
    use crate::runtime::transport::TransportErrorKind::Timeout;
    let kind = match error.kind() {
        Timeout => io::ErrorKind::TimedOut,
        _ => io::ErrorKind::ConnectionAborted,
    };
    io::Error::new(kind, error)
}
