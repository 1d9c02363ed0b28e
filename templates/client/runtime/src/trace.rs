//! Spans of `tracing`, with OpenTelemetry's names for HTTP clients. Without the feature `tracing`
//! there is nothing of it.
//!
//! A call is a span, and each attempt a span in it. Neither has a query, a header or a body: those
//! may hold secrets.

use std::future::Future;
use std::time::Duration;

use super::hook::{Attempt, Outcome};
use super::operation::Operation;

/// A span, or nothing.
pub(super) struct Span {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

/// The span of a call.
#[cfg_attr(
    not(feature = "tracing"),
    expect(unused_variables, reason = "there is nothing to tell it to")
)]
pub(super) fn call(operation: &'static Operation) -> Span {
    Span {
        #[cfg(feature = "tracing")]
        span: tracing::info_span!(
            "call",
            otel.name = operation.id,
            otel.kind = "internal",
            http.request.method = operation.method,
        ),
    }
}

/// The span of an attempt. A method of one's own is `_OTHER` by the conventions; descriptions
/// have none.
#[cfg_attr(
    not(feature = "tracing"),
    expect(unused_variables, reason = "there is nothing to tell it to")
)]
pub(super) fn attempt(attempt: &Attempt<'_>) -> Span {
    Span {
        #[cfg(feature = "tracing")]
        span: tracing::info_span!(
            "attempt",
            otel.name = attempt.method.as_str(),
            otel.kind = "client",
            otel.status_code = tracing::field::Empty,
            error.r#type = tracing::field::Empty,
            http.request.method = attempt.method.as_str(),
            http.request.resend_count = (attempt.number > 1).then_some(attempt.number - 1),
            http.response.status_code = tracing::field::Empty,
            server.address = host(attempt.origin),
            server.port = port(attempt.origin),
            url.full = format!("{}{}", attempt.origin, attempt.path),
        ),
    }
}

/// Says that a request will be sent again.
#[cfg_attr(
    not(feature = "tracing"),
    expect(unused_variables, reason = "there is nothing to tell it to")
)]
pub(super) fn retry(pause: Duration) {
    #[cfg(feature = "tracing")]
    tracing::debug!(?pause, "the request will be sent again");
}

impl Span {
    /// Runs a future within the span.
    #[cfg(feature = "tracing")]
    pub(super) async fn around<F: Future>(&self, future: F) -> F::Output {
        tracing::Instrument::instrument(future, self.span.clone()).await
    }

    /// Runs a future.
    #[cfg(not(feature = "tracing"))]
    pub(super) fn around<F: Future>(&self, future: F) -> F {
        future
    }

    /// Notes how an attempt went.
    #[cfg_attr(
        not(feature = "tracing"),
        expect(unused_variables, reason = "there is nothing to tell it to")
    )]
    pub(super) fn ended(&self, outcome: &Outcome<'_>) {
        #[cfg(feature = "tracing")]
        match outcome {
            Outcome::Answer { status, .. } => {
                self.span
                    .record("http.response.status_code", status.as_u16());
                if status.is_client_error() || status.is_server_error() {
                    self.span.record("error.type", status.as_str());
                    self.span.record("otel.status_code", "ERROR");
                }
            }
            Outcome::Failure { error, .. } => {
                self.span.record("error.type", error.kind().as_str());
                self.span.record("otel.status_code", "ERROR");
            }
        }
    }
}

#[cfg(feature = "tracing")]
fn host(origin: &str) -> Option<String> {
    let url = url::Url::parse(origin).ok()?;
    url.host_str().map(str::to_owned)
}

#[cfg(feature = "tracing")]
fn port(origin: &str) -> Option<u16> {
    url::Url::parse(origin).ok()?.port_or_known_default()
}
