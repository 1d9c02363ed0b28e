//! `sdkwright.yaml`: which description makes which crate and which docs.
//!
//! ```yaml
//! out: generated                  # where to; this is the default
//! templates: templates            # templates of one's own; this is the default, if it is there
//! runtime: { name: acme-runtime } # a crate that the clients share; without it, each has a copy
//! apis:
//!   losant:
//!     description: spec/losant/openapi.yaml
//!     client: { name: losant-invites, version: 0.1.0, checks: true }   # all have defaults
//!     docs: [js-await, rest]
//!     network: [schemas.example.com]                     # hosts that `$ref`s may lead to
//!     only: { tags: [orgs], paths: ['/instances/**'], operations: [instance.get] }
//!     except: { operations: [orgs.delete] }
//! ```
//!
//! Paths count from the folder of the file.

mod doc_formats;
mod file;
mod package;
mod values;

use std::path::PathBuf;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::formats::Formats;

pub use file::{ConfigFile, FILE_NAME, load};
pub use package::{AtMostFive, Category, Keyword, License, PageUrl};
pub use values::{ApiName, CrateName, CrateVersion, Format, FormatChoice, HostName};

/// What `sdkwright.yaml` says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The folder that everything is written to.
    #[serde(default = "default_out")]
    pub out: PathBuf,
    /// The folder of a user's templates; without it, `templates` if that has any.
    #[serde(default)]
    pub templates: Option<PathBuf>,
    /// The runtime that the clients share; without it, each has a copy.
    #[serde(default)]
    pub runtime: Option<RuntimeConfig>,
    /// The APIs, in order of the file.
    pub apis: IndexMap<ApiName, ApiConfig>,
}

/// What the crate is called that all clients share.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuntimeConfig {
    /// The crate's name, and that of its folder.
    pub name: CrateName,
    /// The crate's version.
    #[serde(default)]
    pub version: CrateVersion,
    /// The crate's licence, an SPDX expression; without one, none is stated.
    #[serde(default)]
    pub license: Option<License>,
    /// Where the crate's source is.
    #[serde(default)]
    pub repository: Option<PageUrl>,
}

/// What is made from one description.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiConfig {
    /// The description, as the file says it: a path or a URL.
    pub description: PathBuf,
    /// The client crate.
    #[serde(default)]
    pub client: ClientConfig,
    /// The formats of docs.
    #[serde(default)]
    pub docs: Vec<Format>,
    /// The hosts that references may lead to.
    #[serde(default)]
    pub network: Vec<HostName>,
    /// The operations to keep; all if nothing is said.
    #[serde(default)]
    pub only: OperationNames,
    /// The operations to leave out.
    #[serde(default)]
    pub except: OperationNames,
}

/// Names of operations, any one of which is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationNames {
    /// Tags or resources.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Paths; `*` is any text without a slash, `**` any text.
    #[serde(default)]
    pub paths: Vec<String>,
    /// Each an `operationId`, or `resource.action`.
    #[serde(default)]
    pub operations: Vec<String>,
}

/// What a client crate is called and made of, and what it does beyond sending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientConfig {
    /// The crate's name; without one, the API's title in kebab case.
    #[serde(default)]
    pub name: Option<CrateName>,
    /// The crate's version.
    #[serde(default)]
    pub version: CrateVersion,
    /// The crate's licence, an SPDX expression; without one, none is stated.
    #[serde(default)]
    pub license: Option<License>,
    /// What the crate is, in a sentence; without one, the first of the API's description.
    #[serde(default)]
    pub about: Option<String>,
    /// Where the crate's source is.
    #[serde(default)]
    pub repository: Option<PageUrl>,
    /// Where the crate is introduced.
    #[serde(default)]
    pub homepage: Option<PageUrl>,
    /// Where the crate's docs are; without it, crates.io leads to docs.rs.
    #[serde(default)]
    pub documentation: Option<PageUrl>,
    /// Words under which crates.io finds the crate.
    #[serde(default)]
    pub keywords: AtMostFive<Keyword>,
    /// The shelves of crates.io that the crate stands on.
    #[serde(default)]
    pub categories: AtMostFive<Category>,
    /// What the values of formats are held as, where not as usual.
    #[serde(default)]
    pub formats: Formats,
    /// Whether calls are held against the description's bounds, lengths and patterns before they
    /// are sent.
    #[serde(default)]
    pub checks: bool,
}

impl ApiConfig {
    /// Whether the description is fetched over the network, and is no path.
    #[must_use]
    pub fn is_fetched(&self) -> bool {
        let schemes = ["https:", "http:"];
        self.description
            .to_str()
            .is_some_and(|text| schemes.iter().any(|scheme| text.starts_with(scheme)))
    }
}

fn default_out() -> PathBuf {
    PathBuf::from("generated")
}
