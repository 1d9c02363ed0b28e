//! Why a call failed, without the type of its documented errors, so that there is one of it.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use crate::runtime::credentials::token::TokenError;
use crate::runtime::reading::decode_error::DecodeError;
use crate::runtime::reading::response::RawResponse;
use crate::runtime::transport::TransportError;

/// Why a call failed. It is one word, because each step of a call hands on an outcome that may be
/// this, and mostly is not.
#[derive(Debug)]
pub(crate) struct Failure(Box<Facts>);

/// What there is to say of a failure, and the answer if there was one.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) kind: FailureKind,
    pub(crate) response: Option<Box<RawResponse>>,
    /// How often the request was sent.
    pub(crate) attempts: u32,
}

/// The kinds of failure.
#[derive(Debug)]
pub(crate) enum FailureKind {
    /// Refused before it was sent; the message says why.
    Request(String),
    /// No token for it.
    Credential(TokenError),
    /// No complete answer from this origin.
    Transport(String, TransportError),
    /// A documented error.
    Api,
    /// A body that does not fit.
    Decode(DecodeError),
    /// A status that is not in the description.
    Undocumented,
    #[cfg(feature = "pages")]
    /// A link to the next page that cannot be followed; the message says why.
    NextLink(String),
}

impl Deref for Failure {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.0
    }
}

impl DerefMut for Failure {
    fn deref_mut(&mut self) -> &mut Facts {
        &mut self.0
    }
}

impl Failure {
    /// Without an answer.
    #[cold]
    fn new(kind: FailureKind) -> Self {
        Self(Box::new(Facts {
            kind,
            response: None,
            attempts: 0,
        }))
    }

    /// A call refused before it was sent.
    #[cold]
    pub(crate) fn request(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Request(message.into()))
    }

    #[cfg(feature = "pages")]
    /// A link to the next page that cannot be followed.
    #[cold]
    pub(crate) fn next_link(message: impl Into<String>) -> Self {
        Self::new(FailureKind::NextLink(message.into()))
    }

    /// A call for which no token could be had.
    #[cold]
    pub(crate) fn credential(error: TokenError) -> Self {
        Self::new(FailureKind::Credential(error))
    }

    /// Whether anything was sent.
    pub(crate) fn was_sent(&self) -> bool {
        !matches!(
            self.kind,
            FailureKind::Request(_) | FailureKind::Credential(_)
        )
    }

    /// How long the source of tokens asked to be left alone.
    pub(crate) fn asked(&self) -> Option<Duration> {
        match &self.kind {
            FailureKind::Credential(error) => error.asked(),
            _ => None,
        }
    }

    /// A word for it, for logs and metrics.
    #[cfg(feature = "tracing")]
    pub(crate) fn word(&self) -> &'static str {
        match &self.kind {
            FailureKind::Request(_) => "request",
            FailureKind::Credential(_) => "credential",
            FailureKind::Transport(_, error) => error.kind().as_str(),
            FailureKind::Api | FailureKind::Undocumented => "status",
            FailureKind::Decode(_) => "decode",
            #[cfg(feature = "pages")]
            FailureKind::NextLink(_) => "next_link",
        }
    }

    /// No complete answer.
    #[cold]
    pub(crate) fn transport(origin: String, error: TransportError) -> Self {
        Self::new(FailureKind::Transport(origin, error))
    }

    /// An answer that is not a success, or does not fit.
    #[cold]
    pub(crate) fn answer(kind: FailureKind, response: Box<RawResponse>) -> Self {
        let attempts = response.attempts();
        Self(Box::new(Facts {
            kind,
            response: Some(response),
            attempts,
        }))
    }
}
