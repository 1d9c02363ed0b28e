//! Answers that are JSON values one after the other (NDJSON, RFC 7464).

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::runtime::reading::decode_error::DecodeError;
use crate::runtime::reading::json_text;
use crate::runtime::streams::download::Download;
use crate::runtime::streams::events::SequenceError;
use crate::runtime::streams::lines::Lines;

/// JSON values as they arrive, each on a line of its own or a record of `application/json-seq`,
/// which may have many lines. No value may be larger than what the client takes into memory.
///
/// ```
/// # use std::error::Error;
/// # use sdkwright_runtime::*;
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
/// use sdkwright_runtime::Values;
///
/// /// The sum of what comes.
/// async fn sum(mut values: Values<u64>) -> Result<u64, Box<dyn std::error::Error>> {
///     let mut sum = 0;
///     while let Some(value) = values.next().await {
///         sum += value?;
///     }
///     Ok(sum)
/// }
///
/// # #[cfg(feature = "test-util")]
/// # fn run() -> Result<(), Box<dyn Error>> {
/// #     let fake = Fake::new();
/// #     let watch = Expected::<Values<u64>, Never>::new(&WATCH, None, "{}");
/// #     fake.expect(watch.answers_bytes(200, "application/x-ndjson", "1\n1\n"));
/// #     let mut builder = CoreBuilder::new(&API);
/// #     builder.transport(fake);
/// #     let call = builder.build()?.call(&WATCH);
/// #     let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// #     let seen = runtime.block_on(async { sum(call.open::<_, Never>(Values::<u64>::of).await?).await })?;
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
            lines: Lines::of_values(download),
            values: PhantomData,
        }
    }

    /// The next value; `None` at the end.
    ///
    /// # Errors
    /// If the connection breaks, the time is up, or a value is too large, after which none come; if
    /// a value does not fit.
    #[inline]
    pub async fn next(&mut self) -> Option<Result<T, SequenceError>> {
        poll_fn(|context| self.poll_value(context)).await
    }

    #[inline]
    fn poll_value(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, SequenceError>>> {
        loop {
            let line = match ready!(self.lines.poll_line(0, context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(SequenceError::Transport(error))));
                }
                Some(Ok(line)) => line,
            };
            let text = json_text::unmarked(&line.text).trim_ascii();
            if !text.is_empty() {
                let value = match self.lines.is_cut(&line) {
                    true => Err(DecodeError::new("it may have been cut off")),
                    false => json_text::decode(text),
                };
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
