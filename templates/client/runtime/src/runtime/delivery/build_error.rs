//! Why a client could not be made.

use std::error::Error;
use std::fmt;

/// Why a client could not be made. The message names the setting that is at fault.
///
/// ```
/// # use sdkwright_runtime::{Api, CoreBuilder};
/// use sdkwright_runtime::BuildError;
///
/// /// For a program that reads its settings from a file.
/// fn advice(error: &BuildError) -> String {
///     format!("look at the settings: {error}")
/// }
///
/// # static API: Api = Api {
/// #     name: "example",
/// #     version: "1",
/// #     servers: &[],
/// #     schemes: &[],
/// #     parameters: &[],
/// #     request_id_headers: &[],
/// # };
/// # let mut builder = CoreBuilder::new(&API);
/// # builder.base_url("ftp://example.com");
/// # let error = builder.build().unwrap_err();
/// # assert!(advice(&error).contains("https://"), "{error}");
/// ```
#[derive(Debug)]
pub struct BuildError {
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl BuildError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn caused(
        message: impl Into<String>,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self {
            message: message.into(),
            source: Some(source.into()),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn Error + 'static))
    }
}
