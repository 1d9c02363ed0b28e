//! The crate with every name, path, type and direction decided.

mod actions;
mod bodies;
mod commands;
mod headers;
mod limits;
mod pages;
mod servers;
mod types;

pub(super) use actions::{
    AccessPlan, ActionPlan, Argument, ParameterPlan, ResourcePlan, SegmentPlan, StreamPlan, WayPlan,
};
pub(super) use bodies::{
    AnswerVariant, AnswersPlan, BodyContent, BodyPlan, BodyWay, ContentPlan, EventData,
    EventVariant, EventsPlan, FieldStyle, FormPlan, PartKind, PartPlan,
};
pub(super) use commands::{CommandGroupPlan, CommandLinePlan, CommandPlan, FlagKind, FlagPlan};
pub(super) use headers::{HeaderForm, HeaderPlan, HeadersPlan};
pub(super) use limits::{ActionLimits, InsidePlan, LimitPlan, LimitedPlan};
pub(super) use pages::{Holds, PageField, PageVariant, PagesPlan};
pub(super) use servers::{ServerChoice, ServerPlan, ServerVariablePlan};
pub(super) use types::{
    FieldPlan, ItemPlan, Named, Note, ObjectRule, RecordPlan, Rule, TuplePlan, Ty, TypeKind,
    TypePlan, UnionVariant, ValueVariant, VariantPlan, WholeVariant,
};

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Package, SharedRuntime};
use crate::ir::SchemeKind;
use crate::naming;

/// A client crate.
#[derive(Clone, Debug, Serialize)]
pub struct CratePlan {
    /// The crate's name: `losant-invites`.
    pub name: String,
    /// The crate's version.
    pub version: String,
    /// The crate's licence, if it is known.
    pub license: Option<String>,
    /// What else its `Cargo.toml` says for crates.io.
    pub package: Package,
    /// The API's title.
    pub title: String,
    /// The API's version.
    pub api_version: String,
    /// What the API is.
    pub docs: Option<String>,
    /// The description, for the first line of each file.
    pub source: String,
    /// The client and its settings.
    pub client: ClientPlan,
    /// The types that belong to no single resource; the group of `types` itself first.
    pub types: Vec<TypeGroup>,
    /// A module for each resource.
    pub resources: Vec<ResourcePlan>,
    /// The modules of the runtime that it has only for what some formats are held as.
    pub formats: BTreeSet<&'static str>,
    /// The runtime that it shares with other clients; without it, it has a copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime: Option<SharedRuntime>,
    /// The table of limits; empty if calls are not checked.
    pub limits: Vec<LimitedPlan>,
    /// The command line.
    pub command_line: CommandLinePlan,
    /// A first call, whole: making a client and using it.
    pub first_call: Option<String>,
    /// A first command of the command line.
    pub first_command: Option<String>,
}

impl CratePlan {
    /// What the API is called within a sentence: `the Losant API`.
    pub(super) fn api(&self) -> String {
        naming::with_article(&self.title)
    }

    /// Whether resources are features, which small crates do without.
    pub(super) fn has_features(&self) -> bool {
        self.resources
            .iter()
            .any(|resource| resource.feature.is_some())
    }
}

/// The client and its settings.
#[derive(Clone, Debug, Serialize)]
pub struct ClientPlan {
    /// The servers; the first is talked to unless told otherwise.
    pub servers: Vec<ServerPlan>,
    /// The variables of these, and of the servers that actions have of their own.
    pub server_variables: Vec<ServerVariablePlan>,
    /// The credentials, in the order of the API's schemes.
    pub schemes: Vec<SchemePlan>,
    /// The parameters that are set once.
    pub parameters: Vec<ParameterPlan>,
    /// Headers that name a request.
    pub request_id_headers: Vec<String>,
}

/// A credential.
#[derive(Clone, Debug, Serialize)]
pub struct SchemePlan {
    /// Its key in the description.
    pub key: String,
    /// The setter: `access_token`.
    pub setter: String,
    /// What it is.
    pub docs: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// What is sent.
    pub kind: CredentialKind,
    /// What the description says of that.
    pub said: SchemeKind,
    /// The setter of a source of tokens: `access_token_provider`; a password has none.
    pub provider: Option<String>,
    /// The setters that get tokens of OAuth 2.0.
    pub grants: Vec<GrantPlan>,
}

/// A setter that gets tokens of OAuth 2.0.
#[derive(Clone, Debug, Serialize)]
pub struct GrantPlan {
    /// Its name: `access_token_client_credentials`.
    pub setter: String,
    /// Whether it is for the program itself, or for a user who agreed earlier.
    pub kind: GrantKind,
    /// Where tokens are handed out.
    pub token_url: String,
}

/// What is given for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum GrantKind {
    /// The client's id and secret (RFC 6749, section 4.4).
    ClientCredentials,
    /// A refresh token (RFC 6749, section 6).
    RefreshToken,
}

/// What a credential sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum CredentialKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`, of a user name and a password.
    Basic,
    /// A header, with text before the secret.
    Header {
        /// Its name.
        name: String,
        /// Before the secret.
        prefix: String,
    },
    /// A query parameter.
    Query(String),
    /// A cookie.
    Cookie(String),
}

/// Types that stand in one file.
#[derive(Clone, Debug, Serialize)]
pub struct TypeGroup {
    /// The module below `types`; `None`: `types` itself.
    pub module: Option<String>,
    /// The features any one of which needs them; empty: they are always compiled.
    pub features: Vec<String>,
    /// The types, in order of name.
    pub types: Vec<TypePlan>,
}
