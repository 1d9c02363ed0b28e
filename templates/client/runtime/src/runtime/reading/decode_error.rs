//! Why a body could not be read as what the description says it is.

use std::error::Error;
use std::fmt;

/// A body that does not fit the description.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use sdkwright_runtime::{HeaderMap, RawResponse, StatusCode, response};
///
/// let answer = RawResponse::new(StatusCode::OK, HeaderMap::new(), r#"{"a": 1, "b": "2"}"#);
/// let error = response::json::<BTreeMap<String, u8>>(&answer).unwrap_err();
/// assert_eq!(error.path(), Some("b"));
/// println!("{error}");
/// ```
#[derive(Debug)]
pub struct DecodeError {
    path: Option<String>,
    source: Box<dyn Error + Send + Sync>,
    #[cfg(feature = "strict")]
    drifts: Vec<crate::runtime::drift::Drift>,
}

impl DecodeError {
    /// A body that does not fit as a whole.
    pub fn new(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            path: None,
            source: source.into(),
            #[cfg(feature = "strict")]
            drifts: Vec::new(),
        }
    }

    /// A JSON body that does not fit at this place, such as `items[0].role`.
    pub fn at(path: impl Into<String>, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            path: Some(path.into()),
            source: source.into(),
            #[cfg(feature = "strict")]
            drifts: Vec::new(),
        }
    }

    /// A body that fits but differs from the description.
    #[cfg(feature = "strict")]
    pub(crate) fn drifted(drifts: Vec<crate::runtime::drift::Drift>) -> Self {
        let all: Vec<String> = drifts.iter().map(ToString::to_string).collect();
        Self {
            path: None,
            source: all.join("; ").into(),
            drifts,
        }
    }

    /// All differences from the description that a strict client found; empty if the body could
    /// not be read.
    #[cfg(feature = "strict")]
    pub fn drifts(&self) -> &[crate::runtime::drift::Drift] {
        &self.drifts
    }

    /// The place in a JSON body where decoding stopped, such as `items[0].role`; `None` if it
    /// was the body as a whole.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(out, "at `{path}`: ")?;
        }
        write!(out, "{}", self.source)
    }
}

impl Error for DecodeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}
