//! The description that a command takes, and what it may lead to.

use std::path::PathBuf;

use crate::config::HostName;
use crate::pipeline::Network;

/// A description.
#[derive(Debug, clap::Args)]
pub(super) struct Described {
    /// The OpenAPI description, YAML or JSON: a file or a URL
    #[arg(value_name = "SPEC")]
    pub(super) spec: PathBuf,

    /// Follow references to this host; may be given more than once
    #[arg(long, value_name = "HOST", value_parser = |text: &str| HostName::parse(text))]
    network: Vec<HostName>,
}

impl Described {
    /// The hosts that references may lead to.
    pub(super) fn network(&self) -> Network {
        Network::allowing(self.network.iter().cloned())
    }
}
