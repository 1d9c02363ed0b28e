//! What the API is: resources, their operations, the types they speak.
//!
//! Independent of the version and the spelling of the description: every reference is followed,
//! every inheritance of OpenAPI (path item → operation, document → operation) is applied, and
//! everything keeps the order of the source. Types are referred to by [`TypeId`], operations by
//! [`OperationId`]; each node keeps the place ([`At`](crate::diagnostic::At)) it came from.

mod access;
mod constraints;
mod operation;
mod pagination;
mod rules;
mod sample;
mod schema_doc;
mod security;
mod types;

pub use access::{Access, Need, Way};
pub use constraints::Constraints;
pub use operation::{
    Body, Callback, Encoding, EventKind, Header, MediaType, Method, NamedExample, Operation,
    Parameter, PathPart, Place, Response, Scope, Status, Style, Visibility,
};
pub use pagination::{
    DeclaredPagination, NextPage, PageKind, PageSize, Pagination, SaidPagination,
};
pub use rules::Rules;
pub use sample::{RustAction, RustActions};
pub use schema_doc::SchemaDoc;
pub use security::{Flow, FlowKind, Requirement, RequirementPart, Scheme, SchemeId, SchemeKind};
pub use types::{
    Direction, EnumValue, Field, Record, Rest, Shape, Tuple, Type, TypeId, TypeWord, Types, Union,
};

use serde::Serialize;

/// An API, whole.
#[derive(Clone, Debug, Serialize)]
pub struct Api {
    /// `info.title`
    pub title: String,
    /// `info.version`
    pub version: String,
    /// `info.summary` or `info.description`, as CommonMark.
    pub description: Option<String>,
    /// Where it can be reached, the first one by default. Empty if the description names none.
    pub servers: Vec<Server>,
    /// How a caller can identify itself, in source order.
    pub schemes: Vec<Scheme>,
    /// The resources, in order of their first operation.
    pub resources: Vec<Resource>,
    /// Every type, of components and inline.
    pub types: Types,
    /// The documented schemas (`components.schemas`), in source order.
    pub schemas: Vec<SchemaDoc>,
    /// What the server sends to whoever listens.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<Callback>,
}

/// A server's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Server {
    /// The URL without a slash at its end, its variables replaced by their defaults.
    pub url: String,
    /// The same with its variables in braces.
    pub template: String,
    /// What it is called.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The variables, in source order.
    pub variables: Vec<ServerVariable>,
}

/// A part of a server's URL that a caller chooses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServerVariable {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// What it can be; empty: any text.
    pub values: Vec<String>,
    /// What stands for it unless a caller says otherwise.
    pub default: String,
}

/// A group of operations that belong together: a page of docs, a module of a client.
#[derive(Clone, Debug, Serialize)]
pub struct Resource {
    /// Its key as the description spells it: `instanceOrgInvite`.
    pub key: String,
    /// The description of the tag that it follows.
    pub description: Option<String>,
    /// Its operations, in source order.
    pub operations: Vec<Operation>,
}

/// An operation, by its place in [`Api::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct OperationId {
    /// The resource's index.
    pub resource: usize,
    /// The operation's index in the resource.
    pub operation: usize,
}

impl Api {
    /// Every operation with its id and its resource.
    pub fn operations(&self) -> impl Iterator<Item = (OperationId, &Resource, &Operation)> {
        self.resources
            .iter()
            .enumerate()
            .flat_map(|(resource, group)| {
                group
                    .operations
                    .iter()
                    .enumerate()
                    .map(move |(operation, each)| {
                        (
                            OperationId {
                                resource,
                                operation,
                            },
                            group,
                            each,
                        )
                    })
            })
    }

    /// The security scheme of an id.
    #[must_use]
    pub fn scheme(&self, id: SchemeId) -> &Scheme {
        &self.schemes[id.0]
    }
}
