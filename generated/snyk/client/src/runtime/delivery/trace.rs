//! Spans of `tracing`, with OpenTelemetry's names for HTTP clients. Without the feature `tracing`
//! there is nothing of it.
//!
//! A call is a span, and each request that is sent for it, attempts and redirects alike, a span in
//! it. That one ends when the answer has been read, or with its head if the body is handed out as
//! it arrives. Neither has a query, a header or a body: those may hold secrets.
//!
//! What `error.type` says: a status such as `503`, the word of a `TransportErrorKind`, such as
//! `timeout`, or `too_many_redirects`; of a call also `request` and `credential`, if it was not
//! sent.

use std::future::Future;
use std::time::Duration;

use url::Url;

use crate::runtime::delivery::attempt::Opened;
use crate::runtime::delivery::hook::{Attempt, Outcome};
use crate::runtime::reading::failure::Failure;
use crate::runtime::tables::operation::Operation;

/// A span, or nothing.
pub(crate) struct Span {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

/// The span of a call.
#[cfg_attr(
    not(feature = "tracing"),
    expect(unused_variables, reason = "there is nothing to tell it to")
)]
pub(crate) fn call(operation: &'static Operation) -> Span {
    Span {
        #[cfg(feature = "tracing")]
        span: tracing::info_span!(
            "call",
            otel.name = operation.id,
            otel.kind = "internal",
            otel.status_code = tracing::field::Empty,
            error.r#type = tracing::field::Empty,
            http.response.status_code = tracing::field::Empty,
        ),
    }
}

/// The span of a request, after as many others for the same call.
#[cfg_attr(
    not(feature = "tracing"),
    expect(unused_variables, reason = "there is nothing to tell it to")
)]
pub(crate) fn attempt(attempt: &Attempt<'_>, url: &Url, others: u32) -> Span {
    #[cfg(feature = "tracing")]
    let method = Method::of(attempt.method.as_str());
    Span {
        #[cfg(feature = "tracing")]
        span: tracing::info_span!(
            "attempt",
            otel.name = method.name,
            otel.kind = "client",
            otel.status_code = tracing::field::Empty,
            error.r#type = tracing::field::Empty,
            http.request.method = method.known,
            http.request.method_original = method.original,
            http.request.resend_count = (others > 0).then_some(others),
            http.response.status_code = tracing::field::Empty,
            server.address = host(url),
            server.port = url.port_or_known_default(),
            url.full = format!("{}{}", attempt.origin, attempt.path),
        ),
    }
}

/// Says that a request will be sent again.
#[cfg_attr(
    not(feature = "tracing"),
    expect(unused_variables, reason = "there is nothing to tell it to")
)]
pub(crate) fn retry(pause: Duration) {
    #[cfg(feature = "tracing")]
    tracing::debug!(?pause, "the request will be sent again");
}

#[cfg_attr(
    not(feature = "tracing"),
    expect(unused_variables, reason = "there is nothing to tell it to")
)]
impl Span {
    /// Of a request that nobody watches.
    pub(crate) const fn none() -> Self {
        Self {
            #[cfg(feature = "tracing")]
            span: tracing::Span::none(),
        }
    }

    /// Runs a future within the span.
    #[cfg(feature = "tracing")]
    pub(crate) async fn around<F: Future>(&self, future: F) -> F::Output {
        tracing::Instrument::instrument(future, self.span.clone()).await
    }

    /// Runs a future.
    #[cfg(not(feature = "tracing"))]
    pub(crate) fn around<F: Future>(&self, future: F) -> F {
        future
    }

    /// Notes how a request went, as far as the head of its answer says.
    pub(crate) fn ended(&self, outcome: &Outcome<'_>) {
        #[cfg(feature = "tracing")]
        match outcome {
            Outcome::Answer { status, .. } => self.answered(*status),
            Outcome::Failure { error, .. } => self.failed(error.kind().as_str()),
        }
    }

    /// Notes how a call went.
    pub(crate) fn settled(&self, outcome: &Result<Opened, Failure>) {
        #[cfg(feature = "tracing")]
        match outcome {
            Ok(opened) => self.answered(opened.head().status_code()),
            Err(failure) => {
                if let Some(answer) = &failure.response {
                    self.answered(answer.status_code());
                }
                self.failed(failure.word());
            }
        }
    }

    /// Notes that it failed, and with which kind of error.
    pub(crate) fn failed(&self, kind: &str) {
        #[cfg(feature = "tracing")]
        {
            self.span.record("error.type", kind);
            self.span.record("otel.status_code", "ERROR");
        }
    }

    #[cfg(feature = "tracing")]
    fn answered(&self, status: http::StatusCode) {
        self.span
            .record("http.response.status_code", status.as_u16());
        if status.is_client_error() || status.is_server_error() {
            self.failed(status.as_str());
        }
    }
}

/// A method as the conventions write it.
#[cfg(feature = "tracing")]
struct Method<'a> {
    name: &'a str,
    known: &'a str,
    original: Option<&'a str>,
}

#[cfg(feature = "tracing")]
impl<'a> Method<'a> {
    /// Only the methods of RFC 9110 and PATCH are known to the conventions.
    fn of(method: &'a str) -> Self {
        let known = matches!(
            method,
            "CONNECT" | "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT" | "TRACE"
        );
        match known {
            true => Self {
                name: method,
                known: method,
                original: None,
            },
            false => Self {
                name: "HTTP",
                known: "_OTHER",
                original: Some(method),
            },
        }
    }
}

/// The host; an address of IPv6 without its brackets.
#[cfg(feature = "tracing")]
fn host(url: &Url) -> Option<&str> {
    let host = url.host_str()?;
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    Some(bare.unwrap_or(host))
}
