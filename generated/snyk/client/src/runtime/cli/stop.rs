//! Why a command ends before its work is done, and with which exit status.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::runtime::delivery::build_error::BuildError;
use crate::runtime::reading::decode_error::DecodeError;
use crate::runtime::reading::error::{ApiError, Error};
use crate::runtime::reading::response::RawResponse;
use crate::runtime::streams::events::SequenceError;
use crate::runtime::transport::TransportError;

/// What the API answered with is an error, or an answer that cannot be used.
const API: u8 = 1;
/// The command line or the environment is wrong; nothing was sent.
const USAGE: u8 = 2;
/// No answer: no connection, or not in time.
const CONNECTION: u8 = 3;

/// The errors of an action as this program sees them: by status, whatever their type.
#[derive(Debug)]
pub(super) struct Refusal;

impl ApiError for Refusal {
    fn decode(_: &RawResponse) -> Result<Option<Self>, DecodeError> {
        Ok(None)
    }
}

/// Why a command ends.
#[derive(Debug)]
pub(super) enum Stop {
    /// What clap says: help that was asked for, or a wrong argument.
    Said(clap::Error),
    /// Whoever reads the output wants no more of it.
    Unread,
    /// Something to tell, with the exit status.
    Because(u8, Vec<String>),
}

impl Stop {
    /// The command line or the environment is wrong.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::Because(USAGE, vec![message.into()])
    }

    /// The answer cannot be used.
    pub(super) fn answer(message: impl Into<String>) -> Self {
        Self::Because(API, vec![message.into()])
    }

    /// A call that failed; `hint` is what to do if the server refused the credential, and `whole`
    /// whether the body of the answer is wanted.
    pub(super) fn call(error: &Error<Refusal>, hint: Option<String>, whole: bool) -> Self {
        let lost = error.is_connect() || error.is_timeout() || error.is_interrupted();
        let status = match error {
            _ if lost || error.is_body() => CONNECTION,
            _ if error.is_request() => USAGE,
            _ => API,
        };
        let mut lines = vec![with_sources(error)];
        lines.extend(error.request_id().map(|id| format!("request id: {id}")));
        if error.status().is_some_and(|status| status.as_u16() == 401) {
            lines.extend(hint);
        }
        if whole {
            lines.extend(error.body_text().map(|body| format!("body: {body}")));
        }
        Self::Because(status, lines)
    }

    /// Says why on standard error; the status to exit with.
    pub(super) fn report(self) -> ExitCode {
        match self {
            Self::Said(error) => {
                // Nothing can be said if that fails.
                let _ = error.print();
                ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(USAGE))
            }
            Self::Unread => ExitCode::SUCCESS,
            Self::Because(status, lines) => {
                let mut lines = lines.iter().map(|line| printable(line));
                tell(&format!("error: {}", lines.next().unwrap_or_default()));
                for line in lines {
                    tell(&format!("  {line}"));
                }
                ExitCode::from(status)
            }
        }
    }
}

/// An error and what caused it, on one line. Messages that repeat their cause end there.
fn with_sources(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let cause = error.to_string();
        if !text.contains(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
        source = error.source();
    }
    text
}

/// Writes a line to standard error. If nobody reads that, there is nobody else to tell.
pub(super) fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Text of a server without what a terminal would take for orders.
pub(super) fn printable(text: &str) -> String {
    let harmless = |letter: char| match letter {
        '\n' | '\t' => letter,
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    };
    text.chars().map(harmless).collect()
}

impl From<clap::Error> for Stop {
    fn from(error: clap::Error) -> Self {
        Self::Said(error)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Unread,
            _ => Self::answer(format!("the answer cannot be written: {error}")),
        }
    }
}

impl From<BuildError> for Stop {
    fn from(error: BuildError) -> Self {
        Self::usage(with_sources(&error))
    }
}

impl From<TransportError> for Stop {
    fn from(error: TransportError) -> Self {
        Self::Because(CONNECTION, vec![with_sources(&error)])
    }
}

impl From<SequenceError> for Stop {
    fn from(error: SequenceError) -> Self {
        match error {
            SequenceError::Transport(error) => error.into(),
            SequenceError::Decode(error) => Self::answer(with_sources(&error)),
            lost @ SequenceError::Reconnect(_) => {
                Self::Because(CONNECTION, vec![with_sources(&lost)])
            }
        }
    }
}
