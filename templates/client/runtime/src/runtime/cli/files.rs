//! What stands for content on the command line: text, `@file`, or `-` for standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::stop::Stop;
use crate::runtime::transport::body::{Upload, UploadError};

/// How much of a file is read at a time.
const PIECE: usize = 64 << 10;

/// The content as text, without the mark of the byte order that some editors write before it.
pub(super) fn text(said: &str) -> Result<String, Stop> {
    let mut text = String::new();
    match said.strip_prefix('@') {
        None if said == "-" => io::stdin().lock().read_to_string(&mut text),
        None => return Ok(said.to_owned()),
        Some("-") => io::stdin().lock().read_to_string(&mut text),
        Some(path) => File::open(path).and_then(|mut file| file.read_to_string(&mut text)),
    }
    .map_err(|error| unread(said, &error))?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

/// The content as it is. A file is read as it is sent, and anew if it is sent again; what can be
/// read but once, such as a pipe, is sent once.
pub(super) fn upload(said: &str) -> Result<Upload, Stop> {
    match said.strip_prefix('@') {
        None if said != "-" => Ok(said.to_owned().into()),
        Some(path) if path != "-" => file(path),
        _ => {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            read.map_err(|error| unread(said, &error))?;
            Ok(bytes.into())
        }
    }
}

/// The content of a file, and its name.
pub(super) fn named(said: &str) -> Result<(Upload, String), Stop> {
    let path = said.strip_prefix('@').unwrap_or(said);
    if path == "-" {
        return Ok((upload("-")?, "stdin".to_owned()));
    }
    let name = Path::new(path).file_name();
    let name = name.map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into());
    Ok((file(path)?, name))
}

fn file(path: &str) -> Result<Upload, Stop> {
    let open = || File::open(path).and_then(|file| Ok((file.metadata()?, file)));
    let (metadata, file) = open().map_err(|error| unread(path, &error))?;
    if metadata.is_dir() {
        return Err(Stop::usage(format!("`{path}` is a folder")));
    }
    if !metadata.is_file() {
        return Ok(Upload::once(Box::pin(Pieces(Some(Ok(file))))));
    }
    let again = PathBuf::from(path);
    let upload = Upload::stream(move || match File::open(&again) {
        Ok(file) => Box::pin(Pieces(Some(Ok(file)))),
        Err(error) => Box::pin(Pieces(Some(Err(error)))),
    });
    Ok(upload.length(metadata.len()))
}

fn unread(said: &str, error: &io::Error) -> Stop {
    Stop::usage(format!("`{said}` cannot be read: {error}"))
}

/// The pieces of a file; nothing else is done by this program while it waits for the disk.
struct Pieces(Option<io::Result<File>>);

impl Stream for Pieces {
    type Item = Result<Bytes, UploadError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut piece = vec![0; PIECE];
        let read = match self.0.take() {
            None => return Poll::Ready(None),
            Some(Err(error)) => Err(error),
            Some(Ok(mut file)) => {
                let read = file.read(&mut piece);
                self.0 = Some(Ok(file));
                read
            }
        };
        Poll::Ready(match read {
            Ok(0) => {
                self.0 = None;
                None
            }
            Ok(length) => {
                piece.truncate(length);
                Some(Ok(piece.into()))
            }
            Err(error) => {
                self.0 = None;
                Some(Err(error.into()))
            }
        })
    }
}
