//! Waiting for what is read as it arrives: events, values, the pieces of a body.

use std::io;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::{Waiting, no_thread, run};
use crate::runtime::reading::error::{ApiError, Error};
use crate::runtime::streams::download::{Download, Opening};
use crate::runtime::streams::events::{Event, Events, SequenceError};
use crate::runtime::streams::values::Values;
use crate::runtime::transport::TransportError;

impl<T: Send + 'static, E: ApiError> Opening<T, E> {
    /// Sends the call and waits until the body of the answer begins.
    ///
    /// # Errors
    /// As when it is awaited.
    pub fn wait(self) -> Result<T, Error<E>> {
        let operation = self.operation_id();
        run(self).unwrap_or_else(|| Err(no_thread(operation)))
    }
}

impl<T: Send + 'static> Events<T> {
    /// The events as an iterator that waits for each.
    pub fn wait(self) -> impl Iterator<Item = Result<Event<T>, SequenceError>> {
        Waiting::new(self)
    }
}

impl<T: DeserializeOwned + Send + 'static> Values<T> {
    /// The values as an iterator that waits for each.
    pub fn wait(self) -> impl Iterator<Item = Result<T, SequenceError>> {
        Waiting::new(self)
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

/// A body that is read as it arrives.
///
/// ```
/// use std::io::{self, Read};
///
/// use sdkwright_runtime::Download;
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
