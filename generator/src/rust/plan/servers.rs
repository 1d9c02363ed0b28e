//! Where an API is, and how a caller chooses.

use serde::Serialize;

use super::VariantPlan;

/// A server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServerPlan {
    /// The variant of the enum `Server`.
    pub variant: String,
    /// The URL, with variables in braces.
    pub url: String,
    /// What it is for.
    pub docs: Option<String>,
    /// The variables and their defaults.
    pub variables: Vec<(String, String)>,
}

/// A variable in the URLs of servers.
#[derive(Clone, Debug, Serialize)]
pub struct ServerVariablePlan {
    /// Its name in the URL.
    pub wire: String,
    /// The setter: `region`.
    pub setter: String,
    /// What it is.
    pub docs: Option<String>,
    /// What stands for it unless it is set.
    pub default: String,
    /// The enum of what it can be; `None`: any text.
    pub choice: Option<ServerChoice>,
}

/// What a variable can be.
#[derive(Clone, Debug, Serialize)]
pub struct ServerChoice {
    /// The enum: `Region`.
    pub name: String,
    /// Its variants.
    pub variants: Vec<VariantPlan>,
}
